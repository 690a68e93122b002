"""Sheets of 2014 that go on with 重复申请数 and 申请内容不明确数 were held: their sum did not know these rows."""

import pytest

from tests.transforms.printing import found
from tests.transforms.test_reconcile import outcomes, row
from transforms.forms import identities
from transforms.read.html import read_html

ADDED = {"requests_answered_unclear": "9.申请内容不明确数", "requests_answered_duplicate": "10.重复申请数"}


@pytest.mark.parametrize(("added", "total", "outcome"), [(ADDED, 10, "pass"), ((), 8, "pass"), (ADDED, 8, "fail")])
def test_they_count_where_they_are_printed(added, total, outcome):
    parts = [term.metric for term in identities()["B3"].left]
    cells = dict.fromkeys([part for part in parts if part in added or part not in ADDED], 1)
    cells |= {"requests_answered": total}
    rows = [row(metric, "", float(value), form="sheet_2014", section="sheet") for metric, value in cells.items()]
    assert outcomes(rows)["B3", ""] == outcome


def test_they_are_read():
    labels = ["收到申请数", "当面申请数", "申请办结数", "申请答复数", "行政复议数量", "举报投诉数量", *ADDED.values()]
    table = "".join(f"<tr><td>{label}</td><td>{7 * place % 11}</td></tr>" for place, label in enumerate(labels))
    readings, _ = found(read_html(f"<table>{table}</table>"), 2016)
    assert [readings[metric, ""].value for metric in ADDED] == [42 % 11, 49 % 11]
