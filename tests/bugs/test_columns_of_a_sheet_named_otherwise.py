"""Sheets whose column is headed by a year, or stands beside quarters and rates, were held or left out as a whole.

A sheet with no column of the year, only with one that is passed over, lost its numbers without a word; so did numbers
of a text that count up by one, which were taken for ordinals; and a text headed by another year was published.
"""

import pytest

from tests.transforms.printing import found
from transforms.model import State
from transforms.read.html import read_html
from transforms.read.text import read_text

LABELS = ("主动公开信息数", "网上咨询数", "申请总数", "当面申请数", "信函申请数", "行政复议数", "行政诉讼数")
COUNTS = (33, 40, 36, 43, 39, 35, 42)


def rows_of(headers, *others):
    """The sheet, with other numbers in the columns before its own."""
    counts = ((str(number) for number in row) for row in zip(*others, COUNTS, strict=True))
    return [("指标", *headers), *((name, *row) for name, row in zip(LABELS, counts, strict=True))]


def page(rows):
    return read_html("<table>" + "".join("<tr><td>" + "<td>".join(row) + "</tr>" for row in rows) + "</table>")


def text(rows):
    return read_text("\n".join(" | ".join(row) + " |" for row in rows))


def values_of(readings):
    return {key[0]: reading.value for key, reading in readings.items() if reading.value is not None}


@pytest.mark.parametrize("printed", [page, text])
@pytest.mark.parametrize("header", ["2011年", "2011年度", "2011年数量", "合计", "填报数"])
def test_one_column_of_the_year_is_read(header, printed):
    readings, _ = found(printed(rows_of([header])), 2011)
    assert sorted(values_of(readings).values()) == sorted(COUNTS)


@pytest.mark.parametrize("printed", [page, text])
def test_a_column_of_another_year_holds_the_sheet(printed):
    assert "table_of_another_time" in found(printed(rows_of(["2010年"])), 2011)[1]


OTHERS = (5, 2, 9, 1, 7, 3, 8)


@pytest.mark.parametrize(
    ("headers", "others"),
    [
        (["2010年", "2011年"], [OTHERS]),
        (["2010年度", "2011年度"], [OTHERS]),
        (["上年统计数", "本年统计数"], [OTHERS]),
        (["同比增长", "2011年"], [OTHERS]),
        (["一季度", "二季度", "三季度", "四季度", "全年"], [OTHERS] * 4),
    ],
)
def test_the_column_of_the_year_is_told_from_those_beside_it(headers, others):
    readings, codes = found(page(rows_of(headers, *others)), 2011)
    assert sorted(values_of(readings).values()) == sorted(COUNTS)
    assert codes == {"rows_not_asked"}


@pytest.mark.parametrize("mark", ["——", "-", "/"])
def test_a_row_of_marks_below_the_headers_does_not_end_what_they_say(mark):
    rows = rows_of(["历年累计", "本年累计"], OTHERS)
    readings, codes = found(page([rows[0], ("一、主动公开情况", mark, mark), *rows[1:]]), 2011)
    assert (sorted(values_of(readings).values()), codes) == (sorted(COUNTS), {"rows_not_asked"})


@pytest.mark.parametrize("headers", [["2010年", "2011年"], ["1季度", "2季度"], ["局机关", "合计"]])
def test_of_a_text_with_two_such_columns_nothing_is_read(headers):
    readings, codes = found(text(rows_of(headers, OTHERS)), 2011)
    assert (values_of(readings), "numbers_unplaced" in codes) == ({}, True)


def test_two_columns_of_one_year_are_neither():
    readings, codes = found(page(rows_of(["2011年", "2011年度"], OTHERS)), 2011)
    assert (values_of(readings), "numbers_unplaced" in codes) == ({}, True)


@pytest.mark.parametrize("printed", [page, text])
@pytest.mark.parametrize("header", ["本月数", "上年", "四季度"])
def test_a_column_passed_over_beside_none_of_the_year_is_not_lost_without_a_word(header, printed):
    readings, codes = found(printed(rows_of([header])), 2011)
    states = {reading.state for reading in readings.values() if reading.printed}
    assert (states, "numbers_unplaced" in codes) == ({State.UNPLACED}, True)


def test_numbers_at_the_ends_of_rows_that_count_up_are_no_ordinals():
    rows = [("指标", "单位", "数量"), *((name, "条", str(33 + place)) for place, name in enumerate(LABELS))]
    readings, _ = found(text(rows), 2011)
    assert sorted(values_of(readings).values()) == [33, 34, 35, 36, 37, 38, 39]


@pytest.mark.parametrize("above", [LABELS, (*LABELS, "合计")])
def test_a_sheet_laid_on_its_side_is_told_to_be_lost(above):
    _, codes = found(page([above, tuple(map(str, COUNTS[: len(above)]))]), 2011)
    assert "table_unread" in codes


@pytest.mark.parametrize("printed", ["{}（{}件）", "{} {} 件", "{}：{}"])
def test_a_sheet_whose_cells_hold_label_and_number_is_told_to_be_lost(printed):
    cells = [printed.format(name, number) for name, number in zip(LABELS, COUNTS, strict=True)]
    readings, codes = found(page([(cell, "备注") for cell in cells]), 2011)
    assert ("table_unread" in codes) == (not values_of(readings))
