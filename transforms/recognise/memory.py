"""Grids that differ in their numbers alone are walked once: the same official template is printed by thousands.

What a walk decides hangs on words, blanks and merged cells, never on which number a cell holds. So a walk is kept
under the skeleton of its table, every bare number written as 0, and each table of that skeleton puts its own cells in.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache

from transforms.model import Cell, Loose, Placed, Table
from transforms.recognise.grid import numbers_columns
from transforms.recognise.walk import Found, Walk
from transforms.values import is_value

_KEPT = 512  # skeletons of a process; beyond it all are forgotten, for a new corpus brings new templates

_walks: dict[Hashable, Walk] = {}


def remembered(table: Table, form: str, walk: Callable[[Table], Walk]) -> Walk:
    """The walk of a grid by a form: made by `walk`, or that of a table with the same skeleton with this one's cells."""
    key = (form, skeleton(table))
    if key not in _walks:
        if len(_walks) >= _KEPT:
            _walks.clear()
        made = walk(table)
        _walks[key] = Walk(made.index, made.found, made.left)
    return _rebound(_walks[key], {cell.at: cell for row in table.rows for cell in row})


def forget() -> None:
    """Forgets all walks."""
    _walks.clear()


def skeleton(table: Table) -> Hashable:
    """All that a walk looks at: places and words, every bare number as 0, and which rows number the columns."""
    rows = (tuple((cell.at, _token(cell.plain)) for cell in row) for row in table.rows)
    return table.at, tuple(rows), tuple(map(numbers_columns, table.rows))


@lru_cache(1 << 16)
def _token(plain: str) -> str:
    bare = plain.isascii() and any(map(str.isdigit, plain)) and not any(map(str.isalpha, plain))
    return "0" if bare and is_value(Cell(plain, "", plain)) else plain


def _rebound(walk: Walk, cells: dict[str, Cell]) -> Walk:
    found = {section: _found(one, cells) for section, one in walk.found.items()}
    left = [one._replace(cell=cells[one.cell.at], label=one.label and cells[one.label.at]) for one in walk.left]
    return Walk(walk.index, found, left)


def _found(found: Found, cells: dict[str, Cell]) -> Found:
    placed = [Placed(item.slot, cells[item.cell.at], item.unit) for item in found.placed]
    loose = [Loose(row.slots, _anew(row.cells, cells)) for row in found.loose]
    return Found(placed, loose, found.rows, found.headers)


def _anew(held: Sequence[Cell], cells: dict[str, Cell]) -> tuple[Cell, ...]:
    return tuple(cells[cell.at] for cell in held)
