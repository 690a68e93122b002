"""Four figures of full width, two on each line of a narrow cell, were read as two numbers: a line had to have three."""

from tests.corpus.grids import Box
from tests.corpus.pdf import Style, as_pdf
from transforms.model import Table
from transforms.numbers import read_number
from transforms.read.pdf import read_pdf


def test_the_cell_is_one_number():
    grid = ((Box("行政处罚决定"), Box("３２４８", key=("m", ""))), (Box("行政强制决定"), Box("１", key=("m", ""))))
    document = read_pdf(as_pdf(["某县统计表", grid], Style(columns={2: (14, 1)})))
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert table.rows[0][1].text == "３２４８"
    assert read_number("3248").value == 3248
