"""A raised 1 behind a 5 (a footnote mark) was read as 51 in tables of web pages; no sum of table 2 could see it."""

import pytest

from transforms.model import Table
from transforms.numbers import read_number
from transforms.read.html import read_html


@pytest.mark.parametrize("mark", ["<sup>1</sup>", "<sub>1</sub>", "<sup><a href='#n1'>1</a></sup>"])
def test_the_cell_is_no_number(mark):
    page = f"<body><table><tr><td>行政处罚<td>5{mark}</tr><tr><td>行政强制<td>7</tr></table></body>"
    (table,) = (block for block in read_html(page).blocks if isinstance(block, Table))
    assert read_number(table.rows[0][1].text) is None
    assert read_number(table.rows[1][1].text).value == 7
