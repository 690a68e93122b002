"""Everything read so far is checked as a whole: residuals, findings, the gate's verdict, statuses, facts."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from expectations import gate, verdict
from flows.warehouse import Readings
from transforms import across, findings, judgement, localise, measure, reconcile
from transforms.forms import identities, metrics, note_kinds
from transforms.model import VALUED
from transforms.tables import frame_schema

MONEY_AND_RATES = ("yuan", "rate", "share", "amount", "spending", "change")


@dataclass(frozen=True, eq=False)
class Checked:
    """The tables to publish by schema.name, and the verdict that let them pass."""

    tables: Mapping[str, pl.DataFrame]
    verdict: verdict.Verdict


def check(readings: Readings, before: int = 0) -> Checked:
    """Judges all readings in one validation and makes every published table but the log of runs.

    `before` is the number of reports in the last publish: a reader that suddenly refuses most of them is stopped.
    """
    cells = readings.cells
    told = across.residuals(cells, readings.documents)
    residuals = pl.concat([reconcile.residuals(cells, readings.documents), told]).sort(reconcile.KEY)
    given = gate.Given(
        cells, readings.documents, candidates(cells), reconcile.terms_frame(), told, rules(), counts(), before
    )
    said = gate.judge(given, residuals)
    suspects = localise.suspects(residuals, cells)
    found = findings.findings(residuals, pl.concat([readings.notes, _odd(said, residuals), suspects]), cells)
    holding = verdict.sections(said, rules(), _places(cells)).filter("held")
    sections = judgement.sections(readings.documents, cells, found, holding)
    reports = judgement.reports(readings.documents, sections)
    published = reports.filter(pl.col("status").is_in(["published", "partly_held"]))
    tables = {
        "quality.reports": reports,
        "quality.sections": sections,
        "quality.findings": found,
        "quality.cells": cells,
        "analytics.reports": published,
        "analytics.facts": measure.facts(cells, sections, published, residuals),
        "analytics.metrics": dictionary(),
    }
    return Checked({name: frame.select(list(frame_schema(name))) for name, frame in tables.items()}, said)


def rules() -> pl.DataFrame:
    """Identities, other rules and notes as the gate knows them: identity, severity, zh, en, told (by no terms)."""
    declared = [(each.id, each.severity, each.zh, each.en, False) for each in identities().values()]
    beyond = [(each.id, each.severity, each.zh, each.en, True) for each in across.rules().values()]
    notes = [
        (each.code, each.severity, each.zh, each.en, False) for each in note_kinds().values() if each.kind == "note"
    ]
    return pl.DataFrame(declared + beyond + notes, schema=["identity", "severity", "zh", "en", "told"], orient="row")


def counts() -> set[str]:
    """The metrics that count things: whole numbers from zero up."""
    return {code for code in metrics() if not any(word in code for word in MONEY_AND_RATES)}


def candidates(cells: pl.DataFrame) -> pl.DataFrame:
    """What would be published if no section were held: the keys that must be unique."""
    return cells.filter(pl.col("state").is_in([state.value for state in VALUED]))


def dictionary() -> pl.DataFrame:
    """analytics.metrics."""
    rows = [
        (each.code, each.zh, each.unit, " ".join(each.forms), each.parent, each.kind) for each in metrics().values()
    ]
    return pl.DataFrame(rows, schema=["metric", "zh", "unit", "forms", "parent", "kind"], orient="row").sort("metric")


def _odd(said: verdict.Verdict, residuals: pl.DataFrame) -> pl.DataFrame:
    """What the validation alone looks at, such as counts that are no whole numbers, as notes."""
    alone = said.failing.join(residuals, on=verdict.KEY, how="anti")
    return alone.select("report_id", "section", code="identity", place="instance", detail="instance").select(
        "report_id", "code", "section", "place", "detail"
    )


def _places(cells: pl.DataFrame) -> pl.DataFrame:
    return cells.select("report_id", "section").unique(maintain_order=True)
