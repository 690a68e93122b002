"""Kinds of items that a clause counts without their total: released on budgets 16, on projects 23; profiles updated 19.

In: a figure in a Sentence and the Thread. Out: the window of the figure from the first word of the kind on.
"""

import re
from dataclasses import replace
from functools import cache

from transforms.claims.claim import Thread
from transforms.claims.context import neutral
from transforms.claims.figures import Window, apart, channels, figure_codes
from transforms.claims.lexicon import YEAR, guards, lexicon
from transforms.claims.tokens import Sentence

KIND = "proactive_items_by_category"
_VERBS = ("publish", "issue_publish", "update")
_TOPIC, _REQUESTS = "proactive", "requests"


def released(sentence: Sentence, at: int, view: Window, thread: Thread) -> Window | None:
    """The window behind the verb that releases the kind, or of the next in a list; None where no kind is counted."""
    if thread.topic == _REQUESTS or any(token.code in _barred() for token in apart(view.lead)):
        return None
    named = (
        _behind_verb(view)
        or _made_public(sentence, view)
        or _next_listed(sentence, at, view, thread)
        or _before_verb(view, thread)
    )
    return named if named is not None and _is_kind(sentence, named, thread) else None


def _behind_verb(view: Window) -> Window | None:
    """Released on budgets 16: nothing but times and the website stands before the verb."""
    verb = next((i for i, code in enumerate(view.before) if code in _releasing()), None)
    around = neutral() + lexicon().concepts["website"]
    if verb is None or (view.before[:verb].strip(around) and not view.is_of_body):
        return None
    rest = view.lead[verb + 1 :]
    is_one = not any(token.code in channels() | _releasing() for token in rest)
    return replace(view, lead=rest, left=view.lead[verb].end) if rest and is_one else None


def _next_listed(sentence: Sentence, at: int, view: Window, thread: Thread) -> Window | None:
    """The kind that follows right on another one (and on projects 23)."""
    first = at - len(view.lead)
    is_next = sentence.codes[first - 2 : first - 1] in figure_codes() and first > 1
    is_name = bool(view.lead) and not any(code in channels() | _releasing() for code in view.before)
    return view if thread.family == KIND and is_next and is_name else None


def _made_public(sentence: Sentence, view: Window) -> Window | None:
    """Information on budgets made public 16: the verb stands behind the name of the kind."""
    verb = re.search(guards().made_public, sentence.text[view.left : view.right])
    is_name = bool(view.lead) and not any(code in channels() | _releasing() for code in view.before)
    return replace(view, right=view.left + verb.start()) if verb and is_name else None


def _before_verb(view: Window, thread: Thread) -> Window | None:
    """Profiles updated 19."""
    is_updated = view.before.endswith(lexicon().concepts["update"])
    is_topic = thread.topic == _TOPIC or thread.family == KIND
    is_name = len(view.lead) > 1 and not any(code in channels() | _releasing() for code in view.before[:-1])
    return (
        replace(view, lead=view.lead[:-1], right=view.lead[-1].start) if is_updated and is_topic and is_name else None
    )


def _is_kind(sentence: Sentence, view: Window, thread: Thread) -> bool:
    """Whether the words end as the names of kinds do, and the figure counts what kinds are counted in."""
    name = sentence.text[view.left : view.right].strip(" ,:")
    is_rest = thread.family == KIND and re.fullmatch(guards().rest_kind, name) is not None
    is_info = is_rest or re.fullmatch(guards().info_kind, name) is not None
    is_noun = not is_info and re.fullmatch(guards().noun_kind, name) is not None
    return (is_info and view.figure.code in _units("posts")) or (is_noun and view.figure.code in _units("entries"))


def kind_of_all(sentence: Sentence, at: int) -> str:
    """The one kind that all items just counted are said to be of; else empty."""
    said = re.match(guards().all_kind, sentence.text[sentence.tokens[at].end :])
    return said["kind"] if said else ""


@cache
def _units(name: str) -> frozenset[str]:
    return frozenset(lexicon().units[unit] for unit in lexicon().classes[name])


@cache
def _releasing() -> frozenset[str]:
    return frozenset(lexicon().concepts[name] for name in _VERBS)


@cache
def _barred() -> frozenset[str]:
    """What is never part of a kind, nor stands before one that is all of the report's."""
    names = (*guards().unlisted, *guards().lead, "among")
    return frozenset(lexicon().concepts[name] for name in names) - _timely()


@cache
def _timely() -> frozenset[str]:
    return frozenset(lexicon().concepts[name] for name in ("this_year", "full_year", "same_year", "training")) | {YEAR}
