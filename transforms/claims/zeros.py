"""Negations: what a sentence says did not happen: no request was received, no suits.

In: a Sentence and the place of a negation. Out: the quantities that are zero; none unless every word is understood.
"""

import re
from functools import cache

from transforms.claims.claim import Thread
from transforms.claims.context import neutral
from transforms.claims.figures import borders, figure_codes, within
from transforms.claims.grammar import Quantity, grammar
from transforms.claims.lexicon import NOUGHT, UNKNOWN, guards, lexicon
from transforms.claims.tokens import Sentence, Token

_REMEDIES = ("reconsideration", "litigation")
_DOCUMENTS = ("documents", "rules")
_NEGATIONS = (
    "nil",
    "no_receive",
    "no_happen",
    "no_charge",
    "no_fee",
    "no_issue",
    "no_make",
    "no_repeal",
    "no_carry",
    "no_assign",
    "no_hold",
    "no_publish",
    "no_do",
)


@cache
def negations() -> frozenset[str]:
    """The codes of all negations."""
    return frozenset(lexicon().concepts[name] for name in _NEGATIONS)


def clause_before(sentence: Sentence, at: int) -> tuple[Token, ...] | None:
    """The tokens between the clause's start and the negation; None where the clause is about part of something."""
    first = at
    is_next = at > 1 and sentence.codes[at - 1] == lexicon().concepts["and"] and _follows(sentence.codes[: at - 1])
    while first and sentence.codes[first - 1] not in borders() and not is_next:
        first -= 1
    follows_figure = first > 0 and sentence.codes[first - 1] in figure_codes()
    bare_after_unknown = sentence.codes[at] == lexicon().concepts["nil"] and UNKNOWN in sentence.codes[first:at]
    begin = sentence.tokens[first - 1].end if first else 0
    is_of_rest = re.search(guards().the_rest, sentence.text[begin : sentence.tokens[at].start]) is not None
    is_doubled = sentence.codes[at - 1 : at] == lexicon().concepts["nonexistent"]
    hoped = tuple(token for token in _clause(sentence, first) if token.code == lexicon().concepts["hypothetical"])
    is_none = follows_figure or bare_after_unknown or is_of_rest or is_doubled
    return None if is_none else (*hoped, *sentence.tokens[first:at])


def _clause(sentence: Sentence, upto: int) -> tuple[Token, ...]:
    """The tokens from the start of the clause up to one in it."""
    first = next((i + 1 for i in range(upto - 1, -1, -1) if sentence.codes[i] in borders()), 0)
    return sentence.tokens[first:upto]


def _follows(codes: str) -> bool:
    """Whether the clause has a negation already, so that the next one continues a list of them."""
    for code in reversed(codes):
        if code in negations() or code in borders():
            return code in negations()
    return False


def denied(sentence: Sentence, at: int, thread: Thread) -> tuple[list[Quantity], int]:
    """The quantities that the negation at token `at` makes zero, and where the statement ends in the text."""
    concepts, last = lexicon().concepts, at + 1
    while last < len(sentence.tokens) and sentence.codes[last] not in (
        concepts["comma"],
        concepts["bracket"],
        concepts["stop"],
        *negations(),
    ):
        last += 1
    named = _zeros(sentence.codes[at], _spelt(sentence, at + 1, last))
    if not named and any(lexicon().concepts[name] in sentence.codes[:at] for name in guards().closing):
        said = grammar().done.fullmatch(sentence.codes[at] + sentence.codes[at + 1 : last].strip(neutral()))
        named = [said.quantity] if said else []
    if not named and not _is_pair(sentence, at, thread):
        named = _none_of(sentence.codes[at], sentence.codes[at + 1 : last], thread)
    end = sentence.tokens[last - 1].end
    return (named, end) if named and not re.match(guards().supposed, sentence.text[end - 1 :]) else ([], 0)


