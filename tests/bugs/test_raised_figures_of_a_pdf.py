"""A raised mark behind a number of a PDF joined it: 5 with a footnote's 1, a little smaller and higher, was 51."""

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from transforms.numbers import read_number
from transforms.read.reader import read

WORDS = "abcdefghijklmnopqrstuvwxyz"
SIZE, RIGHT = 10.5, 77.84  # where a 5 that begins at 72 ends


def text(size: float, up: float) -> str:
    """What is read of a 5 with a 1 behind it, set in another size and higher by so many points."""
    data = BytesIO()
    canvas = Canvas(data)
    canvas.drawString(72, 700, WORDS)
    canvas.setFont("Helvetica", SIZE)
    canvas.drawString(72, 500, "5")
    canvas.setFont("Helvetica", size)
    canvas.drawString(RIGHT, 500 + up, "1")
    canvas.save()
    return read(data.getvalue(), "a.pdf").blocks[1].text


@pytest.mark.parametrize(("size", "up"), [(8, 2), (8, 0), (7, 2), (SIZE, 3), (SIZE, -2)])
def test_a_mark_is_no_part_of_the_number(size, up):
    assert text(size, up) == "5^1"
    assert read_number(text(size, up)) is None or read_number(text(size, up)).kind == "unreadable"


@pytest.mark.parametrize(("size", "up"), [(SIZE, 0), (10, 0), (SIZE, 0.5)])
def test_a_digit_set_a_little_otherwise_is(size, up):
    assert text(size, up) == "51"
