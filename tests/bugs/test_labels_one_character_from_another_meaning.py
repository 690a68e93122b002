"""Rows that localities add, one character away from a row of the form, were taken for it with a slip of the pen."""

import pytest

from transforms.recognise.index import index


@pytest.mark.parametrize(
    ("form", "label"),
    [
        ("sheet_2008", "应主动公开信息数"),
        ("sheet_2008", "拟主动公开信息数"),
        ("sheet_2008", "应收取费用总数"),
        ("sheet_2008", "现场接访人数"),
        ("sheet_2014", "政府公告公开政府信息数"),
        ("sheet_2014", "转发规范性文件总数"),
    ],
)
def test_they_are_rows_of_their_own(form, label):
    assert index(form).row(label) == ()


@pytest.mark.parametrize(
    ("form", "label", "row"),
    [
        ("sheet_2008", "主动公开的信息数", "proactive_items"),
        ("sheet_2014", "制发规范性文件的总数", "normative_documents_issued"),
    ],
)
def test_a_slip_is_still_one(form, label, row):
    assert [declared.key for _, declared in index(form).row(label)] == [row]
