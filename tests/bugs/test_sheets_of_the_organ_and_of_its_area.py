"""A sheet of the whole city stood in a bureau's report and was published as its own; of two sheets, none was."""

import pytest

from flows.reading import read_one

LABELS = ("主动公开信息数", "网上咨询数", "申请总数", "当面申请数", "信函申请数", "行政复议数", "行政诉讼数")
ALL = "宿迁市人民政府", "本报告由市政府办公室根据全市各级行政机关的年度报告汇总编制而成。"
ONE = "宿迁市水务局", "本报告由宿迁市水务局编制。"


def sheet(first):
    rows = [("指标", "数量"), *((name, first + 7 * place % 11) for place, name in enumerate(LABELS))]
    return "<table>" + "".join(f"<tr><td>{name}</td><td>{number}</td></tr>" for name, number in rows) + "</table>"


def read(who, *parts):
    agency, said = who
    title = f"{agency}2012年政府信息公开工作年度报告"
    reading = read_one(f"<h1>{title}</h1><p>{said}</p>{''.join(parts)}".encode(), "a.html")
    values = [one.value for one in reading.readings if one.origin == "table" and one.value is not None]
    return min(values, default=None), {note.code for note in reading.notes}


OWN, AREA = "<p>附表一：市本级政府信息公开指标统计表</p>", "<p>附表二：全市政府信息公开指标统计表</p>"


@pytest.mark.parametrize(("who", "least"), [(ALL, 500), (ONE, 30)])
@pytest.mark.parametrize("turned", [False, True])
def test_of_two_the_one_of_the_report_s_scope_is_read(who, least, turned):
    parts = [OWN + sheet(30), AREA + sheet(500)]
    value, codes = read(who, *(parts[::-1] if turned else parts))
    assert (value, codes & {"table_left_out", "cell_twice"}) == (least, {"table_left_out"})


@pytest.mark.parametrize(("who", "caption"), [(ALL, OWN), (ONE, AREA)])
def test_one_of_another_scope_holds_the_section(who, caption):
    assert "table_of_another_scope" in read(who, caption, sheet(30))[1]


@pytest.mark.parametrize(
    ("who", "caption"),
    [
        (ALL, AREA),
        (ONE, OWN),
        (ALL, "<p>政府信息公开指标统计表</p>"),
        (ONE, "<p>政府信息公开情况汇总表</p>"),
        (ALL, "<p>填报单位：宿迁市人民政府办公室</p>"),
        (ALL, "<p>宿迁市人民政府办公室</p>"),
        (ALL, "<p>三、本机关收到和处理政府信息公开申请情况</p>"),
        (ALL, "<p>市本级及各县区政府信息公开指标统计表</p>"),
    ],
)
def test_one_that_says_nothing_else_is_read(who, caption):
    value, codes = read(who, caption, sheet(30))
    assert (value, codes & {"table_left_out", "table_of_another_scope"}) == (30, set())


def test_a_second_page_goes_with_its_caption():
    rest = sheet(0).replace("主动公开信息数", "咨询电话接听数").replace("网上咨询数", "现场接待人数")
    value, codes = read(ALL, AREA, sheet(500), OWN, sheet(30), "<p>— 3 —</p>", rest)
    assert (value, "cell_twice" in codes) == (500, False)
