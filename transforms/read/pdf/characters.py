"""A page of PDFium in, its visible characters out, upright; what has no known meaning becomes U+FFFD and is counted."""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as api

from transforms.model import Refusal
from transforms.read.pdf.calls import (
    Handle,
    address,
    is_hyphen,
    is_unmapped,
    loose_boxes,
    matrices,
    piece_at,
    render_mode,
    tight_boxes,
)
from transforms.read.pdf.ink import Glyph, upright
from transforms.read.pdf.objects import PLAIN, Item
from transforms.read.pdf.seen import can_be_drawn, unseen

HYPHENS = ("\x02", "\ufffe")  # what PDFium makes of a hyphen at the end of a line
INKLESS = "\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"  # what prints nothing and is no white space
LEAST_INK = 0.1  # points: the box that PDFium gives to white space is thinner
UNKNOWN = "\ufffd"
FIRST_PLAIN, LAST_PLAIN = "\u3001", "\ud7ff"  # hanzi and their punctuation: no white space, nothing private
SAMPLE = 25
INVISIBLE = (api.FPDF_TEXTRENDERMODE_INVISIBLE, api.FPDF_TEXTRENDERMODE_CLIP)
TextPage = Any  # PDFium's own pointer
LEVEL = 0.02  # of a turn: text that leans more is a watermark


class Characters(NamedTuple):
    """The quarter turns of a page's text, the text and its characters in the file's order, and counts of damage."""

    turn: int
    text: str
    glyphs: tuple[Glyph, ...]
    damage: tuple[tuple[str, int], ...]


def characters(
    page: pdfium.PdfPage, items: Sequence[Item], doubted: Sequence[Item], number: int, most: int
) -> Characters:
    """The visible characters of a page and its text; `doubted` is text of which the page must show that it is seen.

    Raises Refusal(`too_many_objects`) when there are more than `most` characters.
    """
    with closing(page.get_textpage()) as opened:
        text_page = opened.raw
        count = api.FPDFText_CountChars(text_page)
        if count > most:
            raise Refusal("too_many_objects", str(count))
        raw = raw_text(text_page, count)
        texts = meanings(text_page, raw)
        printed = [place for place, text in enumerate(texts) if text]
        turn = main_turn(text_page, printed)
        hidden = unread(items, text_page, printed, turn)
        if doubted:
            hidden |= dict.fromkeys(traceless(page, doubted, text_page, texts), "invisible_text")
        seen = [place for place in printed if place not in hidden] if hidden else printed
        glyphs = tuple(placed(text_page, texts, seen, turn, number))
    text = raw.replace("\r", "").replace(HYPHENS[0], "-").replace(HYPHENS[1], "-")
    return Characters(turn, text, glyphs, tuple(damage(glyphs, hidden)))


