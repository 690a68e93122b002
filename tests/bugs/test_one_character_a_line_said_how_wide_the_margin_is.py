"""A label set one character a line in a column too narrow for it made all cells seem to have room for one figure more.

So a number that was broken in two for want of room, in another column of the same page, was read as two.
"""

from tests.corpus.form import fill
from tests.corpus.grids import grids
from tests.corpus.pdf import Style, as_pdf
from transforms.model import Table
from transforms.read.pdf import read_pdf


def test_the_broken_number_is_one():
    grid = grids(fill(9).cells, {("requests_granted", "natural_person"): "１２５"})[1]
    document = read_pdf(as_pdf(["某县统计表", grid], Style()))
    texts = {cell.text for block in document.blocks if isinstance(block, Table) for row in block.rows for cell in row}
    assert "１２５" in texts
