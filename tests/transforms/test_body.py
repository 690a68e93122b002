"""What is set aside as chrome, what never is, and when a second copy is dropped."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.body import body
from transforms.model import Block, Cell, Document, Paragraph, Table
from transforms.read.reader import read

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
ARTICLE = [
    f"{number}、本机关第{number}项工作按照要求开展，制度健全，流程规范，" + "群众满意，" * 6 for number in "一二三四五"
]


def document(*lines: str | Table) -> Document:
    blocks: list[Block] = [
        line if isinstance(line, Table) else Paragraph(line, f"p{place}", line) for place, line in enumerate(lines)
    ]
    return Document(tuple(blocks), "", "html")


def table(*numbers: str, at: str = "t0") -> Table:
    rows = [("规章", *numbers), ("行政许可", *numbers), ("行政处罚", *numbers)]
    return Table(tuple(tuple(Cell(text, at, text) for text in row) for row in rows), at)


@pytest.mark.parametrize(
    "line",
    [
        "您当前的位置：首页 > 政府信息公开 > 年度报告",
        "首页>政务公开>年报",
        "【打印本页】【关闭窗口】",
        "字体：[大 中 小]",
        "浏览次数：1024",
        "发布日期：2024-01-20 来源：办公室 浏览次数：",
        "索引号：01234567X/2024-00021",
        "主办：某县人民政府 承办：某县大数据中心",
        "某县人民政府主办 网站标识码1234567890",
        "浙ICP备12345678号-1",
        "上一篇：没有了",
        "分享到： 微信 微博",
        "年度报告.pdf",
        "* * *",
    ],
)
def test_chrome_is_set_aside_and_kept(line: str) -> None:
    kept, aside = body(document("某局年度报告", line))
    assert [block.text for block in aside] == [line]
    assert len(kept.blocks) == 1


@pytest.mark.parametrize(
    "line",
    [
        "某局2023年政府信息公开工作年度报告",
        "一、总体情况",
        "二、主动公开政府信息情况",
        "公开方式：网站公开30条",
        "微信公众号发布信息20条",
        "访问量：全年120万人次。",
        "0",
        "12 35",
        "无",
        "2024年1月20日",
        "来源：全年收到网络申请3件",
    ],
)
def test_what_the_report_says_stays(line: str) -> None:
    kept, aside = body(document(line))
    assert not aside and len(kept.blocks) == 1


def test_a_value_goes_with_the_label_on_the_line_before_it() -> None:
    kept, aside = body(document("索引号", "01234567X/2024-00021", "发布机构", "发布日期", "2024-01-20", "全文"))
    assert len(aside) == 5 and [block.at for block in kept.blocks] == ["p5"]


def test_a_body_printed_twice_is_counted_once() -> None:
    numbers = table("1", "2", "3", "4")
    kept, _ = body(document("题", *ARTICLE, numbers, "浏览次数：1", "题", *(f" {line} " for line in ARTICLE), numbers))
    assert [block.at for block in kept.blocks] == ["p0", "p1", "p2", "p3", "p4", "p5", "t0"]
    assert kept.damage == ("body_printed_twice",)


def test_copies_that_differ_in_a_number_both_stay() -> None:
    first, second = table("1", "2", "3", "4"), table("1", "2", "3", "5")
    kept, _ = body(document(first, second))
    assert kept.blocks == (first, second) and kept.damage == ()
    said = "全年公开信息12条。" + "工作有序开展，" * 40
    kept, _ = body(document(said, said.replace("12", "13")))
    assert len(kept.blocks) == 2


@pytest.mark.parametrize("lines", [["无", "无"], ["一、甲", "二、乙", "三、丙"] * 2, ["短句。"] * 40])
def test_short_repeats_are_no_second_copy(lines: list[str]) -> None:
    kept, _ = body(document(*lines))
    assert kept.damage == () and len(kept.blocks) == len(lines)


MENU = ["首页", "走进本地", "新闻", "教育局", "民政局", "财政局", "水利局", "司法局", "公开指南", "公开制度"]


def test_a_long_menu_is_set_aside_but_for_its_ends() -> None:
    page = document(*MENU, "某局政府信息公开年度报告", "总体情况")
    kept, aside = body(page)
    assert [block.text for block in aside] == ["首页", *MENU[2:-3]]
    assert [block.at for block in kept.blocks] == ["p1", "p7", "p8", "p9", "p10", "p11"]
    assert body(replace(page, format="text"))[1] == aside[:1]  # a text may print a cell a line


@pytest.mark.parametrize(
    "line",
    ["2023年", "规章", "自然人", "商业企业", "无行政复议", "收到一件", "主动公开情况", "未收费", "总计", "全年公开。"],
)
def test_what_a_report_may_say_is_no_item_of_a_menu(line: str) -> None:
    kept, _ = body(document(*MENU[1:] * 2, line, *MENU[1:] * 2))
    assert line in [block.text for block in kept.blocks if isinstance(block, Paragraph)]


@given(st.lists(st.sampled_from([*MENU, "共1件", "3", "〇", "无", "２０件", "十五条"]), max_size=40))
def test_no_number_is_set_aside_with_a_menu(lines: list[str]) -> None:
    _, aside = body(document(*lines))
    assert not [block for block in aside if re.search(r"\d|[一二三四五六七八九十〇无]", block.text)]


def test_words_of_chrome_without_end_take_no_time() -> None:
    kept, _ = body(document("打印本页" * 29 + "尾", "甲>" * 50 + "。"))
    assert len(kept.blocks) == 2


@pytest.mark.skipif(not SEEDS.exists(), reason="the real reports in ../shared/seeds are not here")
def test_the_real_report_that_is_printed_twice() -> None:
    (path,) = SEEDS.glob("001_*.txt")
    kept, aside = body(read(path.read_bytes(), path.name))
    said = "".join(block.text for block in kept.blocks if isinstance(block, Paragraph))
    assert said.count("24条") == said.count("33条") == 1
    assert any("743494793" in block.text for block in aside)
