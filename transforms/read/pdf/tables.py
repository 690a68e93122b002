"""A sheet in, a rectangular Table out, with the place of every character of its cells."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from transforms.model import Cell, Refusal, Table
from transforms.read.grid import LARGEST_TABLE
from transforms.read.pdf.breaks import Sheet
from transforms.read.pdf.cells import Piece
from transforms.read.pdf.lines import Text
from transforms.read.pdf.rulings import SNAP

Places = dict[str, Text]


def table(sheet: Sheet, at: str, places: Places) -> Table:
    """The table of a sheet; what its cells print goes to `places` by locator.

    Raises Refusal(`too_many_cells`) beyond LARGEST_TABLE places.
    """
    columns = all_columns(sheet)
    if len(columns) * len(sheet.rows) > LARGEST_TABLE:
        raise Refusal("too_many_cells", f"{at}: {len(columns) * len(sheet.rows)}")
    spreads = {xs: spread(xs, columns) for xs, _ in sheet.rows}
    cells: dict[int, Cell] = {}
    rows = []
    for number, (xs, pieces) in enumerate(sheet.rows):
        spread_out = [pieces[place] for place in spreads[xs]]
        for column, piece in enumerate(spread_out):
            if id(piece) not in cells:
                cells[id(piece)] = cell(piece, f"{at}/r{number}/c{column}", places)
        rows.append(tuple(cells[id(piece)] for piece in spread_out))
    return Table(tuple(rows), at)


def all_columns(sheet: Sheet) -> list[float]:
    """The middle of each column, over the rulings of all pages."""
    kept: list[float] = []
    for x in sorted({x for xs, _ in sheet.rows for x in xs}):
        if not kept or x - kept[-1] > SNAP:
            kept.append(x)
    return [(left + right) / 2 for left, right in pairwise(kept)]


def spread(xs: Sequence[float], columns: Sequence[float]) -> list[int]:
    """Which cell of a row with these rulings stands in each column, by its middle."""
    return [min(max(bisect_right(xs, middle) - 1, 0), len(xs) - 2) for middle in columns]


def cell(piece: Piece, at: str, places: Places) -> Cell:
    """The cell of a piece."""
    text = piece.text
    places[at] = text
    return Cell(text.text, at, text.text)
