"""Text whose lines were broken at a fixed width in (page-wise and flip-book text, A13), whole paragraphs out.

A sentence cut at a line's end says something else: `政务微信` / `发布信息485条`. Lines are rejoined only where the text
shows that it was broken so: many of its lines are as long as the longest. Works on normalised documents of text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from transforms.forms import load, ordinals
from transforms.model import Block, Cell, Document, Paragraph
from transforms.values import is_page_mark

_SHORTEST = 15  # characters of a line that can be full
_LEAST = 3  # full lines, and a third of all that could be, show that a width was kept
_SLACK = 1  # a mark that may not begin a line takes another character down with it
_GAP = re.compile(r"\t| {2,}")  # in rows of a table, whose lines are alike
_END = re.compile(r"[。；！？!?;:：]$")


def rejoined(document: Document) -> Document:
    """The document with lines that run on made one paragraph; page marks between them are passed over."""
    if document.format != "text":
        return document
    lines = [block.plain or block.text for block in document.blocks if isinstance(block, Paragraph)]
    width = _width([len(line) for line in lines if _GAP.search(line) is None])
    return document if width is None else replace(document, blocks=tuple(_whole(document, width)))


def _width(lengths: Sequence[int]) -> int | None:
    """The length that the lines were broken at, if any: as many as that are not as long by chance."""
    long = [length for length in lengths if length >= _SHORTEST]
    width = max(long, default=0)
    full = sum(length >= width - _SLACK for length in long)
    return width if full >= _LEAST and 3 * full >= len(long) else None


def _whole(document: Document, width: int) -> Iterator[Block]:
    pending: Paragraph | None = None
    last = ""
    for block in document.blocks:
        if not isinstance(block, Paragraph):
            yield from (pending, block) if pending is not None else (block,)
            pending = None
        elif pending is None:
            pending, last = block, block.plain or block.text
        elif not _is_page_mark(block):
            runs_on = _is_open(last, width) and not _opens(block)
            yield from () if runs_on else (pending,)
            pending, last = _joined(pending, block, document.text) if runs_on else block, block.plain or block.text
    yield from (pending,) if pending is not None else ()


def _is_open(text: str, width: int) -> bool:
    whole = _END.search(text) or _GAP.search(text) or text.endswith(_title_endings())
    return len(text) >= width - _SLACK and not whole


@cache
def _title_endings() -> tuple[str, ...]:
    return tuple(load("lookups/title_endings.yml"))


def _opens(line: Paragraph) -> bool:
    return _numbered().match(line.plain or line.text) is not None


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(rf"\(?[{ordinals()}]{{1,3}}[)、.]|[0-9]{{1,2}}[、.](?![0-9])")


def _is_page_mark(line: Paragraph) -> bool:
    return is_page_mark(Cell("", "", line.plain or line.text))


def _joined(first: Paragraph, rest: Paragraph, text: str) -> Paragraph:
    """Both as one span of the text: what stands between them is no part of `plain`."""
    start, further = (int(line.at.removeprefix("c")) for line in (first, rest))
    origins = (*_origins(first), *(further - start + place for place in _origins(rest)))
    plain = (first.plain or first.text) + (rest.plain or rest.text)
    return Paragraph(text[start : further + len(rest.text)], first.at, plain, origins)


def _origins(line: Paragraph) -> Sequence[int]:
    return line.origins or range(len(line.text))
