"""Lists of issues: two kinds of files with the same rows, in which a report's text is never a formula."""

import csv

import pytest
from python_calamine import CalamineWorkbook

from flows.site.issues import Issue, issue, write_lists
from flows.texts import texts

REPORT = {"name": "临江市教育局", "fiscal_year": 2022, "source": "in/one.html"}
FINDING = {
    "section": "requests",
    "severity": "error",
    "sentence": "各列之和为 3，总计为 4。",
    "sentence_en": "3, not 4.",
    "left_value": 3.0,
    "right_value": 4.0,
    "difference": -1.0,
    "cause": "source",
    "identity": "T3.ROW",
}
FORMULAS = ["=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "http://x.example/"]


def written(folder, **lists):
    write_lists(folder, lists)
    book = CalamineWorkbook.from_path(folder / "all.xlsx")
    with (folder / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names], list(csv.reader(file))


def test_the_spreadsheet_and_the_csv_say_the_same(tmp_path):
    (asked, reading), rows = written(tmp_path, all=[issue(REPORT, FINDING)])
    assert asked[0] == rows[0] == [texts()["issue"][field].zh for field in Issue._fields]
    assert asked[1][:3] == ["临江市教育局", 2022.0, texts()["section"]["requests"].zh]
    assert rows[1][0] == "临江市教育局" and rows[1][6:9] == ["3.0", "4.0", "-1.0"] and asked[1][6:9] == [3.0, 4.0, -1.0]
    assert reading == asked[:1]


def test_what_is_likely_our_reading_is_not_asked_of_the_agency(tmp_path):
    ours = issue(REPORT, FINDING | {"cause": "reading", "sentence": "读不出"})
    (asked, reading), rows = written(tmp_path, all=[ours, issue(REPORT, FINDING)])
    assert [row[4] for row in reading[1:]] == ["读不出"]
    assert [row[4] for row in asked[1:]] == [row[4] for row in rows[1:]] == [FINDING["sentence"]]


@pytest.mark.parametrize("evil", FORMULAS)
def test_a_text_of_a_report_is_never_a_formula_or_a_link(tmp_path, evil):
    (asked, _), rows = written(tmp_path, all=[issue(REPORT | {"name": evil}, FINDING)])
    assert asked[1][0] == evil
    assert rows[1][0].lstrip("'") == evil and not rows[1][0].startswith(("=", "+", "-", "@", "\t"))
    assert b"<f>" not in (tmp_path / "all.xlsx").read_bytes()


def test_control_characters_do_not_break_the_files(tmp_path):
    (asked, _), rows = written(tmp_path, all=[issue(REPORT | {"name": "甲\x00\x0b乙"}, FINDING)])
    assert asked[1][0] == rows[1][0] == "甲乙"


def test_the_same_issues_give_the_same_bytes(tmp_path):
    both = [tmp_path / name for name in "ab"]
    for folder in both:
        write_lists(folder, {"all": [issue(REPORT, FINDING)]})
    assert (both[0] / "all.xlsx").read_bytes() == (both[1] / "all.xlsx").read_bytes()


def test_the_list_of_an_agency_that_has_none_any_more_goes(tmp_path):
    write_lists(tmp_path, {"all": [], "x": [issue(REPORT, FINDING)]})
    write_lists(tmp_path, {"all": []})
    assert {path.name for path in tmp_path.iterdir()} == {"all.csv", "all.xlsx"}
