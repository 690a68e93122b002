"""A sheet saved as CSV under the title of its report: agency and year were unknown, or no table was found at all."""

import pytest

from flows.reading import read_one
from transforms.read.csv import fields

TITLE = "盱眙县水务局2012年政府信息公开工作年度报告"
LABELS = ("主动公开信息数", "网上咨询数", "申请总数", "当面申请数", "信函申请数", "行政复议数", "行政诉讼数")
SHEET = "".join(f"{name},条,{33 + 7 * place % 11}\n" for place, name in enumerate(("指标", *LABELS)) if place)


@pytest.mark.parametrize("title", [TITLE, f"{TITLE},,", f"{TITLE}\n附表：政府信息公开指标统计表", f'"{TITLE}",,'])
def test_its_first_line_names_the_report(title):
    reading = read_one(f"{title}\n指标,单位,数量\n{SHEET}".encode(), "附表.csv")
    assert (reading.identification.agency, reading.identification.fiscal_year) == ("盱眙县水务局", 2012)
    values = [one.value for one in reading.readings if one.value is not None]
    assert values == [33 + 7 * place % 11 for place in range(1, 8)]


@pytest.mark.parametrize("text", ["标题\na,b\n1\n", "标题\n", "a\nb\n"])
def test_a_line_too_short_below_the_first_is_still_no_table(text):
    assert fields(text, "x.csv") is None
