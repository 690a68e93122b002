"""A page of PDFium in, out what of its text no reader of the page sees: white, transparent, under a cover or a picture.

Colours and places say only which text may be unseen. Whether it is, the page itself tells: drawn with that text and
without it, it looks the same.
"""

import ctypes
from collections.abc import Iterator, Sequence

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as api
from numpy.typing import NDArray

from transforms.read.pdf.calls import Floats, fill_colours, font_of, is_embedded, set_active
from transforms.read.pdf.objects import Item, boxes_of
from transforms.read.pdf.strokes import THIN, Shapes

PALE = 225  # of 255, the darkest part of a colour that may be that of the paper
CLEAR = 64  # of 255, how little a colour may cover
OVERLAP = 0.5  # points, in both directions
MOST_OVERLAPS = 4_000_000
SCALE, MOST_PIXELS = 2.0, 3000  # dots a point; along the longer side of a page
LEAST_TRACE = 24  # of 255 shades

Picture = NDArray[np.int16]


def doubtful(items: Sequence[Item], shapes: Shapes, has_layers: bool) -> list[Item]:
    """The pieces of text that may be unseen: pale or clear ones, those that something was laid over; in layers all."""
    places = [place for place, item in enumerate(items) if item.kind == api.FPDF_PAGEOBJ_TEXT]
    pieces = [items[place] for place in places]
    if has_layers or not pieces:
        return pieces
    red, green, blue, cover = fill_colours([piece.handle for piece in pieces]).T
    odd = (np.minimum(np.minimum(red, green), blue) >= PALE) | (cover < CLEAR)
    orders, boxes = covers(items, shapes)
    if later := np.flatnonzero(orders > places[0]).tolist():
        if len(later) * len(pieces) > MOST_OVERLAPS:
            return pieces
        odd |= covered(np.array(places), boxes_of(pieces), orders[later], boxes[later])
    return [pieces[place] for place in np.flatnonzero(odd).tolist()]


def covers(items: Sequence[Item], shapes: Shapes) -> tuple[NDArray[np.int64], Floats]:
    """The filled shapes and pictures of a page: when each is drawn, and the box around it."""
    large = (shapes.modes[:, 0] != 0) & ((shapes.boxes[:, 2:] - shapes.boxes[:, :2]).min(axis=1, initial=np.inf) > THIN)
    pictures = [place for place, item in enumerate(items) if item.kind == api.FPDF_PAGEOBJ_IMAGE]
    paths = [place for place, item in enumerate(items) if item.kind == api.FPDF_PAGEOBJ_PATH]
    orders = np.array([*np.array(paths, dtype=int)[large].tolist(), *pictures], dtype=int)
    return orders, np.concatenate([shapes.boxes[large], boxes_of([items[place] for place in pictures])])


def covered(places: NDArray[np.int64], boxes: Floats, orders: NDArray[np.int64], above: Floats) -> NDArray[np.bool_]:
    """Which boxes have one above that is drawn later."""
    found = np.zeros(len(places), dtype=bool)
    for order, box in zip(orders.tolist(), above, strict=True):
        shared = np.minimum(boxes[:, 2:], box[2:]) - np.maximum(boxes[:, :2], box[:2])
        found |= (places < order) & (shared > OVERLAP).all(axis=1)
    return found


def unseen(page: pdfium.PdfPage, pieces: Sequence[Item], boxes: Floats) -> Iterator[int]:
    """Which characters of some pieces of text leave no trace on the page; boxes: left, right, bottom, top of each."""
    before = drawn(page)
    for piece in pieces:
        set_active(piece.handle, False)
    trace = np.abs(before - drawn(page))
    for piece in pieces:
        set_active(piece.handle, True)
    for place, dots in enumerate(on_picture(page, boxes, trace.shape)):
        if trace[dots].max(initial=0) < LEAST_TRACE:
            yield place


def scale_of(page: pdfium.PdfPage) -> float:
    """Dots a point of a drawn page."""
    return float(min(SCALE, MOST_PIXELS / max(page.get_size())))


def drawn(page: pdfium.PdfPage) -> Picture:
    """The page in shades of grey."""
    picture = page.render(scale=scale_of(page), grayscale=True)
    return np.array(picture.to_numpy().reshape(picture.height, picture.width), dtype=np.int16)


def on_picture(page: pdfium.PdfPage, boxes: Floats, shape: tuple[int, ...]) -> Iterator[tuple[slice, slice]]:
    """The dots of a drawn page that boxes on it cover, one at least."""
    (x0, y0), (x1, y1), (x2, y2) = (dot(page, shape, *point) for point in ((0, 0), (1000, 0), (0, 1000)))
    turn = np.array([[x1 - x0, y1 - y0], [x2 - x0, y2 - y0]]) / 1000
    first, last = (boxes[:, [side, side + 2]] @ turn + (x0, y0) for side in (0, 1))
    lows, highs = np.minimum(first, last), np.maximum(first, last)
    lows, highs = np.floor(lows + 0.5).clip(0, 2 * MOST_PIXELS), np.floor(highs + 0.5).clip(0, 2 * MOST_PIXELS)
    for (left, top), (right, low) in zip(lows.astype(int).tolist(), highs.astype(int).tolist(), strict=True):
        yield slice(top, max(low, top + 1)), slice(left, max(right, left + 1))


def dot(page: pdfium.PdfPage, shape: tuple[int, ...], x: int, y: int) -> tuple[int, int]:
    """Where a point of the page is drawn."""
    at = ctypes.c_int(), ctypes.c_int()
    api.FPDF_PageToDevice(page, 0, 0, shape[1], shape[0], 0, x, y, *at)
    return at[0].value, at[1].value


def can_be_drawn(piece: Item) -> bool:
    """Whether PDFium has the font of a piece: hanzi of another leave no trace wherever they stand."""
    return bool(is_embedded(font_of(piece.handle)))
