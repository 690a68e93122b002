"""Tables flattened by scrapers: cells in printed order, columns not to be trusted. Labels cut the stream into rows.

A row with exactly as many values as the form has columns is placed in the form's order, provided that the headers stand
in that order; any other row is loose. Blank cells count only where the reader saw them survive (order `grid`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from transforms.forms import FormTable, label_key
from transforms.model import Cell, Loose, Placed, Slot, Table
from transforms.recognise.grid import Found
from transforms.recognise.index import Index
from transforms.values import has_digit, is_blank, is_value


@dataclass(slots=True)
class Run:
    """The values met since the last row label, and the declared cells they must fill."""

    table: FormTable
    slots: tuple[Slot, ...]
    cells: list[Cell] = field(default_factory=list)


@dataclass(slots=True)
class Stream:
    """The state of walking along a flattened table."""

    index: Index
    keeps_blanks: bool
    found: dict[str, Found] = field(default_factory=dict)
    headers: dict[str, list[str]] = field(default_factory=dict)
    run: Run | None = None
    heading: FormTable | None = None
    leftovers: list[Cell] = field(default_factory=list)

    def section(self, name: str) -> Found:
        """The findings of a section, begun when first asked for."""
        return self.found.setdefault(name, Found())


def walk_stream(table: Table, index: Index) -> Stream:
    """Reads a flattened table from first cell to last."""
    stream = Stream(index, keeps_blanks=table.order == "grid")
    for cell, ends_row in _cells(table):
        _take(cell, stream)
        if ends_row and table.order != "stream":
            _end_row(stream)
    _close(stream)
    return stream


def _cells(table: Table) -> Iterator[tuple[Cell, bool]]:
    for row in table.rows:
        for place, cell in enumerate(row):
            yield cell, place == len(row) - 1


def _take(cell: Cell, stream: Stream) -> None:
    if is_blank(cell):
        if stream.run is not None and stream.keeps_blanks:
            stream.run.cells.append(cell)
    elif is_value(cell):
        _take_value(cell, stream)
    elif not _take_header(cell, stream) and not _take_label(cell, stream):
        _take_words(cell, stream)


def _take_value(cell: Cell, stream: Stream) -> None:
    if stream.run is None and stream.heading is not None and not stream.heading.rows:
        stream.run = Run(stream.heading, stream.heading.slots())
    if stream.run is not None:
        stream.run.cells.append(cell)
    elif has_digit(cell):
        stream.leftovers.append(cell)


def _take_header(cell: Cell, stream: Stream) -> bool:
    """A column header or a group heading of columns. A word that is also a row label heads columns before any row."""
    table = _headed(cell, stream)
    if table is None:
        return False
    _close(stream)
    stream.heading = table
    stream.headers.setdefault(table.section, []).append(label_key(cell.plain))
    return True


def _headed(cell: Cell, stream: Stream) -> FormTable | None:
    owners = [table for table, _ in stream.index.column(cell.plain)]
    caption = stream.index.caption(cell.plain)
    if caption is not None and not caption.rows:
        owners.append(caption)
    if not owners and stream.heading is not None and not stream.heading.rows and _is_cut(cell, stream.heading):
        owners.append(stream.heading)
    heads = [table for table in owners if not _is_row_label(cell, table, stream)]
    return stream.heading if stream.heading in heads else next(iter(heads), None)


def _is_row_label(cell: Cell, table: FormTable, stream: Stream) -> bool:
    """Once rows of the table have begun, a word that names a row of it is that row."""
    match = stream.index.row(cell.plain)
    return match is not None and match[0] is table and bool(stream.section(table.section).rows)


def _is_cut(cell: Cell, table: FormTable) -> bool:
    """A header cut at its line break: two hanzi that begin a header of the record under way."""
    key = label_key(cell.plain)
    return len(key) == 2 and any(label.startswith(key) for column in table.columns for label in column.labels)


def _take_label(cell: Cell, stream: Stream) -> bool:
    match = stream.index.row(cell.plain)
    if match is None:
        return False
    table, row = match
    _close(stream)
    stream.section(table.section).rows.add(row.key)
    stream.run = Run(table, table.row_slots(row))
    return True


def _take_words(cell: Cell, stream: Stream) -> None:
    """Words of the form end the run quietly; unknown words end it too, so that their numbers are left over."""
    _close(stream)
    if stream.index.caption(cell.plain) is None:
        stream.heading = None


def _end_row(stream: Stream) -> None:
    """A printed row ends; a line that held nothing but a label goes on into the next."""
    if stream.run is not None and stream.run.cells:
        _close(stream)


def _close(stream: Stream) -> None:
    run, stream.run = stream.run, None
    if run is None:
        return
    found = stream.section(run.table.section)
    while len(run.cells) > len(run.slots) and is_blank(run.cells[-1]):
        run.cells.pop()
    found.headers.update(stream.headers.get(run.table.section, ()))
    if len(run.cells) == len(run.slots) and _in_order(run, stream):
        found.placed.extend(Placed(slot, cell) for slot, cell in zip(run.slots, run.cells, strict=True))
    elif run.cells or run.table.rows:
        found.loose.append(Loose(run.slots, tuple(cell for cell in run.cells if not is_blank(cell))))


def _in_order(run: Run, stream: Stream) -> bool:
    """Whether the headers printed for these columns stand in the form's order (two-line headers run in two sweeps)."""
    wanted = {slot.column: place for place, slot in enumerate(run.slots)}
    labels = {label: wanted[c.key] for c in run.table.columns if c.key in wanted for label in c.labels}
    printed = [labels[key] for key in stream.headers.get(run.table.section, ()) if key in labels]
    if not run.table.rows:
        return bool(printed)
    outer, inner = {0, len(run.slots) - 1}, range(1, len(run.slots) - 1)
    inside = [place for place in printed if place in inner]
    return outer <= set(printed) and inside == sorted(inside) and len(set(inside)) == len(inner)
