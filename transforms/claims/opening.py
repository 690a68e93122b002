"""What a sentence is about although no heading says so: its own figures prove it, or its first words name a channel.

In: a Sentence. Out: the Thread that it begins with, and what clauses without figures lead to.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import takewhile
from typing import NamedTuple

from transforms.claims.claim import Thread
from transforms.claims.context import neutral
from transforms.claims.figures import Window, borders, figure_codes, readings_of, window
from transforms.claims.grammar import Patterns, Quantity, grammar
from transforms.claims.lexicon import NOUGHT, UNKNOWN, YEAR, Evidence, guards, lexicon
from transforms.claims.restoring import with_share, with_sum
from transforms.claims.sharing import shared_out
from transforms.claims.tokens import Sentence, tokenise

_FEWEST, _NEAR = 2, 12
Worded = tuple[int, int, str]  # the index of a figure, where its words begin, and their codes
_ASKED = ("request", "on_request")


def topic_of_list(plains: Sequence[str], at: int, fiscal_year: int | None) -> str:
    """The topic that a line proves together with its neighbours, each of them one line of a list; else empty."""
    behind = _lines(plains[at : at + _NEAR])
    lines = _lines(plains[max(at - _NEAR, 0) : at][::-1])[::-1] + behind if behind else []
    text = ";".join(lines)
    return opened(tokenise(text, 0, len(text), fiscal_year), Thread()).topic if len(lines) >= _FEWEST else ""


def _lines(plains: Sequence[str]) -> list[str]:
    """The texts up to the first that is no line of a list with a figure."""
    listed = takewhile(lambda plain: re.match(guards().listed, plain) and re.search(r"\d", plain), plains)
    return [plain.rstrip(" ;。,") for plain in listed]


class Proof(NamedTuple):
    """Evidence with its concepts as codes and its words compiled; `tables` know what its families are called."""

    topic: str
    families: tuple[str, ...]
    needs: frozenset[str]
    said: re.Pattern[str] | None
    tables: tuple[Patterns, ...]
    opens: str


@cache
def _proofs() -> tuple[Proof, ...]:
    return tuple(map(_proof, guards().evidence))


def _proof(given: Evidence) -> Proof:
    needs = frozenset(lexicon().concepts[name] for name in given.needs)
    last = (grammar().last[name] for name in given.families if name in grammar().last)
    said = re.compile(given.said) if given.said else None
    return Proof(given.topic, given.families, needs, said, (grammar().within[given.topic], *last), given.opens)


def opened(sentence: Sentence, thread: Thread) -> Thread:
    """The thread, or a new one on the topic that two figures of the sentence know and no other topic does."""
    places = [at for at, code in enumerate(sentence.codes) if code in figure_codes()]
    if len(places) < _FEWEST:
        return thread
    divides = cache(partial(_divides_requests, sentence))
    proofs = [proof for proof in _proofs() if proof.topic != thread.topic and _is_needed(sentence, proof, divides)]
    words = _worded(sentence, places) if proofs else []
    return next(
        (Thread(proof.topic, family=proof.opens) for proof in proofs if _proves(sentence, proof, words)), thread
    )


def part_from(sentence: Sentence, at: int) -> Sentence:
    """The part of the sentence between the semicolon at a token and the next one."""
    end = sentence.codes.find(lexicon().concepts["stop"], at + 1)
    span = slice(at + 1, end if end >= 0 else None)
    return Sentence(sentence.text, sentence.tokens[span], sentence.codes[span])


def _worded(sentence: Sentence, places: list[int]) -> list[Worded]:
    """The words of each figure; those that a list deals out are dealt out."""
    dealt = {place: view for at in places for place, view in shared_out(sentence, at) if view.lead}
    return [_words_of(sentence, at, dealt.get(at, window(sentence, at))) for at in places]


def _words_of(sentence: Sentence, at: int, whole: Window) -> Worded:
    """Where the words that say what a figure counts begin, and their codes."""
    view = with_sum(sentence, at, with_share(sentence, at, behind_colon(sentence, whole)))
    first = min(token.start for token in (*whole.lead, *view.lead, view.figure))
    return at, first, readings_of(view)[-1]


def _proves(sentence: Sentence, proof: Proof, words: list[Worded]) -> bool:
    told = list(_told(proof, words))
    if len({(quantity.metric, at if quantity.named else 0) for at, _, quantity in told}) < _FEWEST:
        return False
    first, start, _ = told[0]
    opening = _opening(sentence, proof, first)
    before = [at for at in range(opening, first) if sentence.tokens[at].start < start]
    if re.search(guards().of_carried, sentence.text[sentence.tokens[opening].start : start]):
        return False
    others = [at for at in before if sentence.codes[at] not in _prefaces()]
    return _asks(sentence, before) or all(_is_body(sentence, at) for at in others)


def _opening(sentence: Sentence, proof: Proof, first: int) -> int:
    """Where the part of the sentence with the figure at token `first` begins: what names the topic may begin it."""
    stop = sentence.codes.rfind(lexicon().concepts["stop"], 0, first) + 1
    end = sentence.tokens[first].start
    said = proof.said and proof.said.search(sentence.text, sentence.tokens[stop].start, end)
    return next((at for at in range(stop, first) if said and sentence.tokens[at].start >= said.start()), stop)


def _asks(sentence: Sentence, before: list[int]) -> bool:
    """Whether the tokens, none of which counts anything, speak of requests among other things that are not known."""
    codes = [sentence.codes[at] for at in before]
    named = [i for i, code in enumerate(codes) if code in {lexicon().concepts[name] for name in guards().left_behind}]
    is_apart = any(not i or codes[i - 1] != UNKNOWN for i in named)
    return is_apart and set(codes) <= _prefaces() - figure_codes() | {UNKNOWN}


def _is_needed(sentence: Sentence, proof: Proof, divides: Callable[[], bool]) -> bool:
    """Whether the sentence says one of the things without which the figures prove nothing."""
    if not proof.needs or not proof.needs.isdisjoint(sentence.codes):
        return True
    first = max(sentence.text.rfind(end, 0, sentence.tokens[0].start) for end in ("。", "\n")) + 1
    said = proof.said and proof.said.search(sentence.text, first, sentence.tokens[-1].end)
    return said is not None or divides()


def _divides_requests(sentence: Sentence) -> bool:
    """Whether a division of requests opens the sentence or a clause (by way of request: in person 3)."""
    tokens, among = sentence.tokens, lexicon().concepts["among"]
    opening = (
        at
        for at, code in enumerate(sentence.codes)
        if code == among and (not at or sentence.codes[at - 1] in borders())
    )
    return any(re.match(guards().dividing, sentence.text[tokens[at].start : tokens[at].end]) for at in opening)


def _told(proof: Proof, words: list[Worded]) -> Iterator[tuple[int, int, Quantity]]:
    """The figures that some family of the proof knows, each with where its words begin and its quantity."""
    for at, start, codes in words:
        said = next((said for table in proof.tables if (said := table.fullmatch(codes))), None)
        if said and said.quantity.family in proof.families:
            yield at, start, said.quantity


def names_requests(sentence: Sentence, at: int) -> bool:
    """Whether the clause that ends at the token speaks of requests as a whole and counts nothing."""
    first = at
    while first and sentence.codes[first - 1] not in borders():
        first -= 1
    codes = "".join(sentence.codes[i] for i in range(first, at) if not _is_body(sentence, i))
    named = {lexicon().concepts[name] for name in ("request", "on_request")}
    if {lexicon().concepts[name] for name in ("receive", "accept", "raised")} & set(codes):
        named.add(lexicon().concepts["bare_request"])
    before = sentence.text[sentence.tokens[0].start : sentence.tokens[at].start]
    is_of = re.search(guards().inside, before) is not None and re.search(guards().wholly, before) is None
    is_told = codes.lstrip(neutral())[:1] in {lexicon().concepts[name] for name in _ASKED}
    said = "".join(code for code in codes if code not in _untold()) if is_told else codes
    return is_preface(said) and bool(set(codes) & named) and not is_of


@cache
def _untold() -> frozenset[str]:
    """What a clause may say of requests without counting them (requests declined; went in good order)."""
    return frozenset({UNKNOWN, lexicon().concepts["compare"]})


def named_topic(sentence: Sentence, at: int) -> str:
    """The topic that the clause that ends at the token names and counts nothing of; empty if there is none."""
    first = at
    while first and sentence.codes[first - 1] not in borders():
        first -= 1
    is_counted = first > 0 and sentence.codes[first - 1] in figure_codes()
    return "" if is_counted else topic_of(sentence.codes[first:at])


def named_part(sentence: Sentence, at: int) -> str:
    """The family of reasons for what the clause that ends at the token names and does not count (of those refused)."""
    first = at
    while first and sentence.codes[first - 1] not in borders():
        first -= 1
    if first == at or not re.search(guards().inside_of, sentence.text[: sentence.tokens[at].end]):
        return ""
    said = grammar().within["requests"].fullmatch(sentence.codes[first:at].strip(neutral()) + NOUGHT)
    return said.quantity.opens if said is not None and said.quantity.family == "outcome" else ""


def topic_of(codes: str) -> str:
    """The one topic that the codes name, and say nothing else of; or empty."""
    named = {topic for name, topic in guards().named_topics.items() if lexicon().concepts[name] in codes}
    known = {lexicon().concepts[name] for name in (*guards().named_topics, *guards().naming_with)} | set(neutral())
    return named.pop() if len(named) == 1 and set(codes) <= known else ""


def is_preface(codes: str) -> bool:
    """Whether the codes speak of requests as a whole and of nothing else."""
    return bool(codes) and set(codes) <= _prefaces()


@cache
def _prefaces() -> frozenset[str]:
    return frozenset(neutral()) | {lexicon().concepts[name] for name in guards().preface} | figure_codes()


def _is_body(sentence: Sentence, at: int) -> bool:
    token = sentence.tokens[at]
    return token.code == UNKNOWN and re.search(guards().bodies, sentence.text[token.start : token.end]) is not None


def behind_colon(sentence: Sentence, view: Window) -> Window:
    """The window without what stands before a colon, which may be the heading of a list."""
    colon = sentence.text.rfind(":", view.left, view.right)
    lead = tuple(token for token in view.lead if token.start > colon)
    return replace(view, lead=lead, left=colon + 1) if colon >= 0 and lead else view


def labelled(view: Window, behind: Window, thread: Thread) -> Thread:
    """The thread on the topic of the heading before the colon behind which the second window begins."""
    topic = topic_of("".join(token.code for token in view.lead if token.start < behind.left))
    return Thread(topic) if topic and behind.left > view.left else thread


def is_labelled(sentence: Sentence, view: Window) -> bool:
    """Whether a known heading with a colon stands before the clause, and nothing else (reviews: 4 reviews)."""
    colon = sentence.text.rfind(":", view.left, view.right)
    label = [token.code for token in view.lead if token.start < colon]
    named = {lexicon().concepts[name] for name in guards().labels}
    is_known = 0 < len(label) < len(view.lead) and set(label) <= named
    return is_known or (colon >= 0 and _is_heading(sentence.text[view.left : colon], view, colon))


def _is_heading(printed: str, view: Window, colon: int) -> bool:
    """Whether the label is a heading of what a report tells, which says nothing of whose the figures are."""
    codes = {token.code for token in view.lead if token.start < colon}
    label = printed.strip(" ,;、()")
    is_told = any(re.fullmatch(heading, label) for heading in (guards().heading, guards().work_label))
    return is_told and not codes & _timed_or_wider()


@cache
def _timed_or_wider() -> frozenset[str]:
    return frozenset(lexicon().concepts[name] for name in (*guards().lead, "all_area")) | {YEAR}
