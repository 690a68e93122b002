"""A rule for bodies that had none of something (those that repealed none shall say so) stated nought; so did a denial
of a denial.
"""

import pytest

from transforms.claims import claims
from transforms.model import Paragraph


def values(text):
    readings, _ = claims([Paragraph(text, "p0", text)], 2022)
    return [reading.value for reading in readings]


@pytest.mark.parametrize(
    "text", ["未废止规范性文件的,应当及时说明情况。", "没有发生行政复议的,填0。", "没有发生行政复议的，不再另行报告。"]
)
def test_a_supposed_case_states_nothing(text):
    assert values(text) == []


@pytest.mark.parametrize(
    "text", ["未废止规范性文件。", "没有发生行政复议,工作平稳。", "没有发生行政复议的情况,工作平稳。"]
)
def test_a_case_that_was_not_is_stated(text):
    assert values(text) == [0]


def test_that_there_is_no_case_of_none_states_nothing():
    assert values("不存在未收到申请的情况。") == []
