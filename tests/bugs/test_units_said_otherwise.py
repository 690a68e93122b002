"""A unit said above the table, below it, or in other words than `（单位：元）` was not seen: 元 came out as 万元."""

import pytest

from tests.transforms.printing import found
from transforms.read.html import read_html
from transforms.read.text import read_text

FEE = ("administrative_fees_10k_yuan", "")
LICENSING = ("licensing_decisions", "")
ROWS = (
    ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
    ("规章", "0", "0", "0"),
    ("行政规范性文件", "3", "1", "40"),
    ("信息内容", "本年处理决定数量", "", ""),
    ("行政许可", "12", "", ""),
)


def read(header="本年收费金额", fee="5000", above="", below="", unit_row=""):
    rows = (*ROWS, ("信息内容", header, "", ""), ("行政事业性收费", fee, "", ""))
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return found(read_html(f"<p>{above}</p><table>{unit_row}{table}</table><p>{below}</p>"))


OTHERWISE = [
    "（单位：元）①",
    "（单位：元）*",
    "（单位：人民币元）",
    "（以元为单位）",
    "（按元填报）",
    "（元整）",
    "（￥）",
    "（RMB）",
    "（单位：圆）",
    "（角）",
    "（万元/元）",
    "（美元）",
]


@pytest.mark.parametrize("words", OTHERWISE)
def test_a_number_in_another_unit_or_in_one_that_is_not_understood_is_not_read(words):
    readings, codes = read(f"本年收费金额{words}")
    assert readings[FEE].state == "unreadable"
    assert readings[LICENSING].value == 12
    assert "cell_unreadable" in codes


@pytest.mark.parametrize(
    "words", ["（单位：人民币万元）", "（以万元为单位）", "（万元，保留两位小数）", "（单位：万元）①"]
)
def test_the_unit_of_the_form_is_known_in_other_words(words):
    readings, codes = read(f"本年收费金额{words}")
    assert readings[FEE].value == 5000
    assert "cell_unreadable" not in codes


@pytest.mark.parametrize(
    "place",
    [
        {"above": "（金额单位：元）"},
        {"above": "单位：条、件、元"},
        {"above": "单位：千元"},
        {"below": "注：金额单位为元。"},
        {"unit_row": "<tr><td colspan=4>单位：元</td></tr>"},
    ],
)
@pytest.mark.parametrize("header", ["本年收费金额", "本年收费金额（单位：万元）"])
def test_a_unit_said_for_the_whole_table_counts(place, header):
    readings, _ = read(header, **place)
    assert readings[FEE].state == "unreadable"
    assert readings[LICENSING].value == 12
    assert read(header, "0", **place)[0][FEE].value == 0


@pytest.mark.parametrize("above", ["单位：万元", "填报单位：元谋县气象局", "单位：件、元、万元"])
def test_other_lines_above_a_table_take_nothing_away(above):
    readings, codes = read(above=above)
    assert (readings[FEE].value, readings[LICENSING].value) == (5000, 12)
    assert "cell_unreadable" not in codes


def test_a_scale_of_things_is_said_for_the_whole_table():
    readings, _ = read(above="单位：万件")
    assert readings[LICENSING].state == "unreadable"
    assert readings["rules_issued", ""].value == 0


@pytest.mark.parametrize("printed", ["12元", "12人"])
def test_a_sum_of_money_or_of_persons_is_no_number_of_decisions(printed):
    rows = (("信息内容", "本年处理决定数量"), ("行政许可", printed), ("行政处罚", "3"))
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (*ROWS[:3], *rows))
    readings, _ = found(read_html(f"<table>{table}</table>"))
    assert readings[LICENSING].state == "unreadable"
    assert readings["penalty_decisions", ""].value == 3


@pytest.mark.parametrize("unit", ["￥", "RMB", "圆", "元", "千元", "人民币元"])
@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (0, 2, 1)])
def test_any_word_for_a_unit_beside_a_number_is_seen(unit, order):
    lines = [
        ("统计指标", "单位", "统计数"),
        ("主动公开政府信息数", "条", "33"),
        ("主动公开规范性文件数", "条", "2"),
        ("制发规范性文件总数", "件", "2"),
        ("收到申请数", "件", "3"),
        ("当面申请数", "件", "1"),
        ("网络申请数", "件", "2"),
        ("依申请公开信息收取的费用", unit, "500"),
    ]
    table = "".join(f"<tr>{''.join(f'<td>{line[place]}</td>' for place in order)}</tr>" for line in lines)
    readings, codes = found(read_html(f"<table>{table}</table>"))
    assert readings["request_fees_10k_yuan", ""].value is None
    assert readings["requests_received", ""].value == 3
    assert codes & {"cell_unreadable", "local_row"}


@pytest.mark.parametrize("between", [" | ", "\t", "\n"])
@pytest.mark.parametrize("said", ["金额单位：元", "（单位：条、件、元）"])
def test_so_is_a_unit_said_above_a_table_in_plain_text(between, said):
    lines = [
        ("统计指标", "统计数"),
        ("主动公开政府信息数", "33"),
        ("主动公开规范性文件数", "2"),
        ("制发规范性文件总数", "2"),
        ("收到申请数", "3"),
        ("当面申请数", "1"),
        ("网络申请数", "2"),
        ("依申请公开信息收取的费用", "500"),
    ]
    readings, codes = found(read_text("\n".join([said, *map(between.join, lines)])))
    assert readings["request_fees_10k_yuan", ""].state == "unreadable"
    assert readings["requests_received", ""].value == 3
    assert "cell_unreadable" in codes
