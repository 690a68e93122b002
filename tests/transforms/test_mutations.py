"""One changed number flips exactly the rules that mention it and can no longer hold: every operand, rule and form.

The numbers are those of generated chains, in which every rule holds; what must flip is told by the second witness of
the rules (tests/corpus/bonds.py), which shares no code with what is tested.
"""

from random import Random

import polars as pl
import pytest

from tests.corpus.bonds import KINDS, bonds, broken
from tests.corpus.chains import chain, numbers
from transforms import across
from transforms.forms import identities, terms
from transforms.reconcile import residuals
from transforms.tables import frame_schema

FAR = 1_000_003.0
PLACES = {"now": "table", "last": "table", "said": "prose"}


def told(kind, now, reading):
    """What prose says in agreement with the tables, in the sense of this reading where there are several."""
    said = {}
    for bond in bonds(kind):
        left = bond.left[0][1]
        if left[0] == "said" and left not in said:
            right = bond.readings[min(reading, len(bond.readings) - 1)]
            said |= {key: 3.0 for _, key in right if key[0] == "said"}
            said[left] = sum(sign * {**now, **said}.get(key, 3.0) for sign, key in right)
    return said


SIZES = ("city", "city", "city", "none")  # of nothing only a body without requests can rightly speak


def consistent(kind, seed):
    """Numbers of two years and of the prose that keep every rule; of a large body no two readings are the same."""
    rng = Random(f"{kind} {seed}")
    while True:
        before, now = chain(kind, SIZES[seed], 2, rng)
        found = numbers(now, before)
        flow = [found.get(("now", f"requests_{name}", "total")) for name in ("new", "carried_in", "concluded")]
        apart = flow[0] is None or len({flow[0], flow[0] + flow[1], flow[2]}) == len(flow)
        if before.kind == kind and (apart or SIZES[seed] == "none"):
            return found | told(kind, found, seed)


def worlds(kind, seed):
    """The unchanged numbers, then every change: the operand, its value."""
    found = consistent(kind, seed)
    changes = {
        (key, value)
        for bond in spoken(kind, found)
        for key in bond.keys
        for value in {bond.breaking(key, found, by) for by in (1.0, FAR)}
    }
    return found, [(None, 0.0), *sorted(changes, key=str)]


def spoken(kind, found):
    """The rules whose operands are all there: rows that a sheet need not print are left out (test_reconcile.py)."""
    return [bond for bond in bonds(kind) if bond.keys <= found.keys()]


def frames(kind, found, changes):
    """The cells and the reports of all worlds, each of an agency of its own."""
    rows = [(place, metric, who, PLACES[place], float(value)) for (place, metric, who), value in found.items()]
    base = pl.DataFrame(rows, schema=["place", "metric", "applicant", "origin", "was"], orient="row")
    changed = [(str(at), *(key or ("", "", "")), float(value)) for at, (key, value) in enumerate(changes)]
    told = pl.DataFrame(changed, schema=["world", "p", "m", "a", "value"], orient="row")
    hit = (pl.col("place") == pl.col("p")) & (pl.col("metric") == pl.col("m")) & (pl.col("applicant") == pl.col("a"))
    schema = frame_schema("quality.cells")
    cells = base.join(told, how="cross").with_columns(
        value=pl.when(hit).then("value").otherwise("was"),
        report_id=pl.format("{}/{}", "world", pl.col("place").replace({"said": "now"})),
        form=pl.when(pl.col("origin") == "table").then(pl.lit(kind)).otherwise(pl.lit("")),
        state=pl.lit("reported"),
    )
    empty = [pl.lit("").alias(name) for name in schema if name not in cells.columns]
    reports = told.select(agency_id="world", scope=pl.lit("own")).join(
        pl.DataFrame({"place": ["now", "last"], "fiscal_year": [2023, 2022]}), how="cross"
    )
    reports = reports.with_columns(report_id=pl.format("{}/{}", "agency_id", "place"))
    return cells.with_columns(empty).select(list(schema)).cast(schema), reports


def failing(kind, found, changes):
    """World -> the rules that fail there, with their instances."""
    fails = residuals(*frames(kind, found, changes)).filter(outcome="fail")
    told = {str(at): set() for at in range(len(changes))}
    for report, identity, instance in fails.select("report_id", "identity", "instance").rows():
        world, place = report.split("/")
        if place == "now":
            told[world].add((identity, instance))
    return [told[str(at)] for at in range(len(changes))]


@pytest.mark.parametrize("kind", KINDS["all"])
def test_the_second_witness_and_the_declarations_speak_of_the_same_operands(kind):
    said = {}
    for term in terms():
        if term.form in (kind, "narrative") and not term.optional:
            place = "said" if term.origin == "prose" else "last" if term.year else "now"
            said.setdefault((term.identity, term.instance), set()).add((place, term.metric, term.applicant))
    assert said == {(bond.identity, bond.instance): set(bond.keys) for bond in bonds(kind)}


