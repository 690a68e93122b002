"""The bytes of a PDF in, its pages out one by one, through PDFium; whatever cannot be read is refused by name."""

from collections.abc import Iterator
from contextlib import closing

import pypdfium2 as pdfium
import pypdfium2.raw as api

from transforms.model import Refusal
from transforms.read.pdf.characters import characters
from transforms.read.pdf.ink import Page
from transforms.read.pdf.objects import objects
from transforms.read.pdf.seen import doubtful
from transforms.read.pdf.strokes import shapes, strokes

MOST_PAGES = 300
MOST_CHARACTERS = 400_000
MOST_OBJECTS = 200_000
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
            left = [left[0] - len(ink.glyphs), left[1] - len(items)]
            has_picture = any(item.kind == api.FPDF_PAGEOBJ_IMAGE for item in items)
            yield Page(place + 1, ink.turn, ink.text, ink.glyphs, across, down, has_picture, ink.damage)


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
    for place in range(api.FPDFPage_GetAnnotCount(page)):
        note = api.FPDFPage_GetAnnot(page, place)
        kind = api.FPDFAnnot_GetSubtype(note)
        api.FPDFPage_CloseAnnot(note)
        if kind in TYPED:
            return True
    return False
