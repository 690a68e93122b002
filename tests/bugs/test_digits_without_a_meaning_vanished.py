"""Digits whose font gives their codes no meaning, or a blank one, vanished: a cell with 34 was blank, with 30 a 3."""

from io import BytesIO

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfgen.canvas import Canvas

from tests.corpus import fonts
from tests.corpus.pdf import FONT
from transforms.read.reader import read

PRINTED = "abcdefghijklmnopqrst30uv34xyz"
LEFT_OUT = {"none": None, "zero": 0, "hyphen": 2, "space": 0x20, "no width": 0x200B, "private": 0xF033}


class Partial(fonts.Subset):
    """A face whose map of meanings gives the digit 3 another meaning than its own, or none."""

    def __init__(self, code: int | None) -> None:
        super().__init__(FONT, PRINTED)
        self.name = self.fontName = f"PARTIAL{code}"
        self.code = code

    def stream(self, doc: PDFDocument, name: str, content: bytes) -> object:
        """The map without the digit, any other part as it is."""
        if name == "meanings":
            kept = {character: number for character, number in self.glyphs.items() if character != "3"}
            content = fonts.meanings(kept | ({} if self.code is None else {chr(self.code): self.glyphs["3"]}))
        return super().stream(doc, name, content)


def page(code: int | None) -> bytes:
    """A PDF that prints the text in such a font."""
    font, data = Partial(code), BytesIO()
    pdfmetrics.registerFont(font)
    canvas = Canvas(data)
    canvas.setFont(font.fontName, 12)
    canvas.drawString(72, 700, PRINTED)
    canvas.save()
    return data.getvalue()


@pytest.mark.parametrize("code", LEFT_OUT.values(), ids=LEFT_OUT)
def test_such_a_digit_is_there_and_unknown(code):
    document = read(page(code), "a.pdf")
    assert [block.text for block in document.blocks] == [PRINTED.replace("3", "\ufffd")]
    assert "unmapped_characters:2" in document.damage


def test_a_font_that_means_what_it_prints_is_read():
    document = read(page(ord("3")), "a.pdf")
    assert [block.text for block in document.blocks] == [PRINTED]
    assert document.damage == ()