@pytest.mark.parametrize("kind", KINDS["all"])
def test_a_changed_operand_flips_exactly_the_rules_that_mention_it_and_cannot_hold(kind):
    flipped = set()
    for seed in range(len(SIZES)):
        found, changes = worlds(kind, seed)
        results = failing(kind, found, changes)
        assert results[0] == broken(kind, found) == set()
        for (key, value), fails in zip(changes[1:], results[1:], strict=True):
            assert fails == broken(kind, found | {key: value}), (key, value)
            flipped |= {(*fault, key) for fault in fails}
    mentions = {(bond.identity, bond.instance, key) for bond in spoken(kind, found) for key in bond.keys}
    assert flipped == mentions


CODES = tuple(identity.id for identity in identities().values() if identity.parts)


def test_a_changed_part_or_total_of_a_list_flips_the_rule_of_parts_alone():
    values = {"c1": 76.0, "c2": 40.0, "c3": 30.0, "c4": 6.0}
    rows = [
        {"report_id": f"{at}/now", "locator": place, "whole": "" if place == "c1" else "c1", "item": place.strip("c1")}
        | {"metric": "proactive_items" if place == "c1" else "proactive_items_by_category", "value": value}
        for at, changed in enumerate((None, *values))
        for place, value in (values | ({changed: values[changed] + 1} if changed else {})).items()
    ]
    schema = frame_schema("quality.cells")
    common = {"section": "narrative", "form": "", "origin": "prose", "state": "reported"}
    cells = pl.DataFrame([dict.fromkeys(schema, "") | common | row for row in rows], schema=schema)
    reports = pl.DataFrame(
        {"report_id": [f"{at}/now" for at in range(5)], "agency_id": "", "scope": "", "fiscal_year": 1}
    )
    fails = residuals(cells, reports).filter(outcome="fail")
    assert fails.select("report_id", "identity").rows() == [(f"{at}/now", CODES[0]) for at in range(1, 5)]


REPORTS = {"now": ("a", 1, "own"), "copy": ("a", 1, "own"), "last": ("a", 0, "own")}
REPORTS |= {"other": ("b", 1, "own"), "area": ("c", 1, "aggregate")}


def group(world, cells, changed, key):
    """Five reports with one table: one, its copy, the year before, another agency, and the area; one number changed."""
    form = {(slot, who): section.name for section in cells for slot, who in section.cells}
    values = {key: 0.0 if key[0].startswith("rules") else value for s in cells for key, value in s.cells.items()}
    base = dict.fromkeys(frame_schema("quality.reports")) | {"reason": "", "format": "html", "level": "county"}
    reports = [
        base
        | {"report_id": f"{world}/{name}", "source": name, "agency_id": f"{world}{agency}"}
        | {"scope": scope, "region_code": world, "fiscal_year": 2 * int(world) + year}
        for name, (agency, year, scope) in REPORTS.items()
    ]
    rows = [
        (f"{world}/{name}", form[place], *place, value + (name == changed and place == key))
        for name in REPORTS
        for place, value in values.items()
    ]
    return reports, rows


def expected(changed, section, key):
    """The rules about several reports that fail of such a group."""
    table = section == "requests"
    alike = [name for name in ("now", "copy", "other") if not (table and name == changed)]
    found = {("XR.SAME", name) for name in alike if changed != "other" or not table}
    found |= {("XY.COPIED", name) for name in ("now", "copy") if name in alike}
    found |= {("XR.RESTATED", name) for name in ("now", "copy")} if changed == "copy" else {("XR.DUPLICATE", "now")}
    found |= {("XL.MEMBER", changed)} if key in MEMBERS else set()
    return found | ({("R.RULES", changed)} if key[0] in ("rules_issued", "rules_in_force") else set())


MEMBERS = {("requests_new", "total"), ("requests_concluded", "total")}


@pytest.mark.parametrize("changed", ["copy", "other"])
def test_a_changed_number_flips_exactly_the_rules_about_several_reports_that_it_concerns(changed):
    _, now = chain("form_2021", "city", 2, Random(3))
    keys = [(section.name, key) for section in now.sections for key in section.cells]
    made = [group(str(at), now.sections, changed, key) for at, (_, key) in enumerate(keys)]
    reports = pl.DataFrame([one for told, _ in made for one in told], schema=frame_schema("quality.reports"))
    schema = frame_schema("quality.cells")
    columns = ["report_id", "section", "metric", "applicant", "value"]
    cells = pl.DataFrame([row for _, rows in made for row in rows], schema=columns, orient="row")
    empty = [pl.lit("").alias(name) for name in schema if name not in (*columns, "state", "origin")]
    cells = cells.with_columns(*empty, state=pl.lit("reported"), origin=pl.lit("table"))
    fails = across.residuals(cells.select(list(schema)).cast(schema), reports).filter(outcome="fail")
    found = {}
    for report, rule in fails.select("report_id", "identity").rows():
        world, name = report.split("/")
        found.setdefault(world, set()).add((rule, name))
    for at, (section, key) in enumerate(keys):
        assert found.get(str(at), set()) == expected(changed, section, key), (section, key)
