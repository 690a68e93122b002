"""Tables of last year, or of a station of the bureau, stood in a report and were published as its own of the year."""

import pytest

from tests.transforms.printing import found
from transforms.read.html import read_html
from transforms.read.text import read_text

TABLE = (
    ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
    ("规章", "0", "0", "0"),
    ("行政规范性文件", "3", "1", "40"),
)
LABELS = ("主动公开政府信息数", "主动公开规范性文件数", "制发规范性文件总数", "收到申请数", "当面申请数", "网络申请数")


def printed(rows):
    return f"<table>{''.join('<tr>' + ''.join(f'<td>{cell}</td>' for cell in row) + '</tr>' for row in rows)}</table>"


def codes_of(page, year=2022):
    return found(read_html(page), year)[1]


@pytest.mark.parametrize(
    ("caption", "code"),
    [
        ("附：上年度数据", "table_of_another_time"),
        ("2021年主动公开政府信息情况", "table_of_another_time"),
        ("附件：局属水文站数据表", "table_of_another_body"),
        ("所属事业单位主动公开情况", "table_of_another_body"),
        ("其中：某某县公安局主动公开政府信息情况", "table_of_another_body"),
        ("（2020—2022年累计）", "table_of_another_time"),
        ("2021年至2022年主动公开政府信息情况", "table_of_another_time"),
    ],
)
def test_a_caption_that_names_another_is_heard(caption, code):
    table = printed(TABLE)
    assert code in codes_of(f"<p>{caption}</p>{table}")
    assert code in codes_of(table.replace("<table>", f"<table><tr><td colspan=4>{caption}</td></tr>"))
    assert code in codes_of(table.replace("<table>", f"<table><tr><td>{caption}</td></tr>"))


@pytest.mark.parametrize(
    "caption",
    [
        "二、主动公开政府信息情况",
        "2022年度主动公开政府信息情况",
        "2023年1月16日",
        "（2022年1月1日至2022年12月31日）",
        "其中：规章和行政规范性文件",
        "政府信息公开工作年度报告格式（2021年修订）",
        "局机关及所属单位主动公开情况",
        "2021年政府信息公开工作年度报告",
        "所属事业单位主动公开信息37条。",
    ],
)
def test_other_lines_say_nothing_of_the_table(caption):
    assert not codes_of(f"<p>{caption}</p>{printed(TABLE)}") & {"table_of_another_time", "table_of_another_body"}


def test_a_year_at_the_head_of_the_column_is_compared_with_that_of_the_report():
    rows = [(name, str(33 + place)) for place, name in enumerate(LABELS)]
    page = printed([("统计指标", "2015年度"), *rows])
    assert "table_of_another_time" in codes_of(page, 2016)
    assert "table_of_another_time" not in codes_of(page, 2015)


def test_the_column_of_last_year_beside_that_of_the_year_is_no_fault():
    rows = [("行政许可", "50", "+2", "12"), ("行政处罚", "1", "0", "3")]
    page = printed([("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"), *rows])
    assert "table_of_another_time" not in codes_of(page, 2019)


@pytest.mark.parametrize("between", [" | ", "\t", "\n"])
def test_so_is_a_caption_in_plain_text(between):
    rows = [("统计指标", "统计数"), *((name, str(33 + place)) for place, name in enumerate(LABELS))]
    text = "\n".join(["政府信息公开情况", "所属水文站数据表", *(between.join(row) for row in rows)])
    assert "table_of_another_body" in found(read_text(text), 2016)[1]
