"""A page of PDFium in, its objects out, those inside forms too, each with the map that puts it on the page."""

from collections.abc import Callable, Sequence
from itertools import repeat
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as api

from transforms.model import Refusal
from transforms.read.pdf.calls import (
    Floats,
    Handle,
    address,
    bounds,
    count_in_form,
    kind_of,
    matrices,
    object_of_form,
    object_of_page,
)

DEEPEST_FORM = 4

Point = tuple[float, float]
Box = tuple[float, float, float, float]


class Matrix(NamedTuple):
    """An affine map of the plane."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def point(self, x: float, y: float) -> Point:
        """Where a point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, outer: "Matrix") -> "Matrix":
        """This map followed by another."""
        x, y = outer.point(self.e, self.f)
        return Matrix(
            outer.a * self.a + outer.c * self.b,
            outer.b * self.a + outer.d * self.b,
            outer.a * self.c + outer.c * self.d,
            outer.b * self.c + outer.d * self.d,
            x,
            y,
        )


class Item(NamedTuple):
    """An object of a page: PDFium's handle, its kind, and the map of the forms that it stands in."""

    handle: Handle
    kind: int
    outer: Matrix


PLAIN = Matrix()


def objects(page: pdfium.PdfPage, most: int) -> list[Item]:
    """The objects of a page. Raises Refusal(`too_many_objects`) when there are more than `most`."""
    found: list[Item] = []
    unfold(address(page.raw), api.FPDFPage_CountObjects(page), object_of_page, PLAIN, found, most)
    return found


def unfold(
    holder: Handle,
    count: int,
    get: Callable[[Handle, int], Handle],
    outer: Matrix,
    found: list[Item],
    most: int,
    depth: int = 0,
) -> None:
    """Add the objects of a page or a form to those found, by PDFium's function that gets them."""
    if len(found) + count > most:
        raise Refusal("too_many_objects", str(len(found) + count))
    handles = list(map(get, repeat(holder), range(count)))
    kinds = list(map(kind_of, handles))
    if api.FPDF_PAGEOBJ_FORM not in kinds:
        found += map(Item._make, zip(handles, kinds, repeat(outer), strict=False))
        return
    for handle, kind in zip(handles, kinds, strict=True):
        if kind != api.FPDF_PAGEOBJ_FORM:
            found.append(Item(handle, kind, outer))
        elif depth < DEEPEST_FORM:
            inner = matrix_of(handle).then(outer)
            unfold(handle, count_in_form(handle), object_of_form, inner, found, most, depth + 1)


def matrix_of(handle: Handle) -> Matrix:
    """An object's own map."""
    return Matrix(*matrices([handle])[0].tolist())


def around(points: Sequence[Point]) -> Box:
    """The box around some points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def boxes_of(items: Sequence[Item]) -> Floats:
    """The boxes around objects on the page: rows of left, bottom, right, top."""
    boxes = bounds([item.handle for item in items])
    for place, item in enumerate(items):
        if item.outer is not PLAIN:
            left, low, right, high = boxes[place].tolist()
            boxes[place] = around([item.outer.point(left, low), item.outer.point(right, high)])
    return boxes
