"""Years named only by a title printed too early or a period left over from last year; half years were years."""

import pytest

from tests.transforms.test_identify import codes, identified

WHO = "海盐县民政局"
REPORT = "政府信息公开工作年度报告"


def read(title: str, text: str, published: str) -> tuple[int | None, set[str]]:
    result = identified(f"{WHO}{title}\n{text}\n一、概述\n无。", f"发布日期:{published}")
    return result.fiscal_year, {code for code in codes(result) if code.startswith(("year", "period"))}


@pytest.mark.parametrize(
    ("title", "text", "published"),
    [
        (f"2023年{REPORT}", "2022年,收到8件。2023年将努力。", "2023-01-19"),
        (f"2025年{REPORT}", "统计期限自2025年1月1日起至2025年12月31日止。", "2023-01-19"),
        (f"2016年{REPORT}", "统计期限自2008年5月1日起至2016年12月31日止。", "2017-01-19"),
        (REPORT, "统计期限自2022年1月1日起至12月31日止。2023年做甲。2023年做乙。2023年做丙。", "2024-01-19"),
    ],
)
def test_a_year_that_another_place_disputes(title, text, published):
    assert read(title, text, published) == (None, {"year_conflict"})


@pytest.mark.parametrize("published", ["2023-12-19", "2023-11-19", "2024-01-19"])
def test_a_year_that_the_text_speaks_of(published):
    assert read(f"2023年{REPORT}", "2023年,收到8件。", published) == (2023, set())


@pytest.mark.parametrize(
    ("period", "note"),
    [
        ("自2022年1月1日起至2022年6月30日止", {"period_short"}),
        ("自2022年1月1日至9月30日", {"period_short"}),
        ("自2022年1月1日至11月30日", {"period_part"}),
        ("自2022年1月1日至同年12月31日", set()),
    ],
)
def test_a_period_shorter_than_a_year(period, note):
    assert read(f"2022年{REPORT}", f"统计期限{period}。", "2023-01-19") == (2022, note)


def test_the_first_year_began_in_may():
    assert read(f"2008年{REPORT}", "统计期限自2008年5月1日至12月31日。", "2009-03-19") == (2008, set())


@pytest.mark.parametrize(
    ("text", "published", "year"),
    [
        ("做了工作。", "", None),
        ("做了工作。", "2023-01-19", 2022),
        ("统计期限自2022年1月1日起至12月31日止。", "", 2022),
    ],
)
def test_the_title_of_last_year_left_in_the_text(text, published, year):
    assert read(f"2022年{REPORT}\n{WHO}2021年{REPORT}", text, published)[0] == year
