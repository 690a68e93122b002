"""The title of a report that was broken inside its last words (`…政府信息公开工作` / `年度报告`), whole.

In: a normalised Document. Out: the same with such titles as one line: who reads titles knows lines. The words that
follow are found at their own place in a text; in other formats at the end of the paragraph that they follow.
"""

import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from transforms.forms import load
from transforms.model import Block, Document, Paragraph

_LONGEST = 90
LINES_REMEMBERED = 1 << 14  # the pages of one site share their menus
_BLANK = re.compile(r"\s+(?=\S+$)")  # before the last word

Pattern = Annotated[re.Pattern[str], BeforeValidator(re.compile)]


class Broken(BaseModel):
    """How a broken title looks: the end of its first line, its second line, and both together."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    first: Pattern
    rest: Pattern
    whole: Pattern


@cache
def broken() -> Broken:
    """The patterns of data/lookups/broken_titles.yml."""
    return Broken(**load("lookups/broken_titles.yml"))


def titled(document: Document) -> Document:
    """The document with its broken titles made whole; the document itself if it has none."""
    blocks: list[Block | None] = list(document.blocks)
    lines = [line_of(block) if isinstance(block, Paragraph) else "" for block in document.blocks]
    ends = [place for place, found in enumerate(map(ends_title, lines)) if found]
    if not ends:
        return document
    for place in ends:
        first, rest = blocks[place - 1] if place else None, blocks[place]
        if isinstance(first, Paragraph) and isinstance(rest, Paragraph) and is_broken(line_of(first), line_of(rest)):
            blocks[place - 1 : place + 1] = joined(first, rest, document.text), None
    for place in ends:
        block = blocks[place]
        if isinstance(block, Paragraph) and block is document.blocks[place]:
            blocks[place] = closed(block)
    whole = tuple([block for block in blocks if block is not None])
    return document if whole == document.blocks else replace(document, blocks=whole)


@lru_cache(LINES_REMEMBERED)
def ends_title(line: str) -> bool:
    """Whether the last word of a line can be the end of a broken title."""
    words = line.rsplit(maxsplit=1)
    return bool(words) and broken().rest.search(words[-1]) is not None


def line_of(paragraph: Paragraph) -> str:
    """The paragraph as normalised."""
    return paragraph.plain or paragraph.text


def is_broken(first: str, rest: str) -> bool:
    """Whether two lines are one title."""
    if len(first) > _LONGEST or broken().rest.search(rest.strip()) is None:
        return False
    return broken().first.search(first.strip()) is not None and broken().whole.search(first + rest) is not None


def joined(first: Paragraph, rest: Paragraph, text: str) -> Paragraph:
    """Both paragraphs as one."""
    origins = first.origins or tuple(range(len(line_of(first))))
    plain = line_of(first) + line_of(rest)
    if not first.at.startswith("c"):
        return Paragraph(first.text, first.at, plain, (*origins, *(len(first.text) - 1 for _ in line_of(rest))))
    start, further = int(first.at[1:]), int(rest.at[1:])
    later = (further - start + place for place in rest.origins or range(len(line_of(rest))))
    return Paragraph(text[start : further + len(rest.text)], first.at, plain, (*origins, *later))


def closed(paragraph: Paragraph) -> Paragraph:
    """The paragraph without the blanks that break a title in it."""
    plain = line_of(paragraph)
    blank = _BLANK.search(plain) if len(plain) <= _LONGEST else None
    if blank is None or not is_broken(plain[: blank.start()], plain[blank.end() :]):
        return paragraph
    kept = [place for place in range(len(plain)) if not blank.start() <= place < blank.end()]
    origins = paragraph.origins or range(len(plain))
    return replace(
        paragraph, plain="".join(plain[place] for place in kept), origins=tuple(origins[place] for place in kept)
    )
