"""An index such as ² or 1 with five thousand zeros is no number: the whole workbook was lost, `reader_failed`."""

import pytest

from tests.hostile.cases import book
from tests.transforms.read.test_xlsx import tables
from transforms.read.xlsx import read_xlsx

ROWS = '<row r="{}"><c t="s" s="{}"><v>{}</v></c><c><v>7</v></c></row><row><c><v>8</v></c><c><v>9</v></c></row>'
COLUMNS = '<cols><col min="{}" max="{}" hidden="1"/></cols>'


@pytest.mark.parametrize("index", ["\u00b2", "\u0663", "-1", "1" + "0" * 5_000, ""])
def test_the_others_are_read(index):
    (rows,) = tables(read_xlsx(book(ROWS.format(index, index, index), COLUMNS.format(index, index))))
    assert [row[1] for row in rows] == ["7", "9"]
    assert rows[0][0] in ("\ufffd", "")  # a text that cannot be found, or none at all
