"""Lines of pages without rulings in, the tables in them out: rows of labels and values that stand in columns.

Only what is sure: several rows whose values stand below each other, or one of many values. A label set in several lines
is made whole where its lines stand closer than rows do. Columns are not claimed (order `rows`).
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from transforms.model import Cell, Table
from transforms.read.flat import is_value
from transforms.read.pdf.ink import Glyph
from transforms.read.pdf.lines import Text, joined, written
from transforms.read.pdf.prose import Laid

COLUMN_GAP = 0.6  # heights of a character between two cells
SURE = ((2, 3), (3, 2), (5, 1))  # at least so many values in each of at least so many rows
SOLE = 10  # rows of one value each, all in one column: a sheet
MANY = 5
MOST = 0.75  # of such rows must stand in columns: two short ones with different blanks share none
ALIGNED = 0.9
LONGEST_LABEL = 30
CLOSER = 1.15
ON_ROW = 0.3
SAME_PLACE = 2.0
PAGE = 100_000.0  # further than any page is high


class Stretch(NamedTuple):
    """Lines that are one table, or prose."""

    rows: list[Laid]
    is_table: bool


class Block(NamedTuple):
    """The lines of one cell: from left to right, from the first baseline to the last, and its text."""

    left: float
    right: float
    first: float
    last: float
    text: Text


def stretches(rows: Sequence[Laid]) -> Iterator[Stretch]:
    """The lines cut into tables and prose, in their order."""
    prose: list[Laid] = []
    for possible, run in groupby(rows, key=is_part):
        group = list(run)
        lead, table, rest = parted(group) if possible else (group, [], [])
        prose += lead
        if table:
            yield from (Stretch(part, part is table) for part in (prose, table) if part)
            prose = rest
    if prose:
        yield Stretch(prose, False)


def is_part(row: Laid) -> bool:
    """Whether a line can be of a table: it has several cells, or is as short as a label."""
    return len(row.text.text) <= LONGEST_LABEL or len(cut(row)) > 1


def parted(group: list[Laid]) -> tuple[list[Laid], list[Laid], list[Laid]]:
    """The lines before the table, the table, and those after its last values; all before it when there is none."""
    first = next((place for place, row in enumerate(group) if len(cut(row)) > 1), len(group))
    last = next((place for place in range(len(group), 0, -1) if values(group[place - 1])), 0)
    if first >= last or not is_table(group[first:last]):
        return group, [], []
    last += last < len(group) and is_beside(group[last - 1], group[last])
    return group[:first], group[first:last], group[last:]


def is_beside(row: Laid, following: Laid) -> bool:
    """Whether the next line is too near to be below: it ends a label in two lines, beside which the values stand."""
    return row.glyphs[0].page == following.glyphs[0].page and following.base - row.base < row.size


def is_table(rows: Sequence[Laid]) -> bool:
    """Whether enough rows end in values that stand in the same columns."""
    slack = ALIGNED * rows[0].size
    tails = [[middle(piece) for piece in tail] for row in rows if len(tail := values(row)) > 1]
    enough = any(sum(len(tail) >= least for tail in tails) >= count for least, count in SURE)
    return (enough and sum(stands(tail, tails, slack) for tail in tails) >= MOST * len(tails)) or is_sheet(rows, slack)


def is_sheet(rows: Sequence[Laid], slack: float) -> bool:
    """Whether many rows of words end in one value, and nearly all of these stand below each other."""
    ends = sorted(middle(tail[0]) for row in rows if 0 < len(tail := values(row)) < len(cut(row)))
    inside = sum(abs(end - ends[len(ends) // 2]) <= slack for end in ends)
    return len(ends) >= SOLE and inside >= MOST * len(ends)


def stands(tail: Sequence[float], tails: Sequence[Sequence[float]], slack: float) -> bool:
    """Whether values are many, or stand in the columns of another row, or it in theirs."""
    return len(tail) >= MANY or any(fit(tail, other, slack) for other in tails if other is not tail)


def fit(one: Sequence[float], other: Sequence[float], slack: float) -> bool:
    """Whether the values of the shorter of two rows stand in columns of the longer."""
    shorter, longer = sorted((one, other), key=len)
    return all(min(abs(at - column) for column in longer) <= slack for at in shorter)


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
    size = rows[0].size
    pieces = [block_of(piece) for row in rows for piece in cut(row)]
    numbers = [piece for piece in pieces if is_value(piece.text.text)]
    labels = whole(pieces, numbers, size)
    cells = []
    for number, line in enumerate(in_rows(labels, numbers, ON_ROW * size)):
        texts = [block.text for block in line]
        places.update({f"{at}/r{number}/c{column}": text for column, text in enumerate(texts)})
        cells.append(tuple(Cell(t.text, f"{at}/r{number}/c{column}", t.text) for column, t in enumerate(texts)))
    return Table(tuple(cells), at, "rows")


def block_of(piece: Sequence[Glyph]) -> Block:
    """A piece of a line as a block; the pages follow one another downward."""
    base = piece[0].base + PAGE * piece[0].page
    return Block(piece[0].left, piece[-1].right, base, base, written(piece))


def whole(pieces: Sequence[Block], numbers: Sequence[Block], size: float) -> list[Block]:
    """The labels, with those lines joined that stand closer than the rows of values about them do."""
    labels = [piece for piece in pieces if not is_value(piece.text.text)]
    limit = CLOSER * min(
        (gap for above, below in pairs(labels) if (gap := below.first - above.last) > size / 2), default=0
    )
    close = crowded(sorted({number.first for number in numbers}), size / 2, limit)
    found: list[Block] = []
    for label in sorted(labels, key=lambda block: block.first):
        apart = any(abs(label.first - base) <= limit for base in close)
        above = (
            None if apart else next((b for b in found if over(b, label) and 0 < label.first - b.last <= limit), None)
        )
        if above is None:
            found.append(label)
        else:
            found[found.index(above)] = united(above, label)
    return found


def crowded(bases: Sequence[float], least: float, limit: float) -> list[float]:
    """The baselines of values that stand as close as lines of labels do: there, two lines may be two rows."""
    near = [(above, below) for above, below in pairwise(bases) if least < below - above <= limit]
    return sorted({base for pair in near for base in pair})


def pairs(labels: Sequence[Block]) -> Iterator[tuple[Block, Block]]:
    """Labels that stand over one another, each with the next below."""
    for above in labels:
        below = [label for label in labels if label.first > above.last and over(above, label)]
        if below:
            yield above, min(below, key=lambda block: block.first)


def over(above: Block, below: Block) -> bool:
    """Whether two lines begin at the same place, or have the same middle."""
    middles = (above.left + above.right - below.left - below.right) / 2
    return min(abs(above.left - below.left), abs(middles)) < SAME_PLACE


def united(above: Block, below: Block) -> Block:
    """Two blocks as one."""
    text = joined([above.text, below.text], [False, False])
    return Block(min(above.left, below.left), max(above.right, below.right), above.first, below.last, text)


def in_rows(labels: Sequence[Block], numbers: Sequence[Block], slack: float) -> Iterator[list[Block]]:
    """The rows from above: values with the labels beside them, other labels by themselves."""
    rows: list[list[Block]] = []
    for number in sorted(numbers, key=lambda block: block.first):
        if rows and number.first - rows[-1][0].first <= slack:
            rows[-1].append(number)
        else:
            rows.append([number])
    alone: list[list[Block]] = []
    for label in sorted(labels, key=lambda block: block.first):
        beside = [row for row in rows if label.first - slack <= row[0].first <= label.last + slack]
        if len(beside) == 1:
            beside[0].append(label)
        elif alone and label.first <= max(block.last for block in alone[-1]) + slack:
            alone[-1].append(label)
        else:
            alone.append([label])
    for row in sorted((*rows, *alone), key=lambda row: row[0].first):
        yield sorted(row, key=lambda block: (block.left, block.first))
