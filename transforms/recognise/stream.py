"""Tables flattened by scrapers: cells in printed order, columns not to be trusted. Labels cut the stream into rows.

A row with exactly as many values as the form has columns is placed in the form's order, provided that the headers stand
in that order; any other row is loose. Blank cells count only where the reader saw them survive (order `grid`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.forms import FormTable
from transforms.model import Cell, Loose, Placed, Table
from transforms.recognise.fragments import cells, is_deduplicated
from transforms.recognise.header import unit_of
from transforms.recognise.index import Index
from transforms.recognise.labels import label
from transforms.recognise.run import UNKNOWN, Run, headed_group, in_order, is_shuffled, of_the_year, trimmed
from transforms.recognise.strange import holds_number, is_glued, is_number
from transforms.recognise.walk import Found, Walk, key_of, with_unit
from transforms.values import has_digit, is_blank, is_unit, is_value, is_words

_BACKWARDS = 2
_STRAY = 5  # one row in so many of a sheet may hold a number too many: a page number


@dataclass(slots=True)
class Stream(Walk):
    """The state of walking along a flattened table."""

    keeps_blanks: bool = False
    headers: dict[str, list[str]] = field(default_factory=dict)
    units: dict[str, dict[str, str]] = field(default_factory=dict)  # section -> column -> the unit in its header
    run: Run | None = None
    heading: FormTable | None = None
    headed: list[str] = field(default_factory=list)  # the columns that the last header may be of
    unknown: Cell | None = None
    in_header: bool = False
    damage: str = ""


def walk_stream(table: Table, index: Index) -> Stream:
    """Reads a flattened table from first cell to last."""
    stream = Stream(index, keeps_blanks=table.order == "grid")
    for cell, ends_row in cells(table, index):
        _take(cell, stream)
        if ends_row and table.order != "stream":
            _end_row(stream)
    last = stream.run
    _close(stream)
    stream.damage = _damage(table, stream, last)
    for declared in index.form.tables:
        if declared.passed and declared.section in stream.found:
            _doubt(stream.found[declared.section])
    return stream


def _doubt(found: Found) -> None:
    """A sheet whose rows hold two numbers too often has a column that nobody knows: one number may be either's."""
    many = sum(len(row.cells) > len(row.slots) == 1 for row in found.loose)
    if _STRAY * many > len(found.placed):
        blank = [(item, is_blank(item.cell)) for item in found.placed]
        found.loose.extend(Loose((item.slot,), () if empty else (item.cell,)) for item, empty in blank)
        found.placed.clear()


def _damage(table: Table, stream: Stream, last: Run | None) -> str:
    """The code of what makes the numbers of the whole table worthless, if anything does."""
    if table.order != "stream":
        backwards = sum(_is_backwards(row, stream) for row in table.rows)
        return "labels_after_numbers" if backwards >= _BACKWARDS else ""
    names = {name for found in stream.found.values() for name in found.rows}
    if is_deduplicated((cell for row in table.rows for cell in row), len(names), _slots(stream)):
        return "table_deduplicated"
    orphans = [left for left in stream.left if left.label is None and not left.section]
    misplaced = last is not None and not last.cells and len(orphans) >= min(len(last.slots), 2)
    return "labels_after_numbers" if misplaced else ""


def _is_backwards(row: Sequence[Cell], stream: Stream) -> bool:
    """Whether a printed row ends with its label; one number before it could be its ordinal."""
    return sum(map(is_value, row)) >= _BACKWARDS and bool(stream.index.row(row[-1].plain))


def _slots(stream: Stream) -> int:
    """The declared cells of all rows found."""
    rows = [row.slots for found in stream.found.values() for row in found.loose]
    return sum(map(len, rows)) + sum(len(found.placed) for found in stream.found.values())


def _take(cell: Cell, stream: Stream) -> None:
    if is_blank(cell):
        _take_blank(cell, stream)
    elif is_unit(cell):
        _take_unit(cell.plain.strip(" ()"), stream)
    elif is_value(cell):
        _take_value(cell, stream)
    elif not _take_header(cell, stream) and not _take_label(cell, stream) and not _take_number(cell, stream):
        _take_words(cell, stream)


def _take_unit(unit: str, stream: Stream) -> None:
    """A unit is that of the row under way, before its number or behind it; below a header it is that of the column."""
    if stream.run is None and stream.in_header and stream.heading is not None:
        stream.units.setdefault(stream.heading.section, {}).update(dict.fromkeys(stream.headed, unit))
    elif stream.run is not None and not (stream.run.cells and stream.run.unit):
        stream.run.unit = unit


def _take_blank(cell: Cell, stream: Stream) -> None:
    """A blank is a place of its row; the row of a record, which has no label, may begin with one."""
    if stream.keeps_blanks:
        _begin_record(stream)
        if stream.run is not None:
            stream.run.cells.append(cell)


def _begin_record(stream: Stream) -> None:
    if stream.run is None and stream.heading is not None and not stream.heading.rows:
        stream.run = Run(stream.heading, stream.heading.slots())


def _take_value(cell: Cell, stream: Stream) -> None:
    stream.in_header = False
    _begin_record(stream)
    if stream.run is not None:
        stream.run.cells.append(cell)
    elif has_digit(cell):
        stream.leave([cell], stream.unknown)


