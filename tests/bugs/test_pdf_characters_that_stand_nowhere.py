"""A PDF with characters whose place is no number ended in an error of ours; left out, they would change a number."""

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from transforms.model import Refusal
from transforms.read.reader import read

PLACE, NOWHERE = "123.5", "1" + 49 * "9" + ".5"


def page(*words):
    """A PDF that prints words at the places given with them."""
    data = BytesIO()
    canvas = Canvas(data, pageCompression=0)
    for text, x, y in words:
        canvas.drawString(x, y, text)
    canvas.save()
    return data.getvalue().replace(PLACE.encode(), NOWHERE.encode())


def test_a_file_with_such_a_digit_is_refused_by_name():
    with pytest.raises(Refusal, match="broken_container"):
        read(page(("12", float(PLACE), 700), ("345", 72, 500), ("67", 72, 480)), "a.pdf")


def test_text_off_the_page_is_no_reason():
    with pytest.raises(Refusal, match="no_text_layer"):  # too little text, which is all that is wrong with it
        read(page(("12", 2000, 700), ("345", 72, 500)), "a.pdf")
