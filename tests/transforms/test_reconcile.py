"""Residuals: consistent reports have none, a fault shows exactly where it breaks a sum, a gap is never a pass."""

import polars as pl
from hypothesis import given, settings

from tests import strategies
from tests.corpus.form import broken
from transforms.forms import forms, metrics
from transforms.reconcile import residuals, terms_frame
from transforms.tables import frame_schema

SUMS = ("T3.ROW", "T3.TOTAL", "T3.FLOW", "T4.REV", "T4.LITD", "T4.LITA")
SECTIONS = {
    (slot.metric, slot.applicant): table.section for table in forms()["form_2021"].tables for slot in table.slots()
}


REPORTS = pl.DataFrame(
    [("r", "a", "own", 2023), ("last", "a", "own", 2022), ("other", "b", "own", 2022)],
    schema=["report_id", "agency_id", "scope", "fiscal_year"],
    orient="row",
)


def row(metric, applicant, value, **other):
    base = dict.fromkeys(frame_schema("quality.cells"), "")
    base |= {"report_id": "r", "section": SECTIONS.get((metric, applicant), "narrative"), "form": "form_2021"}
    base |= {"metric": metric, "applicant": applicant, "origin": "table", "state": "reported", "value": value}
    return base | other


def claim(metric, applicant, value, **other):
    return row(metric, applicant, value, origin="prose", form="", section="narrative", **other)


def frame(rows):
    return pl.DataFrame(rows, schema=frame_schema("quality.cells"))


def outcomes(rows):
    found = residuals(frame(rows), REPORTS)
    return {
        (identity, instance): outcome
        for identity, instance, outcome in found.select("identity", "instance", "outcome").rows()
    }


def printed(filled):
    return [row(metric, applicant, float(value)) for (metric, applicant), value in filled.cells.items()]


@settings(max_examples=20)
@given(strategies.fills())
def test_consistent_reports_pass_every_sum(filled):
    found = outcomes(printed(filled))
    assert "fail" not in found.values()
    assert [found[place] for place in found if place[0] in SUMS] == ["pass"] * (25 + 7 + 7 + 3)


@settings(max_examples=30)
@given(strategies.faults())
def test_a_fault_fails_exactly_the_sums_that_it_breaks(fault):
    filled, _, _ = fault
    found = outcomes(printed(filled)).items()
    failing = {place for place, outcome in found if outcome == "fail" and place[0] in SUMS}
    assert failing == broken(filled.cells)


@settings(max_examples=30)
@given(strategies.fills(), strategies.summed_keys())
def test_a_missing_operand_is_neither_pass_nor_fail(filled, key):
    rows = [
        item | ({"value": None, "state": "blank"} if (item["metric"], item["applicant"]) == key else {})
        for item in printed(filled)
    ]
    terms = terms_frame().filter(
        (pl.col("origin") == "table") & (pl.col("metric") == key[0]) & (pl.col("applicant") == key[1])
    )
    through = set(terms.select("identity", "instance").rows())
    found = outcomes(rows)
    unknown = {place for place, outcome in found.items() if outcome == "not_assessable"}
    assert unknown & {place for place in found if place[0] in SUMS} == {p for p in through if p[0] in SUMS}


RECEIVED = [
    row("requests_new", "total", 10.0),
    row("requests_carried_in", "total", 2.0),
    row("requests_concluded", "total", 11.0),
]


def test_received_may_mean_new_or_new_and_carried_in_or_concluded():
    for value, outcome in ((10.0, "pass"), (12.0, "pass"), (11.0, "pass"), (13.0, "fail")):
        assert outcomes([*RECEIVED, claim("requests_received", "total", value)])["XS.NEW", ""] == outcome


def test_an_approximate_claim_is_not_judged():
    about = claim("requests_received", "total", 13.0, state="approximate", bound="about")
    assert outcomes([*RECEIVED, about])["XS.NEW", ""] == "not_assessable"


def test_a_reading_that_is_unknown_might_have_fitted():
    assert outcomes([*RECEIVED[:1], claim("requests_received", "total", 12.0)])["XS.NEW", ""] == "not_assessable"


def test_zero_claims_are_held_against_new_requests_only():
    assert outcomes([*RECEIVED, claim("requests_received", "total", 0.0)])["XS.ZERO", ""] == "fail"
    assert ("XS.ZERO", "") not in outcomes([*RECEIVED, claim("requests_received", "total", 10.0)])


def test_parts_of_a_closed_list_make_their_total():
    whole = claim("proactive_items", "", 76.0, locator="c10-12")
    parts = [
        claim("proactive_items_by_category", "", v, item=str(v), locator=f"c{v}", whole="c10-12") for v in (40.0, 36.0)
    ]
    assert outcomes([whole, *parts])["N.CATSUM", "c10-12"] == "pass"
    assert outcomes([whole | {"value": 77.0}, *parts])["N.CATSUM", "c10-12"] == "fail"
    assert outcomes([whole, parts[0], parts[1] | {"bound": "lower"}])["N.CATSUM", "c10-12"] == "not_assessable"


def test_every_term_names_a_metric_that_is_declared():
    assert set(terms_frame()["metric"]) <= set(metrics())


def sheet(metric, value, **other):
    return row(metric, "", value, section="sheet", form="sheet_2014", **other)


def test_at_most_is_no_equation():
    for published, outcome in ((3.0, "pass"), (5.0, "pass"), (6.0, "fail")):
        rows = [sheet("normative_documents_published", published), sheet("proactive_items", 5.0)]
        assert outcomes(rows)["B10", ""] == outcome
    assert outcomes([sheet("normative_documents_published", 1.0)]).get(("B10", "")) is None


WAYS = [sheet(f"requests_received_{way}", 1.0) for way in ("in_person", "fax", "online", "letter")]


def test_an_optional_operand_counts_where_it_is_printed_and_must_then_be_known():
    email = sheet("requests_received_email", 2.0)
    assert outcomes([*WAYS, sheet("requests_received", 4.0)])["B1", ""] == "pass"
    assert outcomes([*WAYS, sheet("requests_received", 6.0)])["B1", ""] == "fail"
    assert outcomes([*WAYS, email, sheet("requests_received", 6.0)])["B1", ""] == "pass"
    unknown = email | {"value": None, "state": "blank"}
    assert outcomes([*WAYS, unknown, sheet("requests_received", 6.0)])["B1", ""] == "not_assessable"
