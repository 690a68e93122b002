"""The words of prose claims: data/claims/words.yml and units.yml compiled into one expression that finds them all.

In: the declared files. Out: a Lexicon; each concept and each unit is one private character, so that patterns over
concepts are ordinary regular expressions over short strings.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, product
from typing import Any

from pydantic import BaseModel, ConfigDict

from transforms.forms import DeclarationError, load

_FIRST = 0xE100
UNKNOWN, FIGURE, NOUGHT, BLANK, YEAR = (chr(0xE000 + i) for i in range(5))
HEADINGS = {
    "on_requests": "requests",
    "on_publishing": "proactive",
    "on_consulting": "consultations",
    "on_fees": "fees",
    "on_remedies": "remedies",
    "on_support": "training",
    "on_other": "",
}
_RESERVED = {"opaque": UNKNOWN, "nought": NOUGHT}
_CHOICE = re.compile(r"\(([^()]*)\)")
_MARKS = ("|", "(", ")")
_BRACKETS = str.maketrans("\uff08\uff09", "()")
_Trie = dict[str, Any]


class Evidence(BaseModel):
    """Families of figures of which two distinct ones open their topic, where one of `needs` is said (if any).

    `said` is an expression that does in place of `needs`; `opens` is the family that is under way then.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    topic: str
    families: tuple[str, ...]
    needs: tuple[str, ...] = ()
    said: str = ""
    opens: str = ""


