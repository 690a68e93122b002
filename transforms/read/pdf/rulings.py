"""Strokes in, lattices out: the ruled tables of a page with their elementary cells joined where no ruling parts them.

After measurements.md §6: strokes snap to common positions, two neighbours are one cell when no ruling lies between.
Strokes that touch nothing (underlines, the rule under a page's head) rule no table.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.model import Refusal
from transforms.read.pdf.ink import Stroke

SNAP = 2.5
REACH = 4.0  # how far a stroke may end from the one that it meets, and dashes of one ruling from each other
MOST_PLACES = 200_000
MOST_MEETINGS = 250_000
OUTSIDE = -1
START = itemgetter(1)  # of a stroke

Floats = NDArray[np.float64]
Group = tuple[list[Stroke], list[Stroke]]


class Lattice(NamedTuple):
    """A ruled table on one page: sorted positions of its rulings, and for each elementary place whose cell it is.

    `owner[row][column]` is a number that the places of one cell share, OUTSIDE beyond the row's own outermost rulings.
    `opened` and `left_open` tell that no ruling closes it above or below: it goes on over the page break.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: tuple[tuple[int, ...], ...]
    opened: bool
    left_open: bool

    def find(self, x: Floats, y: Floats) -> NDArray[np.int64]:
        """The cells at some points, OUTSIDE where there is none."""
        columns, rows = np.searchsorted(self.xs, x, "right") - 1, np.searchsorted(self.ys, y, "right") - 1
        inside = (columns >= 0) & (columns < len(self.xs) - 1) & (rows >= 0) & (rows < len(self.ys) - 1)
        return np.where(inside, np.array(self.owner)[rows * inside, columns * inside], OUTSIDE)


def lattices(across: Sequence[Stroke], down: Sequence[Stroke]) -> list[Lattice]:
    """The ruled tables of two columns or more, from top to bottom.

    Raises Refusal(`too_many_objects`) for a page of more rulings than tables have.
    """
    lying, standing = snapped(across), snapped(down)
    if len(lying) * len(standing) > MOST_MEETINGS:
        raise Refusal("too_many_objects", f"{len(lying)} × {len(standing)}")
    found = [lattice(*group) for group in sided(grouped(lying, standing))]
    return sorted((item for item in found if item is not None), key=lambda item: item.ys[0])


