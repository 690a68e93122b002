"""The digits of 12, set a little apart over a ruling, were a 1 in one cell and a 2 in the next."""

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from transforms.read.reader import read

WORDS = "abcdefghijklmnopqrstuvwxyz"


def cells(gap: float) -> list[str]:
    """What is read of two cells with a digit in each, so many points apart."""
    data = BytesIO()
    canvas = Canvas(data)
    canvas.drawString(72, 700, WORDS)
    canvas.grid([72, 150, 228], [490, 520])
    canvas.setFont("Helvetica", 10)
    canvas.drawRightString(150 - gap / 2, 500, "1")
    canvas.drawString(150 + gap / 2, 500, "2")
    canvas.save()
    table = next(block for block in read(data.getvalue(), "a.pdf").blocks if hasattr(block, "rows"))
    return [cell.text for cell in table.rows[0]]


@pytest.mark.parametrize("gap", [0, 1, 1.3, 1.6, 2.5])
def test_who_owns_them_is_unknown(gap):
    assert cells(gap) == ["\ufffd", "\ufffd"]


@pytest.mark.parametrize("gap", [4, 8, 60])
def test_numbers_at_the_sides_of_their_cells_are_two(gap):
    assert cells(gap) == ["1", "2"]
