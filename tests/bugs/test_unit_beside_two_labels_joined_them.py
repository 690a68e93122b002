"""A page that ended between two rows of a sheet made one label of theirs: the unit beside was taken for a label."""

import pytest

from tests.corpus.grids import Box
from tests.corpus.pdf import Style, as_pdf
from transforms.model import Table
from transforms.read.pdf import read_pdf

ROWS = (
    ("指标", "单位", "本年累计"),
    ("主动公开政府信息数如下", "条", "12"),
    ("其中全文电子化的信息数", "条", "7"),
    ("公文类信息数", "条", "3"),
)


@pytest.mark.parametrize("room", range(85, 150, 5))
def test_the_rows_on_both_sides_of_the_break_keep_their_labels(room):
    grid = tuple(tuple(Box(text, key=("m", text) if text.isdigit() else None) for text in row) for row in ROWS)
    style = Style(columns={3: (1, 1, 1.4)}, room=room)
    document = read_pdf(as_pdf(["某县统计表", grid], style))
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row] for table in tables for row in table.rows] == [list(row) for row in ROWS]
