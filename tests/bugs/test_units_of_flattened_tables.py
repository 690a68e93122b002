"""In flattened tables a unit behind its number or in the header was not heard, and 元 became 万元."""

import pytest

from tests.transforms.printing import document, fill, flat, found, proactive_rows, sheet_rows
from transforms.model import State

SHEET = "sheet_2014"
FEE = "request_fees_10k_yuan", ""


def sheet(fees, unit):
    rows = [[label, number, unit] for label, unit, number in sheet_rows(SHEET, fill(SHEET, "sheet"))]
    return [[*row[:1], fees, unit] if FEES in row[0] else row for row in rows]


FEES = "依申请公开信息收取的费用"


@pytest.mark.parametrize("unit", ["元", "人民币元", "￥", "美元"])
@pytest.mark.parametrize("order", ["rows", "stream"])
def test_the_unit_behind_the_number_counts(order, unit):
    readings, notes = found(document(flat(sheet("500", unit), order)), 2016)
    assert readings[FEE].state is State.UNREADABLE
    assert "cell_unreadable" in notes
    assert found(document(flat(sheet("500", "万元"), order)), 2016)[0][FEE].value == 500


@pytest.mark.parametrize("order", ["rows", "stream"])
@pytest.mark.parametrize(
    "header", [["本年收费金额（单位：元）"], ["本年收费金额", "（单位：元）"], ["本年收费金额", "（元）"]]
)
def test_the_unit_in_the_header_counts(header, order):
    rows = proactive_rows("form_2021", fill("form_2021", "proactive"))
    rows = [["信息内容", *header] if "金额" in "".join(row) else row for row in rows]
    readings, notes = found(document(flat(rows, order)))
    assert readings["administrative_fees_10k_yuan", ""].state is State.UNREADABLE
    assert "cell_unreadable" in notes