def snapped(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes within SNAP of each other made one ruling, its dashes joined."""
    rulings: list[Stroke] = []
    cluster: list[Stroke] = []
    for stroke in sorted(strokes):
        if cluster and stroke.at - cluster[0].at > SNAP:
            rulings.extend(joined(cluster))
            cluster = []
        cluster.append(stroke)
    return [*rulings, *joined(cluster)]


def joined(cluster: Sequence[Stroke]) -> list[Stroke]:
    """The strokes of one position with those joined that nearly touch; dots that stay alone are dropped."""
    if not cluster:
        return []
    at = sum(stroke.at for stroke in cluster) / len(cluster)
    runs: list[list[float]] = []
    reached = -inf
    for _, start, end in sorted(cluster, key=START):
        if start - reached > REACH:
            runs.append([start, end])
            reached = end
        elif end > reached:
            runs[-1][1] = reached = end
    return [Stroke(at, start, end) for start, end in runs if end - start > REACH]


def grouped(across: list[Stroke], down: list[Stroke]) -> list[Group]:
    """Rulings that touch one another, group by group."""
    parents = list(range(len(across) + len(down)))
    for row, column in np.argwhere(touch(across, down)).tolist():
        parents[root(parents, row)] = root(parents, len(across) + column)
    groups: dict[int, Group] = {}
    for place, stroke in enumerate((*across, *down)):
        groups.setdefault(root(parents, place), ([], []))[place >= len(across)].append(stroke)
    return list(groups.values())


def sided(groups: list[Group]) -> list[Group]:
    """The groups that have rulings across, with rulings down that meet none but run exactly beside their own."""
    found = [group for group in groups if group[0] and group[1]]
    for across, down in groups:
        if across or not down:
            continue
        for group in found:
            if max(abs(a - b) for a, b in zip(reach(down), reach(group[1]), strict=True)) <= REACH:
                group[1].extend(down)
                break
    return found


def reach(rulings: list[Stroke]) -> tuple[float, float]:
    """From where to where rulings run together."""
    return min(stroke.start for stroke in rulings), max(stroke.end for stroke in rulings)


def touch(across: list[Stroke], down: list[Stroke]) -> NDArray[np.bool_]:
    """Which rulings across (rows) meet which rulings down (columns)."""
    y, left, right = (part[:, None] for part in parts(across))
    x, top, bottom = parts(down)
    meets: NDArray[np.bool_] = (left - REACH <= x) & (x <= right + REACH) & (top - REACH <= y) & (y <= bottom + REACH)
    return meets


def parts(rulings: Sequence[Stroke]) -> Floats:
    """Where rulings stand, where they start and where they end."""
    return np.array(rulings, dtype=float).reshape(-1, 3).T


def root(parents: list[int], place: int) -> int:
    """The representative of a group."""
    while parents[place] != place:
        parents[place] = parents[parents[place]]
        place = parents[place]
    return place


def lattice(across: list[Stroke], down: list[Stroke]) -> Lattice | None:
    """The table that a group of rulings draws, None when it has not two columns."""
    down = [*down, *missing_sides(across, down)]
    above = missing_sides(down, across)
    across = [*across, *above]
    xs, ys = (tuple(sorted({stroke.at for stroke in group})) for group in (down, across))
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > MOST_PLACES:
        return None
    added = {stroke.at for stroke in above}
    return Lattice(xs, ys, owners(xs, ys, across, down), ys[0] in added, ys[-1] in added)


def missing_sides(along: list[Stroke], ends: list[Stroke]) -> list[Stroke]:
    """The rulings that would close a table where its strokes run out into the open together, on either side."""
    first, last = min(stroke.at for stroke in ends), max(stroke.at for stroke in ends)
    extent = min(stroke.at for stroke in along), max(stroke.at for stroke in along)
    found = []
    for sides in ([s.start for s in along if s.start < first - REACH], [s.end for s in along if s.end > last + REACH]):
        at, count = Counter(round(side / SNAP) * SNAP for side in sides).most_common(1)[0] if sides else (0.0, 0)
        if count >= 2:
            found.append(Stroke(at, *extent))
    return found


def owners(
    xs: Sequence[float], ys: Sequence[float], across: list[Stroke], down: list[Stroke]
) -> tuple[tuple[int, ...], ...]:
    """Whose each elementary place is."""
    width = len(xs) - 1
    walls, floors = barred(down, xs, ys), barred(across, ys, xs).T
    parents = list(range(width * (len(ys) - 1)))
    for row, column in np.argwhere(~walls[:, 1:width]).tolist():
        place = row * width + column + 1
        parents[root(parents, place)] = root(parents, place - 1)
    for row, column in np.argwhere(~floors[1:-1]).tolist():
        place = (row + 1) * width + column
        parents[root(parents, place)] = root(parents, place - width)
    spans = [
        (wall.index(True), len(wall) - 1 - wall[::-1].index(True)) if any(wall) else (0, 0) for wall in walls.tolist()
    ]
    return tuple(
        tuple(root(parents, row * width + column) if first <= column < last else OUTSIDE for column in range(width))
        for row, (first, last) in enumerate(spans)
    )


def barred(rulings: Sequence[Stroke], positions: Sequence[float], ends: Sequence[float]) -> NDArray[np.bool_]:
    """Whether a ruling at each position (columns) passes the middle between each two of the ends (rows)."""
    middles = [(first + last) / 2 for first, last in pairwise(ends)]
    found = np.zeros((len(middles), len(positions)), dtype=bool)
    column = {at: place for place, at in enumerate(positions)}
    for at, start, end in rulings:
        found[bisect_left(middles, start) : bisect_right(middles, end), column[at]] = True
    return found
