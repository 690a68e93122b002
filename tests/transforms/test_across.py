"""Rules about several reports and about dates: for each kind reports where it holds and reports where it breaks."""

from datetime import date

import polars as pl

from tests.expectations.world import cell, frame
from transforms import across
from transforms.tables import frame_schema

NUMBERS = {f"requests_denied_{n}": float(n + 1) for n in range(9)} | {"requests_new": 45.0, "requests_concluded": 45.0}


def report(name, **told):
    base = dict.fromkeys(frame_schema("quality.reports"))
    known = {"reason": "", "source": name, "format": "html", "agency_id": "a", "scope": "own", "fiscal_year": 2023}
    return base | known | {"report_id": name, "level": "county", "region_code": "110000"} | told


def table(name, **changed):
    told = NUMBERS | changed
    return [cell(name, metric, value, applicant="total", section="requests") for metric, value in told.items()]


def failures(reports, cells, rule):
    told = pl.DataFrame(reports, schema=frame_schema("quality.reports"))
    found = across.residuals(frame(cells), told).filter(identity=rule, outcome="fail")
    return sorted(found.select("report_id", "instance").unique().rows())


def test_of_two_copies_the_one_that_kept_its_grid_is_preferred():
    reports = [report("one", format="text"), report("two"), report("other", agency_id="b")]
    cells = table("one") + table("two") + table("other", requests_new=46.0)
    assert failures(reports, cells, "XR.DUPLICATE") == [("one", "two")]
    assert failures(reports, cells, "XR.RESTATED") == []


def test_reports_that_differ_outside_table_3_are_no_copies():
    reports = [report("one"), report("two")]
    issued = [cell(name, "rules_issued", value, section="proactive") for name, value in (("one", 2.0), ("two", 3.0))]
    cells = table("one") + table("two") + issued
    assert failures(reports, cells, "XR.DUPLICATE") == []


def test_two_reports_of_one_year_that_differ_are_both_flagged():
    reports = [report("one"), report("two")]
    cells = table("one") + table("two", requests_new=46.0)
    assert failures(reports, cells, "XR.RESTATED") == [("one", "two"), ("two", "one")]
    assert failures(reports, cells, "XR.DUPLICATE") == []


def test_two_agencies_with_one_table_are_both_held():
    reports = [report("one"), report("two", agency_id="b"), report("later", agency_id="c", fiscal_year=2024)]
    cells = table("one") + table("two") + table("later")
    assert failures(reports, cells, "XR.SAME") == [("one", "two"), ("two", "one")]


def test_few_numbers_alike_are_chance():
    reports = [report("one"), report("two", agency_id="b")]
    few = {metric: 0.0 for metric in NUMBERS if metric != "requests_denied_1"}
    assert failures(reports, table("one", **few) + table("two", **few), "XR.SAME") == []


def test_last_years_table_printed_again():
    reports = [report("now"), report("last", fiscal_year=2022), report("long ago", fiscal_year=2020)]
    assert failures(reports, table("now") + table("last") + table("long ago"), "XY.COPIED") == [("now", "last")]


def test_no_member_has_more_than_its_area():
    reports = [report("area", scope="aggregate"), report("less", agency_id="b"), report("more", agency_id="c")]
    cells = table("area") + table("less", requests_new=44.0) + table("more", requests_new=46.0)
    assert failures(reports, cells, "XL.MEMBER") == [("more", "requests_new")]


def test_only_some_levels_make_rules():
    reports = [report("county"), report("none"), report("city", level="prefecture")]
    cells = [
        cell(name, "rules_issued", value, section="proactive")
        for name, value in (("county", 2.0), ("none", 0.0), ("city", 2.0))
    ]
    assert failures(reports, cells, "R.RULES") == [("county", "")]


def test_a_part_noted_in_a_cell_is_no_more_than_the_cell():
    notes = {
        "less": "5（其中修订2件）",
        "all": "5(含自然失效5件)",
        "more": "5（其中修订16件）",
        "year": "5(其中2021年3件)",
    }
    cells = [cell(name, "rules_issued", 5.0, section="proactive", printed=printed) for name, printed in notes.items()]
    found = across.residuals(
        frame(cells),
        pl.DataFrame([report(n, level="prefecture") for n in notes], schema=frame_schema("quality.reports")),
    )
    judged = found.filter(identity="R.NOTED").select("report_id", "left_value", "outcome").sort("report_id").rows()
    assert judged == [("all", 5.0, "pass"), ("less", 2.0, "pass"), ("more", 16.0, "fail")]


def test_dates_of_publication():
    days = {"early": date(2023, 12, 30), "in time": date(2024, 1, 30), "late": date(2024, 4, 1), "none": None}
    reports = [report(name, published_on=day) for name, day in days.items()]
    assert failures(reports, [], "R.EARLY") == [("early", "2023-12-30")]
    assert failures(reports, [], "R.LATE") == [("late", "2024-04-01")]


def test_a_year_missing_between_two_reports():
    reports = [report("first", fiscal_year=2021), report("third"), report("other", agency_id="b", fiscal_year=2020)]
    assert failures(reports, [], "R.MISSING") == [("third", "2022")]


def test_a_share_beyond_that_of_its_peers():
    names = [f"r{n:03}" for n in range(150)]
    reports = [report(name, agency_id=name) for name in names]
    cells = [
        found
        for number, name in enumerate(names)
        for found in table(name, requests_other_misc=40.0 if number == 7 else 1.0, requests_new=float(number))
    ]
    assert failures(reports, cells, "R.PEERS") == [("r007", "")]
    assert failures(reports[:20], cells[: 20 * 12], "R.PEERS") == []


def test_every_declared_rule_breaks_in_one_of_these_tests():
    source = open(__file__, encoding="utf-8").read()  # noqa: PTH123, SIM115
    assert [rule for rule in across.rules() if f'"{rule}"' not in source] == []
