"""What stands on a page, whatever made it: characters and ruling strokes, the one border between finding and reading.

Coordinates are points, x to the right and y downward, turned so that the page's text stands upright. Another source of
pages (a scan that was recognised) need only make these.
"""

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Measure = TypeVar("Measure", float, NDArray[np.float64])


class Glyph(NamedTuple):
    """One printed character: its sides, the line that it stands on, its height, and the page (from 1)."""

    text: str
    left: float
    right: float
    base: float
    size: float
    page: int


class Stroke(NamedTuple):
    """A straight line parallel to a side of the page: where it stands across, from where to where it runs along."""

    at: float
    start: float
    end: float


class Page(NamedTuple):
    """One page: its number (from 1), its text in the file's order, what stands on it, and counts of damage by code.

    `turn` counts the quarter turns that its text makes against the page.
    """

    number: int
    turn: int
    text: str
    glyphs: tuple[Glyph, ...]
    across: tuple[Stroke, ...]
    down: tuple[Stroke, ...]
    has_picture: bool
    damage: tuple[tuple[str, int], ...] = ()


def upright(x: Measure, y: Measure, turn: int) -> tuple[Measure, Measure]:
    """A point of the page (y upward), or many, in upright coordinates (y downward)."""
    return ((x, -y), (y, x), (-x, y), (-y, -x))[turn]


def on_page(x: float, y: float, turn: int) -> tuple[float, float]:
    """The point of the page behind an upright one."""
    return ((x, -y), (y, x), (-x, y), (-y, -x))[turn]
