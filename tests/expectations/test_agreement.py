"""The two computations of the same sums, in polars and in DuckDB, on every declared identity and random cells."""

import random

import polars as pl

from expectations import gate
from flows.check import counts, rules
from tests.expectations.world import NOTHING_TOLD, cell, frame
from transforms import reconcile
from transforms.forms import forms
from transforms.model import VALUED, State

REPORTS = 400
FORMS = [form for form in forms().values() if form.tables]
CLAIMS = sorted(
    {(term["metric"], term["applicant"]) for term in reconcile.terms_frame().to_dicts() if term["origin"] == "prose"}
)


def random_cells(report, dice):
    """Mostly zeros, so that sums close often enough; a table may be lost, a cell damaged, a claim made twice."""
    form = dice.choice(FORMS)
    for table in form.tables:
        lost = dice.random() < 0.1
        for slot in table.slots():
            claimed = slot.metric == "requests_new" and slot.applicant == "total"
            rate = 0.3 if claimed else 0.004 if table.section == "requests" else 0.05
            value = float(dice.choice([1, -1 if "change" in slot.metric else 1])) if dice.random() < rate else 0.0
            place = {"section": table.section, "form": form.code, "applicant": slot.applicant}
            made = cell(report, slot.metric, value, locator=f"t{table.number}/{slot.row}/{slot.column}", **place)
            yield made | {"value": None, "state": "lost"} if lost else damaged(made, dice)
    for number, (metric, applicant) in enumerate(dice.choices(CLAIMS, k=6)):
        where = {"applicant": applicant, "origin": "prose", "locator": f"p{number}/0-1"}
        yield damaged(cell(report, metric, float(dice.randint(0, 1)), **where), dice)
    for part in range(dice.randint(0, 2)):
        where = {"item": f"channel {part}", "origin": "prose", "locator": f"p0/{part + 5}", "whole": "p0/0-1"}
        yield damaged(cell(report, "requests_received", float(dice.randint(0, 1)), **where), dice)


def agencies(cells):
    """Four reports an agency: two on one year, one on the next, one on a year that is not known."""
    names = cells["report_id"].unique().sort()
    years = [2022, 2023, 2022, None]
    rows = [(name, f"a{n // 4}", "own", years[n % 4]) for n, name in enumerate(names)]
    return pl.DataFrame(rows, schema=["report_id", "agency_id", "scope", "fiscal_year"], orient="row")


def damaged(made, dice):
    fate = dice.random()
    if fate < 0.002:
        return made | {"value": None, "state": str(dice.choice([state for state in State if state not in VALUED]))}
    if fate < 0.004:
        return made | {"state": "approximate", "bound": "lower"}
    return made


def test_polars_and_great_expectations_fail_the_same_rows():
    dice = random.Random(20261122)
    cells = frame([each for n in range(REPORTS) for each in random_cells(f"r{n:04}", dice)])
    reports = agencies(cells)
    residuals = reconcile.residuals(cells, reports)
    facts = pl.DataFrame(schema=dict.fromkeys(gate.FACT_COLUMNS, pl.String))
    verdict = gate.judge(
        gate.Given(cells, reports, facts, reconcile.terms_frame(), NOTHING_TOLD, rules(), counts()), lambda: residuals
    )
    assert verdict.disagreements.rows() == []
    assert verdict.errors == ()
    tables = {each for each in residuals["identity"] if each[0] in "TAB"}
    for identity in {*tables, "XS.NEW", "XS.ZERO", "N.CATSUM"}:
        assert set(residuals.filter(identity=identity)["outcome"]) >= {"pass", "fail"}, identity
