"""The lines of a report's original that print its numbers: locators in, lines with the printed characters marked out.

A number stands in a line of the source where that is sure, else in the row or paragraph as the reader saw it (so for
formats that have no lines).
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from transforms.model import Document, Table
from transforms.read.source import contexts, pieces, printed, squeezed

AROUND = 60  # characters shown before and after a number in a long line
_TEXT_SPAN = re.compile(r"c(\d+)-(\d+)")
_TAGS = re.compile(r"(?:<!--.*?-->|<[^>]*>|\s)+")
_PART = re.compile(r"((?:t\d+/r\d+/c|p|c)\d+)(?:/(\d+)-(\d+))?")

Span = tuple[int, int]


class Piece(NamedTuple):
    """A stretch of a line; `marks` are the numbers of the cells that it prints, none for what stands around them."""

    text: str
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the excerpt: its number in the source, or 0 and the locator of a number in this row or paragraph."""

    number: int
    at: str
    pieces: tuple[Piece, ...]


def excerpt(document: Document, wanted: Mapping[int, str]) -> list[Line]:
    """The lines that print what stands at the locators `wanted`, by their marks, in the order of the original."""
    spans = text_spans(document, set(wanted.values()))
    found: dict[Span, list[int]] = {}
    for mark, at in wanted.items():
        if at in spans:
            found.setdefault(spans[at], []).append(mark)
    rest = {mark: at for mark, at in wanted.items() if at not in spans}
    return [*_lines(document.text, found), *_read_lines(document, rest)]


def text_spans(document: Document, wanted: Iterable[str]) -> dict[str, Span]:
    """The half-open spans of the decoded text behind locators; one that cannot be placed for sure is left out."""
    plain = {at: (int(span[1]), int(span[2])) for at in wanted if (span := _TEXT_SPAN.fullmatch(at))}
    spans = {at: span for at, span in plain.items() if span[1] <= len(document.text)}
    if document.format == "html":
        spans |= _page_spans(document, [at for at in wanted if at not in plain])
    return spans


def _page_spans(document: Document, wanted: Iterable[str]) -> dict[str, Span]:
    """As transforms.read.source.place, for many locators at once: whole tables and paragraphs are placed first."""
    shown, ranges = _shown(document)
    source = printed(document.text)
    placed: dict[str, int | None] = {}
    spans = {}
    for at in wanted:
        start, end = _range(at, ranges)
        if start == end:
            continue
        block = at.split("/", maxsplit=1)[0]
        if block not in placed:
            placed[block] = _shift(shown, source.characters, *ranges[block][0])
        shift = placed[block]
        if shift is None:
            near = (_shift(shown, source.characters, *span) for span in contexts(start, end, len(shown)))
            shift = next((found for found in near if found is not None), None)
        if shift is not None:
            spans[at] = source.spans[start + shift][0], source.spans[end + shift - 1][1]
    return spans


def _shift(shown: str, source: str, first: int, last: int) -> int | None:
    """How far on a stretch of what is shown stands in the source, None unless both have it exactly once."""
    stretch = shown[first:last]
    if stretch and shown.count(stretch) == 1 and source.count(stretch) == 1:
        return source.index(stretch) - first
    return None


def _shown(document: Document) -> tuple[str, dict[str, tuple[Span, str]]]:
    """All that the document shows without white space; by locator of a table, cell or paragraph, span and text."""
    parts: list[str] = []
    ranges: dict[str, tuple[Span, str]] = {}
    length = 0
    for piece in pieces(document):
        start = length
        parts.append(squeezed(piece.text))
        length += len(parts[-1])
        ranges[piece.at] = ((start, length), piece.text)
        table = piece.at.split("/", maxsplit=1)[0]
        (begun, _), _ = ranges.get(table, ((start, length), ""))
        ranges.setdefault(table, ((start, length), ""))
        if table != piece.at:
            ranges[table] = ((begun, length), "")
    return "".join(parts), ranges


def _range(at: str, ranges: Mapping[str, tuple[Span, str]]) -> Span:
    part = _PART.fullmatch(at)
    if part is None or part[1] not in ranges:
        return 0, 0
    (start, end), text = ranges[part[1]]
    if part[2] is None:
        return start, end
    return start + len(squeezed(text[: int(part[2])])), start + len(squeezed(text[: int(part[3])]))


def _lines(text: str, found: Mapping[Span, list[int]]) -> Iterator[Line]:
    breaks = [-1, *(match.start() for match in re.finditer("\n", text)), len(text)]
    by_line: dict[int, list[tuple[Span, tuple[int, ...]]]] = {}
    for (start, end), marks in sorted(found.items()):
        number = bisect_right(breaks, start - 1)
        begin, stop = breaks[number - 1] + 1, breaks[number]
        by_line.setdefault(number, []).append(((start - begin, min(end, stop) - begin), tuple(marks)))
    for number, marked in by_line.items():
        yield Line(number, "", tuple(_pieces(text[breaks[number - 1] + 1 : breaks[number]].rstrip("\r"), marked)))


def _pieces(line: str, marked: list[tuple[Span, tuple[int, ...]]]) -> Iterator[Piece]:
    """A line cut into what is marked and what stands around it, long stretches between marks left out."""
    at = 0
    for (start, end), marks in marked:
        if start >= at:
            yield Piece(_near(line[at:start], opens=at > 0, closes=True))
        yield Piece(line[max(at, start) : end], marks)
        at = max(at, end)
    yield Piece(_near(line[at:], opens=True, closes=False))


def _near(text: str, *, opens: bool, closes: bool) -> str:
    """The ends of a stretch that lie beside a mark: its beginning when it follows one, its end when one follows it."""
    kept = AROUND * (opens + closes)
    if len(text) > kept:
        # What a page prints between two numbers says more than how it is marked up.
        text = _TAGS.sub(" ", text)
    if len(text) <= kept:
        return text
    return (text[:AROUND] if opens else "") + "…" + (text[-AROUND:] if closes else "")


def _read_lines(document: Document, wanted: Mapping[int, str]) -> Iterator[Line]:
    """Rows and paragraphs as they were read, for numbers that no line of a source is known for."""
    marks: dict[str, list[int]] = {}
    for mark, at in wanted.items():
        marks.setdefault(at, []).append(mark)
    for block in document.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                cells = {cell.at: cell.text for cell in row}
                marked = next((at for at in cells if at in marks), None)
                if marked is not None:
                    yield Line(0, marked, tuple(_row(cells, marks)))
        else:
            yield from _paragraph(block.at, block.text, wanted)


def _row(cells: Mapping[str, str], marks: Mapping[str, list[int]]) -> Iterator[Piece]:
    for at, text in cells.items():
        yield Piece(text if len(text) <= 2 * AROUND else text[: 2 * AROUND] + "…", tuple(marks.get(at, ())))
        yield Piece(" │ ")


def _paragraph(at: str, text: str, wanted: Mapping[int, str]) -> Iterator[Line]:
    found: dict[Span, list[int]] = {}
    first = ""
    for mark, locator in wanted.items():
        part = _PART.fullmatch(locator)
        if part is not None and part[1] == at:
            span = (int(part[2]), int(part[3])) if part[2] else (0, len(text))
            found.setdefault(span, []).append(mark)
            first = first or locator
    if found:
        yield Line(0, first, tuple(_pieces(text, [(span, tuple(marks)) for span, marks in sorted(found.items())])))
