"""Numbers of documents gave titles a second year; months of 2008 were half a year; drafts, odd dates and indices."""

import pytest

from tests.transforms.test_identify import codes, identified
from transforms.genre.titles import genre_of

WHO, TITLE = "海盐县民政局", "2022年政府信息公开工作年度报告"
TEXT = "统计期限自2022年1月1日起。\n一、概述\n无。"


@pytest.mark.parametrize("before", ["盐民〔2023〕3号 ", "盐民发[2023]12号", "【年度报告】", "【公告】"])
def test_what_stands_before_a_title(before):
    result = identified(f"{before}{WHO}{TITLE}\n{TEXT}")
    assert (result.agency, result.fiscal_year) == (WHO, 2022)


@pytest.mark.parametrize("time", ["2022年1月-12月", "2022年1-12月", "2022年度(2022.1.1-2022.12.31)"])
def test_the_time_in_a_title_is_no_part_of_the_name(time):
    result = identified(f"{WHO}{time}政府信息公开工作年度报告\n{TEXT}")
    assert (result.agency, result.fiscal_year) == (WHO, 2022)


@pytest.mark.parametrize("months", ["2008年5月-12月", "2008年5月份至12月", "2022年1月-12月", "2022年1-12月"])
def test_months_that_are_a_year(months):
    assert genre_of(f"{WHO}{months}政府信息公开工作年度报告") is None


@pytest.mark.parametrize("months", ["2022年1月-6月", "2022年12月", "2022年6月", "2022年1月至11月", "2022年1-6月"])
def test_months_that_are_none(months):
    genre = genre_of(f"{WHO}{months}政府信息公开工作报告")
    assert genre is not None
    assert genre.code == "not_a_report_statistics"


@pytest.mark.parametrize("draft", ["(征求意见稿)", "(送审稿)", "代拟稿"])
def test_drafts(draft):
    genre = genre_of(f"{WHO}{TITLE}{draft}")
    assert genre is not None
    assert genre.code == "not_a_report_draft"


@pytest.mark.parametrize(("day", "date"), [("2023-02-30", ""), ("2023-02-28", "2023-02-28"), ("2023-04-31", "")])
def test_days_that_no_month_has(day, date):
    assert identified(f"{WHO}{TITLE}\n{TEXT}", f"发布日期:{day}").published_on == date


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("330424 / 2023 - 00012", "330424/2023-00012"),
        ("330424/2023-00012 主题词", "330424/2023-00012"),
        ("330424盐民1", ""),
    ],
)
def test_an_index_number_is_whole_or_none(printed, number):
    assert identified(f"{WHO}{TITLE}\n{TEXT}", f"索引号:{printed}").index_number == number


def test_a_place_that_only_the_text_names_is_noted():
    result = identified(f"城关镇人民政府{TITLE}\n赴平利县考察。平利县给予支持。\n{TEXT}")
    assert (result.region_code, "region_spoken" in codes(result)) == ("610926", True)


@pytest.mark.parametrize("cover", [f"{WHO}\n2022年度\n", f"2022年\n{WHO}\n", f"{WHO}\n二〇二二年\n"])
def test_a_title_in_three_lines(cover):
    result = identified(f"{cover}政府信息公开工作年度报告\n一、概述\n无。")
    assert (result.agency, result.fiscal_year) == (WHO, 2022)
