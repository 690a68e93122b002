"""Sheets of 2008 that count 信息不存在数 and the like among the denials were held: their sum counted these twice."""

import pytest

from tests.transforms.test_reconcile import outcomes, row

ANSWERS = {
    "requests_answered_granted": 11,
    "requests_answered_partly_granted": 1,
    "requests_answered_not_government_information": 0,
    "requests_answered_nonexistent": 2,
    "requests_answered_not_held": 3,
    "requests_answered_unclear": 1,
    "requests_answered_duplicate": 0,
    "requests_answered_denied": 8,
}


@pytest.mark.parametrize(("total", "outcome"), [(20, "pass"), (26, "pass"), (21, "fail"), (23, "fail")])
def test_both_ways_of_counting_them_hold_and_no_other(total, outcome):
    cells = ANSWERS | {"requests_answered": total}
    rows = [row(metric, "", float(value), form="sheet_2008", section="sheet") for metric, value in cells.items()]
    assert outcomes(rows)["A19", ""] == outcome
