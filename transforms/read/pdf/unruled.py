"""Lines of a page without rulings in, the tables in them out: rows of a label and values that stand in columns.

Only what is sure: three rows or more whose values stand below each other. Columns are not claimed (order `rows`).
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from transforms.model import Cell, Table
from transforms.read.flat import is_value
from transforms.read.pdf.ink import Glyph
from transforms.read.pdf.lines import Text, written
from transforms.read.pdf.prose import Laid

COLUMN_GAP = 0.8  # heights of a character between two cells
LEAST_ROWS = 3
LEAST_VALUES = 2
ALIGNED = 0.9
LONGEST_LABEL = 30


class Stretch(NamedTuple):
    """Lines that are one table, or prose."""

    rows: list[Laid]
    is_table: bool


def stretches(rows: Sequence[Laid]) -> Iterator[Stretch]:
    """The lines cut into tables and prose, in their order."""
    prose: list[Laid] = []
    group: list[Laid] = []
    for row in (*rows, None):
        if row is not None and is_part(row):
            group.append(row)
            continue
        lead, table = parted(group)
        prose += lead
        if table:
            if prose:
                yield Stretch(prose, False)
            yield Stretch(table, True)
            prose = []
        group = []
        if row is not None:
            prose.append(row)
    if prose:
        yield Stretch(prose, False)


def is_part(row: Laid) -> bool:
    """Whether a line can be of a table: it has several cells, or is as short as a label."""
    return len(row.text.text) <= LONGEST_LABEL or len(cut(row)) > 1


def parted(group: list[Laid]) -> tuple[list[Laid], list[Laid]]:
    """The lines before the table, and the table; all of the one when there is none."""
    first = next((place for place, row in enumerate(group) if len(cut(row)) > 1), len(group))
    lead, table = group[:first], group[first:]
    return (lead, table) if is_table(table) else (group, [])


def is_table(rows: Sequence[Laid]) -> bool:
    """Whether enough rows end in values that stand in the same columns, counted from the right."""
    tails = [tail for row in rows if len(tail := values(row)) >= LEAST_VALUES]
    if len(tails) < LEAST_ROWS:
        return False
    widest = max(tails, key=len)
    columns = [middle(piece) for piece in widest]
    inside = [min(abs(middle(piece) - at) for at in columns) for tail in tails for piece in tail]
    return all(distance <= ALIGNED * rows[0].size for distance in inside)


def values(row: Laid) -> list[Sequence[Glyph]]:
    """The values that end a line."""
    found: list[Sequence[Glyph]] = []
    for piece in reversed(cut(row)):
        if not is_value(written(piece).text):
            break
        found.append(piece)
    return found


def middle(piece: Sequence[Glyph]) -> float:
    """The middle of a piece of a line."""
    return (piece[0].left + piece[-1].right) / 2


def cut(row: Laid) -> list[Sequence[Glyph]]:
    """A line cut at its wide gaps, which are spaces in its text."""
    if " " not in row.text.text:
        return [row.glyphs]
    wide = [
        place
        for place, (before, glyph) in enumerate(pairwise(row.glyphs), 1)
        if glyph.left - before.right > COLUMN_GAP * glyph.size
    ]
    return [row.glyphs[first:last] for first, last in pairwise([0, *wide, len(row.glyphs)])]


def table(rows: Sequence[Laid], at: str, places: dict[str, Text]) -> Table:
    """The rows as printed; what the cells print goes to `places` by locator."""
    cells = []
    for number, row in enumerate(rows):
        texts = [written(piece) for piece in cut(row)]
        places.update({f"{at}/r{number}/c{column}": text for column, text in enumerate(texts)})
        cells.append(tuple(Cell(t.text, f"{at}/r{number}/c{column}", t.text) for column, t in enumerate(texts)))
    return Table(tuple(cells), at, "rows")
