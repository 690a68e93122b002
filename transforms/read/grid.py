"""Cells with spans in, a rectangle of cells out: the table algorithm of the HTML standard, bounded.

A merged cell appears in every place that it covers as the same object, so that all its copies share one locator.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from transforms.model import Cell, Refusal

LARGEST_COLSPAN = 1000
LARGEST_TABLE = 200_000
SHORT = 200
NOTHING = Cell("", "")

shared_cell = lru_cache(1 << 15)(Cell)  # one object for all that read alike in the same place of their documents

Section = Sequence[Sequence[tuple[str, int, int]]]
Grid = list[dict[int, Cell]]


class Spanned(NamedTuple):
    """A cell of the source: its text, and how many rows and columns it covers (rows 0: to the end of its section)."""

    text: str
    rows: int = 1
    columns: int = 1


class Expanded(NamedTuple):
    """The rectangle, and whether its rows were of one width before they were filled up with blanks."""

    rows: tuple[tuple[Cell, ...], ...]
    ragged: bool


def expand(sections: Sequence[Section], at: str) -> Expanded:
    """Expand the merged cells of one table into a rectangle; `at` is the table's locator.

    A rowspan ends with its section, a colspan with the last column in which any cell begins. Raises
    Refusal(`too_many_cells`) when the spans cover more than LARGEST_TABLE places.
    """
    refuse_large(sections, at)
    grid: Grid = []
    last = 0
    for section in sections:
        last = max(last, place_section(section, grid, at))
    width = last + 1 if grid else 0
    ragged = any(len(row) != width or max(row) >= width for row in grid)
    return Expanded(rectangle(grid, width), ragged)


def refuse_large(sections: Sequence[Section], at: str) -> None:
    """Raise Refusal when the table's area is beyond any table that people make."""
    area = sum(
        1 if rows == columns == 1 else min(rows or len(section), len(section) - number) * min(columns, LARGEST_COLSPAN)
        for section in sections
        for number, row in enumerate(section)
        for _, rows, columns in row
    )
    if area > LARGEST_TABLE:
        raise Refusal("too_many_cells", f"{at}: {area}")


def place_section(section: Section, grid: Grid, at: str) -> int:
    """Add the rows of one section to the grid; returns the last column in which a cell begins."""
    first = len(grid)
    grid.extend({} for _ in section)
    return max((place_row(row, grid, first + number, at) for number, row in enumerate(section)), default=0)


def place_row(row: Sequence[tuple[str, int, int]], grid: Grid, number: int, at: str) -> int:
    """Put each cell of a row in the next free place; returns the last column in which one begins."""
    here = grid[number]
    row_at = f"{at}/r{number}/c"
    column = last = 0
    for text, rows, columns in row:
        while column in here:
            column += 1
        cell = (shared_cell if len(text) <= SHORT else Cell)(text, f"{row_at}{column}", text)
        last = column
        if rows == columns == 1:
            here[column] = cell
        else:
            cover(grid[number : number + rows if rows else None], column, min(columns, LARGEST_COLSPAN), cell)
    return last


def cover(rows: Grid, column: int, columns: int, cell: Cell) -> None:
    """Put one cell in all free places of a rectangle."""
    for row in rows:
        for place in range(column, column + columns):
            row.setdefault(place, cell)


def rectangle(grid: Grid, width: int) -> tuple[tuple[Cell, ...], ...]:
    """The grid as rows of one width; a place that no cell covers is blank and has no locator: nobody left it so."""
    places = range(width)
    return tuple(
        tuple(map(row.__getitem__, places))
        if len(row) == width and max(row) < width
        else tuple(row.get(place, NOTHING) for place in places)
        for row in grid
    )
