"""Whether a report says what it must of processing fees: asked where the section stands, since there are such fees."""

import pytest

from tests.transforms.test_claims import told

HEADED = "五、存在的主要问题\n更新不够及时。\n六、其他需要报告的事项\n"


def noted(text, year):
    return [(note.code, note.place) for note in told(text, year)[1] if note.code == "claim_fees_unstated"]


@pytest.mark.parametrize("ending", ["本年度未收取信息处理费。", "无收费情况。", "依申请提供信息没有产生费用。"])
def test_a_section_that_speaks_of_fees_is_not_noted(ending):
    assert noted(HEADED + ending, 2022) == []


@pytest.mark.parametrize("ending", ["无。", "没有其他需要报告的事项。", ""])
def test_a_section_that_does_not_is_noted_once(ending):
    assert len(noted(HEADED + ending, 2022)) == 1


@pytest.mark.parametrize(("text", "year"), [(HEADED + "无。", 2020), (HEADED + "无。", None), ("更新不够及时。", 2022)])
def test_nothing_is_asked_of_earlier_years_and_of_texts_without_the_section(text, year):
    assert noted(text, year) == []


def test_the_note_stands_at_the_heading():
    assert noted(HEADED + "无。", 2022) == [("claim_fees_unstated", "p2/2-11")]
