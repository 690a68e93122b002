"""Tables that differ in their numbers alone are recognised once: the same official template is printed by thousands.

What is recognised hangs on words, blanks and merged cells, hardly ever on which number a cell holds. So the first table
of a skeleton, every bare number written as 0, is the model of all that have it; what is found in models is kept as a
Draft, by places in reading order, and each document puts its own cells in.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from transforms.model import Cell, Layout, Loose, Placed, Slot, Table
from transforms.recognise.candidates import candidates
from transforms.recognise.fragments import numbering
from transforms.recognise.grid import numbers_columns
from transforms.values import is_page_mark, is_value

_KEPT = 1024  # skeletons of a process; beyond it all are forgotten, for a new corpus brings new templates

Places = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """The first table of its skeleton and the forms that may declare it (see `candidates`)."""

    table: Table
    rivals: dict[str, list[str]]


class Draft(NamedTuple):
    """A Layout without its cells: of which table it is, and the places of the cells in the reading order of that."""

    table: int
    form: str
    section: str
    placed: tuple[tuple[Slot, int, str], ...]
    loose: tuple[tuple[tuple[Slot, ...], Places, bool], ...]
    leftovers: Places
    local: tuple[tuple[int, int], ...]
    damage: str


_models: dict[Hashable, Model] = {}


def model(table: Table) -> Model:
    """The model of a table's skeleton."""
    key = skeleton(table)
    known = _models.get(key)
    if known is None:
        if len(_models) >= _KEPT:
            _models.clear()
        known = _models[key] = Model(table, candidates(table))
    return known


def forget() -> None:
    """Forgets all models."""
    _models.clear()


def is_grid(table: Table) -> bool:
    """Whether a table's columns can be trusted."""
    return table.order == "grid" and not table.at.startswith("c")


def skeleton(table: Table) -> Hashable:
    """All that recognising looks at: words and merged cells, every bare number as 0, and what numbers decide."""
    cells = _in_order(table)
    said = _columns(table, cells) if is_grid(table) else (table.order, _copies(cells), numbering(table))
    return tuple(map(len, table.rows)), tuple(map(_token, [cell.plain for cell in cells])), said


def drafts(layouts: Sequence[Sequence[Layout]], tables: Sequence[Table]) -> tuple[Draft, ...] | None:
    """The drafts of the layouts of each table; None if one names a label that was put together of several cells."""
    found: list[Draft] = []
    for number, (own, table) in enumerate(zip(layouts, tables, strict=True)):
        places = {id(cell): place for place, cell in reversed(list(enumerate(_in_order(table))))}
        if any(id(label) not in places for layout in own for label, _ in layout.local):
            return None
        found.extend(_draft(layout, number, places) for layout in own)
    return tuple(found)


def bound(drafts: Sequence[Draft], tables: Sequence[Table]) -> list[Layout]:
    """The layouts that the drafts are of, with the cells of these tables."""
    cells = [_in_order(table) for table in tables]
    return [_bound(draft, tables[draft.table].at, cells[draft.table]) for draft in drafts]


def _in_order(table: Table) -> list[Cell]:
    return [cell for row in table.rows for cell in row]


def _columns(table: Table, cells: Sequence[Cell]) -> Hashable:
    """Where each cell of a grid begins, and which rows number the columns."""
    places = "\n".join(["", *[cell.at for cell in cells]])
    return tuple(map(numbers_columns, table.rows)), places.replace(f"\n{table.at}", "\n")


def _copies(cells: Sequence[Cell]) -> Hashable:
    """Which cells are copies of others."""
    places = [cell.at for cell in cells]
    return () if len(set(places)) == len(places) else tuple(map(places.index, places))


@lru_cache(1 << 16)
def _token(plain: str) -> str:
    bare = plain.isascii() and any(map(str.isdigit, plain)) and not any(map(str.isalpha, plain))
    cell = Cell(plain, "", plain)
    return "0" if bare and is_value(cell) and not is_page_mark(cell) else plain


def _draft(layout: Layout, table: int, places: dict[int, int]) -> Draft:
    return Draft(
        table=table,
        form=layout.form,
        section=layout.section,
        placed=tuple((item.slot, places[id(item.cell)], item.unit) for item in layout.placed),
        loose=tuple((row.slots, tuple(places[id(cell)] for cell in row.cells), row.shuffled) for row in layout.loose),
        leftovers=tuple(places[id(cell)] for cell in layout.leftovers),
        local=tuple((places[id(label)], places[id(cell)]) for label, cell in layout.local),
        damage=layout.damage,
    )


def _bound(draft: Draft, at: str, cells: Sequence[Cell]) -> Layout:
    return Layout(
        form=draft.form,
        section=draft.section,
        at=at,
        placed=tuple([Placed(slot, cells[place], unit) for slot, place, unit in draft.placed]),
        loose=tuple([Loose(slots, tuple([cells[at] for at in places]), said) for slots, places, said in draft.loose]),
        leftovers=tuple([cells[place] for place in draft.leftovers]),
        local=tuple([(cells[label], cells[cell]) for label, cell in draft.local]),
        damage=draft.damage,
    )
