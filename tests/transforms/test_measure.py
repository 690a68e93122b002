"""What vouches for a fact: the sums of its table, prose or the year before, or nothing but itself."""

import polars as pl
import pytest

from tests.transforms.test_reconcile import claim, frame, row
from transforms.measure import facts
from transforms.reconcile import residuals
from transforms.tables import frame_schema

REPORTS = pl.DataFrame(
    [("r", "a", "own", 2023), ("last", "a", "own", 2022)],
    schema=["report_id", "agency_id", "scope", "fiscal_year"],
    orient="row",
)


def assurances(rows):
    cells = frame(rows)
    sections = cells.select("report_id", "section").unique().with_columns(status=pl.lit("published"))
    known = frame_schema("quality.reports")
    reports = REPORTS.with_columns(pl.lit(None, kind).alias(n) for n, kind in known.items() if n not in REPORTS.columns)
    found = facts(cells, sections, reports, residuals(cells, REPORTS)).filter(report_id="r", origin="table")
    return {(metric, who): grade for metric, who, grade in found.select("metric", "applicant", "assurance").rows()}


def stock(metric, value, **other):
    return row(f"normative_documents_{metric}", "", float(value), section="proactive", **other)


@pytest.mark.parametrize(
    ("new", "concluded", "grade"), [(5.0, 5.0, "balanced"), (0.0, 0.0, "single"), (5.0, 4.0, "single")]
)
def test_a_sum_vouches_for_its_operands_unless_it_fails_or_is_all_zeros(new, concluded, grade):
    flow = {"requests_new": new, "requests_carried_in": 0.0, "requests_concluded": concluded}
    rows = [row(metric, "total", value) for metric, value in (flow | {"requests_carried_out": 0.0}).items()]
    assert set(assurances(rows).values()) == {grade}


def test_prose_vouches_for_the_reading_that_fitted_alone():
    rows = [row("requests_new", "total", 5.0), row("requests_carried_in", "total", 2.0)]
    found = assurances([*rows, claim("requests_received", "total", 5.0)])
    assert found == {("requests_new", "total"): "corroborated", ("requests_carried_in", "total"): "single"}


def test_a_stock_that_follows_from_the_year_before_is_corroborated():
    now = [stock("in_force", 12), stock("issued", 3), stock("repealed", 1)]
    assert set(assurances(now).values()) == {"single"}
    before = stock("in_force", 10, report_id="last")
    assert set(assurances([*now, before]).values()) == {"corroborated"}


def test_bounds_and_likely_ranges_vouch_for_nothing():
    rows = [row("requests_new", "total", 30.0), row("requests_new", "total", 40.0, report_id="last")]
    assert assurances(rows) == {("requests_new", "total"): "single"}
