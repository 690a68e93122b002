"""Tables of a department's own making were passed over without a word: their numbers were gone."""

import pytest

from tests.transforms.printing import found
from transforms.read.html import read_html

OWN = (("申请方式", "同意公开", "不予公开"), ("当面", "8", "2"), ("网络", "5", "1"))
META = (("索引号", "003219876/2022-00007"), ("发布日期", "2022-01-18"), ("发布机构", "某县水务局"))


def page(rows):
    return read_html("<table>" + "".join("<tr><td>" + "<td>".join(row) + "</tr>" for row in rows) + "</table>")


@pytest.mark.parametrize(("rows", "told"), [(OWN, True), (META, False)])
def test_numbers_in_them_are_told_of(rows, told):
    assert ("table_of_no_form" in found(page(rows), 2011)[1]) == told