def raw_text(text_page: TextPage, count: int) -> str:
    """One character for each of the page; at once where the text runs in step with them."""
    buffer = ctypes.create_string_buffer(2 * count + 2)
    taken = api.FPDFText_GetText(text_page, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    text = buffer.raw[: 2 * max(0, taken - 1)].decode("utf-16-le", errors="replace")
    if not len(text) == count == taken - 1:
        codes = (api.FPDFText_GetUnicode(text_page, place) for place in range(count))
        text = "".join(UNKNOWN if 0xD800 <= code <= 0xDFFF else chr(code) for code in codes)
    return text


def meanings(text_page: TextPage, raw: str) -> list[str]:
    """What each character means: empty for white space, U+FFFD for what its font alone knows."""
    at = address(text_page)
    return [
        text if FIRST_PLAIN <= text <= LAST_PLAIN else "" if text in "\r\n" else meaning(at, place, text)
        for place, text in enumerate(raw)
    ]


def meaning(at: Handle, place: int, text: str) -> str:
    """What a character that is no common one means: white space that leaves ink on the page is none."""
    if text in HYPHENS and is_hyphen(at, place):
        return "-"
    if text.isspace() or text < " " or text in INKLESS or text in HYPHENS:
        return UNKNOWN if has_ink(at, place) else ""
    return UNKNOWN if (text < FIRST_PLAIN and is_unmapped(at, place)) or is_private(text) else text


def has_ink(at: Handle, place: int) -> bool:
    """Whether the shape of a character has any size."""
    ((left, right, low, high),) = tight_boxes(at, [place]).tolist()
    return bool(min(right - left, high - low) > LEAST_INK)


def is_private(text: str) -> bool:
    """Whether a character means something in its own font only."""
    return "\ue000" <= text <= "\uf8ff" or text >= "\U000f0000"


def main_turn(text_page: TextPage, printed: Sequence[int]) -> int:
    """The quarter turns that most of the text makes: a wide table is often laid on its side."""
    sample = printed[:: max(1, len(printed) // SAMPLE)]
    turns = Counter(round(angle(text_page, place) * 4) % 4 for place in sample)
    return turns.most_common(1)[0][0] if turns else 0


def angle(text_page: TextPage, place: int) -> float:
    """How a character is turned against the clock, in turns."""
    return -float(api.FPDFText_GetCharAngle(text_page, place)) / math.tau


def unread(items: Sequence[Item], text_page: TextPage, printed: Sequence[int], turn: int) -> dict[int, str]:
    """The characters that no reader of the page reads: invisible ones (a scan's text layer) and slanted ones."""
    if not has_odd_text(items, turn):
        return {}
    odd = {}
    for place in printed:
        lean = (angle(text_page, place) - turn / 4 + 0.5) % 1 - 0.5
        if api.FPDFTextObj_GetTextRenderMode(api.FPDFText_GetTextObject(text_page, place)) in INVISIBLE:
            odd[place] = "invisible_text"
        elif abs(lean) > LEVEL:
            odd[place] = "slanted_text"
    return odd


def traceless(
    page: pdfium.PdfPage, doubted: Sequence[Item], text_page: TextPage, texts: Sequence[str]
) -> Iterator[int]:
    """The characters of doubted text that leave no trace on the page; of fonts that PDFium lacks only ASCII."""
    at = address(text_page)
    owners = {piece.handle: can_be_drawn(piece) for piece in doubted}
    places = [
        place
        for place, text in enumerate(texts)
        if text and (drawn := owners.get(piece_at(at, place))) is not None and (drawn or text.isascii())
    ]
    return map(places.__getitem__, unseen(page, doubted, tight_boxes(at, places)))


def has_odd_text(items: Sequence[Item], turn: int) -> bool:
    """Whether any piece of text is invisible or leans; inside forms it might."""
    pieces = [item for item in items if item.kind == api.FPDF_PAGEOBJ_TEXT]
    handles = [item.handle for item in pieces]
    if any(item.outer is not PLAIN for item in pieces) or not set(INVISIBLE).isdisjoint(map(render_mode, handles)):
        return True
    slopes = abs(matrices(handles)[:, :2])
    along, aside = slopes[:, turn % 2], slopes[:, 1 - turn % 2]
    return bool((aside > LEVEL * along).any())


def placed(text_page: TextPage, texts: Sequence[str], places: Sequence[int], turn: int, number: int) -> Iterator[Glyph]:
    """The characters at some places of the text, with where they stand on the page.

    Raises Refusal(`broken_container`) when a letter or a digit stands nowhere: the number it is of would be another.
    """
    boxes = loose_boxes(address(text_page), places)
    stands = np.isfinite(boxes.sum(axis=1))
    if lost := [texts[place] for place, is_there in zip(places, stands.tolist(), strict=True) if not is_there]:
        refuse_lost("".join(lost), number)
    xs, ys = upright(boxes[:, ::2], boxes[:, 1::2], turn)
    sides = np.stack((xs.min(axis=1), xs.max(axis=1), ys.max(axis=1), np.ptp(ys, axis=1)))
    found = np.flatnonzero(stands)
    printed = map(texts.__getitem__, np.array(places, dtype=int)[found].tolist())
    return map(Glyph._make, zip(printed, *sides[:, found].tolist(), repeat(number), strict=False))


def refuse_lost(text: str, number: int) -> None:
    """Raise Refusal when there is a letter or a digit in the text of a page that stands nowhere on it."""
    if letters := sum(map(str.isalnum, text)):
        raise Refusal("broken_container", f"PDF: p{number}: {letters}")


def damage(glyphs: tuple[Glyph, ...], hidden: dict[int, str]) -> Iterator[tuple[str, int]]:
    """What was not read of the page."""
    unknown = sum(glyph.text == UNKNOWN for glyph in glyphs)
    if unknown:
        yield "unmapped_characters", unknown
    yield from sorted(Counter(hidden.values()).items())
