"""A figure that no quantity names: what it says nevertheless of the requests and cases that the text goes on about.

In: a Window in its Scene. Out: whether requests, or which cases, what follows is about; codes of what may be done.
"""

import re
from dataclasses import replace

from transforms.claims import context
from transforms.claims.claim import Thread
from transforms.claims.figures import Naming, Window, figure_codes, naming, told_by, window, within
from transforms.claims.grammar import Quantity, grammar
from transforms.claims.lexicon import guards, lexicon
from transforms.claims.opening import is_preface
from transforms.claims.scene import Scene
from transforms.claims.tokens import Sentence

_REQUESTS, _WEBSITE, _ITEMS = "requests", "proactive_website_items", "proactive_items"
_OUTCOME, _GRANTED = "outcome", "requests_granted"
_DIVISIBLE, _BESIDE, _STAFF = ("staff", "consultations"), "points", "staff"
_OCCASIONS = ("conference", "interview")
_REMEDIES = ("reconsideration", "litigation")
_RESULTS = ("granted", "agreed", "partly", "denied", "unable", "not_processed", "other_outcome", "answer", "publish")
_INCOMING = ("receive", "accept", "raised")
_UNSAID = (
    "handle",
    "close",
    "carried",
    "dismissed",
    "dropped",
    "undone",
    "revised",
    "new_or_heard",
    "due",
    "withdrawn",
)


def is_handled(view: Window, topic: str) -> bool:
    """Whether the figure is of requests dealt with, which may be of more than this year, or of those that came in."""
    names = ("request", "on_request", "bare_request") if topic == _REQUESTS else ("request", "on_request")
    named = {lexicon().concepts[name] for name in names}
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


def by_parts(sentence: Sentence, at: int, view: Window, thread: Thread) -> Naming | None:
    """The total that the words could name, where the parts behind the figure add up to it exactly.

    The staff are told beside the reading points.
    """
    lead = told_by(view)
    named = (within(lead + view.figure.code, Thread(topic)) for topic in _DIVISIBLE) if lead else ()
    said = next((one for one in named if one is not None and one.quantity.total), None)
    number = view.figure.number
    if said is None or number is None:
        return None
    is_beside = thread.topic == _BESIDE and said.quantity.topic == _STAFF
    if not is_beside and (number.bound or _sum_of(sentence, at, said.quantity) != number.value):
        return None
    return Naming(said.quantity, view.lead[: len(view.lead) - len(lead)], lead[0], "")


def is_aside(view: Window, thread: Thread) -> bool:
    """Whether the figure is of people at what was counted, or of documents gone through: what follows goes on."""
    people = {lexicon().units[unit] for unit in lexicon().classes["attendances"]}
    is_of_people = view.figure.code in people and thread.family in _OCCASIONS
    return is_of_people or lexicon().concepts["review_of"] in view.before


def is_of_unknown(scene: Scene, at: int, thread: Thread) -> bool:
    """Whether the bracket divides a figure that nobody claims (of these 71 the government's (5 carried))."""
    before = scene.sentence.tokens[at - 1] if at else None
    return before is not None and before.start in scene.told.loose and thread.since != at - 1


def given(sentence: Sentence, at: int, view: Window, thread: Thread) -> Naming | None:
    """What was granted, said by a bare word for it in a list of what came of requests (given 20, in part 3)."""
    words = told_by(view) or view.behind.strip(context.neutral())
    if thread.topic != _REQUESTS or words != lexicon().concepts["publish"]:
        return None
    said = (token for token in (*view.lead, *view.tail) if token.code == words)
    is_bare = all(re.fullmatch(guards().given, sentence.text[token.start : token.end]) for token in said)
    before, behind = _neighbours(sentence, at)
    named = (naming(window(sentence, i), thread) for i in (before, behind) if sentence.codes[i] == view.figure.code)
    if not is_bare or not any(one and one.quantity.family == _OUTCOME for one in named if one):
        return None
    outside = view.lead[: len(view.lead) - len(told_by(view))]
    return Naming(grammar().quantities[_GRANTED], outside, words, "")


def _neighbours(sentence: Sentence, at: int) -> tuple[int, int]:
    """The places of the figures before and behind the one at `at`; its own where there is none."""
    counts = figure_codes() - {lexicon().units["%"]}
    places = [i for i, code in enumerate(sentence.codes) if code in counts]
    here = places.index(at)
    return places[max(here - 1, 0)], places[min(here + 1, len(places) - 1)]


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


def owed(view: Window) -> str:
    """The topic of items that were to be published; what was, may follow. Else empty."""
    owing = lexicon().concepts["hypothetical"] + lexicon().concepts["info"]
    return grammar().quantities[_ITEMS].topic if view.before.strip(context.neutral()) == owing else ""


def retold(scene: Scene, at: int, named: Naming) -> Naming:
    """The naming, or that of the items or occasions that the sentence means: all of a platform's, or the head's."""
    metric = named.quantity.metric
    first = scene.sentence.codes.rfind(lexicon().concepts["stop"], 0, at) + 1
    if metric == _WEBSITE and context.period(scene.sentence, at, scene.report.fiscal_year) == "stock":
        said = scene.sentence.text[scene.sentence.tokens[first].start : scene.sentence.tokens[at].start]
        is_own = re.search(guards().own_platform, said) is not None
        return replace(named, quantity=grammar().quantities[_ITEMS]) if is_own else named
    begins = scene.sentence.codes[first:at].lstrip(context.neutral())[:1]
    is_attended = named.first == lexicon().concepts["attend"] and begins == lexicon().concepts["head_person"]
    between = scene.sentence.text[scene.sentence.tokens[first].start : scene.sentence.tokens[at].start]
    is_own = is_attended and not re.search(guards().other_head, between)
    heads = grammar().quantities.get(f"{metric}_by_head") if is_own else None
    return replace(named, quantity=heads) if heads else named


def results() -> str:
    """What may have come of requests, several of which one figure may count together (granted and partly granted)."""
    return "".join(lexicon().concepts[name] for name in _RESULTS)


def unsaid() -> str:
    """What is done with requests or cases of the topic under way and is no quantity."""
    return "".join(lexicon().concepts[name] for name in _UNSAID)
