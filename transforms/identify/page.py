"""One text of a page, chrome first, with the way back from each character to its locator.

In: a normalised Document and the chrome that was taken out of its body. Out: Page. Cells of small tables count as
lines of the chrome: metadata blocks are tables in HTML.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from transforms.model import Document, Paragraph, Table

_SMALL_TABLE = 40
_PIECE = re.compile(r"[^|\s](?:[^|\n\t]*[^|\s])")  # single characters are cells of flattened tables


class Line(NamedTuple):
    """A line of the page; `start` is its offset in the page's text, `offset` its offset in its paragraph."""

    text: str
    start: int
    at: str
    paragraph: Paragraph | None
    offset: int


class Page(NamedTuple):
    """Lines joined by newlines; the body begins at `body`; `metadata` has lower-case names."""

    text: str
    lines: tuple[Line, ...]
    starts: tuple[int, ...]
    body: int
    metadata: dict[str, str]
    source: str

    def line_of(self, position: int) -> int:
        """Which line holds the character at `position`."""
        return bisect_right(self.starts, position) - 1

    def matches(self, pattern: re.Pattern[str], start: int = 0) -> Iterator[tuple[int, re.Match[str]]]:
        """Every match from `start` on, with the index of its line."""
        for found in pattern.finditer(self.text, start):
            yield self.line_of(found.start()), found

    def locate(self, start: int, end: int) -> str:
        """Locator of `text[start:end]`, which must not cross a line."""
        line = self.lines[self.line_of(start)]
        if line.paragraph is None:
            return line.at
        shift = line.offset - line.start
        return line.paragraph.locate(start + shift, end + shift)

    def body_lines(self) -> tuple[Line, ...]:
        """The lines of the body."""
        return self.lines[bisect_left(self.starts, self.body) :]


def page_of(document: Document, chrome: Sequence[Paragraph], source: str) -> Page:
    """The page as one text: small tables and chrome, then the body."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    head = [*(piece for paragraph in chrome for piece in _pieces(paragraph)), *_cells(tables)]
    tail = [piece for block in document.blocks if isinstance(block, Paragraph) for piece in _pieces(block)]
    pieces = [*head, *tail]
    starts = tuple(accumulate((len(piece[0]) + 1 for piece in pieces), initial=0))
    lines = tuple(
        Line(text, start, at, owner, offset) for (text, at, owner, offset), start in zip(pieces, starts, strict=False)
    )
    metadata = {name.lower(): value for name, value in reversed(document.metadata)}
    text = "\n".join(line.text for line in lines)
    return Page(text, lines, starts[:-1], starts[len(head)], metadata, source)


def _pieces(paragraph: Paragraph) -> Iterator[tuple[str, str, Paragraph, int]]:
    for match in _PIECE.finditer(paragraph.plain):
        yield match.group(), paragraph.at, paragraph, match.start()


def _cells(tables: Sequence[Table]) -> Iterator[tuple[str, str, None, int]]:
    for table in tables:
        cells = {cell.at: cell for row in table.rows for cell in row}
        if len(cells) <= _SMALL_TABLE:
            yield from (
                (" ".join(cell.plain.split()), cell.at, None, 0)
                for cell in cells.values()
                if len(cell.plain.strip()) > 1
            )