def _take_header(cell: Cell, stream: Stream) -> bool:
    """A column header or a group heading of columns. A word that is also a row label heads columns before any row."""
    table = _headed(cell, stream)
    if table is None:
        return False
    _close(stream)
    stream.heading = table
    stream.in_header = True
    stream.unknown = None
    stream.headers.setdefault(table.section, []).append(_spelt(cell, table))
    stream.headed = [column.key for owner, column in stream.index.column(cell.plain) if owner is table]
    _take_unit(label(cell.plain).unit, stream)
    return True


def _spelt(cell: Cell, table: FormTable) -> str:
    """The header in the spelling that the form knows."""
    spellings = {spelt for column in table.columns for spelt in column.labels}
    return next((key for key in label(cell.plain).keys if key in spellings), key_of(cell))


def _headed(cell: Cell, stream: Stream) -> FormTable | None:
    """The table that a word heads columns of. In a record's header all that fits it belongs to it."""
    record = stream.heading if stream.heading is not None and not stream.heading.rows else None
    owners = [table for table, _ in stream.index.column(cell.plain)]
    if record is not None and (record in owners or _is_cut(cell, record)):
        return record
    if any(_is_row_label(cell, table, stream) for table in owners):
        return None
    caption = stream.index.caption(cell.plain)
    if caption is not None and not caption.rows:
        owners.append(caption)
    ignored = stream.index.passed(cell.plain)
    if ignored is not None and not stream.index.row(cell.plain):
        owners.append(ignored)
    return stream.heading if stream.heading in owners else next(iter(owners), None)


def _is_row_label(cell: Cell, table: FormTable, stream: Stream) -> bool:
    """Once rows have begun, a word that names a row is that row; in a header printed again, only if it is numbered."""
    begun = table.section in stream.found and bool(stream.found[table.section].rows)
    if stream.in_header and cell.plain.strip().startswith(key_of(cell)[:1]):
        return False
    return begun and any(owner is table for owner, _ in stream.index.row(cell.plain))


def _is_cut(cell: Cell, table: FormTable) -> bool:
    """A header cut at its line break: two hanzi that begin a header of the record under way."""
    key = key_of(cell)
    return len(key) == 2 and any(spelt.startswith(key) for column in table.columns for spelt in column.labels)


def _take_label(cell: Cell, stream: Stream) -> bool:
    match = stream.row(cell.plain)
    if match is None:
        return False
    table, row = match
    _close(stream)
    stream.section(table.section).rows.add(row.key)
    stream.meet(row.labels[0])
    stream.unknown = None
    stream.in_header = False
    glued = cell if is_glued(cell.plain) else None
    stream.run = Run(table, table.row_slots(row), label(cell.plain).unit, glued=glued)
    return True


def _take_number(cell: Cell, stream: Stream) -> bool:
    """A number that is not printed as one alone is a place of its row, behind a full one if no word is in it.

    Words that hold a number are one where the row has none yet; then they end it.
    """
    run = stream.run
    if not has_digit(cell):
        return False
    if is_number(cell.plain) and stream.index.caption(cell.plain) is None:
        if run is None or len(run.cells) < len(run.slots) or not any(map(str.isalpha, cell.plain)):
            _take_value(cell, stream)
            return True
    elif run is not None and all(map(is_blank, run.cells)) and holds_number(cell.plain):
        run.cells.append(cell)
    return False


def _take_words(cell: Cell, stream: Stream) -> None:
    """Words of the form end the run quietly; unknown words end it too, so that their numbers are left over."""
    if (stream.run is not None or stream.in_header) and (unit := unit_of(cell)):
        _take_unit(unit, stream)
        return
    _close(stream)
    if stream.index.caption(cell.plain) is not None:
        stream.meet(key_of(cell))
        stream.unknown = None
    elif is_words(cell):
        if stream.in_header and stream.heading is not None:
            stream.headers[stream.heading.section].append(UNKNOWN)
        stream.heading = None
        stream.unknown = cell


def _end_row(stream: Stream) -> None:
    """A printed row ends; a line that held nothing but a label goes on into the next."""
    if stream.run is None:
        stream.unknown = None
    elif stream.run.cells:
        _close(stream)


def _close(stream: Stream) -> None:
    run, stream.run = stream.run, None
    if run is None or _is_padding(run):
        return
    if run.glued is not None and all(map(is_blank, run.cells)):
        run.cells = [run.glued]
    found = stream.section(run.table.section)
    headers = stream.headers.setdefault(run.table.section, [])
    found.headers.update(headers)
    values = trimmed(of_the_year(run, headers), run)
    group = headed_group(run, headers)
    if group and len(group) == len(values):
        found.placed.extend(map(Placed, group, values))
        # A group that is a row of its own stands below the headers of all, else the next has headers of its own.
        headers[:] = headers[:-1] if headers[-1] in run.table.captions else []
    elif len(values) == len(run.slots) and in_order(run, headers):
        placed = [Placed(slot, cell) for slot, cell in zip(run.slots, values, strict=True)]
        found.placed.extend(with_unit(placed, run.unit, stream.units.get(run.table.section, {})))
    elif values or run.table.rows:
        printed = tuple(cell for cell in values if not is_blank(cell))
        found.loose.append(Loose(run.slots, printed, is_shuffled(run, headers)))


def _is_padding(run: Run) -> bool:
    """Whether a run without a label is nothing but the blanks that fill a row of headers up to the width."""
    return not run.table.rows and all(map(is_blank, run.cells))
