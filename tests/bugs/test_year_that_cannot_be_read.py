"""A year that cannot be read counted for nothing: what was said of it was published for the year of the report."""

import pytest

from flows.reading import read_one
from tests.flows.reports import SAMPLES
from transforms.claims import claims
from transforms.model import Paragraph

SAID = "{},我局共收到政府信息公开申请77件。"


def stated(year):
    text = SAID.format(year)
    readings, _ = claims([Paragraph(text, "p0", text)], 2012)
    return [reading.value for reading in readings]


@pytest.mark.parametrize(
    "year",
    ["一一年", "〇二年", "2 011年", "0011年", "20011年", "201O年", "09/10年", "2009/2010年度", "二〇一〇", "2011年"],
)
def test_a_count_of_another_or_no_year_is_not_published(year):
    assert stated(year) == []


@pytest.mark.parametrize("year", ["2012年", "二○一二年", "2012年度", "本年"])
def test_a_count_of_the_year_is(year):
    assert stated(year) == [77]


def test_a_year_with_a_digit_too_many_is_not_the_year_of_the_report():
    text = (SAMPLES / "prose-2012.txt").read_text("utf-8").replace("2012年", "20012年")
    assert read_one(text.encode(), "report.txt").identification.fiscal_year != 2001
