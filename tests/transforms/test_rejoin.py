"""Lines broken at a fixed width become paragraphs again, with every character still at its place in the text."""

import re

import pytest

from flows.reading import read_one
from tests.corpus.cases import case
from tests.corpus.texts import as_text
from transforms.model import Document, Paragraph
from transforms.rejoin import rejoined

PROSE = (
    "一、总体情况",
    "门户网站发布政府信息1647条，政务微信发布信息485条，发布政策解读33篇，均由专人复核后上网，过期的栏目及时清理。",
    "二、存在的问题",
    "个别栏目更新不够及时，答复文书不够规范，解读形式单一，图解和短视频偏少，下一步明确栏目责任人并统一文书样式。",
)


def document(lines):
    text = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:at]) for at in range(len(lines))]
    return Document(
        tuple(Paragraph(line, f"c{at}", line) for at, line in zip(starts, lines, strict=True)), text, "text"
    )


@pytest.mark.parametrize("width", range(15, 30))
def test_broken_lines_are_made_whole(width):
    broken = document([piece for line in PROSE for piece in re.findall(f".{{1,{width}}}", line)])
    assert tuple(block.plain for block in rejoined(broken).blocks) == PROSE


def test_a_page_mark_between_two_lines_is_passed_over():
    pieces = re.findall(".{1,20}", PROSE[1])
    whole = rejoined(document([*pieces[:2], "- 4 -", *pieces[2:]]))
    assert [block.plain for block in whole.blocks] == [PROSE[1]]


def test_a_rejoined_number_is_found_where_it_is_printed():
    broken = document(re.findall(".{1,20}", PROSE[1]))
    (line,) = rejoined(broken).blocks
    start = line.plain.index("485条")
    first, last = map(int, line.locate(start, start + 4).removeprefix("c").split("-"))
    assert broken.text[first:last].replace("\n", "") == "485条"


def test_a_title_as_long_as_the_lines_stays_alone():
    title = "某某县农业农村局2023年政府信息公开报告"
    broken = document([title, *re.findall(f".{{1,{len(title)}}}", PROSE[1])])
    assert [block.plain for block in rejoined(broken).blocks] == [title, PROSE[1]]


def test_text_that_was_not_broken_stays_as_it_is():
    whole = document((*PROSE, "某局2023年政府信息公开工作年度报告", "联系电话"))
    assert rejoined(whole) is whole


@pytest.mark.parametrize("number", [1310, 1373])
def test_a_quantity_cut_in_two_is_no_other_quantity(number):
    """政务微信 / 发布信息485条 was published as all information of the year, 信息处理 / 费90元 as another fee."""
    one = case(number, 0).paper
    found = read_one(as_text(one, "A13").encode(), "a.txt").readings
    stated = {(claim.metric, claim.value) for claim in one.claims}
    assert {(item.metric, item.value) for item in found if item.origin == "prose" and not item.item} <= stated
