"""The cells that a finding speaks of: operands of this year and the last, lists in prose, what stands at a place."""

import polars as pl

from transforms.concerned import concerned
from transforms.reconcile import terms_frame
from transforms.tables import frame_schema

DOCUMENTS = pl.DataFrame(
    {"report_id": ["now", "then"], "agency_id": ["a"] * 2, "scope": ["own"] * 2, "fiscal_year": [2023, 2022]}
)


def frame(table, *rows):
    schema = frame_schema(table)
    blank = {name: "" if kind == pl.String else None for name, kind in schema.items()}
    return pl.DataFrame([blank | row for row in rows], schema=schema)


def near(finding, *cells):
    found = frame("quality.findings", {"report_id": "now", "outcome": "fail"} | finding)
    return concerned(found, frame("quality.cells", *cells), DOCUMENTS).select("of", "side", "locator").rows()


def test_a_rule_over_two_years_concerns_the_cell_of_the_year_before():
    term = terms_frame().filter((pl.col("year") == -1) & (pl.col("origin") == "table")).row(0, named=True)
    cell = {name: term[name] for name in ("metric", "applicant", "form")} | {"origin": "table", "locator": "t1/r1/c1"}
    finding = {name: term[name] for name in ("section", "identity", "instance")}
    # The form of the year before may be another.
    cells = (cell | {"report_id": "then", "form": "another"}, cell | {"report_id": "elsewhere"})
    assert ("then", term["side"], "t1/r1/c1") in near(finding, *cells)
    assert {of for of, _, _ in near(finding, *cells)} == {"then"}


def test_a_list_in_prose_concerns_its_parts_and_its_total():
    cells = [
        {"report_id": "now", "origin": "prose", "metric": "m", "item": item, "locator": at, "whole": whole}
        for item, at, whole in (
            ("", "c1-2", ""),
            ("甲", "c5-6", "c1-2"),
            ("乙", "c8-9", "c1-2"),
            ("丙", "c20-21", "c15-16"),
        )
    ]
    finding = {"section": "narrative", "identity": "N.CATSUM", "instance": "c1-2"}
    assert sorted(near(finding, *cells)) == [("now", "left", "c5-6"), ("now", "left", "c8-9"), ("now", "right", "c1-2")]


def test_a_note_concerns_what_stands_at_its_place_whatever_its_number_among_equals():
    cells = [
        {"report_id": "now", "section": "requests", "metric": at, "locator": at} for at in ("t1/r1/c1", "t1/r1/c2")
    ]
    finding = {"section": "requests", "identity": "cell_unreadable", "instance": "t1/r1/c2#3"}
    assert near(finding, *cells) == [("now", "", "t1/r1/c2")]
