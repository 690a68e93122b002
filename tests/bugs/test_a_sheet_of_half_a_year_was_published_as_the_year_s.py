"""A sheet whose caption says that it is of half a year, of a quarter or of a month was published as the year's."""

import pytest

from tests.transforms.printing import found
from transforms.read.html import read_html
from transforms.read.text import read_text

LABELS = ("主动公开信息数", "网上咨询数", "申请总数", "当面申请数", "信函申请数", "行政复议数", "行政诉讼数")
CODE = "table_of_another_time"


def page(caption, header):
    rows = [("指标", header), *((name, str(33 + place)) for place, name in enumerate(LABELS))]
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<p>{caption}</p><table>{table}</table>"


def codes_of(caption, header="数量", year=2011):
    codes = found(read_html(page(caption, header)), year)[1]
    text = "\n".join([caption, f"指标 | {header} |", *(f"{name} | {33 + at} |" for at, name in enumerate(LABELS))])
    assert (CODE in codes) == (CODE in found(read_text(text), year)[1])
    return codes


@pytest.mark.parametrize(
    "caption",
    [
        "附表：政府信息公开指标统计表（2011年1—6月）",
        "政府信息公开指标统计表（2011年上半年）",
        "统计表（2011年第三季度）",
        "统计时间：2011年1月1日至2011年9月30日",
        "11月份政府信息公开指标统计表",
    ],
)
@pytest.mark.parametrize("header", ["数量", "本年累计"])
def test_a_part_before_december_is_not_the_year(caption, header):
    assert CODE in codes_of(caption, header)


@pytest.mark.parametrize(
    "caption", ["统计表（2011年第四季度）", "统计表（2011年7-12月）", "12月份统计表", "2011年下半年统计表"]
)
def test_the_end_of_the_year_is_not_the_year_unless_its_numbers_run_over_it(caption):
    assert CODE in codes_of(caption)
    assert CODE not in codes_of(caption, "本年累计")


@pytest.mark.parametrize(
    ("caption", "year"),
    [
        ("政府信息公开指标统计表（2008年5月—12月）", 2008),
        ("统计时间：2011年1月1日至2011年12月31日", 2011),
        ("政府信息公开指标统计表（2011年1-12月）", 2011),
        ("2011年12月30日", 2011),
    ],
)
def test_the_whole_year_is(caption, year):
    assert CODE not in codes_of(caption, year=year)
