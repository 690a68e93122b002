"""Where a number stands, for the one who looks for it: line, page, or cell of a workbook, and place in a table.

In: the bytes of a file and locators. Out: positions. A place that cannot be shown for sure is left out, never guessed.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from transforms.model import Document, Refusal
from transforms.read.reader import read

_TABLE = re.compile(r"t(\d+)/r(\d+)/c(\d+)")
_SPAN = re.compile(r"c(\d+)(?:-\d+)?")


class Position(NamedTuple):
    """All count from 1; 0 and empty say nothing. Table, row and column are those of the expanded grid."""

    table: int = 0
    row: int = 0
    column: int = 0
    line: int = 0
    page: int = 0
    cell: str = ""


NOWHERE = Position()
Find = Callable[[str], Position]


def positions(data: bytes, source: str) -> Find:
    """A function from locators to positions in this file; the file is read once more."""
    try:
        document = read(data, source)
    except Refusal:
        return _in_table
    finders = {"html": _lines_of_page, "pdf": _pages, "xlsx": _workbook, "xls": _workbook}
    beside = finders.get(document.format, _lines_of_text)(data, document)
    return lambda at: _shown(beside, at)


def _shown(beside: Find, at: str) -> Position:
    try:
        known = beside(at)
    except LookupError:
        known = NOWHERE
    return _in_table(at)._replace(line=known.line, page=known.page, cell=known.cell)


def _in_table(at: str) -> Position:
    match = _TABLE.match(at)
    return Position(int(match[1]) + 1, int(match[2]) + 1, int(match[3]) + 1) if match else NOWHERE


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
    from transforms.read.pdf.pages import pages
    from transforms.read.pdf.reading import document

    places = document(list(pages(data)))[1]

    def find(at: str) -> Position:
        stem = at if at in places else at.rpartition("/")[0]
        glyph = next((glyph for glyph in places[stem].glyphs if glyph is not None), None)
        return Position(page=glyph.page) if glyph else NOWHERE

    return find


def _workbook(data: bytes, _: Document) -> Find:
    from transforms.read.xlsx import source_place

    return lambda at: Position(cell=source_place(data, at))


def _line(text: str, start: int) -> int:
    return text.count("\n", 0, start) + 1
