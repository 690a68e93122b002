"""Every declared rule: its example that holds passes, the one that breaks fails, in polars and in the gate alike."""

import polars as pl
import pytest

from expectations import gate
from flows.check import counts, rules
from tests.expectations.world import NOTHING_TOLD, cell, frame
from transforms import reconcile
from transforms.forms import Form, Identity, forms, instances

REPORTS = pl.DataFrame(
    [("now", "a", "own", 2023), ("last", "a", "own", 2022)],
    schema=["report_id", "agency_id", "scope", "fiscal_year"],
    orient="row",
)
DECLARED = [(form, rule) for form in forms().values() for rule in form.identities if not rule.parts]
NAMES = [f"{form.code} {rule.id}" for form, rule in DECLARED]


def example(form: Form, rule: Identity, cells: dict[str, float]) -> list[dict[str, object]]:
    """The cells of an example, for the first instance of the rule."""
    instance = instances(form, rule)[0]
    return [printed(form, name.replace("{}", instance), value) for name, value in cells.items()]


def printed(form: Form, name: str, value: float) -> dict[str, object]:
    place, _, named = name.rpartition("/")
    metric, _, applicant = named.partition("@")
    origin = "prose" if place == "prose" else "table"
    return cell("last" if place == "last" else "now", metric, float(value), origin=origin, applicant=applicant) | {
        "form": "" if origin == "prose" else form.code
    }


def outcomes(rows: list[dict[str, object]]) -> dict[tuple[str, str], str]:
    found = reconcile.residuals(frame(rows), REPORTS).filter(report_id="now")
    return {(row["identity"], row["instance"]): row["outcome"] for row in found.to_dicts()}


@pytest.mark.parametrize(("form", "rule"), DECLARED, ids=NAMES)
def test_each_rule_has_an_example_that_holds_and_one_that_breaks(form, rule):
    place = (rule.id, instances(form, rule)[0])
    assert outcomes(example(form, rule, rule.holds))[place] == "pass"
    assert outcomes(example(form, rule, rule.holds | rule.breaks))[place] == "fail"


@pytest.mark.parametrize(("form", "rule"), DECLARED, ids=NAMES)
def test_any_operand_of_an_equation_that_changes_breaks_it(form, rule):
    place = (rule.id, instances(form, rule)[0])
    single = rule.relation == "=" and len(rule.readings) == 1 and rule.when_left is None
    for name, value in rule.holds.items() if single else ():
        assert outcomes(example(form, rule, rule.holds | {name: value + 1}))[place] == "fail", name


def test_the_gate_judges_every_example_as_polars_does():
    """All examples at once, each in a pair of reports of its own."""
    rows, reports, expected = [], [], set()
    for number, (form, rule) in enumerate(DECLARED):
        for name, cells in (("holds", rule.holds), ("breaks", rule.holds | rule.breaks)):
            own = f"{number}-{name}"
            made = example(form, rule, cells)
            rows += [each | {"report_id": f"{own}-{each['report_id']}"} for each in made]
            reports += [(f"{own}-now", own, "own", 2023), (f"{own}-last", own, "own", 2022)]
        expected.add((f"{number}-breaks-now", rule.id, instances(form, rule)[0]))
    told = pl.DataFrame(reports, schema=REPORTS.schema, orient="row")
    residuals = reconcile.residuals(frame(rows), told)
    facts = pl.DataFrame(schema=dict.fromkeys(gate.FACT_COLUMNS, pl.String))
    given = gate.Given(frame(rows), told, facts, reconcile.terms_frame(), NOTHING_TOLD, rules(), counts())
    verdict = gate.judge(given, lambda: residuals)
    assert verdict.agrees
    assert expected <= set(verdict.failing.select("report_id", "identity", "instance").rows())


def test_a_rule_can_be_dated_or_switched_off_in_its_declaration():
    form = forms()["form_2021"]
    rule = next(rule for rule in form.identities if rule.id == "T4.REV")
    assert instances(form, rule.model_copy(update={"off": True})) == ()
