"""The mark of a page between the lines of a table cut it in two, and the rows below lost their header."""

from transforms.model import Table
from transforms.read.text import read_text

LINES = ("信息内容 | 本年制发件数 | 现行有效件数 |", "规章 | 1 | 2 |", "行政许可 | 3 | 4 |")


def test_the_table_goes_on_after_the_mark():
    document = read_text("\n".join((LINES[0], LINES[1], "- 4 -", LINES[2])))
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert [[cell.text for cell in row] for row in table.rows][-1] == ["行政许可", "3", "4"]
