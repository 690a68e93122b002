"""Pictures of pages (PNG, JPEG, TIFF, GIF) in, a Document out, where the extra `gongkai[ocr]` is installed.

Ruling lines are found by morphology, words by rapidocr, whose models are inside its wheel. Nothing recognised is sure:
see transforms/read/scanned.py.
"""

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import Any

import numpy as np

from transforms.model import Document, Refusal
from transforms.read.scanned import Box, Ruled, Scan, Word, read_scans

PICTURES = {
    b"\x89PNG\r\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
}
MOST_PIXELS = 40_000_000  # A3 at 400 dpi
DARK = 160
LEAST_RULE = 40  # pixels; strokes of hanzi are shorter
LEAST_SIDE = 14
MARGIN = 5
INKED = 12  # dark pixels inside a cell; a dot of dust has fewer

Picture = Any  # an array of grey values, height × width


def read_image(data: bytes) -> Document:
    """Read one picture. Raises Refusal `needs_ocr`, `broken_container`, `decompression_bomb`, `empty_file`."""
    return read_pictures([data], next((name for magic, name in PICTURES.items() if data.startswith(magic)), ""))


def read_pictures(pictures: Sequence[bytes], kind: str) -> Document:
    """Read the pages of one document, best rendered at 200 dpi; `kind` is what the file is called in a refusal."""
    if find_spec("rapidocr") is None or find_spec("cv2") is None:
        raise Refusal("needs_ocr", kind)
    return read_scans([scanned(decoded(picture, kind)) for picture in pictures])


def decoded(data: bytes, kind: str) -> Picture:
    """The grey values of a picture; its size is known before it is unpacked."""
    cv2, pil = import_module("cv2"), import_module("PIL.Image")
    try:
        with pil.open(BytesIO(data)) as image:
            width, height = image.size
    except (OSError, ValueError, SyntaxError, pil.DecompressionBombError) as error:
        raise Refusal("broken_container", f"{kind}: {error}") from error
    if width * height > MOST_PIXELS:
        raise Refusal("decompression_bomb", f"{kind}: {width:,} × {height:,}")
    grey = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    if grey is None:
        raise Refusal("broken_container", kind)
    return grey


@cache
def engine() -> Callable[..., Any]:
    """The recogniser, one thread: two gain nothing (measurements.md §7)."""
    options = {"Global.log_level": "critical", "EngineConfig.onnxruntime.intra_op_num_threads": 1}
    recogniser: Callable[..., Any] = import_module("rapidocr").RapidOCR(params=options)
    return recogniser


def scanned(grey: Picture) -> Scan:
    """The words and ruled cells of one page."""
    cv2 = import_module("cv2")
    # All three switches each time: the engine remembers those of the call before.
    found = engine()(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=True, use_rec=True)
    boxes = [] if found.boxes is None else found.boxes
    words = [
        Word(text, Box(*map(float, (*box.min(axis=0), *box.max(axis=0)))), float(score))
        for box, text, score in zip(boxes, found.txts or (), found.scores or (), strict=True)
    ]
    return Scan(tuple(words), tuple(ruled_tables(grey)))


def rules(grey: Picture) -> Picture:
    """The horizontal and vertical ruling lines, white on black."""
    cv2 = import_module("cv2")
    dark = (grey < DARK).astype(np.uint8) * 255
    flat = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (LEAST_RULE, 1)))
    upright = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (1, LEAST_RULE)))
    return cv2.dilate(flat | upright, np.ones((3, 3), np.uint8))


def ruled_tables(grey: Picture) -> list[tuple[Ruled, ...]]:
    """The cells of each table: closed white areas between ruling lines that hang together."""
    cv2 = import_module("cv2")
    lines = rules(grey)
    count, _, tables, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    _, _, areas, _ = cv2.connectedComponentsWithStats(255 - lines, connectivity=4)
    cells = [cell for cell in (ruled(grey, *map(int, area[:4])) for area in areas[1:]) if cell is not None]
    found = []
    for left, top, wide, high, _ in tables[1:count].tolist():
        own = [cell for cell in cells if holds((left, top, left + wide, top + high), cell.box)]
        if len(own) > 1:
            found.append(tuple(own))
    return found


def holds(outer: tuple[int, int, int, int], box: Box) -> bool:
    """Whether a box lies within another."""
    return outer[0] <= box.left and outer[1] <= box.top and box.right <= outer[2] and box.bottom <= outer[3]


def ruled(grey: Picture, left: int, top: int, wide: int, high: int) -> Ruled | None:
    """A white area as a cell; None for the paper around the tables and for slivers."""
    touches = left == 0 or top == 0 or left + wide == grey.shape[1] or top + high == grey.shape[0]
    if touches or min(wide, high) < LEAST_SIDE:
        return None
    inner = grey[top + MARGIN : top + high - MARGIN, left + MARGIN : left + wide - MARGIN]
    return Ruled(Box(left, top, left + wide, top + high), int((inner < DARK).sum()) >= INKED)
