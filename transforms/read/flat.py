"""Lines of a table that a scraper flattened in, a Table out, of the order that can still be known (domain.md §10.A).

Every cell is an exact span of the text. `rows`: one printed row a line, blank cells dropped. `grid`: the same where
blanks demonstrably survived before values, in every row alike. `stream`: one cell a line, only their order is known.
"""

import re
import string
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

from transforms.forms import load
from transforms.model import Cell, Table

# A number as clerks print it, or one of the marks that stand for none. Longer texts are labels.
MELTED = re.compile(r"\|\|")
LABELS = 2  # cells of labels before the values of a row
ORDINAL = re.compile(r"0\d")
AROUND = "*" + string.whitespace + "\u3000\xa0"  # bold in Markdown; alone, the stars are a mark
PIECES_REMEMBERED = 1 << 14  # labels of the forms, and small numbers
ONE_COLUMN = 2  # cells of a heading over labels and one column of values


class Line(NamedTuple):
    """A half-open span of the text that holds no line break."""

    start: int
    end: int


Piece = Line
Row = tuple[Cell, ...]


def pieces(text: str, line: Line) -> list[Piece]:
    """What stands between the pipes of a line, without the space and Markdown around it; blank ones are empty spans."""
    found = []
    start = line.start
    for part in text[line.start : line.end].split("|"):
        inner = part.strip(AROUND) or part.strip()
        first = start + (part.find(inner) if inner else 0)
        found.append(Piece(first, first + len(inner)))
        start += len(part) + 1
    return found


def filled(text: str, line: Line) -> list[Piece]:
    """The pieces of a line that are not blank."""
    return [piece for piece in pieces(text, line) if piece.end > piece.start]


@cache
def value() -> re.Pattern[str]:
    """Matches a number as clerks print it, or one of the marks that stand for none; longer texts are labels."""
    words = load("lookups/printed_value.yml")
    sign, same = "|".join(words["changes"]), "|".join(words["unchanged"])
    number = rf"(?:[-+＋－]|{sign})?[\d０-９][\d０-９,，.．\s]*(?<![.．,，])[{words['after']}]{{0,3}}"
    return re.compile(rf"{number}|[/\\\-—－–*]{{1,4}}|[{words['none']}]|N/?A|{same}", re.IGNORECASE)


@lru_cache(PIECES_REMEMBERED)
def is_value(printed: str) -> bool:
    """Whether a piece is a number or a mark rather than a label."""
    return value().fullmatch(printed) is not None


def as_table(text: str, lines: Sequence[Line], keeps_blanks: bool) -> Table | None:
    """The table that these lines hold, or None when they are prose, a menu or page layout.

    `keeps_blanks` where another table of the text shows that its blanks survived: then this one need not.
    """
    rows = [tuple([cell(text, piece) for piece in pieces(text, line)]) for line in lines]
    cells = [tuple([item for item in row if item.text]) for row in rows]
    printed = tuple([row for row in cells if row])
    several = [row for row in printed if len(row) > 1]
    values = sum([is_value(item.text) for row in printed for item in row])
    bare = sum([len(row) == 1 and is_value(row[0].text) for row in printed])
    at = f"c{lines[0].start}-{lines[-1].end}"
    if 3 * len(several) >= len(printed) and 4 * bare <= len(printed):
        if len(several) < 2 and (not several or values < 2):
            return None
        return positional(rows_with_blanks(text, lines, rows), at, keeps_blanks) or Table(printed, at, "rows")
    if values < 2 or len(printed) < 4:
        return None
    stream = Table((tuple(item for row in printed for item in row),), at, "stream")
    return positional(spelled_rows(text, lines), at, keeps_blanks) or stream


def cell(text: str, piece: Piece) -> Cell:
    """The cell printed at a span."""
    printed = text[piece.start : piece.end]
    return Cell(printed, f"c{piece.start}-{piece.end}", printed)


def rows_with_blanks(text: str, lines: Sequence[Line], cells: Sequence[Row]) -> list[Row]:
    """A row a line, blanks kept; nothing if pipes touch in a row of values, as dropped blanks leave them."""
    rows = []
    for line, every in zip(lines, cells, strict=True):
        row = every[:-1] if every[-1].text == "" and len(every) > 1 else every
        if tail(row) and MELTED.search(text, line.start, line.end):
            return []
        rows.append(row)
    if all(row[0].text == "" for row in rows):
        rows = [row[1:] for row in rows]
    return [row for row in rows if row]


def spelled_rows(text: str, lines: Sequence[Line]) -> list[Row]:
    """Rows of a table with one cell a line and a line with only a pipe after each: two such lines are a blank between.

    A row begins at the first label after a value or blank. Nothing when cells and pipes share lines, or where rows are
    numbered: the number would be a value of the row before.
    """
    cells: list[Cell] = []
    after_cell = False
    for line in lines:
        printed = text[line.start : line.end].strip()
        if printed != "|":
            if "|" in printed or (cells and after_cell) or ORDINAL.fullmatch(printed):
                return []
            cells.extend(cell(text, piece) for piece in filled(text, line))
        elif not after_cell:
            cells.append(Cell("", f"c{line.start}-{line.start}"))
        after_cell = printed != "|"
    return list(cut(cells))


def cut(cells: Sequence[Cell]) -> Iterator[Row]:
    """The cells cut into rows before each label that follows a value or a blank."""
    row: list[Cell] = []
    for has_value, run in groupby(cells, key=lambda item: not item.text or is_value(item.text)):
        if row and not has_value:
            yield tuple(row)
            row = []
        row.extend(run)
    if row:
        yield tuple(row)


def positional(rows: list[Row], at: str, keeps_blanks: bool) -> Table | None:
    """The rows as a grid, if a blank survived before a value, here or elsewhere, and no row of values lacks any.

    Rows are filled up on the right: labels of merged cells are printed once, so rows differ in their labels only.
    """
    tails = [tail(row) for row in rows]
    proven = any(gap(values) for values in tails) or (keeps_blanks and any(tails))
    if not proven or not even(rows, tails):
        return None
    width = max(map(len, rows))
    return Table(tuple(row + blanks(row[-1], width - len(row)) for row in rows), at, "grid")


def tail(row: Row) -> Row:
    """The cells after the last label of a row, if there is a value among them."""
    labels = [place for place, item in enumerate(row) if item.text and not is_value(item.text)]
    values = row[labels[-1] + 1 if labels else 0 :]
    return values if any(item.text for item in values) else ()


def gap(values: Row) -> bool:
    """Whether a blank stands before a value: trailing blanks alone prove nothing."""
    printed = [place for place, item in enumerate(values) if item.text]
    return bool(printed) and any(not item.text for item in values[: printed[-1]])


def even(rows: list[Row], tails: list[Row]) -> bool:
    """Whether every row of values has as many places as the widest, or as its own heading has columns."""
    widest = max(map(len, tails))
    columns: tuple[int, ...] = ()
    for row, values in zip(rows, tails, strict=True):
        heads = sum(bool(item.text) for item in row[: len(row) - len(values)])
        if heads > 1 and not values and row[-1].text:
            columns = (heads - 1,)
        elif heads > LABELS:  # a row cut from one cell a line begins with the headings above it
            columns = (heads - 2, heads - 3)
        if values and len(values) != widest and len(values) not in columns:
            return False
    return True


def blanks(last: Cell, count: int) -> Row:
    """Blank cells at the end of a row."""
    end = last.at.rpartition("-")[2]
    return (Cell("", f"c{end}-{end}"),) * count
