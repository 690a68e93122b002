"""Bands of consecutive pages in, one sheet of rows out: repeated headers dropped, cut rows and cut cells made whole.

Nothing on paper says whether a page break cut a row. It did if the table is open there, if the label above was full
and goes on without a number of its own, or if the row below has values and no label. A row joined by mistake becomes
unreadable; a value never moves to another row.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf

from transforms.forms import ordinals
from transforms.read.flat import is_value
from transforms.read.pdf.cells import Band, Piece
from transforms.read.pdf.rulings import SNAP

SAME_WIDTH = 6.0
LABEL_ROOM = 2.6  # widths of a character: a mark that may not begin a line takes another down with it
LEAST_HEADINGS = 3
LONGEST_UNIT = 2  # characters, in any script

Row = list[Piece]


@dataclass(slots=True)
class Sheet:
    """The rows of a table over all its pages. Each row has its own rulings; `bottom` is the last band."""

    rows: list[tuple[tuple[float, ...], Row]]
    bottom: Band


@cache
def numbered() -> re.Pattern[str]:
    """The number that a row label begins with."""
    outline = r"[（(]?\d{1,2}[)）、.．]|[①-⑳㈠-㈩⑴-⒇⒈-⒛]"
    return re.compile(rf"\s*(?:[（(]?[{ordinals()}]{{1,3}}[)）、.．]|{outline})")


def begun(band: Band) -> Sheet:
    """A sheet of one band."""
    return Sheet([(band.xs, row) for row in band.rows], band)


def goes_on(sheet: Sheet, band: Band) -> bool:
    """Whether a band at the top of the next page can be the rest of a sheet: it is as wide."""
    above, below = sheet.bottom.xs, band.xs
    return band.page == sheet.bottom.page + 1 and abs((above[-1] - above[0]) - (below[-1] - below[0])) <= SAME_WIDTH


def add(sheet: Sheet, band: Band) -> None:
    """Append the band of the next page to a sheet."""
    shift(band, sheet.bottom.xs[0] - band.xs[0])
    rows = band.rows[repeated(sheet, band) :]
    if rows:
        mend(sheet.rows[-1][1], rows, sheet.bottom.lattice.left_open and band.lattice.opened)
    sheet.rows.extend((band.xs, row) for row in rows)
    sheet.bottom = band


def shift(band: Band, distance: float) -> None:
    """Move a band sideways under the one above: margins of left and right pages differ."""
    band.xs = tuple(x + distance for x in band.xs)
    for piece in dict.fromkeys(piece for row in band.rows for piece in row):
        piece.left += distance
        piece.right += distance


def repeated(sheet: Sheet, band: Band) -> int:
    """How many rows at the top of a band only repeat the table's heading."""
    count = 0
    for (_, first), row in zip(sheet.rows, band.rows, strict=False):
        words = [piece.text.text for piece in distinct(row)]
        if words != [piece.text.text for piece in distinct(first)] or any(map(is_value, words)) or not any(words):
            break
        count += 1
    return count


def mend(last: Row, rows: list[Row], is_open: bool) -> None:
    """Join what a page break cut between the last row above and the first below, which then leaves `rows`."""
    pairs = list(facing(last, rows[0]))
    cut_row = len(pairs) == len(distinct(last)) == len(distinct(rows[0])) and is_cut_row(pairs, is_open)
    for upper, lower in pairs:
        if cut_row or (is_cut_group(upper, lower) and is_group(upper, last, rows[0])):
            unite(upper, lower, rows)
    if cut_row:
        del rows[0]


def distinct(row: Row) -> list[Piece]:
    """The pieces of a row, those over several columns once."""
    return list(dict.fromkeys(row))


def facing(last: Row, first: Row) -> Iterator[tuple[Piece, Piece]]:
    """Pieces above and below the break that have the same sides."""
    for upper in distinct(last):
        for lower in distinct(first):
            if abs(upper.left - lower.left) <= 2 * SNAP and abs(upper.right - lower.right) <= 2 * SNAP:
                yield upper, lower


def is_cut_row(pairs: Sequence[tuple[Piece, Piece]], is_open: bool) -> bool:
    """Whether the two rows are one: nothing speaks against it, and something for it."""
    kinds = [(kind(upper), kind(lower)) for upper, lower in pairs]
    labels = [pair for pair, found in zip(pairs, kinds, strict=True) if found == ("label", "label")]
    if ("label", "value") in kinds or ("value", "label") in kinds or not all(goes_over(*pair) for pair in labels):
        return False
    values = [found for found in kinds if "value" in found]
    if len(values) > 1 and all(found == ("value", "value") for found in values):
        return False
    unlabelled = all(lower != "label" for _, lower in kinds) and any(lower == "value" for _, lower in kinds)
    return is_open or bool(labels) or unlabelled or has_empty_side(kinds)


def has_empty_side(kinds: Sequence[tuple[str, str]]) -> bool:
    """Whether the break runs above or below all that the row prints: one side has neither its label nor a value."""
    last = max((place for place, found in enumerate(kinds) if "label" in found), default=0)
    return any(all(found[side] == "blank" for found in kinds[last:]) for side in (0, 1))


def is_cut_group(upper: Piece, lower: Piece) -> bool:
    """Whether a label that spans rows goes on below: only one part is printed, or the lower does not begin anew."""
    kinds = kind(upper), kind(lower)
    return kinds in (("label", "blank"), ("blank", "label")) or (
        kinds == ("label", "label") and goes_over(upper, lower)
    )


def is_group(piece: Piece, last: Row, first: Row) -> bool:
    """Whether a piece is a group's label or a heading, no value: both rows go on in labels, or are headings."""
    kinds = [[kind(other) for other in row] for row in (last, first)]
    if not any("value" in row for row in kinds) and kinds[1].count("label") >= LEAST_HEADINGS:
        return True
    return label_beside(piece, last) and label_beside(piece, first)


def label_beside(piece: Piece, row: Row) -> bool:
    """Whether a row has a label to the right of a piece: a unit is none."""
    beside = [other for other in row if other.left >= piece.right - SNAP]
    return any(kind(other) == "label" and len(other.text.text) > LONGEST_UNIT for other in beside)


def goes_over(upper: Piece, lower: Piece) -> bool:
    """Whether a label can go on over the break: its last line was full, and what follows has no number of its own."""
    return upper.room[-1] < LABEL_ROOM and numbered().match(lower.text.text) is None


def kind(piece: Piece) -> str:
    """What is in a cell: label, value or blank."""
    printed = piece.text.text
    return "blank" if not printed else "value" if is_value(printed) else "label"


def unite(upper: Piece, lower: Piece, rows: Sequence[Row]) -> None:
    """Make the lower piece part of the upper one, wherever it stands. A number never goes on over the break."""
    if lower.room and upper.room:
        upper.room[-1] = inf
    upper.texts += lower.texts
    upper.room += lower.room
    upper.rows += lower.rows
    for row in rows:
        row[:] = [upper if piece is lower else piece for piece in row]
