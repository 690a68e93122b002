"""Reads data/lookups/identify.yml and agencies.yml: the patterns and names by which a report is identified.

Out: `words()` and `agencies()`, frozen; patterns are compiled once and a broken one stops the start.
"""

import re
from functools import cache
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from transforms.forms import load

Pattern = Annotated[re.Pattern[str], BeforeValidator(lambda text: re.compile(text, re.MULTILINE))]


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class TitleWords(_Declared):
    """What a title ends in, and what shows that a line is no title."""

    subject: Pattern
    core: Pattern
    not_before: Pattern
    not_after: Pattern
    decoration: Pattern
    number: Pattern
    continued: Pattern


class YearWords(_Declared):
    """How years are printed, and where a year of the report stands."""

    arabic: Pattern
    hanzi: Pattern
    digits: dict[str, str]
    period: Pattern
    within_period: Pattern
    months: Pattern
    spoken: Pattern
    announced: Pattern
    address: Pattern
    index: Pattern


class RegionWords(_Declared):
    """Numbers on a page that hold a region code."""

    site_code: Pattern
    police: Pattern
    permit: Pattern
    area: Pattern
    host: Pattern


class ScopeWords(_Declared):
    """How the opening says whose figures these are; `opening` is a length in characters."""

    opening: int
    sentence: Pattern
    cited: Pattern
    inner: Pattern
    told: Pattern
    others: Pattern
    beyond: Pattern
    area: Pattern
    counted: Pattern
    own: Pattern


class Words(_Declared):
    """The whole of identify.yml."""

    title: TitleWords
    year: YearWords
    fields: dict[str, Pattern]
    metadata: dict[str, tuple[str, ...]]
    date: Pattern
    date_line: Pattern
    print_line: Pattern
    date_parts: Pattern
    index_value: Pattern
    preamble: tuple[Pattern, ...]
    contact: Pattern
    itself: Pattern
    region: RegionWords
    scope: ScopeWords


class National(_Declared):
    """Bodies of the State Council and the prefixes that mark them."""

    prefixes: tuple[str, ...]
    bodies: tuple[str, ...]


class Agencies(_Declared):
    """The whole of agencies.yml."""

    level_words: str
    no_level: Pattern
    endings: tuple[str, ...]
    complete: dict[str, str]
    spelled: dict[str, str]
    government: str
    township: Pattern
    governs: Pattern
    office: Pattern
    inner: Pattern
    short_forms: dict[str, str]
    zones: Pattern
    wide: Pattern
    branch: Pattern
    local: Pattern
    unit: Pattern
    publishes: Pattern
    national: National
    carried: tuple[str, ...]
    overwritten: Pattern
    phrase: Pattern


@cache
def words() -> Words:
    """The patterns of identify.yml."""
    return Words.model_validate(load("lookups/identify.yml"))


@cache
def agencies() -> Agencies:
    """The names of agencies.yml."""
    return Agencies.model_validate(load("lookups/agencies.yml"))
