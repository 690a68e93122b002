"""White, transparent and covered text of a PDF was read: 12 under a white box and 5 typed beside it made 125."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from transforms.model import Refusal
from transforms.read.reader import read

WORDS = "abcdefghijklmnopqrstuvwxyz"
RIGHT = 78.67  # where 5 stands behind a 1 that begins at 72
BOX = (72, 498, 6.6, 12)
Drawing = Callable[[Canvas], None]


def filled(canvas: Canvas, shade: float) -> None:
    """A box over the first digit."""
    canvas.setFillGray(shade)
    canvas.rect(*BOX, stroke=0, fill=1)
    canvas.setFillGray(0)


def pictured(canvas: Canvas, box: tuple[float, float, float, float] = BOX) -> None:
    """A white picture over the first digit, or all that the box covers."""
    canvas.drawImage(ImageReader(Image.new("RGB", (4, 4), (255, 255, 255))), *box)


def one(canvas: Canvas) -> None:
    """The first digit."""
    canvas.drawString(72, 500, "1")


def white(canvas: Canvas) -> None:
    """The first digit in the colour of the paper."""
    canvas.setFillGray(1)
    one(canvas)
    canvas.setFillGray(0)


def clear(canvas: Canvas) -> None:
    """The first digit, transparent."""
    canvas.setFillAlpha(0)
    one(canvas)
    canvas.setFillAlpha(1)


def page(*drawings: Drawing, turn: int = 0) -> bytes:
    """A PDF with words, then these drawings, then a 5 behind the place of the first digit."""
    data = BytesIO()
    canvas = Canvas(data)
    canvas.setPageRotation(turn)
    canvas.drawString(72, 700, WORDS)
    for drawing in drawings:
        drawing(canvas)
    canvas.drawString(RIGHT, 500, "5")
    canvas.save()
    return data.getvalue()


def in_white_box(canvas: Canvas) -> None:
    """A box in the colour of the paper."""
    filled(canvas, 1)


def in_black_box(canvas: Canvas) -> None:
    """A black box."""
    filled(canvas, 0)


UNSEEN = {
    "white": (white,),
    "transparent": (clear,),
    "covered": (one, in_white_box),
    "under a black box": (one, in_black_box),
    "under a picture": (one, pictured),
}
SEEN = {
    "plain": (one,),
    "over a white box": (in_white_box, one),
    "over a picture": (pictured, one),
    "white on black": (in_black_box, white),
}


@pytest.mark.parametrize("drawings", UNSEEN.values(), ids=UNSEEN)
@pytest.mark.parametrize("turn", [0, 90])
def test_what_the_page_does_not_show_is_left_out(drawings, turn):
    document = read(page(*drawings, turn=turn), "a.pdf")
    assert [block.text for block in document.blocks] == [WORDS, "5"]
    assert "invisible_text:1" in document.damage


@pytest.mark.parametrize("drawings", SEEN.values(), ids=SEEN)
@pytest.mark.parametrize("turn", [0, 90])
def test_what_it_shows_is_read(drawings, turn):
    document = read(page(*drawings, turn=turn), "a.pdf")
    assert [block.text for block in document.blocks] == [WORDS, "15"]
    assert not any("invisible" in code for code in document.damage)


def test_text_under_a_picture_of_the_page_makes_no_text_layer():
    with pytest.raises(Refusal, match="no_text_layer"):
        read(page(one, lambda canvas: pictured(canvas, (0, 0, 600, 850))), "a.pdf")


def test_text_in_a_layer_that_is_off_is_left_out():
    data = BytesIO()
    canvas = Canvas(data, pageCompression=0)
    canvas.drawString(72, 700, WORDS)
    canvas._code.append("/OC /Layer BDC")
    one(canvas)
    canvas._code.append("EMC")
    canvas.drawString(RIGHT, 500, "5")
    canvas.save()
    off = b"/OCProperties << /OCGs [99 0 R] /D << /OFF [99 0 R] /Order [99 0 R] >> >> /Type /Catalog"
    made = data.getvalue().replace(b"/Type /Catalog", off)
    made = made.replace(b"/Resources <<", b"/Resources << /Properties << /Layer 99 0 R >>")
    at = made.rfind(b"xref\n", 0, made.rfind(b"startxref"))
    layered = made[:at] + b"99 0 obj\n<< /Type /OCG /Name (old) >>\nendobj\n" + made[at:]
    assert [block.text for block in read(layered, "a.pdf").blocks] == [WORDS, "5"]
