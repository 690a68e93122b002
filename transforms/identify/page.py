"""One text of a page, chrome first, with the way back from each character to its locator.

In: a normalised Document and the chrome that was taken out of its body. Out: Page. Cells of small tables count as
lines of the chrome: metadata blocks are tables in HTML.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
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
    body: int
    metadata: dict[str, str]
    source: str

    def line(self, position: int) -> Line:
        """The line that holds the character at `position`."""
        return self.lines[bisect_right(self.lines, position, key=lambda line: line.start) - 1]

    def locate(self, start: int, end: int) -> str:
        """Locator of `text[start:end]`, which must not cross a line."""
        line = self.line(start)
        if line.paragraph is None:
            return line.at
        shift = line.offset - line.start
        return line.paragraph.locate(start + shift, end + shift)

    def body_lines(self) -> list[Line]:
        """The lines of the body."""
        return [line for line in self.lines if line.start >= self.body]


def page_of(document: Document, chrome: Sequence[Paragraph], source: str) -> Page:
    """The page as one text: small tables and chrome, then the body."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    head = [*(piece for paragraph in chrome for piece in _pieces(paragraph)), *_cells(tables)]
    tail = [piece for block in document.blocks if isinstance(block, Paragraph) for piece in _pieces(block)]
    lines, position = [], 0
    for text, at, paragraph, offset in (*head, *tail):
        lines.append(Line(text, position, at, paragraph, offset))
        position += len(text) + 1
    body = lines[len(head)].start if tail else position
    metadata = {name.lower(): value for name, value in reversed(document.metadata)}
    return Page("\n".join(line.text for line in lines), tuple(lines), body, metadata, source)


def _pieces(paragraph: Paragraph) -> Iterator[tuple[str, str, Paragraph, int]]:
    for match in _PIECE.finditer(paragraph.plain):
        yield match.group(), paragraph.at, paragraph, match.start()


def _cells(tables: Sequence[Table]) -> Iterator[tuple[str, str, None, int]]:
    for table in tables:
        cells = {cell.at: cell for row in table.rows for cell in row}
        if len(cells) <= _SMALL_TABLE:
            yield from (
                (" ".join(cell.plain.split()), cell.at, None, 0) for cell in cells.values() if cell.plain.strip()
            )
