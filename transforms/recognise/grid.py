"""A grid whose columns survived: each value is placed by its row label and the header above it.

Two readings are made of every row: by the header's columns in the expanded grid, and by counting the row's own cells
after its label. A rowspan that runs over shifts the first, a missing cell the second; where they differ nothing is
placed by either, and the numbers go on as a loose row for the sums to decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from transforms.forms import Column, FormTable
from transforms.forms import Row as FormRow
from transforms.model import Cell, Loose, Placed, Slot, Table
from transforms.recognise.header import Heads, headers, refine, remember, sections, take, unit_of
from transforms.recognise.index import Index
from transforms.recognise.labels import label
from transforms.recognise.walk import Found, Walk, joined, key_of, with_unit
from transforms.units import is_only_units
from transforms.values import has_digit, is_blank, is_unit, is_value, is_words

_NUMBERED = 3  # a row of numbers counting up from 1 that numbers the columns

Row = Sequence[Cell]


@dataclass(slots=True)
class Sheet(Walk):
    """The state of walking down a printed grid."""

    heads: Heads = field(default_factory=Heads)
    rows: Sequence[Row] = ()
    beside_unknown: set[str] = field(default_factory=set)  # what is merged over a row that nobody knows


class Labels(NamedTuple):
    """The label cells of a row: where the last one stands, the row that it names, and the label itself if none."""

    place: int
    row: tuple[FormTable, FormRow] | None
    last: Cell


def walk_grid(table: Table, index: Index) -> Sheet:
    """Reads a grid from top to bottom; a sheet printed in two halves side by side, the left half first."""
    sheet = Sheet(index)
    for rows in _halves(table.rows, index):
        sheet.heads, sheet.rows = Heads(), rows
        for number, row in enumerate(rows):
            if not numbers_columns(row) and not _is_header(row, sheet):
                _data_row(row, number, sheet)
    for found in sheet.found.values():
        _part(found, sheet.beside_unknown)
    return sheet


def _part(found: Found, beside_unknown: set[str]) -> None:
    """A number merged over two rows is nobody's by its place: the rows share one loose cell, for the sums to decide."""
    slots: dict[str, dict[Slot, Cell]] = {}
    for item in found.placed:
        if has_digit(item.cell):
            slots.setdefault(item.cell.at, {})[item.slot] = item.cell
    shared = {at: own for at, own in slots.items() if len(own) > 1 or at in beside_unknown}
    if shared:
        found.placed = [item for item in found.placed if item.cell.at not in shared]
        found.loose.extend(Loose(tuple(own), (next(iter(own.values())),)) for own in shared.values())


def _halves(rows: Sequence[Row], index: Index) -> list[Sequence[Row]]:
    """The grid itself, or its halves where a row of headers is printed twice side by side."""
    width = max(map(len, rows), default=0)
    half = width // 2
    if width < 4 or width % 2:
        return [rows]
    for row in rows:
        left, right = ([key_of(cell) for cell in part] for part in (row[:half], row[half:]))
        if left == right and sum(map(bool, left)) > 1 and any(index.column(cell.plain) for cell in row[:half]):
            return [[row[:half] for row in rows], [row[half:] for row in rows]]
    return [rows]


def numbers_columns(row: Row) -> bool:
    """Whether the row only numbers the columns: 甲 乙 1 2 3."""
    for cell in row:
        if is_words(cell) and len(key_of(cell)) > 1:
            return False
    values = list({cell.at: cell.plain.strip() for cell in row if is_value(cell)}.values())
    return len(values) >= _NUMBERED and values == [str(number + 1) for number in range(len(values))]


def _is_header(row: Row, sheet: Sheet) -> bool:
    """Takes in a row of words: column headers and group headings. Any number or row label makes it a data row."""
    if any(is_value(cell) and has_digit(cell) for cell in row):
        return False
    index, heads = sheet.index, sheet.heads
    found = headers(row, heads, index)
    headed = sections(row, found, index)
    labels = None if headed else _labels(row, sheet)
    if labels is not None and labels.row is not None:
        return False
    if not headed and heads.record is not None and not any(index.caption(cell.plain) for cell in row):
        return False
    remember(row, heads, index)
    for cell in row:
        if index.caption(cell.plain) is not None:
            sheet.meet(key_of(cell))
    for table in headed:
        take(table, row, found, sheet, heads)
    if not headed:
        refine(row, heads)
    return True


