"""Digits of a PDF with a line drawn through them were read: 12, crossed out, before 15 was published as 1215."""

from io import BytesIO

import pypdfium2 as pdfium
import pypdfium2.raw as api
import pytest
from reportlab.pdfgen.canvas import Canvas

from transforms.read.reader import read

WORDS = "abcdefghijklmnopqrstuvwxyz"
BASE, RIGHT, AFTER = 500, 85.35, 87  # where 12 at 72 stands, where it ends, where 15 begins
MIDDLE, UNDER = BASE + 3.5, BASE - 1.5


def page(*lines: tuple[float, float, float], turn: int = 0, is_filled: bool = False) -> bytes:
    """A PDF with 12 and 15 side by side, and lines: where they begin, where they end, how high they stand."""
    data = BytesIO()
    canvas = Canvas(data)
    canvas.setPageRotation(turn)
    canvas.drawString(72, 700, WORDS)
    canvas.drawString(72, BASE, "12")
    canvas.drawString(AFTER, BASE, "15")
    for start, end, at in lines:
        if is_filled:
            canvas.rect(start, at - 0.3, end - start, 0.6, stroke=0, fill=1)
        else:
            canvas.line(start, at, end, at)
    canvas.save()
    return data.getvalue()


def annotated(data: bytes) -> bytes:
    """The same, with 12 crossed out by a reader of the file."""
    document = pdfium.PdfDocument(data)
    note = api.FPDFPage_CreateAnnot(document[0], api.FPDF_ANNOT_STRIKEOUT)
    top, low = BASE + 9, BASE - 2
    api.FPDFAnnot_AppendAttachmentPoints(note, api.FS_QUADPOINTSF(72, top, RIGHT, top, 72, low, RIGHT, low))
    api.FPDFPage_CloseAnnot(note)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


CROSSED = {
    "line": page((71, 86, MIDDLE)),
    "thin box": page((71, 86, MIDDLE), is_filled=True),
    "two lines": page((71, 86, MIDDLE - 0.7), (71, 86, MIDDLE + 0.7)),
    "one line a digit": page((72, 78.67, MIDDLE), (78.67, 86, MIDDLE)),
    "annotation": annotated(page()),
    "page on its side": page((71, 86, MIDDLE), turn=90),
}


def texts(data: bytes) -> list[str]:
    """The paragraphs behind the words."""
    return [block.text for block in read(data, "a.pdf").blocks][1:]


@pytest.mark.parametrize("data", CROSSED.values(), ids=CROSSED)
def test_what_is_crossed_out_is_left_out(data):
    assert texts(data) == ["15"]
    assert any(code.startswith("struck_out") for code in read(data, "a.pdf").damage)


@pytest.mark.parametrize("line", [(71, 86, UNDER), (71, 86, BASE + 12), (10, 60, MIDDLE)])
def test_a_line_below_above_or_beside_crosses_nothing_out(line):
    assert texts(page(line)) == texts(page()) == ["1215"]


def test_figures_on_a_ruling_are_unknown():
    document = read(page((20, 300, MIDDLE)), "a.pdf")
    assert [block.text for block in document.blocks][1:] == [4 * "\ufffd"]
    assert "number_crosses_ruling:4" in document.damage
