"""Parts of sentences that state nothing of the reporter and its year: supposed cases, rules, plans, other bodies.

In: a sentence and the place of a figure or a denial. Out: the code of the note that sets it aside, or nothing.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.claims.lexicon import guards
from transforms.claims.tokens import Sentence
from transforms.forms import load

_REMEMBERED = 1 << 10
_ENDS = "。!?\n"
_OTHER_TIME = "claim_period"
_YEAR = re.compile(r"(?:19|20)\d\d")


class Disowned(NamedTuple):
    """Words of which one stands in such a sentence, the expression of the part of it, and why it states nothing."""

    words: tuple[str, ...]
    said: re.Pattern[str]
    note: str


Part = tuple[int, int, str]  # from, to, note


@cache
def declared() -> tuple[Disowned, ...]:
    """The kinds of such parts, from data/claims/disowned.yml."""
    return tuple(
        Disowned(tuple(each["words"]), re.compile(each["said"]), each["note"]) for each in load("claims/disowned.yml")
    )


def disowned(sentence: Sentence, at: int, fiscal_year: int | None) -> str:
    """Why the token states nothing of the report; empty when it stands in no such part."""
    first = max(sentence.text.rfind(end, 0, sentence.tokens[0].start) for end in _ENDS) + 1
    place = sentence.tokens[at].start - first
    parts = _parts(sentence.text[first : sentence.tokens[-1].end], fiscal_year)
    return next((note for start, end, note in parts if start <= place < end), "")


@lru_cache(_REMEMBERED)
def _parts(text: str, fiscal_year: int | None) -> tuple[Part, ...]:
    likely = (kind for kind in declared() if any(word in text for word in kind.words))
    found = [(*match.span(), kind.note) for kind in likely for match in kind.said.finditer(text)]
    return (*found, *_of_years(text, fiscal_year))


@cache
def _years() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(guards().since_ever), re.compile(guards().years_apart)


def _of_years(text: str, fiscal_year: int | None) -> list[Part]:
    """Spans of several years, and of two years that are told apart the part of the other."""
    since_ever, told_apart = _years()
    spans = [
        (*match.span(), _OTHER_TIME)
        for match in since_ever.finditer(text)
        if int(match["first"]) not in (fiscal_year, int(match["last"]))
    ]
    return spans + [part for match in told_apart.finditer(text) for part in _told_apart(match, fiscal_year)]


def _told_apart(match: re.Match[str], fiscal_year: int | None) -> list[Part]:
    """In 2019 and 2020, 198 and 246 items: the part of each year but this one; all of it if they do not pair off."""
    years = [int(year) for year in _YEAR.findall(match["years"])]
    figures = list(re.finditer(r"\d[\d,.]*", match["told"]))
    begin = match.start("told")
    if len(figures) != len(years) or fiscal_year not in years:
        return [(begin, match.end("told"), _OTHER_TIME)]
    pairs = zip(years, figures, strict=True)
    return [
        (begin + figure.start(), begin + figure.end(), _OTHER_TIME) for year, figure in pairs if year != fiscal_year
    ]