def _labels(row: Row, sheet: Sheet) -> Labels | None:
    """The words before the first value; an ordinal or a unit among them is passed over."""
    words: dict[str, int] = {}
    columns = sheet.heads.columns.get(sheet.current, {})
    for place, cell in enumerate(row[: min(columns, default=None)]):
        if is_words(cell):
            words.pop(cell.at, None)
            words[cell.at] = place
        elif words and not is_blank(cell) and not is_unit(cell):
            break
    return _named([(place, row[place]) for place in words.values()], sheet) if words else None


def _named(words: list[tuple[int, Cell]], sheet: Sheet) -> Labels:
    """The row that the last label names, alone or joined with what stands before it; captions name none."""
    cells = [cell for _, cell in words]
    last = words[-1][0]
    for cell in cells[:-1]:
        _meet(cell, sheet)
    for count in range(1, len(cells) + 1):
        match = sheet.row(joined(cells[-count:]).plain)
        if match is not None:
            return Labels(last, match, cells[-1])
    while len(cells) > 1 and (not key_of(cells[-1]) or sheet.index.caption(cells[-1].plain) is not None):
        cells.pop()
        match = sheet.row(cells[-1].plain)
        if match is not None:
            return Labels(last, match, cells[-1])
    return Labels(last, None, cells[-1])


def _meet(cell: Cell, sheet: Sheet) -> None:
    """A label on the left of a row's own label is its heading."""
    rows = sheet.index.row(cell.plain)
    if len(rows) == 1:
        sheet.meet(rows[0][1].labels[0])
    elif sheet.index.caption(cell.plain) is not None:
        sheet.meet(key_of(cell))


def _data_row(row: Row, number: int, sheet: Sheet) -> None:
    labels = _labels(row, sheet)
    heads = sheet.heads
    used: set[str] = set()
    unknown = None
    if labels is not None and labels.row is not None:
        table, declared = labels.row
        sheet.section(table.section).rows.add(declared.key)
        sheet.meet(declared.labels[0])
        used = _place(row, number, labels.place, table, table.row_slots(declared), sheet)
    elif heads.record is not None and any(is_value(cell) for cell in row):
        table, heads.record = heads.record, None
        used = _place(row, number, -1, table, table.slots(), sheet)
    elif labels is not None:
        unknown = labels.last
        sheet.beside_unknown |= {cell.at for cell in row[labels.place + 1 :] if is_value(cell)}
    heads.above.clear()
    first = _first_label(row)
    numbers = [cell for place, cell in _own(row, number) if place > first and is_value(cell) and has_digit(cell)]
    sheet.leave([cell for cell in numbers if cell.at not in used], unknown)


def _first_label(row: Row) -> int:
    """Where the words begin: a number before them is the ordinal of the row."""
    return next((place for place, cell in enumerate(row) if is_words(cell)), -1)


def _place(row: Row, number: int, last: int, table: FormTable, slots: tuple[Slot, ...], sheet: Sheet) -> set[str]:
    """Places the values of one row; returns the locators of the cells that it used or that the form ignores."""
    found, heads = sheet.section(table.section), sheet.heads
    columns = heads.columns.get(table.section) or _sole_column(table, sheet)
    after = [(place, cell) for place, cell in _own(row, number) if place > last]
    ignored = heads.ignored if columns else set()  # beside no column of the form, one that it ignores is its rows' only
    passed = {cell.at for place, cell in after if place in ignored}
    counted = [(place, cell) for place, cell in after if place not in ignored and not is_unit(cell)]
    own = [cell for _, cell in counted]
    placed = _pushed(counted, slots, columns)
    if placed is None:
        placed = _agreed(row, own, slots, {place: column for place, column in columns.items() if place > last})
    if placed is not None:
        unit = _unit(row, last)
        found.placed.extend(with_unit(placed, unit, heads.units))
        return {item.cell.at for item in placed} | passed
    cells = tuple(cell for cell in own if is_value(cell))
    found.loose.append(Loose(slots, cells))
    return {cell.at for cell in cells} | passed


def _unit(row: Row, last: int) -> str:
    """The unit beside a number, behind its label or before it, else the one in the label itself."""
    before = [cell for cell in row[: max(last, 0)] if is_only_units(cell.plain)]
    stated = next(filter(None, map(unit_of, (*row[last + 1 :], *before))), "")
    return stated or (label(row[last].plain).unit if last >= 0 else "")


def _sole_column(table: FormTable, sheet: Sheet) -> dict[int, Column]:
    """A table of one column printed without its header: the only place where its rows hold numbers."""
    if len(table.columns) > 1 or not table.rows:
        return {}
    places = set()
    for number, row in enumerate(sheet.rows):
        last = max((place for place, cell in enumerate(row) if is_words(cell)), default=-1)
        if any(sheet.index.row(cell.plain) for cell in row[: last + 1]):
            own = _own(row, number)
            places |= {place for place, cell in own if place > last and is_value(cell) and has_digit(cell)}
    headed = {place for place in places if _is_headed(place, sheet)}
    return dict.fromkeys(places, table.columns[0]) if len(places) == 1 and not headed else {}


