"""In a narrow cell 190.0 was broken behind its point: measured in points, the line had room for more."""

from tests.corpus.grids import Box
from tests.corpus.pdf import Style, as_pdf
from transforms.model import Table
from transforms.read.pdf import read_pdf

ROWS = (("一、本年新收政府信息公开申请数量", "190.0", "7.0"), ("（一）予以公开", "921.0", "3.0"))


def test_it_goes_on_in_the_next_line():
    grid = tuple(tuple(Box(text, key=("m", text) if text[0].isdigit() else None) for text in row) for row in ROWS)
    style = Style(columns={3: (16, 1, 1)}, pad=2.5)
    document = read_pdf(as_pdf(["某县统计表", grid], style))
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row] for row in table.rows] == [list(row) for row in ROWS]