def _spelt(sentence: Sentence, first: int, last: int) -> str:
    """The codes of the tokens; the name of a section on reviews and suits stands for all that it names."""
    heading, joint = lexicon().concepts["on_remedies"], lexicon().concepts["and"]
    spelt = list[str]()
    for token in sentence.tokens[first:last]:
        said = sentence.text[token.start : token.end]
        also = [lexicon().concepts[name] for name, word in guards().also_denied.items() if re.search(word, said)]
        spelt.append(joint.join([_remedies(), *also]) if token.code == heading else token.code)
    return "".join(spelt)


def _none_of(negation: str, codes: str, thread: Thread) -> list[Quantity]:
    """The part of what was counted that there was none of (reviews 5, upheld 5, none pending)."""
    if negation in _not_done():
        codes, negation = _not_done()[negation] + codes, lexicon().concepts["nil"]
    if not thread.latest or negation not in {lexicon().concepts[name] for name in guards().none_of}:
        return []
    names = [name.strip(neutral()) for name in codes.split(lexicon().concepts["and"])]
    said = [within(name + NOUGHT, thread) for name in names if name]
    parts = [one.quantity for one in said if one is not None and _can_lack(one.quantity)]
    return parts if len(parts) == len(names) else []


def _can_lack(quantity: Quantity) -> bool:
    return quantity.family in guards().shared or quantity.topic in _DOCUMENTS


@cache
def _not_done() -> dict[str, str]:
    """Negations that say what was not done, with what they deny."""
    return {lexicon().concepts[name]: lexicon().concepts[deed] for name, deed in guards().not_done.items()}


def _is_pair(sentence: Sentence, at: int, thread: Thread) -> bool:
    """Whether both reviews and suits stand before the token in its part, so that what is denied may be of either."""
    first = sentence.codes.rfind(lexicon().concepts["stop"], 0, at) + 1 if thread.head else 0
    return {lexicon().concepts[name] for name in _REMEDIES} <= set(sentence.codes[first:at])


def _zeros(negation: str, codes: str) -> list[Quantity]:
    """The quantities that `codes` lists; none when one of them is not known."""
    codes = codes.strip(neutral()).replace(_remedies().replace(lexicon().concepts["and"], ""), _remedies())
    segments = [segment.strip(neutral()) for segment in codes.split(lexicon().concepts["and"])]
    return _known(negation, segments) or _known(negation, _with_verb(segments))


def _known(negation: str, segments: list[str]) -> list[Quantity]:
    found = [grammar().zero.fullmatch(negation + segment) for segment in segments]
    named = [said.quantity for said in found if said is not None]
    return named if len(named) == len(segments) else []


def _with_verb(segments: list[str]) -> list[str]:
    """The names of a list with the verb that ends it behind each of them (no rules and documents were made)."""
    verb = segments[-1][-1:]
    return [segment if segment.endswith(verb) else segment + verb for segment in segments]


def answered_none(sentence: Sentence, at: int, before: tuple[Token, ...]) -> tuple[list[Quantity], int]:
    """The quantities before a bare `none` that ends its clause (reconsideration: none), as `denied` gives them."""
    nil, ends = lexicon().concepts["nil"], {lexicon().concepts[name] for name in ("comma", "stop")}
    if sentence.codes[at] not in (nil, lexicon().concepts["no_happen"]) or sentence.codes[at + 1 : at + 2] not in {
        *ends,
        "",
    }:
        return [], 0
    said = _zeros(nil, "".join(token.code for token in before))
    return said, sentence.tokens[at].end


@cache
def headed(topic: str) -> list[Quantity]:
    """The quantities that a bare `none` under the heading of the topic makes zero."""
    return [quantity for quantity in grammar().quantities.values() if topic and quantity.headed == topic]


@cache
def _remedies() -> str:
    concepts = lexicon().concepts
    return concepts["reconsideration"] + concepts["and"] + concepts["litigation"]
