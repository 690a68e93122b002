"""Windows with what their clause left out because an earlier one said it: the channel, the sum, what a change came to.

In: a Sentence and a Window. Out: the Window, with the words that name what it counts before its own.
"""

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import takewhile

from transforms.claims.context import neutral
from transforms.claims.figures import Window, channels, figure_codes, window
from transforms.claims.lexicon import UNKNOWN, YEAR, guards, lexicon
from transforms.claims.tokens import Sentence, Token

_MEASURES = ("compare", "share")
_CARRYING = ("publish", "carry_paper")
_OTHERS = ("interpretation", "manuscript")
_THIS_YEAR, _FEWEST = ("this_year", "full_year"), 2
_ACTS = ("issue_publish", "update", "visit_word", "posting")


def completed(sentence: Sentence, at: int, view: Window, fiscal_year: int | None) -> Window:
    """The window with what its clause left out because an earlier one said it."""
    view = with_year(sentence, at, with_name(sentence, at, view), fiscal_year)
    grown = with_rise(sentence, at, with_sum(sentence, at, with_growth(sentence, view)))
    return with_object(sentence, at, with_subject(sentence, at, with_share(sentence, at, grown)))


def with_share(sentence: Sentence, at: int, view: Window) -> Window:
    """The window of a bracketed count with the words of the share before it (letters 32% (50))."""
    bracket = lexicon().concepts["bracket"]
    if view.lead or sentence.codes[at - 2 : at] != lexicon().units["%"] + bracket:
        return view
    share = window(sentence, at - 2).lead
    return replace(view, lead=tuple(token for token in share if token.code != lexicon().concepts["share"]))


def with_name(sentence: Sentence, at: int, view: Window) -> Window:
    """The window of a figure that is all its brackets hold, with the words before these (online (31), by post (18))."""
    bracket = lexicon().concepts["bracket"]
    is_alone = not view.lead and not view.tail and sentence.text[view.figure.end : view.figure.end + 1] == ")"
    if not is_alone or at < _FEWEST or sentence.codes[at - 1] != bracket:
        return view
    lead = window(sentence, at - 1).lead
    first = at - 1 - len(lead)
    follows = first > 0 and sentence.codes[first - 1] in figure_codes()
    return view if follows or not lead else replace(view, lead=lead)


def with_year(sentence: Sentence, at: int, view: Window, fiscal_year: int | None) -> Window:
    """The window of a figure of which only the year is said, with the words of that before (in 2019 5, in 2020 7)."""
    if not _own_times(view, fiscal_year):
        return view
    first = sentence.codes.rfind(lexicon().concepts["stop"], 0, at) + 1
    before = [i for i in range(first, at) if sentence.codes[i] in figure_codes()]
    if len(before) != 1 or sentence.codes[before[0]] != view.figure.code:
        return view
    return inherited(sentence, before[0], view, fiscal_year)


def inherited(sentence: Sentence, before: int, view: Window, fiscal_year: int | None, dated: int = 0) -> Window:
    """The window with the words of the figure at token `before`, if that at `dated`, or it, is another year's."""
    other, first = window(sentence, before), window(sentence, dated or before)
    years = {token.year for token in first.lead if token.code == YEAR}
    is_other = lexicon().concepts["last_year"] in first.before or (bool(years) and fiscal_year not in years)
    lead = _timeless(other.lead)
    return replace(view, lead=(*_own_times(view, fiscal_year), *lead)) if is_other and lead else view


def _own_times(view: Window, fiscal_year: int | None) -> tuple[Token, ...]:
    """The words of the lead, where they name the fiscal year and nothing else."""
    times = {lexicon().concepts[name] for name in _THIS_YEAR}
    is_own = all(token.code in times or (token.code == YEAR and token.year == fiscal_year) for token in view.lead)
    return view.lead if is_own else ()


def with_growth(sentence: Sentence, view: Window) -> Window:
    """The window with the words that a clause of growth left to it (requests grew by 12%, to 336)."""
    place = bisect_left(sentence.tokens, view.left, key=lambda token: token.end)
    if place == 0 or not _is_reached(sentence, view) or sentence.codes[place - 1] not in figure_codes():
        return view
    grown = window(sentence, place - 1)
    measures = {lexicon().concepts[name] for name in _MEASURES}
    if place > 1 and grown.before[:1] in measures and sentence.codes[place - 1 - len(grown.lead) - 1] in figure_codes():
        grown = window(sentence, place - 1 - len(grown.lead) - 1)
    upto = next((i for i, token in enumerate(grown.lead) if token.code in measures), None)
    if upto is None and grown.figure.number is not None and grown.figure.number.bound:
        upto = len(grown.lead)
    return view if upto is None else replace(view, lead=grown.lead[:upto])


