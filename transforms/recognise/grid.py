"""A grid whose columns survived: each value is placed by its row label and the header above it.

Two readings are made of every row: by the header's columns in the expanded grid, and by counting the row's own cells
after its label. A rowspan that runs over shifts the first, a missing cell the second; where they differ nothing is
placed by either, and the numbers go on as a loose row for the sums to decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.forms import Column, FormTable, label_key
from transforms.model import Cell, Loose, Placed, Slot, Table
from transforms.recognise.index import Index
from transforms.values import has_digit, is_blank, is_value

Row = Sequence[Cell]


@dataclass(slots=True)
class Found:
    """What was found for one section in one printed table."""

    placed: list[Placed] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    rows: set[str] = field(default_factory=set)
    headers: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Sheet:
    """The state of walking down a printed table: findings by section, headers by column, unclaimed numbers."""

    index: Index
    found: dict[str, Found] = field(default_factory=dict)
    columns: dict[str, dict[int, Column]] = field(default_factory=dict)
    above: dict[int, set[str]] = field(default_factory=dict)
    record: FormTable | None = None
    leftovers: list[Cell] = field(default_factory=list)

    def section(self, name: str) -> Found:
        """The findings of a section, begun when first asked for."""
        return self.found.setdefault(name, Found())


def walk_grid(table: Table, index: Index) -> Sheet:
    """Reads a grid from top to bottom."""
    sheet = Sheet(index)
    for number, row in enumerate(table.rows):
        if not _is_header(row, sheet):
            _data_row(row, number, sheet)
    return sheet


def _is_header(row: Row, sheet: Sheet) -> bool:
    """Takes in a row of words: column headers and group headings. Any number or row label makes it a data row."""
    if any(is_value(cell) and has_digit(cell) for cell in row):
        return False
    headers = {place: found for place, cell in enumerate(row) if (found := sheet.index.column(cell.plain))}
    sections = _header_sections(headers, sheet)
    if not sections and _label(row, sheet.index) is not None:
        return False
    if not sections and sheet.record is not None and not any(sheet.index.caption(cell.plain) for cell in row):
        return False
    _remember(row, sheet)
    for section in sections:
        _take_headers(section, headers, sheet)
    return True


def _header_sections(headers: dict[int, tuple[tuple[FormTable, Column], ...]], sheet: Sheet) -> tuple[FormTable, ...]:
    """The tables that this row heads: two different headers make one, a single header only where rows have one cell."""
    keys: dict[str, set[str]] = {}
    for found in headers.values():
        for table, column in found:
            keys.setdefault(table.section, set()).add(column.labels[0])
    return tuple(
        table
        for table in sheet.index.form.tables
        if len(keys.get(table.section, ())) >= 2 or _heads_alone(table, keys.get(table.section, set()))
    )


def _heads_alone(table: FormTable, labels: set[str]) -> bool:
    alone = {next(iter(row.cells)) for row in table.rows if row.cells is not None and len(row.cells) == 1}
    return any(column.key in alone and column.labels[0] in labels for column in table.columns)


def _remember(row: Row, sheet: Sheet) -> None:
    for place, cell in enumerate(row):
        if cell.plain:
            sheet.above.setdefault(place, set()).add(cell.plain)


def _take_headers(table: FormTable, headers: dict[int, tuple[tuple[FormTable, Column], ...]], sheet: Sheet) -> None:
    columns = sheet.columns.setdefault(table.section, {})
    for place, found in headers.items():
        fitting = [column for owner, column in found if owner is table and _stands_under(column, place, sheet)]
        if len(fitting) == 1:
            columns[place] = fitting[0]
            sheet.section(table.section).headers.add(fitting[0].key)
    if not table.rows:
        sheet.record = table


def _stands_under(column: Column, place: int, sheet: Sheet) -> bool:
    if not column.under:
        return True
    groups = {label_key(text) for text in sheet.above.get(place, ())}
    return any(group in groups for group in column.under)


def _label(row: Row, index: Index) -> tuple[int, FormTable, str] | None:
    """The last row label that stands before the first value: its place, table and row key."""
    found = None
    for place, cell in enumerate(row):
        if is_value(cell):
            break
        match = index.row(cell.plain)
        if match is not None:
            found = place, match[0], match[1].key
    return found


def _data_row(row: Row, number: int, sheet: Sheet) -> None:
    label = _label(row, sheet.index)
    if label is not None:
        place, table, key = label
        declared = next(item for item in table.rows if item.key == key)
        sheet.section(table.section).rows.add(key)
        used = _place(row, number, place, table, table.row_slots(declared), sheet)
    elif sheet.record is not None and any(is_value(cell) for cell in row):
        table, sheet.record = sheet.record, None
        used = _place(row, number, -1, table, table.slots(), sheet)
    else:
        used = set()
    sheet.above.clear()
    own = _own(row, number, -1)
    sheet.leftovers.extend(cell for cell in own if cell.at not in used and is_value(cell) and has_digit(cell))


def _place(row: Row, number: int, label: int, table: FormTable, slots: tuple[Slot, ...], sheet: Sheet) -> set[str]:
    """Places the values of one row; returns the locators of the cells it used."""
    found = sheet.section(table.section)
    headers = {place: column for place, column in sheet.columns.get(table.section, {}).items() if place > label}
    placed = _agreed(row, number, label, slots, headers)
    if placed is not None:
        found.placed.extend(placed)
        return {item.cell.at for item in placed}
    cells = tuple(cell for cell in _own(row, number, label) if is_value(cell))
    found.loose.append(Loose(slots, cells))
    return {cell.at for cell in cells}


def _agreed(
    row: Row, number: int, label: int, slots: tuple[Slot, ...], headers: dict[int, Column]
) -> list[Placed] | None:
    """The row's cells in their slots, unless the header's columns and the count of its own cells differ."""
    own = _own(row, number, label)
    by_header = _by_header(row, slots, headers)
    if by_header is None or len(own) != len(slots):
        return by_header
    ordered = _header_order(slots, headers)
    if len(ordered) != len(slots):
        return None
    by_count = [Placed(slot, cell) for slot, cell in zip(ordered, own, strict=True)]
    if by_count == sorted(by_header, key=lambda item: ordered.index(item.slot)):
        return by_header
    return by_count if _overruns(row, headers) else None


def _overruns(row: Row, headers: dict[int, Column]) -> bool:
    """Whether the row is pushed beyond the last header, as under a rowspan that runs over."""
    return any(not is_blank(cell) for cell in row[max(headers) + 1 :])


def _header_order(slots: tuple[Slot, ...], headers: dict[int, Column]) -> list[Slot]:
    """The slots whose header was found, in the order in which the headers stand."""
    first = {column.key: place for place, column in sorted(headers.items(), reverse=True)}
    return sorted((slot for slot in slots if slot.column in first), key=lambda slot: first[slot.column])


def _by_header(row: Row, slots: tuple[Slot, ...], headers: dict[int, Column]) -> list[Placed] | None:
    """The cell under each slot's header. None when a header covers two different numbers, or none is known."""
    placed = []
    for slot in slots:
        places = [place for place, column in headers.items() if column.key == slot.column and place < len(row)]
        cells = {row[place].at: row[place] for place in places}
        printed = [cell for cell in cells.values() if not is_blank(cell)]
        if len(printed) > 1:
            return None
        if cells:
            placed.append(Placed(slot, printed[0] if printed else next(iter(cells.values()))))
    return placed or None


def _own(row: Row, number: int, label: int) -> list[Cell]:
    """The cells that begin in this row, after the label: copies of merged cells are left out."""
    seen: dict[str, Cell] = {}
    for place, cell in enumerate(row):
        is_label = label >= 0 and cell.at == row[label].at
        if place > label and not is_label and f"/r{number}/" in cell.at:
            seen.setdefault(cell.at, cell)
    return list(seen.values())
