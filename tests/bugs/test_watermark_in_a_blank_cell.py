"""A year in large figures behind a table, as a watermark, was the number of the blank cell that it stood in."""

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from transforms.read.reader import read


def cells(size: float, text: str) -> list[str]:
    """What is read of the second column of a table: 12, 34, and a text of this size."""
    data = BytesIO()
    canvas = Canvas(data)
    canvas.grid([72, 250, 428], [400, 460, 490, 520])
    for base, label, value in (
        (500, "first of the rows", "12"),
        (470, "second of the rows", "34"),
        (420, "last row", ""),
    ):
        canvas.setFont("Helvetica", 10)
        canvas.drawString(80, base, label)
        canvas.drawString(300, base, value)
    canvas.setFont("Helvetica", size)
    canvas.drawString(300, 415, text)
    canvas.save()
    table = next(block for block in read(data.getvalue(), "a.pdf").blocks if hasattr(block, "rows"))
    return [row[1].text for row in table.rows]


def test_such_figures_are_unknown():
    assert cells(40, "2023") == ["12", "34", 4 * "\ufffd"]


@pytest.mark.parametrize(("size", "text"), [(10, "2023"), (14, "2023"), (24, "Report 2023")])
def test_figures_like_the_others_and_large_words_are_read(size, text):
    assert cells(size, text) == ["12", "34", text]
