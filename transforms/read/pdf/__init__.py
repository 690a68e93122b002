"""The bytes of a PDF in, a Document out: ruled tables by geometry, over page breaks, and paragraphs between them.

Locators are `p3`, and `t1/r2/c3` in the expanded grid; `source_places` finds them again on the page.
"""

from collections.abc import Callable
from functools import partial

from transforms.model import Document

Box = tuple[float, float, float, float]

# PDFium is loaded by those who read a PDF: it would double the start of every reader process.


def read_pdf(data: bytes) -> Document:
    """Read a document with a text layer.

    Raises Refusal: `no_text_layer`, `encrypted`, `broken_container`, `empty_file`, `too_many_pages`,
    `too_many_objects`, `too_many_cells`.
    """
    from transforms.read.pdf.pages import pages
    from transforms.read.pdf.reading import document

    return document(list(pages(data)))[0]


def source_places(data: bytes) -> Callable[[str], tuple[int, Box]]:
    """From a locator to the page (from 1) and the box on it, (left, bottom, right, top) in points, that print it.

    A locator is `t4/r7/c3`, `p12` or `p12/34-38`; of what goes over a page break the first part is shown. Coordinates
    are those of the page before it is turned. Raises Refusal as `read_pdf`; what it gives raises LookupError when
    nothing is printed there.
    """
    from transforms.read.pdf.pages import pages
    from transforms.read.pdf.reading import document, place

    found = list(pages(data))
    return partial(place, found, document(found)[1])
