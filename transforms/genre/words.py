"""The declared words of genres: data/lookups/genre.yml, its patterns compiled once; a broken one stops the start."""

import re
from functools import cache
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from transforms.forms import load

Pattern = Annotated[re.Pattern[str], BeforeValidator(lambda text: re.compile(text, re.MULTILINE))]


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Genre(_Declared):
    """A genre that is no report: the refusal and the words of its titles.

    `filled`: it is no report even with a filled form. `told`: it may be what a report calls itself.
    """

    code: str
    title: Pattern
    filled: bool = False
    told: bool = False


class Cue(_Declared):
    """What the text of a genre says at least so often."""

    code: str
    says: Pattern
    least: int
    filled: bool


class Words(_Declared):
    """The whole of genre.yml."""

    least_hanzi: int
    title_lines: int
    outer_titles: tuple[str, ...]
    site: Pattern
    title_length: int
    label_length: int
    least_labels: int
    filled: Pattern
    sections: tuple[Pattern, ...]
    heading: Pattern
    least_headings: int
    least_sections: int
    untitled_headings: int
    untitled_core: tuple[int, ...]
    announced: Pattern
    speaks: Pattern
    report: Pattern
    mention: Pattern
    continued: Pattern
    owned: Pattern
    menu: Pattern
    told_sections: int
    genres: tuple[Genre, ...]
    cues: tuple[Cue, ...]
    list_titles: int
    list_share: float
    sentence: Pattern
    body_headings: int
    body_sentences: int
    contents: Pattern
    least_contents: int
    placeholder: Pattern
    least_placeholders: int
    instruction: Pattern
    count: Pattern
    essay: Pattern
    least_essay: int


@cache
def words() -> Words:
    """The whole of genre.yml."""
    return Words.model_validate(load("lookups/genre.yml"))