class Guards(BaseModel):
    """What takes a number away from a quantity although its words fit; see guards.yml for the meaning of each."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lead: dict[str, str]
    about: str
    pair: tuple[str, ...]
    listed_complaint: str
    bare: tuple[str, ...]
    said_of: str
    staffed: str
    aims: str
    asides: str
    the_rest: str
    inner: str
    numerals: str
    deciders: str
    other_staff: str
    no_kind: str
    by_label: str
    own_platform: str
    heading: str
    sent: str
    compound: tuple[str, ...]
    tail: tuple[str, ...]
    apart: tuple[str, ...]
    doings: tuple[str, ...]
    unlisted: tuple[str, ...]
    kinds: tuple[str, ...]
    added_up: str
    marks: tuple[str, ...]
    terms: tuple[str, ...]
    quarters: tuple[str, ...]
    spells: tuple[str, ...]
    calendar: str
    month: str
    whole_year: str
    first_month: str
    last_month: str
    law_month: str
    early: str
    counters: str
    first_fiscal_year: int
    bodies: str
    span: str
    strict: tuple[str, ...]
    places: tuple[str, ...]
    neutral: tuple[str, ...]
    institution: str
    acting_body: str
    of_bodies: str
    generic: str
    by_itself: str
    bystander: str
    local: str
    office: str
    itself: str
    impersonal: tuple[str, ...]
    inside_of: str
    of_carried: str
    divided_alone: str
    origin_word: str
    left_behind: tuple[str, ...]
    halves: tuple[tuple[str, str], ...]
    of_area: str
    counted_in: str
    next_deed: tuple[str, ...]
    alike_said: str
    report_title: str
    own_body: tuple[str, ...]
    titles: tuple[str, ...]
    item_ends: tuple[str, ...]
    item_starts: str
    item_kind: str
    item_most: int
    trigger: tuple[str, ...]
    sentence_ends: str
    sums: str
    closing: tuple[str, ...]
    not_about: str
    undecided: str
    supposed: str
    closed: tuple[str, ...]
    division: str
    inside: str
    every: str
    shared: tuple[str, ...]
    wholly: str
    risen: str
    dated: str
    origin: str
    labels: tuple[str, ...]
    work_label: str
    of_wider: str
    all_kind: str
    apiece: str
    in_charge: str
    consulted: str
    counted_bodies: str
    listed: str
    disclosure: str
    sheet_terms: str
    issues: tuple[str, ...]
    reached: str
    share_cue: str
    share_list: str
    share_behind: str
    of_fees: str
    fee_section: str
    no_subject: str
    since_ever: str
    years_apart: str
    asked: str
    dividing: str
    given: str
    noughts: str
    reasons: tuple[str, ...]
    also_denied: dict[str, str]
    these: str
    evidence: tuple[Evidence, ...]
    preface: tuple[str, ...]
    kinds_open: str
    kinds_below: str
    kind_name: str
    info_kind: str
    noun_kind: str
    rest_kind: str
    some_of: str
    own_heading: str
    none_of: tuple[str, ...]
    aspects: str
    this_year: str
    other_head: str
    on_subject: str
    not_done: dict[str, str]
    made_public: str
    channel_name: str
    named_topics: dict[str, str]
    naming_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Words with what they mean, found longest first.

    Looked up, not compiled into an expression: that takes a second for our seventeen thousand and is slower to search.
    """

    meaning: dict[str, str]
    lengths: dict[str, tuple[int, ...]]  # the lengths of the words with these first two letters, longest first

    def at(self, text: str, place: int) -> str:
        """The longest word that begins at a place; empty when none does."""
        for length in self.lengths.get(text[place : place + 2], ()):
            word = text[place : place + length]
            if word in self.meaning:
                return word
        letter = text[place : place + 1]
        return letter if letter in self.meaning else ""

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """The words of a text from left to right, each with its place; they never overlap."""
        place = 0
        while place < len(text):
            word = self.at(text, place)
            if word:
                yield place, word
            place += len(word) or 1


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`words` finds the longest known words; `concepts` and `units` give the private character of each name."""

    words: Words
    meaning: dict[str, str]
    concepts: dict[str, str]
    units: dict[str, str]
    classes: dict[str, tuple[str, ...]]

    def unit(self, printed: str) -> str:
        """The character of a unit as printed; FIGURE for one that no quantity is counted in."""
        return self.units.get(printed, FIGURE)


@cache
def lexicon() -> Lexicon:
    """The declared words and units, compiled once."""
    words: dict[str, list[str]] = load("claims/words.yml")
    classes: dict[str, list[str]] = load("claims/units.yml")
    concepts = {name: _RESERVED.get(name, chr(_FIRST + i)) for i, name in enumerate(words)}
    printed = dict.fromkeys(unit for units in classes.values() for unit in units)
    units = {unit: chr(_FIRST + len(concepts) + i) for i, unit in enumerate(printed)}
    meaning = _meanings(words, concepts)
    return Lexicon(
        words_of(meaning),
        meaning,
        concepts,
        units,
        {name: tuple(listed) for name, listed in classes.items()},
    )


@cache
def guards() -> Guards:
    """The declared guards."""
    return Guards(**load("claims/guards.yml"))


def spellings(pattern: str) -> list[str]:
    """All words that `a(b|c|)d` stands for; a bracket that stands alone is itself, a full-width one a bracket."""
    if pattern in _MARKS:
        return [pattern]
    pieces = _CHOICE.split(pattern)
    if any(mark in piece for piece in pieces[::2] for mark in _MARKS):
        raise DeclarationError(f"data/claims/words.yml: {pattern} has a bracket within a bracket")
    pieces = [piece.translate(_BRACKETS) for piece in pieces]
    return list(map("".join, product(*(piece.split("|") if i % 2 else [piece] for i, piece in enumerate(pieces)))))


def words_of(meaning: dict[str, str]) -> Words:
    """The words ready to be found."""
    lengths: dict[str, set[int]] = {}
    for word in meaning:
        lengths.setdefault(word[:2], set()).add(len(word))
    return Words(meaning, {letters: tuple(sorted(found, reverse=True)) for letters, found in lengths.items()})


def trie_pattern(words: tuple[str, ...]) -> str:
    """One expression that matches the longest of the words at each place."""
    trie: _Trie = {}
    for word in words:
        node = trie
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(trie)


def _branches(node: _Trie) -> str:
    branches = [re.escape(letter) + _branches(child) for letter, child in node.items() if letter]
    if not branches:
        return ""
    body = "|".join(branches)
    return f"(?:{body})?" if "" in node else f"(?:{body})"


def _meanings(words: dict[str, list[str]], concepts: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for concept, patterns in words.items():
        code = concepts[concept]
        for word in chain.from_iterable(map(spellings, patterns)):
            if word and found.setdefault(word, code) != code:
                raise DeclarationError(f"data/claims/words.yml: {word} stands under two concepts, one is {concept}")
    return found