def _is_headed(place: int, sheet: Sheet) -> bool:
    """Whether words stand above this place that do not run over the whole width: a header that nobody knows."""
    for row in sheet.rows:
        if place < len(row) and has_digit(row[place]) and is_value(row[place]):
            return False
        if place < len(row) and is_words(row[place]) and row[place].at != row[0].at:
            return True
    return False


def _pushed(
    own: Sequence[tuple[int, Cell]], slots: tuple[Slot, ...], columns: dict[int, Column]
) -> list[Placed] | None:
    """The cells of a row that a rowspan above has pushed aside: all stand equally far beyond their headers."""
    ordered = _header_order(slots, columns)
    heads = sorted({column.key: place for place, column in sorted(columns.items(), reverse=True)}.values())
    steps = {place - head for (place, _), head in zip(own, heads, strict=False)}
    if len(own) != len(slots) or len(ordered) != len(slots) or len(heads) != len(slots) or len(steps) != 1:
        return None
    placed = [Placed(slot, cell) for slot, (_, cell) in zip(ordered, own, strict=True)]
    return placed if steps.pop() > 0 else None


def _agreed(row: Row, own: list[Cell], slots: tuple[Slot, ...], columns: dict[int, Column]) -> list[Placed] | None:
    """The row's cells in their slots, unless the header's columns and the count of its own cells differ."""
    by_header = _by_header(row, slots, columns)
    if by_header is None:
        return _straddling(row, own, slots, columns)
    if len(own) != len(slots):
        return by_header
    ordered = _header_order(slots, columns)
    if len(ordered) != len(slots):
        return None
    by_count = [Placed(slot, cell) for slot, cell in zip(ordered, own, strict=True)]
    if by_count == sorted(by_header, key=lambda item: ordered.index(item.slot)):
        return by_header
    return by_count if _overruns(row, columns) else None


def _straddling(row: Row, own: list[Cell], slots: tuple[Slot, ...], columns: dict[int, Column]) -> list[Placed] | None:
    """The cells of a row that are merged unlike their headers: as many as these, each below a part of its own."""
    ordered = _header_order(slots, columns)
    below = {(column.key, row[place].at) for place, column in columns.items() if place < len(row)}
    if not len(own) == len(ordered) == len(slots):
        return None
    placed = list(map(Placed, ordered, own))
    return placed if all((item.slot.column, item.cell.at) in below for item in placed) else None


def _overruns(row: Row, columns: dict[int, Column]) -> bool:
    """Whether the row is pushed beyond the last header, as under a rowspan that runs over."""
    return any(not is_blank(cell) for cell in row[max(columns) + 1 :])


def _header_order(slots: tuple[Slot, ...], columns: dict[int, Column]) -> list[Slot]:
    """The slots whose header was found, in the order in which the headers stand."""
    first = {column.key: place for place, column in sorted(columns.items(), reverse=True)}
    return sorted((slot for slot in slots if slot.column in first), key=lambda slot: first[slot.column])


def _by_header(row: Row, slots: tuple[Slot, ...], columns: dict[int, Column]) -> list[Placed] | None:
    """The cell under each slot's header. None when none is known, or a number has no header or cell to itself.

    A row too short lost a cell, and who knows which: what the reader filled up is under no header.
    """
    placed = []
    under: dict[str, dict[str, Cell]] = {}
    for place, column in columns.items():
        if place < len(row):
            under.setdefault(column.key, {})[row[place].at] = row[place]
    for slot in slots:
        cells = under.get(slot.column, {})
        printed = [cell for cell in cells.values() if not is_blank(cell)]
        if len(printed) > 1:
            return None
        if cells:
            placed.append(Placed(slot, printed[0] if printed else next(iter(cells.values()))))
    return placed if placed and _is_apart(placed) else None


def _is_apart(placed: Sequence[Placed]) -> bool:
    """Whether each cell was printed, and no number stands for two slots."""
    numbers = [item.cell.at for item in placed if has_digit(item.cell)]
    return len(set(numbers)) == len(numbers) and all(item.cell.at for item in placed)


def _own(row: Row, number: int) -> list[tuple[int, Cell]]:
    """The cells that begin in this row: copies of cells merged from above or from the left are left out."""
    seen: dict[str, tuple[int, Cell]] = {}
    mine = f"/r{number}/"
    for place, cell in enumerate(row):
        if mine in cell.at:
            seen.setdefault(cell.at, (place, cell))
    return list(seen.values())
