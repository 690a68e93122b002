"""A lattice and the characters of its page in, a band out: the rows of one page's part of a table, cells with text.

Characters fall into cells by their centres. Digits that belong together but lie on two sides of a ruling make both
cells unknown: a number wider than its cell must not be cut in two.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from statistics import median_low

import numpy as np
from numpy.typing import NDArray

from transforms.read.flat import is_value
from transforms.read.pdf.ink import Glyph
from transforms.read.pdf.lines import UNKNOWN, Text, glued, is_figure, joined, lines, written
from transforms.read.pdf.rulings import MOST_PLACES, OUTSIDE, Lattice

LEAST_FIGURES = 3  # of a line that a number can go on from: no column is made narrower, two numbers may be
TOWERING = 2.0  # times as high as what a table prints: a figure of a watermark
ONE_LINE_PITCH = 2.0  # lines further apart, in heights of a character, do not go on from each other


@dataclass(eq=False, slots=True)
class Piece:
    """A cell, or the part of one that a page shows: its sides and its lines.

    `room` is what each line leaves free, in widths of the character that comes next, or of its own last one: below 1
    a number was broken by force.
    """

    left: float
    right: float
    rows: int = 0
    glyphs: list[Glyph] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    room: list[float] = field(default_factory=list)

    @property
    def text(self) -> Text:
        """All that is printed in it. Numbers go on in the next line only within one row of the table."""
        if len(self.texts) == 1:
            return self.texts[0]
        forced = (self.rows == 1 and room < 1 for room in self.room)
        full = [yes and figures(text.text) >= LEAST_FIGURES for yes, text in zip(forced, self.texts, strict=True)]
        return joined(self.texts, full)


def figures(text: str) -> int:
    """How wide a number is, in figures: one of full width takes the room of two."""
    return len(text) + sum(not character.isascii() for character in text)


@dataclass(slots=True)
class Band:
    """The part of a table on one page: `rows[r][c]` between the rulings `xs[c]` and `xs[c + 1]`."""

    page: int
    lattice: Lattice
    xs: tuple[float, ...]
    rows: list[list[Piece]]


def band(page: int, lattice: Lattice, owned: dict[int, list[Glyph]]) -> Band:
    """The band of a lattice with the characters that each of its cells owns."""
    pieces: dict[int, Piece] = {}
    rows = []
    for owners in lattice.owner:
        row = []
        for owner, (left, right) in zip(owners, pairwise(lattice.xs), strict=True):
            piece = pieces.get(owner)
            if owner == OUTSIDE:
                piece = Piece(left, right)
            elif piece is None:
                piece = pieces[owner] = Piece(left, right)
            piece.left, piece.right = min(piece.left, left), max(piece.right, right)
            row.append(piece)
        for piece in dict.fromkeys(row):
            piece.rows += 1
        rows.append(row)
    for owner, glyphs in owned.items():
        pieces[owner].glyphs = glyphs
    write([pieces[owner] for owner in owned])
    return Band(page, lattice, lattice.xs, rows)


def owned_by(
    glyphs: Sequence[Glyph], found: Sequence[Lattice]
) -> tuple[list[dict[int, list[Glyph]]], list[Glyph], int]:
    """For each lattice the characters of its cells; the characters of none; how many numbers cross a ruling."""
    if not found or not glyphs:
        return [{} for _ in found], list(glyphs), 0
    homes = homes_of(glyphs, found)
    ends = (np.flatnonzero(np.diff(homes)) + 1).tolist()
    crossed = [place for place in ends if glued(glyphs[place - 1], glyphs[place])]
    known = list(glyphs)
    for place in {part for end in crossed for part in (end - 1, end)}:
        known[place] = glyphs[place]._replace(text=UNKNOWN)
    cells: dict[int, list[Glyph]] = {}
    for first, last in pairwise((0, *ends, len(known))):
        cells.setdefault(int(homes[first]), []).extend(known[first:last])
    owned: list[dict[int, list[Glyph]]] = [{} for _ in found]
    free = cells.pop(OUTSIDE, [])
    for home, inside in cells.items():
        owned[home // MOST_PLACES][home % MOST_PLACES] = inside
    return owned, free, len(crossed)


def homes_of(glyphs: Sequence[Glyph], found: Sequence[Lattice]) -> NDArray[np.int64]:
    """In which cell the middle of each character lies: that of the first lattice that has one there, or OUTSIDE."""
    _, *sides, _ = zip(*glyphs, strict=True)
    lefts, rights, bases, sizes = np.array(sides)
    x, y = (lefts + rights) / 2, bases - sizes / 2
    homes = np.full(len(glyphs), OUTSIDE)
    for place, lattice in reversed(list(enumerate(found))):
        owners = lattice.find(x, y)
        homes = np.where(owners == OUTSIDE, homes, owners + place * MOST_PLACES)
    return homes


def write(pieces: Sequence[Piece]) -> None:
    """Give the pieces of a band their text and what their lines leave free between the table's margins."""
    blur_towering(pieces)
    laid = [lines(piece.glyphs) for piece in pieces]
    for piece, rows in zip(pieces, laid, strict=True):
        piece.texts = [written(row) for row in rows]
    margin = narrowest_margin(pieces, laid)
    for piece, rows in zip(pieces, laid, strict=True):
        piece.room = [room_of(piece, row, following[0], margin) for row, following in pairwise(rows)]
        piece.room += [room_of(piece, row, row[-1], margin) for row in rows[-1:]]
        for place, (row, following) in enumerate(pairwise(rows)):
            if following[0].base - row[0].base > ONE_LINE_PITCH * row[0].size:
                piece.room[place] = inf


def blur_towering(pieces: Sequence[Piece]) -> None:
    """Make cells unknown that hold nothing but figures far higher than the table's characters."""
    sizes = [piece.glyphs[0].size for piece in pieces if piece.glyphs]
    limit = TOWERING * median_low(sizes) if sizes else inf
    if max(sizes, default=0) <= limit:
        return
    for piece in pieces:
        if all(glyph.size > limit and is_figure(glyph.text) for glyph in piece.glyphs):
            piece.glyphs = [glyph._replace(text=UNKNOWN) for glyph in piece.glyphs]


def narrowest_margin(pieces: Sequence[Piece], laid: Sequence[list[list[Glyph]]]) -> float:
    """The least distance between a label and the sides of its cell: what the table keeps free; none without labels.

    A character alone on its line says nothing: it cannot be broken, so a cell too narrow for it holds it all the same.
    """
    margins = [
        min(row[0].left - piece.left, piece.right - row[-1].right)
        for piece, rows in zip(pieces, laid, strict=True)
        if (broken := [row for row in rows if len(row) > 1]) and not all(is_value(text.text) for text in piece.texts)
        for row in broken
    ]
    return max(0.0, min(margins, default=0.0))


def room_of(piece: Piece, row: Sequence[Glyph], unit: Glyph, margin: float) -> float:
    """What a line leaves free, in widths of a character."""
    room = piece.right - piece.left - 2 * margin - (row[-1].right - row[0].left)
    wide = unit.right - unit.left
    return room / wide if wide > 0 else inf
