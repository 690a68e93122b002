"""Characters and strokes of a page in, the same without what is crossed out.

A stroke through the middle of characters that ends where they end crosses them out. One that goes on is a ruling: a
figure that stands on it belongs to one of two rows, and nobody knows to which.
"""

from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from transforms.read.pdf.ink import Glyph, Stroke
from transforms.read.pdf.lines import UNKNOWN, is_figure

HIGHEST, LOWEST = 0.65, 0.3  # of a character's height above where it stands: its middle
BEYOND = 0.6  # of a character's height: how far a stroke may go beyond those that it crosses out
LEVEL = itemgetter(3, 4)  # where a character stands, and its height


class Kept(NamedTuple):
    """What stands on a page once the crossed out is gone, and counts of damage."""

    glyphs: tuple[Glyph, ...]
    across: tuple[Stroke, ...]
    damage: tuple[tuple[str, int], ...]


def kept(glyphs: tuple[Glyph, ...], across: tuple[Stroke, ...]) -> Kept:
    """What is not crossed out; figures on a ruling become unknown."""
    strikes: set[Stroke] = set()
    out: set[int] = set()
    unsure: set[int] = set()
    for stroke, hit in hits(glyphs, across).items():
        first, last = min(glyphs[place].left for place in hit), max(glyphs[place].right for place in hit)
        slack = BEYOND * glyphs[hit[0]].size
        if first - slack <= stroke.start and stroke.end <= last + slack:
            strikes.add(stroke)
            out.update(hit)
        else:
            unsure.update(place for place in hit if is_figure(glyphs[place].text))
    if not out and not unsure:
        return Kept(glyphs, across, ())
    left = (
        glyph._replace(text=UNKNOWN) if place in unsure else glyph
        for place, glyph in enumerate(glyphs)
        if place not in out
    )
    counts = (("struck_out", len(strikes)), ("number_crosses_ruling", len(unsure - out)))
    found = tuple((code, count) for code, count in counts if count)
    return Kept(tuple(left), tuple(stroke for stroke in across if stroke not in strikes), found)


def hits(glyphs: Sequence[Glyph], across: Sequence[Stroke]) -> dict[Stroke, list[int]]:
    """The strokes that pass through the middle of characters, with the places of these."""
    found: dict[Stroke, list[int]] = {}
    strokes = sorted(across)
    ats = np.array([stroke.at for stroke in strokes])
    levels = np.array(sorted(set(map(LEVEL, glyphs)))).reshape(-1, 2)
    bases, sizes = levels.T
    firsts, lasts = np.searchsorted(ats, bases - HIGHEST * sizes), np.searchsorted(ats, bases - LOWEST * sizes)
    crossed = np.flatnonzero(firsts < lasts).tolist()
    places: dict[tuple[float, float], list[int]] = {}
    for place, glyph in enumerate(glyphs if crossed else ()):
        places.setdefault(LEVEL(glyph), []).append(place)
    for level in crossed:
        row = sorted(places[bases[level], sizes[level]], key=lambda place: glyphs[place].left + glyphs[place].right)
        middles = [(glyphs[place].left + glyphs[place].right) / 2 for place in row]
        near = strokes[firsts[level] : lasts[level]]
        starts = np.searchsorted(middles, [stroke.start for stroke in near]).tolist()
        ends = np.searchsorted(middles, [stroke.end for stroke in near]).tolist()
        for stroke, start, end in zip(near, starts, ends, strict=True):
            if start < end:
                found.setdefault(stroke, []).extend(row[start:end])
    return found
