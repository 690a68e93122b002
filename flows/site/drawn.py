"""A section of a report drawn again as its official form prints it: cells in, lines of headings and places out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flows.site.layout import Heading, Layout, headings, layouts
from transforms.forms import FormTable, forms

Record = dict[str, Any]
Place = tuple[str, str]  # metric, applicant


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a block: lines of heading above it, the merged headings that begin here, a place per column.

    A place that the form leaves empty is None.
    """

    before: tuple[str, ...]
    stubs: tuple[Heading, ...]
    places: tuple[Place | None, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a form: `head` are the lines of its heading, `depth` the columns that its row headings take."""

    caption: str
    corner: str
    head: tuple[tuple[Heading, ...], ...]
    depth: int
    lines: tuple[Line, ...]

    @property
    def width(self) -> int:
        """Columns in all."""
        return self.depth + len(self.lines[0].places)


@lru_cache
def blocks(form: str, section: str) -> tuple[Block, ...]:
    """The empty blocks of a form's section; none when the form or its layout is not declared."""
    tables = [table for table in (forms()[form].tables if form in forms() else ()) if table.section == section]
    return tuple(_block(table, layout) for table in tables for layout in layouts(form, section))


def _block(table: FormTable, layout: Layout) -> Block:
    head = tuple(tuple(heading for _, heading in level) for level in headings(list(layout.columns.values())))
    by_row = {
        row.key: {slot.column: slot for slot in table.row_slots(row)} for row in table.rows if row.key in layout.rows
    }
    if not table.rows:
        record = tuple((slot.metric, slot.applicant) for slot in table.slots())
        return Block(layout.caption, layout.corner, head, 0, (Line((), (), record),))
    levels = headings([layout.rows[key] for key in by_row])
    lines = []
    for place, (key, slots) in enumerate(by_row.items()):
        stubs = tuple(heading for level in levels for first, heading in level if first == place)
        wanted = tuple(slots.get(column) for column in layout.columns)
        places = tuple((slot.metric, slot.applicant) if slot else None for slot in wanted)
        lines.append(Line(layout.before.get(key, ()), stubs, places))
    return Block(layout.caption, layout.corner, head, len(levels), tuple(lines))


def by_place(cells: list[Record]) -> Mapping[Place, list[Record]]:
    """The cells of a section by the place of the form in which they belong."""
    places: dict[Place, list[Record]] = {}
    for cell in cells:
        places.setdefault((cell["metric"], cell["applicant"]), []).append(cell)
    return places
