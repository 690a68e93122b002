"""The cells of a spreadsheet with their merged ranges in, pieces of text and data tables out.

Rows and columns that are hidden are left out; what remains between the first and the last filled cell is one table.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transforms.model import Refusal
from transforms.read.chunk import BREAK
from transforms.read.grid import LARGEST_TABLE
from transforms.read.tree import DataTable, Items, OpenCell, OpenTable, settled

Spot = tuple[int, int]
Area = tuple[Spot, Spot]

OF_A_YEAR = re.compile(r"(?:19|20)[0-9]{2} *\u5e74")
EXACT = 1e15  # whole numbers from here on lose digits in a spreadsheet


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet: filled cells by (row, column) from 0, merged ranges (both ends in), hidden rows and columns.

    `struck` is how many cells, or pieces of them, are crossed out and left out.
    """

    name: str
    cells: Mapping[Spot, str]
    merged: Sequence[Area] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: int = 0


def shown_number(value: float) -> str:
    """A number as a spreadsheet shows it: a whole one without a point (12.0 is 12), others to fifteen digits."""
    whole = value == value and abs(value) < EXACT and value == int(value)
    return str(int(value)) if whole else format(value, ".15g")


def used(sheet: Sheet) -> tuple[list[int], list[int]]:
    """The visible rows and columns of the used range. Raises Refusal(`too_many_cells`)."""
    filled = [spot for spot, text in sheet.cells.items() if text]
    rows, columns = {row for row, _ in filled}, {column for _, column in filled}
    if not filled:
        return [], []
    height, width = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
    if height * width > LARGEST_TABLE:
        raise Refusal("too_many_cells", f"{sheet.name}: {height:,} × {width:,}")
    return (
        [row for row in range(min(rows), max(rows) + 1) if row not in sheet.hidden_rows],
        [column for column in range(min(columns), max(columns) + 1) if column not in sheet.hidden_columns],
    )


def as_items(sheet: Sheet, named: bool = False) -> Items:
    """What a sheet shows: a data table, under the name of the sheet if asked for, or the text of its cells."""
    rows, columns = used(sheet)
    if not rows or not columns:
        return []
    origins, covered = merges(sheet.merged, rows, columns)
    section = []
    for row in rows:
        places = [(row, column) for column in columns if (row, column) not in covered]
        section.append([open_cell(sheet, spot, origins) for spot in places])
    items = settled(OpenTable([], [section]), [cell for row in section for cell in row])
    captioned = named and isinstance(items[0], DataTable)
    return [BREAK, *([sheet.name, BREAK] if captioned else []), *items]


def names_tell(sheets: Sequence[Sheet]) -> bool:
    """Whether the names on the tabs are captions of the tables: one tells a year. Others are the program's own."""
    return any(OF_A_YEAR.search(sheet.name) for sheet in sheets)


def open_cell(sheet: Sheet, spot: Spot, origins: Mapping[Spot, tuple[Spot, int, int]]) -> OpenCell:
    """The cell that begins at a spot; a merged one prints the text of its first cell, hidden or not."""
    source, rows, columns = origins.get(spot, (spot, 1, 1))
    text = sheet.cells.get(source, "")
    return [text] if text else [], rows, columns


def merges(
    areas: Sequence[Area], rows: Sequence[int], columns: Sequence[int]
) -> tuple[dict[Spot, tuple[Spot, int, int]], set[Spot]]:
    """Merged cells by the spot where they begin to be seen: (first cell, rows, columns); and the spots they cover."""
    origins: dict[Spot, tuple[Spot, int, int]] = {}
    covered: set[Spot] = set()
    spent = 0
    for (top, left), (bottom, right) in areas:
        high = [row for row in rows if top <= row <= bottom]
        wide = [column for column in columns if left <= column <= right]
        spent += len(rows) + len(columns) + len(high) * len(wide)
        if spent > 20 * LARGEST_TABLE:
            raise Refusal("too_many_cells", f"{len(areas):,} merged cells")
        if high and wide and (high[0], wide[0]) not in covered:
            origins[high[0], wide[0]] = (top, left), len(high), len(wide)
            covered.update((row, column) for row in high for column in wide)
            covered.discard((high[0], wide[0]))
    return origins, covered


def lone_title(sheets: Sequence[Sheet]) -> tuple[tuple[str, str], ...]:
    """The first filled cell of the first sheet as its title, if nothing else stands in its row."""
    filled = [spot for sheet in sheets[:1] for spot, text in sheet.cells.items() if text]
    if not filled:
        return ()
    row, column = min(filled)
    alone = sum(spot[0] == row for spot in filled) == 1
    return (("title", sheets[0].cells[row, column]),) if alone else ()


def place_name(sheet: Sheet, row: int, column: int) -> str:
    """The name (`Sheet1!C7`) of the cell at a row and column of the table made of a sheet. Raises LookupError."""
    rows, columns = used(sheet)
    if row >= len(rows) or column >= len(columns):
        raise LookupError(f"{sheet.name}: no row {row} or column {column}")
    letters, rest = "", columns[column] + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{sheet.name}!{letters}{rows[row] + 1}"
