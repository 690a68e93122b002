"""A figure that no quantity names: what it says nevertheless of the requests and cases that the text goes on about.

In: a Window in its Scene. Out: whether requests, or which cases, what follows is about; codes of what may be done.
"""

import re

from transforms.claims import context
from transforms.claims.claim import Thread
from transforms.claims.figures import Naming, Window, naming, told_by, window, within
from transforms.claims.grammar import Quantity
from transforms.claims.judging import Scene
from transforms.claims.lexicon import guards, lexicon
from transforms.claims.opening import is_preface
from transforms.claims.tokens import Sentence

_REQUESTS = "requests"
_DIVISIBLE = ("staff", "consultations")
_REMEDIES = ("reconsideration", "litigation")
_RESULTS = ("granted", "agreed", "partly", "denied", "unable", "not_processed", "other_outcome", "answer")
_INCOMING = ("receive", "accept", "raised")
_UNSAID = ("handle", "carried", "dismissed", "undone", "revised", "new_or_heard")


def is_handled(view: Window) -> bool:
    """Whether the figure is of requests dealt with, which may be of more than this year, or of those that came in."""
    named = {lexicon().concepts[name] for name in ("request", "on_request")}
    if lexicon().concepts["toward"] in view.before:
        asked, came = named | {lexicon().concepts["bare_request"]}, {lexicon().concepts[name] for name in _INCOMING}
        return (
            bool(asked & set(view.behind)) and bool(came & set(view.before)) and is_preface(view.before + view.behind)
        )
    return lexicon().concepts["handle"] in view.before and bool(named & set(view.before)) and is_preface(told_by(view))


def is_divided(view: Window, thread: Thread) -> bool:
    """Whether nothing narrows down the requests whose number only says of how many those behind it are parts."""
    neutral = context.neutral().replace(lexicon().concepts["among"], "") + lexicon().concepts["toward"]
    return thread.topic == _REQUESTS and not thread.barred and not view.before.strip(neutral)


def of_fees(view: Window) -> str:
    """The topic of processing fees, where the figure counts those asked to pay them (notices to 4 people)."""
    named = {lexicon().concepts[name] for name in ("notice", "processing_fee")}
    return "processing" if named & set(view.codes) else ""


def heard(scene: Scene, view: Window) -> str:
    """The topic of cases over disclosure of which only those heard are counted; results may follow. Else empty."""
    named = {lexicon().concepts[topic]: topic for topic in _REMEDIES}
    codes = view.before.strip(context.neutral())
    is_told = re.search(guards().disclosure, scene.sentence.text[view.left : view.right]) is not None
    return named.get(codes[0], "") if is_told and codes and not codes[1:].strip(unsaid()) else ""


def by_parts(sentence: Sentence, at: int, view: Window) -> Naming | None:
    """The total that the words could name, where the parts behind the figure say so and add up to it exactly."""
    lead = told_by(view)
    named = (within(lead + view.figure.code, Thread(topic)) for topic in _DIVISIBLE) if lead else ()
    said = next((one for one in named if one is not None and one.quantity.total), None)
    number = view.figure.number
    if said is None or number is None or number.bound or _sum_of(sentence, at, said.quantity) != number.value:
        return None
    return Naming(said.quantity, view.lead[: len(view.lead) - len(lead)], lead[0], "")


def _sum_of(sentence: Sentence, at: int, total: Quantity) -> float:
    """The sum of the parts of the total that follow it, as long as no other figure stands among them; none is -1."""
    values = list[float]()
    for i in range(at + 1, len(sentence.tokens)):
        number = sentence.tokens[i].number
        named = naming(window(sentence, i), Thread(total.topic)) if number else None
        if number and (named is None or total.metric not in named.quantity.under):
            break
        values += [number.value] if number else []
    return sum(values) if len(values) > 1 else -1


def results() -> str:
    """What may have come of requests, several of which one figure may count together (granted and partly granted)."""
    return "".join(lexicon().concepts[name] for name in _RESULTS)


def unsaid() -> str:
    """What is done with requests or cases of the topic under way and is no quantity."""
    return "".join(lexicon().concepts[name] for name in _UNSAID)
