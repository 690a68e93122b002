"""Where a number stands, for the one who looks for it: line, page, cell of a workbook, place in a table.

In: the bytes of a file and locators. Out: positions, and positions in words. A place that cannot be shown for sure is
left out, never guessed.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from flows.texts import Phrase, texts
from transforms.model import Document, Refusal
from transforms.read.reader import read

Box = tuple[float, float, float, float]

_TABLE = re.compile(r"t(\d+)(?:/r(\d+)/c(\d+))?")
_PARAGRAPH = re.compile(r"p(\d+)")
_SPAN = re.compile(r"c(\d+)(?:-\d+)?")
EDGES = ("left", "bottom", "right", "top")
BY_ROW = ("cell", "page", "row", "paragraph")
BRIEFLY = ("cell", "page", "table", "paragraph", "line")
WHOLLY = ("cell", "page", "box", "part", "table", "paragraph", "line", "characters")


class Position(NamedTuple):
    """All count from 1; 0 and empty say nothing. Table, row and column are those of the expanded grid.

    `box` is (left, bottom, right, top) on the page in points; `characters` are those of `part`, a file of the package.
    """

    table: int = 0
    row: int = 0
    column: int = 0
    line: int = 0
    page: int = 0
    cell: str = ""
    paragraph: int = 0
    box: Box | None = None
    part: str = ""
    characters: str = ""


NOWHERE = Position()
Find = Callable[[str], Position]


def positions(data: bytes, source: str) -> Find:
    """A function from locators to positions in this file; the file is read once more."""
    try:
        document = read(data, source)
    except Refusal:
        return in_grid
    finders = {"html": _lines_of_page, "pdf": _pages, "docx": _package, "xlsx": _workbook, "xls": _workbook}
    beside = finders.get(document.format, _lines_of_text)(data, document)
    return lambda at: _shown(beside, document.format, at)


def words(position: Position, wanted: Sequence[str] = WHOLLY) -> list[Phrase]:
    """What is known of a position, of the kinds that are wanted, in their order."""
    known = position._asdict() | dict(zip(EDGES, (f"{edge:.1f}" for edge in position.box or ()), strict=False))
    # The name of a cell says row and column already.
    kinds = [kind for kind in wanted if known[kind] and not (kind in ("table", "row") and position.cell)]
    named = ["whole_table" if kind == "table" and not position.row else kind for kind in kinds]
    return [texts()["place"][kind].fill(**known) for kind in named]


def in_grid(at: str) -> Position:
    """What a locator says by itself: the table, row and column, or the paragraph."""
    if table := _TABLE.match(at):
        first, row, column = (int(number) + 1 if number else 0 for number in table.groups())
        return Position(first, row, column)
    paragraph = _PARAGRAPH.match(at)
    return Position(paragraph=int(paragraph[1]) + 1) if paragraph else NOWHERE


def _shown(beside: Find, kind: str, at: str) -> Position:
    try:
        known = beside(at)
    except LookupError:
        known = NOWHERE
    own = in_grid(at)
    # Nobody counts the paragraphs of a page of the web or of a PDF.
    counted = own.paragraph if kind == "docx" else 0
    return known._replace(table=own.table, row=own.row, column=own.column, paragraph=counted)


def _lines_of_text(_: bytes, document: Document) -> Find:
    def find(at: str) -> Position:
        match = _SPAN.fullmatch(at)
        return Position(line=_line(document.text, int(match[1]))) if match else NOWHERE

    return find


def _lines_of_page(_: bytes, document: Document) -> Find:
    from transforms.read.html import read_html
    from transforms.read.source import place

    page = read_html(document.text)
    return lambda at: Position(line=_line(document.text, place(document.text, page, at)[0]))


def _pages(data: bytes, _: Document) -> Find:
    from transforms.read.pdf import source_places

    find = source_places(data)

    def found(at: str) -> Position:
        page, box = find(at)
        return Position(page=page, box=box)

    return found


def _package(data: bytes, _: Document) -> Find:
    from transforms.read.docx import source_places

    find = source_places(data)

    def found(at: str) -> Position:
        part, characters = find(at)
        return Position(part=part, characters=characters)

    return found


def _workbook(data: bytes, _: Document) -> Find:
    from transforms.read.xlsx import source_places

    find = source_places(data)
    return lambda at: Position(cell=find(at))


def _line(text: str, start: int) -> int:
    return text.count("\n", 0, start) + 1
