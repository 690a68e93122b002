"""Beside a header that no form knows (`2016年1-12月`, `更正后统计数`) a sheet's known one won, whatever it headed."""

import pytest

from tests.transforms.printing import document, fill, flat, found, sheet_rows
from transforms.model import State


@pytest.mark.parametrize("order", ["rows", "stream"])
@pytest.mark.parametrize("names", [("2015年度", "2016年1-12月"), ("统计数", "更正后统计数"), ("核定数", "统计数")])
def test_neither_number_is_taken(names, order):
    head, *rows = sheet_rows("sheet_2014", fill("sheet_2014", "sheet"))
    rows = [[*head[:-1], *names], *([label, unit, "66", number] for label, unit, number in rows)]
    readings, notes = found(document(flat(rows, order)), 2016)
    assert readings["proactive_items", ""].state is State.UNPLACED
    assert not [item for item in readings.values() if item.value is not None]
    assert "numbers_unplaced" in notes
