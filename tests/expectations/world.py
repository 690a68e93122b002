"""A small publish for the gate: declared rules, random reports, and a reference that computes every sum by hand."""

import random
from itertools import groupby

import polars as pl

from expectations import gate
from transforms.forms import DeclaredTerm
from transforms.model import VALUED, State

CELL = ("report_id", "section", "form", "metric", "applicant", "item", "origin", "state", "value", "bound", "unit")
PLACE = ("printed", "locator", "whole")
TERM = DeclaredTerm._fields
FORM = "form_test"
COUNTS = ("new", "carried_in", "concluded", "carried_out", "received")
RULES = pl.DataFrame(
    [
        ("FLOW", "error", "table", "流量不平", "new + in = out"),
        ("FEES", "error", "table", "金额不平", "fees add up"),
        ("SAID", "warning", "claim", "文字与表不符", "the text says otherwise"),
        ("ZERO", "error", "claim", "称无申请", "the text says none"),
        ("N.CATSUM", "error", "parts", "分项之和不等于合计", "parts do not add up"),
        ("not_a_count", "error", "note", "不是件数", "not a count"),
    ],
    schema=["identity", "severity", "kind", "zh", "en"],
    orient="row",
).with_columns(told=pl.lit(value=False))


def term(identity, side, metric, reading=0, origin="table", weight=1.0, section="requests", **more):
    row = (FORM, section, identity, "", reading, side, weight, origin, metric, "")
    told = dict(zip(TERM, row, strict=False)) | {"tolerance": 0.0, "when_left": None} | more
    return DeclaredTerm(**told)._asdict()


TERMS = pl.DataFrame(
    [
        term("FLOW", "left", "new"),
        term("FLOW", "left", "carried_in"),
        term("FLOW", "right", "concluded"),
        term("FLOW", "right", "carried_out"),
        term("FEES", "left", "fee_a", tolerance=0.5),
        term("FEES", "left", "fee_b", tolerance=0.5),
        term("FEES", "right", "fee_total", tolerance=0.5),
        term("SAID", "left", "received", origin="prose", section="narrative"),
        term("SAID", "right", "new", section="narrative"),
        term("SAID", "right", "new", 1, section="narrative"),
        term("SAID", "right", "carried_in", 1, section="narrative"),
        term("ZERO", "left", "received", origin="prose", section="narrative", when_left=0.0),
        term("ZERO", "right", "new", section="narrative", when_left=0.0),
    ],
    schema_overrides={"when_left": pl.Float64, "since": pl.Int64, "until": pl.Int64},
)
NOTHING_TOLD = pl.DataFrame(schema=dict.fromkeys((*gate.KEY, "outcome"), pl.String))
TABLE = ("new", "carried_in", "concluded", "carried_out", "fee_a", "fee_b", "fee_total")


def cell(report, metric, value=None, state=None, origin="table", **more):
    state = state or ("blank" if value is None else "reported")
    section = "requests" if origin == "table" else "narrative"
    row = {
        "form": FORM if origin == "table" else "",
        "applicant": "",
        "item": "",
        "bound": "",
        "unit": "",
        "printed": "",
    }
    place = {"locator": f"{origin}/{metric}", "whole": ""}
    known = {
        "report_id": report,
        "section": section,
        "metric": metric,
        "origin": origin,
        "state": state,
        "value": value,
    }
    return known | row | place | more


def frame(cells):
    schema = dict.fromkeys((*CELL, *PLACE), pl.String) | {"value": pl.Float64}
    return pl.DataFrame(cells, schema=schema)


def given(cells, rules=RULES, facts=None, before=0):
    """What the gate judges: every report is of an agency of its own."""
    names = cells["report_id"].unique().sort()
    reports = pl.DataFrame({"report_id": names, "agency_id": names}).with_columns(scope=pl.lit("own"), fiscal_year=2023)
    facts = pl.DataFrame(schema=dict.fromkeys(gate.FACT_COLUMNS, pl.String)) if facts is None else facts
    return gate.Given(cells, reports, facts, TERMS, NOTHING_TOLD, rules, COUNTS, before)


def sound(report, new=7, carried_in=2):
    """A report in which everything adds up."""
    values = (new, carried_in, new + carried_in - 1, 1, 1.1, 2.2, 3.3)
    return [cell(report, metric, value) for metric, value in zip(TABLE, values, strict=True)]


def random_report(report, dice):
    """Small numbers, so that sums close often enough by chance; some cells blank, approximate or stated twice."""
    cells = [cell(report, metric, float(dice.randint(0, 2))) for metric in TABLE]
    claims = [cell(report, "received", float(dice.randint(0, 3)), origin="prose", locator="p1/0-1")]
    claims += [cell(report, "received", float(dice.randint(0, 3)), origin="prose", locator="p2/0-1")] * dice.randint(
        0, 1
    )
    parts = [
        cell(report, "part", float(dice.randint(0, 2)), origin="prose", item=f"i{n}", locator=f"p1/{n}", whole="p1/0-1")
        for n in range(5, 5 + dice.randint(0, 3))
    ]
    return [damaged(each, dice) for each in cells + claims + parts]


def damaged(cell, dice):
    fate = dice.random()
    if fate < 0.08:
        return cell | {"value": None, "state": dice.choice([s for s in State if s not in VALUED])}
    if fate < 0.12:
        return cell | {"state": State.APPROXIMATE, "bound": "lower"}
    return cell


def residuals(cells, terms=TERMS):
    """The answer that polars would give, computed cell by cell in plain Python."""
    rows = [row for report in cells["report_id"].unique() for row in judged(report, cells, terms)]
    return pl.DataFrame(rows, schema=["report_id", "section", "identity", "instance", "outcome"], orient="row")


def judged(report, cells, terms):
    own = cells.filter(pl.col("report_id") == report).to_dicts()
    for identity, group in groupby(terms.to_dicts(), key=lambda row: row["identity"]):
        rows = list(group)
        yield report, rows[0]["section"], identity, "", outcome(rows, own)
    for whole in sorted({each["whole"] for each in own if each["whole"]}):
        total = agreed([each for each in own if each["locator"] == whole])
        numbers = [agreed([each]) for each in own if each["whole"] == whole]
        known = total is not None and None not in numbers
        yield (
            report,
            "narrative",
            "N.CATSUM",
            whole,
            ("pass" if sum(numbers) == total else "fail") if known else "unknown",
        )


def outcome(rows, cells):
    left = side([row for row in rows if row["side"] == "left"], cells)
    readings = sorted({row["reading"] for row in rows if row["side"] == "right"})
    rights = [side([r for r in rows if r["side"] == "right" and r["reading"] == n], cells) for n in readings]
    if left is None or rows[0]["when_left"] not in (None, left):
        return "not_assessable"
    if any(right is not None and abs(left - right) <= rows[0]["tolerance"] + 1e-6 for right in rights):
        return "pass"
    return "not_assessable" if None in rights else "fail"


def side(rows, cells):
    values = [
        agreed([c for c in cells if (c["origin"], c["metric"]) == (row["origin"], row["metric"]) and not c["item"]])
        for row in rows
    ]
    return None if None in values else sum(values)


def agreed(cells):
    values = {None if c["bound"] or c["state"] == "approximate" else c["value"] for c in cells}
    return values.pop() if len(values) == 1 else None


def random_reports(count, seed):
    dice = random.Random(seed)
    return frame([each for n in range(count) for each in random_report(f"r{n:04}", dice)])