def with_sum(sentence: Sentence, at: int, view: Window) -> Window:
    """The window of a bare sum with the words of the clause before it (sent through the site, 31 in all)."""
    comma = lexicon().concepts["comma"]
    if at < 2 or sentence.codes[at - 1] != comma or not _is_reached(sentence, view):
        return view
    lead = _unmeasured(window(sentence, at - 1).lead)
    return replace(view, lead=lead) if lead else view


def _unmeasured(lead: tuple[Token, ...]) -> tuple[Token, ...]:
    """The words before those of a comparison or a share."""
    measures = {lexicon().concepts[name] for name in _MEASURES}
    return tuple(takewhile(lambda token: token.code not in measures, lead))


def _is_reached(sentence: Sentence, view: Window) -> bool:
    return re.fullmatch(guards().reached, sentence.text[view.left : view.right]) is not None


def with_rise(sentence: Sentence, at: int, view: Window) -> Window:
    """The window of the value that a change came to, with the words of the one that it started from (from 23 to 41)."""
    risen = re.search(rf"{guards().risen}{guards().dated}\s*$", sentence.text[view.left : view.right])
    before = max((i for i in range(at) if sentence.codes[i] in figure_codes()), default=0)
    if risen is None:
        return view
    lead = tuple(token for token in view.lead if token.start < view.left + risen.start())
    is_bare = not lead and before > 0 and is_origin(sentence, before)
    return replace(view, lead=_timeless(window(sentence, before).lead) if is_bare else lead)


def _timeless(lead: tuple[Token, ...]) -> tuple[Token, ...]:
    """The words of the value that a change started from, without its year."""
    times = {lexicon().concepts["last_year"], YEAR}
    return tuple(token for token in lead if token.code not in times)


def is_origin(sentence: Sentence, at: int) -> bool:
    """Whether the figure is what a change started from: `from` stands before it, words of change behind it."""
    token = sentence.tokens[at]
    follows = re.match(rf"\s*{guards().risen}", sentence.text[token.end :]) is not None
    is_figure = sentence.codes[at] in figure_codes()
    return is_figure and follows and re.search(guards().origin, sentence.text[: token.start]) is not None


def with_object(sentence: Sentence, at: int, view: Window) -> Window:
    """The window of a response with what an earlier clause says it was to (on what concerned all, 8 times)."""
    hotspot, first = lexicon().concepts["hotspot"], sentence.codes.rfind(lexicon().concepts["stop"], 0, at) + 1
    place = sentence.codes.rfind(hotspot, first, at)
    is_bare = view.before.strip(neutral()) == lexicon().concepts["respond"]
    if not is_bare or place < 0 or figure_codes() & set(sentence.codes[place:at]):
        return view
    lead = tuple(token for token in view.lead if token.code == lexicon().concepts["respond"])
    return replace(view, lead=(sentence.tokens[place], *lead))


def with_subject(sentence: Sentence, at: int, view: Window) -> Window:
    """The window with the channel that its part of the sentence begins with (the site had 900 visits, released 60)."""
    acts = {lexicon().concepts[name] for name in _ACTS}
    is_other = {lexicon().concepts[name] for name in _OTHERS} | channels()
    is_done = bool({view.before.lstrip(neutral())[:1], view.behind[:1]} & acts)
    if is_other & set(view.codes) or not (is_done or _is_of_gazette(sentence, at, view)):
        return view
    first = sentence.codes.rfind(lexicon().concepts["stop"], 0, at) + 1
    named = [
        i for i in range(first, at) if sentence.codes[i] in channels() and sentence.codes[i - 1] != sentence.codes[i]
    ]
    is_subject = len(named) == 1 and not sentence.codes[first : named[0]].strip(neutral() + UNKNOWN)
    if not is_subject or lexicon().concepts["all_area"] in view.before:
        return view
    opening = len(view.before) - len(view.before.lstrip(neutral()))
    lead = (*view.lead[:opening], *_yearly(sentence, first, named[0]), *view.lead[opening:])
    return replace(view, lead=lead)


def _yearly(sentence: Sentence, first: int, last: int) -> tuple[Token, ...]:
    """The channel at token `last`, with the word for all of the year before it."""
    full_year = lexicon().concepts["full_year"]
    return (*(token for token in sentence.tokens[first:last] if token.code == full_year), sentence.tokens[last])


def _is_of_gazette(sentence: Sentence, at: int, view: Window) -> bool:
    """Whether items published are those of the gazette whose issues were counted just before (12 issues, 90 items)."""
    before = max((i for i in range(at) if sentence.codes[i] in figure_codes()), default=0)
    rounds = {lexicon().units[unit] for unit in guards().issues if unit in lexicon().units}
    is_next = sentence.codes[before] in rounds and before >= at - len(view.lead) - 2
    is_own = re.search(guards().by_itself, sentence.text[view.left : view.right]) is not None
    carries = {lexicon().concepts[name] for name in _CARRYING}
    is_published = not is_own and view.before.lstrip(neutral())[:1] in carries
    return is_next and is_published and lexicon().concepts["gazette"] in window(sentence, before).before
