"""The rows of words above the numbers of a grid: which columns they head, which they ignore, and in what unit.

A header may be cut at its line break (结果 for 结果纠正) or stand in two cells, one above the other. What is cut is
found by position: cut headers in a row are matched with a run of the form's columns, if only one run fits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.forms import Column, FormTable
from transforms.model import Cell
from transforms.recognise.index import Columns, Index
from transforms.recognise.labels import label
from transforms.recognise.walk import Walk, joined, key_of
from transforms.units import BETWEEN, stated_units
from transforms.values import has_digit, is_blank, is_unit, is_value, is_words
from transforms.years import stated_years

_ENOUGH = 2
_ALIGNED = 3  # cut headers side by side that are too many for chance
_UNIT_LENGTH = 12  # the longest that a cell of a unit can be: 单位:人民币万元

Row = Sequence[Cell]
Headers = dict[int, Columns]


@dataclass(slots=True)
class Heads:
    """The headers of one grid: columns by place for each section, ignored places, texts above each place, units."""

    columns: dict[str, dict[int, Column]] = field(default_factory=dict)
    ignored: set[int] = field(default_factory=set)
    above: dict[int, list[Cell]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    record: FormTable | None = None


def headers(row: Row, heads: Heads, index: Index) -> Headers:
    """The columns that each cell of a row may head, alone or together with the cell above it."""
    found = {}
    for place, cell in enumerate(row):
        columns = index.column(cell.plain) if cell.plain else ()
        stacked = heads.above.get(place, [])
        if not columns and stacked and is_words(cell):
            columns = index.column(joined([stacked[-1], cell]).plain)
        if columns:
            found[place] = columns
    return found


def sections(row: Row, found: Headers, index: Index) -> tuple[FormTable, ...]:
    """The tables that a row heads: two different headers make one; one where a row of the form has but one cell."""
    keys: dict[str, set[str]] = {}
    for columns in found.values():
        for table, column in columns:
            keys.setdefault(table.section, set()).add(column.labels[0])
    return tuple(
        table
        for table in index.form.tables
        if len(keys.get(table.section, ())) >= _ENOUGH
        or _heads_alone(table, keys.get(table.section, set()))
        or _cut(row, table, index)
    )


def take(table: FormTable, row: Row, found: Headers, walk: Walk, heads: Heads) -> None:
    """Enters the columns that a row of headers gives for a table; a column headed twice is headed by none."""
    columns = heads.columns.setdefault(table.section, {})
    fitting = {}
    for place, candidates in found.items():
        own = [column for owner, column in candidates if owner is table and _stands_under(column, place, heads)]
        if len(own) == 1:
            fitting[place] = own[0]
    fitting = {**_cut(row, table, walk.index), **fitting}
    for place in range(len(row)):
        if is_words(row[place]) and place in columns and place not in fitting:
            del columns[place]
    printed = _once(fitting, row)
    heads.ignored |= {place for place in fitting.keys() - printed.keys() if fitting[place] in printed.values()}
    for place, column in printed.items():
        columns[place] = column
        walk.section(table.section).headers.add(column.key)
        heads.units[column.key] = label(row[place].plain).unit
    if not table.rows:
        heads.record = table


def remember(row: Row, heads: Heads, index: Index) -> None:
    """Keeps what stands above each place, and which places the form ignores."""
    for place, cell in enumerate(row):
        if cell.plain:
            above = heads.above.setdefault(place, [])
            if not above or above[-1].at != cell.at:
                above.append(cell)
            if index.passed(cell.plain) is not None:
                heads.ignored.add(place)
            elif is_words(cell):
                heads.ignored.discard(place)


def refine(row: Row, heads: Heads) -> None:
    """What a row of words below the headers says of them: a unit; or parts of a column, which none of them is then."""
    for columns in heads.columns.values():
        parts: dict[str, set[str]] = {}
        for place, column in columns.items():
            if place >= len(row) or is_blank(row[place]):
                continue
            if is_unit(row[place]):
                heads.units[column.key] = unit_of(row[place])
            elif is_words(row[place]):
                parts.setdefault(column.key, set()).add(row[place].at)
        for place in [place for place, column in columns.items() if len(parts.get(column.key, ())) > 1]:
            del columns[place]


def unit_of(cell: Cell) -> str:
    """The units that a cell states which holds nothing else, as they are printed beside a number."""
    text = cell.plain.strip()
    is_short = 0 < len(text) <= _UNIT_LENGTH
    return BETWEEN.join(stated_units(text)) if is_short and not is_value(cell) and not has_digit(cell) else ""


def _heads_alone(table: FormTable, labels: set[str]) -> bool:
    alone = {next(iter(row.cells)) for row in table.rows if row.cells is not None and len(row.cells) == 1}
    if len(table.columns) == 1 and table.rows:
        alone.add(table.columns[0].key)
    return any(column.key in alone and column.labels[0] in labels for column in table.columns)


def _stands_under(column: Column, place: int, heads: Heads) -> bool:
    return not column.under or any(key_of(cell) in column.under for cell in heads.above.get(place, ()))


def _once(fitting: dict[int, Column], row: Row) -> dict[int, Column]:
    """The headers without those that two different cells bear; of columns headed by their years the last is meant."""
    cells: dict[str, dict[str, str]] = {}
    for place, column in fitting.items():
        cells.setdefault(column.key, {})[row[place].at] = row[place].plain
    meant = {key: _meant(printed) for key, printed in cells.items()}
    return {place: column for place, column in fitting.items() if row[place].at == meant[column.key]}


def _meant(printed: dict[str, str]) -> str:
    """The locator of the only header, or of the one of the last year where each is of another; none else."""
    years = {year: at for at, text in printed.items() for year in stated_years(text)}
    if len(printed) == 1:
        return next(iter(printed))
    return years[max(years)] if len(set(years.values())) == len(years) == len(printed) else ""


def _cut(row: Row, table: FormTable, index: Index) -> dict[int, Column]:
    """Headers cut short, by their place in the only run of the form's columns that all of them begin."""
    places: dict[str, list[int]] = {}
    beginnings = index.beginnings[table.section]
    for place, cell in enumerate(row):
        if key_of(cell) in beginnings and is_words(cell):
            places.setdefault(cell.at, []).append(place)
    begun = [beginnings[key_of(row[spread[0]])] for spread in places.values()]
    if len(begun) < _ALIGNED or len(set(begun)) < _ENOUGH:
        return {}
    firsts = range(len(table.columns) - len(begun) + 1)
    fits = [first for first in firsts if all(first + step in one for step, one in enumerate(begun))]
    if len(fits) != 1:
        return {}
    return {place: table.columns[fits[0] + step] for step, spread in enumerate(places.values()) for place in spread}
