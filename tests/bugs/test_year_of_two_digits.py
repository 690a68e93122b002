"""A year printed with two digits (07年) had no value, and a report that named one was lost: `reader_failed`."""

import pytest

from flows.reading import read_one
from tests.flows.reports import SAMPLES
from transforms.numbers import find_numbers


@pytest.mark.parametrize(("text", "year"), [("07年", 2007), ("00年", 2000), ("09年度", 2009), ("2007年", 2007)])
def test_the_year_has_its_value(text, year):
    (number,) = find_numbers(text)
    assert (number.kind, number.value) == ("year", year)


def test_a_report_that_names_one_is_read():
    text = (SAMPLES / "prose-2012.txt").read_text("utf-8")
    assert read_one(text.replace("2012年", "09年", 1).encode(), "report.txt").readings
