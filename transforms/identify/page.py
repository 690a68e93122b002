"""One text of a page, chrome first, with the way back from each character to its locator.

In: a normalised Document and the chrome that was taken out of its body. Out: Page. Cells of small tables count as
lines of the chrome: metadata blocks are tables in HTML.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from transforms.model import Cell, Document, Paragraph, Table

_SMALL_TABLE = 40
_LINES_REMEMBERED = 1 << 14  # the pages of one site share their menus
_PIECE = re.compile(r"[^|\s](?:[^|\n\t]*[^|\s])")  # single characters are cells of flattened tables


class Line(NamedTuple):
    """A line of the page; `start` is its offset in the page's text, `offset` its offset in its paragraph."""

    text: str
    start: int
    at: str
    paragraph: Paragraph | None
    offset: int


Piece = tuple[str, str, Paragraph | None, int]  # text, locator, paragraph, offset in it


class Page(NamedTuple):
    """Lines joined by newlines; the body begins at `body`; `metadata` has lower-case names."""

    text: str
    pieces: list[Piece]
    starts: list[int]
    body: int
    metadata: dict[str, str]
    source: str

    def line(self, index: int) -> Line:
        """The line with this number."""
        text, at, paragraph, offset = self.pieces[index]
        return Line(text, self.starts[index], at, paragraph, offset)

    def line_of(self, position: int) -> int:
        """Which line holds the character at `position`."""
        return bisect_right(self.starts, position) - 1

    def matches(self, pattern: re.Pattern[str], start: int = 0) -> Iterator[tuple[int, re.Match[str]]]:
        """Every match from `start` on, with the index of its line."""
        for found in pattern.finditer(self.text, start):
            yield self.line_of(found.start()), found

    def locate(self, start: int, end: int) -> str:
        """Locator of `text[start:end]`, which must not cross a line."""
        line = self.line(self.line_of(start))
        if line.paragraph is None:
            return line.at
        shift = line.offset - line.start
        return line.paragraph.locate(start + shift, end + shift)

    def body_lines(self, most: int) -> list[Line]:
        """The first lines of the body."""
        first = bisect_left(self.starts, self.body)
        return [self.line(index) for index in range(first, min(first + most, len(self.pieces)))]


def page_of(document: Document, chrome: Sequence[Paragraph], source: str) -> Page:
    """The page as one text: small tables and chrome, then the body."""
    pieces = _pieces(chrome)
    pieces.extend(_cells([block for block in document.blocks if isinstance(block, Table)]))
    head = len(pieces)
    pieces.extend(_pieces([block for block in document.blocks if isinstance(block, Paragraph)]))
    texts = [piece[0] for piece in pieces]
    starts = list(accumulate([len(text) + 1 for text in texts], initial=0))
    metadata = {name.lower(): value for name, value in reversed(document.metadata)}
    return Page("\n".join(texts), pieces, starts[:-1], starts[head], metadata, source)


def _pieces(paragraphs: Sequence[Paragraph]) -> list[Piece]:
    """The lines of paragraphs; nearly all are one as they stand."""
    found: list[Piece] = []
    plains = [paragraph.plain for paragraph in paragraphs]
    for paragraph, plain, whole in zip(paragraphs, plains, map(_is_whole, plains), strict=True):
        if whole:
            found.append((plain, paragraph.at, paragraph, 0))
        else:
            found.extend((piece.group(), paragraph.at, paragraph, piece.start()) for piece in _PIECE.finditer(plain))
    return found


@lru_cache(_LINES_REMEMBERED)
def _is_whole(plain: str) -> bool:
    """Whether a paragraph is one line as it stands."""
    return len(plain) > 1 and plain.isprintable() and "|" not in plain and plain[0] != " " != plain[-1]


def _cells(tables: Sequence[Table]) -> Iterator[Piece]:
    for table in tables:
        yield from (
            (" ".join(cell.plain.split()), cell.at, None, 0)
            for cell in _of_small(table).values()
            if len(cell.plain.strip()) > 1
        )


def _of_small(table: Table) -> dict[str, Cell]:
    """The cells of a small table by their places; none of a larger one."""
    cells: dict[str, Cell] = {}
    for row in table.rows:
        cells.update({cell.at: cell for cell in row})
        if len(cells) > _SMALL_TABLE:
            return {}
    return cells
