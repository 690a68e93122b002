"""PDFium's small functions, callable for thousands of objects in a row.

A handle is an address and an address an integer here: ctypes makes no object and checks no type, which takes several
times as long as what PDFium does for one character. Whoever calls must hold the page open.
"""

import ctypes
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as api
from numpy.typing import NDArray

Handle = int
Pointer = Any  # of ctypes
Kind = Any  # of ctypes: what a function takes or gives
Floats = NDArray[np.float64]

ADDRESS, INT = ctypes.c_void_p, ctypes.c_int


def address(pointer: Pointer) -> Handle:
    """Where a pointer of ctypes, or a function of PDFium, leads to."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def direct(function: Pointer, gives: Kind, *takes: Kind) -> Callable[..., Any]:
    """A function of PDFium that takes integers for pointers."""
    return ctypes.PYFUNCTYPE(gives, *takes)(address(function))


object_of_page = direct(api.FPDFPage_GetObject, ADDRESS, ADDRESS, INT)
object_of_form = direct(api.FPDFFormObj_GetObject, ADDRESS, ADDRESS, INT)
count_in_form = direct(api.FPDFFormObj_CountObjects, INT, ADDRESS)
kind_of = direct(api.FPDFPageObj_GetType, INT, ADDRESS)
matrix_to = direct(api.FPDFPageObj_GetMatrix, INT, ADDRESS, ADDRESS)
bounds_to = direct(api.FPDFPageObj_GetBounds, INT, *repeat(ADDRESS, 5))
draw_mode_to = direct(api.FPDFPath_GetDrawMode, INT, *repeat(ADDRESS, 3))
fill_colour_to = direct(api.FPDFPageObj_GetFillColor, INT, *repeat(ADDRESS, 5))
set_active = direct(api.FPDFPageObj_SetIsActive, INT, ADDRESS, INT)
font_of = direct(api.FPDFTextObj_GetFont, ADDRESS, ADDRESS)
is_embedded = direct(api.FPDFFont_GetIsEmbedded, INT, ADDRESS)
piece_at = direct(api.FPDFText_GetTextObject, ADDRESS, ADDRESS, INT)
render_mode = direct(api.FPDFTextObj_GetTextRenderMode, INT, ADDRESS)
count_segments = direct(api.FPDFPath_CountSegments, INT, ADDRESS)
segment_of = direct(api.FPDFPath_GetPathSegment, ADDRESS, ADDRESS, INT)
point_to = direct(api.FPDFPathSegment_GetPoint, INT, *repeat(ADDRESS, 3))
segment_kind = direct(api.FPDFPathSegment_GetType, INT, ADDRESS)
is_closed = direct(api.FPDFPathSegment_GetClose, INT, ADDRESS)
loose_box_to = direct(api.FPDFText_GetLooseCharBox, INT, ADDRESS, INT, ADDRESS)
tight_box_to = direct(api.FPDFText_GetCharBox, INT, ADDRESS, INT, *repeat(ADDRESS, 4))
is_hyphen = direct(api.FPDFText_IsHyphen, INT, ADDRESS, INT)
is_unmapped = direct(api.FPDFText_HasUnicodeMapError, INT, ADDRESS, INT)


def matrices(handles: Sequence[Handle]) -> Floats:
    """The maps of objects, a row of a, b, c, d, e, f each."""
    return written(matrix_to, np.zeros((len(handles), 6), np.float32), 6, handles)


def bounds(handles: Sequence[Handle]) -> Floats:
    """The boxes around objects, a row of left, bottom, right, top each."""
    return written(bounds_to, np.zeros((len(handles), 4), np.float32), 1, handles)


def fill_colours(handles: Sequence[Handle]) -> Floats:
    """The colours that objects are filled with, a row of red, green, blue and how much they cover each, of 255."""
    return written(fill_colour_to, np.zeros((len(handles), 4), np.uint32), 1, handles)


def draw_modes(handles: Sequence[Handle]) -> Floats:
    """How paths are filled, and whether their line is drawn; 0 is not at all."""
    return written(draw_mode_to, np.zeros((len(handles), 2), np.int32), 1, handles)


def points(segments: Sequence[Handle]) -> Floats:
    """Where the segments of a path lead, a row of x and y each."""
    return written(point_to, np.zeros((len(segments), 2), np.float32), 1, segments)


def loose_boxes(text_page: Handle, places: Sequence[int]) -> Floats:
    """The boxes of the characters at some places, a row of left, top, right, bottom each; NaN where there is none."""
    found = np.full((len(places), 4), np.nan, np.float32)
    return written(loose_box_to, found, 4, repeat(text_page), places)


def tight_boxes(text_page: Handle, places: Sequence[int]) -> Floats:
    """The boxes of the shapes of the characters at some places, a row of left, right, bottom, top each."""
    return written(tight_box_to, np.zeros((len(places), 4)), 1, repeat(text_page), places)


def written(function: Callable[..., Any], rows: NDArray[Any], width: int, *taken: Iterable[int]) -> Floats:
    """The rows after a function was called for each, with pointers to its parts of so many numbers."""
    first, size = rows.ctypes.data, rows.itemsize
    starts = range(first, first + rows.shape[1] * size, width * size)
    pointers = (range(start, start + rows.nbytes, rows.shape[1] * size) for start in starts)
    for _ in map(function, *taken, *pointers):
        pass
    return rows.astype(np.float64)
