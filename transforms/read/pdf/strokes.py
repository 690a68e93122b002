"""The objects of a page in, its ruling strokes out: lines, sides of drawn boxes, filled boxes thin as a line."""

import ctypes
from collections.abc import Iterable, Iterator
from itertools import pairwise

import pypdfium2.raw as api

from transforms.model import Refusal
from transforms.read.pdf.ink import Stroke, upright
from transforms.read.pdf.objects import PLAIN, Handle, Item, Matrix, Point, matrix_of

THIN = 3.5
STRAIGHT = 1.0
MOST_SEGMENTS = 200_000

Box = tuple[float, float, float, float]


def strokes(items: Iterable[Item], turn: int) -> tuple[tuple[Stroke, ...], tuple[Stroke, ...]]:
    """The strokes across and down an upright page."""
    across, down = [], []
    for left, low, right, high in (box for item in items for box in thin_boxes(item)):
        (x, y), (right_x, right_y) = upright(left, low, turn), upright(right, high, turn)
        x, right_x, y, right_y = min(x, right_x), max(x, right_x), min(y, right_y), max(y, right_y)
        if right_x - x >= right_y - y or right_x - x > THIN:
            across.append(Stroke((y + right_y) / 2, x, right_x))
        if right_y - y >= right_x - x or right_y - y > THIN:
            down.append(Stroke((x + right_x) / 2, y, right_y))
    return tuple(across), tuple(down)


def thin_boxes(item: Item) -> Iterator[Box]:
    """The boxes of a path that are thin as a line, on the page."""
    if item.kind != api.FPDF_PAGEOBJ_PATH:
        return
    fill, line = ctypes.c_int(), ctypes.c_int()
    api.FPDFPath_GetDrawMode(item.handle, fill, line)
    if not fill.value and not line.value:
        return
    box = bounds(item)
    if min(box[2] - box[0], box[3] - box[1]) <= THIN:
        yield box
    else:
        for points in parts(item.handle, matrix_of(item.handle).then(item.outer)):
            yield from sides(points) if line.value else filled(points)


def bounds(item: Item) -> Box:
    """The box around an object, on the page."""
    left, low, right, high = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    api.FPDFPageObj_GetBounds(item.handle, left, low, right, high)
    if item.outer is PLAIN:
        return left.value, low.value, right.value, high.value
    return around([item.outer.point(left.value, low.value), item.outer.point(right.value, high.value)])


def around(points: list[Point]) -> Box:
    """The box around some points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def parts(handle: Handle, matrix: Matrix) -> Iterator[list[Point]]:
    """The points of each stroke of the pen; a closed one ends where it began. Curves give their end only."""
    count = api.FPDFPath_CountSegments(handle)
    if count > MOST_SEGMENTS:
        raise Refusal("too_many_objects", str(count))
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    for place in range(count):
        segment = api.FPDFPath_GetPathSegment(handle, place)
        api.FPDFPathSegment_GetPoint(segment, x, y)
        if api.FPDFPathSegment_GetType(segment) == api.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(matrix.point(x.value, y.value))
        if api.FPDFPathSegment_GetClose(segment):
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
