"""The objects of a page in, its ruling strokes out: lines, sides of drawn boxes, filled boxes thin as a line."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pypdfium2.raw as api

from transforms.model import Refusal
from transforms.read.pdf import calls
from transforms.read.pdf.ink import Stroke, upright
from transforms.read.pdf.objects import Box, Item, Matrix, Point, around, boxes_of, matrix_of

THIN = 3.5
STRAIGHT = 1.0
MOST_SEGMENTS = 200_000


class Shapes(NamedTuple):
    """The paths of a page, how each is filled and its line drawn (0 is not at all), and the boxes around them."""

    paths: list[Item]
    modes: calls.Floats
    boxes: calls.Floats


def shapes(items: Sequence[Item]) -> Shapes:
    """The paths among the objects of a page."""
    paths = [item for item in items if item.kind == api.FPDF_PAGEOBJ_PATH]
    return Shapes(paths, calls.draw_modes([path.handle for path in paths]), boxes_of(paths))


def strokes(found: Shapes, turn: int) -> tuple[tuple[Stroke, ...], tuple[Stroke, ...]]:
    """The strokes across and down an upright page."""
    boxes = thin_boxes(found)
    xs, ys = map(np.sort, upright(boxes[:, ::2], boxes[:, 1::2], turn))
    wide, high = xs[:, 1] - xs[:, 0], ys[:, 1] - ys[:, 0]
    lying, standing = (wide >= high) | (wide > THIN), (high >= wide) | (high > THIN)
    return drawn(ys[lying], xs[lying]), drawn(xs[standing], ys[standing])


def drawn(aside: calls.Floats, along: calls.Floats) -> tuple[Stroke, ...]:
    """Strokes from where they begin and end across and along."""
    return tuple(map(Stroke._make, np.column_stack((aside.mean(axis=1), along)).tolist()))


def thin_boxes(found: Shapes) -> calls.Floats:
    """The boxes of paths that are thin as a line, on the page: rows of left, bottom, right, top."""
    paths, modes, boxes = found
    seen = modes.any(axis=1)
    thin = (boxes[:, 2:] - boxes[:, :2]).min(axis=1, initial=np.inf) <= THIN
    large = ((paths[place], bool(modes[place, 1])) for place in np.flatnonzero(seen & ~thin).tolist())
    more = [box for path, has_line in large for box in shape(path, has_line)]
    return np.concatenate([boxes[seen & thin], np.array(more).reshape(-1, 4)])


def shape(path: Item, has_line: bool) -> Iterator[Box]:
    """The boxes of the parts of a larger path that are thin."""
    for points in parts(path.handle, matrix_of(path.handle).then(path.outer)):
        yield from sides(points) if has_line else filled(points)


def parts(handle: calls.Handle, matrix: Matrix) -> Iterator[list[Point]]:
    """The points of each stroke of the pen; a closed one ends where it began. Curves give their end only."""
    count = calls.count_segments(handle)
    if count > MOST_SEGMENTS:
        raise Refusal("too_many_objects", str(count))
    segments = [calls.segment_of(handle, place) for place in range(count)]
    points: list[Point] = []
    for segment, (x, y) in zip(segments, calls.points(segments).tolist(), strict=True):
        if calls.segment_kind(segment) == api.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(matrix.point(x, y))
        if calls.is_closed(segment):
            points.append(points[0])
    if points:
        yield points


def sides(points: list[Point]) -> Iterator[Box]:
    """The straight sides of a drawn shape."""
    for first, second in pairwise(points):
        if min(abs(first[0] - second[0]), abs(first[1] - second[1])) <= STRAIGHT:
            yield around([first, second])


def filled(points: list[Point]) -> Iterator[Box]:
    """A filled shape, if it is thin."""
    box = around(points)
    if min(box[2] - box[0], box[3] - box[1]) <= THIN:
        yield box
