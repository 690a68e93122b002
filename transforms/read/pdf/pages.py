"""The bytes of a PDF in, its pages out one by one, through PDFium; whatever cannot be read is refused by name."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as api

from transforms.model import Refusal
from transforms.read.pdf.characters import characters
from transforms.read.pdf.ink import Page, Stroke, upright
from transforms.read.pdf.objects import objects
from transforms.read.pdf.seen import doubtful
from transforms.read.pdf.strokes import shapes, strokes
from transforms.read.pdf.struck import kept

MOST_PAGES = 300
MOST_CHARACTERS = 400_000
MOST_OBJECTS = 200_000
Note = Any  # PDFium's own pointer
LAYERS = b"/OCProperties"
TYPED = (api.FPDF_ANNOT_FREETEXT, api.FPDF_ANNOT_WIDGET)
LOCKED = (api.FPDF_ERR_PASSWORD, api.FPDF_ERR_SECURITY)


def pages(data: bytes) -> Iterator[Page]:
    """The pages of a document in order.

    Raises Refusal: `empty_file`, `encrypted`, `broken_container`, `too_many_pages`, `too_many_objects`.
    """
    refuse_cut(data)
    with closing(opened(data)) as document:
        count = len(document)
        if count == 0:
            raise Refusal("empty_file")
        if count > MOST_PAGES:
            raise Refusal("too_many_pages", str(count))
        has_layers = LAYERS in data
        left = [MOST_CHARACTERS, MOST_OBJECTS]
        for place in range(count):
            with closing(loaded(document, place)) as handle:
                items = objects(handle, left[1])
                drawn = shapes(items)
                ink = characters(handle, items, doubtful(items, drawn, has_layers), place + 1, left[0])
                across, down = strokes(drawn, ink.turn)
                left_over = kept(ink.glyphs, (*across, *strikes(handle, ink.turn)))
            left = [left[0] - len(ink.glyphs), left[1] - len(items)]
            has_picture = any(item.kind == api.FPDF_PAGEOBJ_IMAGE for item in items)
            damage = (*ink.damage, *left_over.damage)
            yield Page(place + 1, ink.turn, ink.text, left_over.glyphs, left_over.across, down, has_picture, damage)


def refuse_cut(data: bytes) -> None:
    """Raise Refusal when the file ends before its last part: PDFium would read the rest as if nothing were missing."""
    if data.rfind(b"startxref") < data.rfind(b"endobj"):
        raise Refusal("broken_container", "PDF")


def opened(data: bytes) -> pdfium.PdfDocument:
    """The document; the password is always empty."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise Refusal("encrypted" if error.err_code in LOCKED else "broken_container", "PDF") from error


def loaded(document: pdfium.PdfDocument, place: int) -> pdfium.PdfPage:
    """A page, with what was typed into forms and text boxes made part of it."""
    try:
        page = document[place]
        if not has_typed(page):
            return page
        api.FPDFPage_Flatten(page, api.FLAT_NORMALDISPLAY)
        page.close()
        return document[place]
    except pdfium.PdfiumError as error:
        raise Refusal("broken_container", f"PDF {place + 1}") from error


def has_typed(page: pdfium.PdfPage) -> bool:
    """Whether anything was typed over the page."""
    return any(api.FPDFAnnot_GetSubtype(note) in TYPED for note in notes(page))


def notes(page: pdfium.PdfPage) -> Iterator[Note]:
    """What was put upon the page, one by one."""
    for place in range(api.FPDFPage_GetAnnotCount(page)):
        note = api.FPDFPage_GetAnnot(page, place)
        try:
            yield note
        finally:
            api.FPDFPage_CloseAnnot(note)


def strikes(page: pdfium.PdfPage, turn: int) -> Iterator[Stroke]:
    """The lines by which a reader of the file crossed text out."""
    for note in notes(page):
        if api.FPDFAnnot_GetSubtype(note) != api.FPDF_ANNOT_STRIKEOUT:
            continue
        for place in range(api.FPDFAnnot_CountAttachmentPoints(note)):
            quad = api.FS_QUADPOINTSF()
            api.FPDFAnnot_GetAttachmentPoints(note, place, quad)
            corners = [upright(quad.x1, quad.y1, turn), upright(quad.x4, quad.y4, turn)]
            (left, right), heights = (sorted(side) for side in zip(*corners, strict=True))
            yield Stroke(sum(heights) / 2, left, right)
