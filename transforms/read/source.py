"""A page's source, its Document and a locator in, the place of those characters in the source out.

What the page shows (its blocks, without white space) and what its source holds (the characters outside
tags, entities resolved) are two strings of nearly the same characters; the place is where both agree around it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from transforms.model import Cell, Document, Paragraph

TOKEN = re.compile(
    r"<!--.*?(?:-->|$)|<(script|style|title|noscript|select|template)\b.*?</\1\s*>|<[!/?a-zA-Z](?:\"[^\"]*\"|'[^']*'|[^'\">]++)*+>"
    r"|(&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});?)|([^\s<&]++|[<&])",
    re.DOTALL | re.IGNORECASE,
)
LOCATOR = re.compile(r"(t\d+/r\d+/c\d+|p\d+)(?:/(\d+)-(\d+))?")
WINDOWS = (0, *range(2, 80, 6), 150, 300, 1000)


class Printed(NamedTuple):
    """Characters without white space, and for each the half-open span of the source that prints it."""

    characters: str
    spans: list[tuple[int, int]]


def place(text: str, document: Document, at: str) -> tuple[int, int]:
    """The half-open span of the source `text` that prints what stands at `at` in its document.

    `at` is `t4/r7/c3` for a cell, `p12` or `p12/34-38` for (part of) a paragraph. Raises LookupError when nothing is
    printed there or the place cannot be shown for sure.
    """
    shown, start, end = wanted(document, at)
    if start == end:
        raise LookupError(f"{at}: nothing is printed there")
    source = printed(text)
    for first, last in contexts(start, end, len(shown)):
        context = shown[first:last]
        if shown.count(context) == 1 and source.characters.count(context) == 1:
            found = source.characters.index(context) + start - first
            return source.spans[found][0], source.spans[found + end - start - 1][1]
    raise LookupError(f"{at}: not found once in the source")


def contexts(start: int, end: int, length: int) -> Iterator[tuple[int, int]]:
    """Ever wider spans around a place, to both sides and to either: hidden text in the source may break one side."""
    for window in WINDOWS:
        first, last = max(0, start - window), min(length, end + window)
        yield from ((first, last), (first, end), (start, last))


@lru_cache(maxsize=2)  # who looks for one place of a page looks for more
def printed(text: str) -> Printed:
    """The visible characters of a source with their places."""
    characters: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in TOKEN.finditer(text):
        first, last = match.span()
        if match[3]:
            characters.append(match[3])
            spans.extend(zip(range(first, last), range(first + 1, last + 1), strict=True))
        elif match[2]:
            shown = "".join(unescape(match[2]).split())
            characters.append(shown)
            spans.extend([(first, last)] * len(shown))
    return Printed("".join(characters), spans)


def wanted(document: Document, at: str) -> tuple[str, int, int]:
    """All that the document shows without white space, and the span of it that a locator means."""
    match = LOCATOR.fullmatch(at)
    if match is None:
        raise LookupError(f"{at}: no locator of a page")
    shown: list[str] = []
    length, found = 0, None
    for item in pieces(document):
        if item.at == match[1]:
            first, last = (int(match[2]), int(match[3])) if match[2] else (0, len(item.text))
            found = length + len(squeezed(item.text[:first])), length + len(squeezed(item.text[:last]))
        shown.append(squeezed(item.text))
        length += len(shown[-1])
    if found is None:
        raise LookupError(f"{at}: no such place")
    return "".join(shown), *found


def pieces(document: Document) -> Iterator[Cell | Paragraph]:
    """Paragraphs and cells in the order of the source; a merged cell once."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from {cell.at: cell for row in block.rows for cell in row}.values()


def squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())
