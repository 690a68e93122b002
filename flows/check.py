"""Everything read so far is checked as a whole: residuals, findings, the gate's verdict, statuses, facts."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import polars as pl

from expectations import gate, verdict
from flows.warehouse import Readings
from transforms import across, copies, findings, judgement, localise, measure, reconcile, reviews
from transforms.counting import counts
from transforms.decisions import Decision
from transforms.forms import identities, metrics, note_kinds
from transforms.model import VALUED
from transforms.tables import frame_schema


@dataclass(frozen=True, eq=False)
class Checked:
    """The tables to publish by schema.name, and the verdict that let them pass."""

    tables: Mapping[str, pl.DataFrame]
    verdict: verdict.Verdict


def check(readings: Readings, before: int = 0, decisions: Sequence[Decision] = ()) -> Checked:
    """Judges all readings in one validation and makes every published table but the log of runs.

    `before` is the number of reports in the last publish: a reader that suddenly refuses most of them is stopped.
    """
    documents = readings.documents
    given = reviews.readdressed(reviews.decided(decisions), documents)
    cells = reviews.corrected(readings.cells, given)
    missed = reviews.unapplied(readings.cells, documents, given)
    again = reviews.elsewhere(readings.cells, documents, given)
    told = across.residuals(cells, documents, _standing(pl.concat([readings.notes, missed]), given))
    with ThreadPoolExecutor(1) as aside:
        computing = aside.submit(_all_residuals, cells, documents, told)
        said = gate.judge(
            gate.Given(cells, documents, candidates(cells), reconcile.terms_frame(), told, rules(), counts(), before),
            computing.result,
        )
    residuals = computing.result()
    notes = pl.concat([readings.notes, missed, again, _odd(said, residuals), localise.suspects(residuals, cells)])
    found = reviews.settled(findings.findings(residuals, notes, cells), cells, documents, given)
    open_ones = found.filter(~pl.col("decision").is_in(reviews.SETTLED))
    holding = verdict.sections(_without(said, found), rules(), _places(cells)).filter("held")
    sections = reviews.accepted(judgement.sections(documents, cells, open_ones, holding), found)
    reports = judgement.reports(documents, sections)
    published = reports.filter(pl.col("status").is_in(["published", "partly_held"]))
    tables = {
        "quality.reports": reports,
        "quality.sections": sections,
        "quality.findings": found,
        "quality.cells": readings.cells,
        "quality.reviews": reviews.log(given, found, cells, missed),
        "analytics.reports": published,
        "analytics.facts": reviews.marked(measure.facts(cells, sections, published, residuals), sections),
        "analytics.metrics": dictionary(),
    }
    return Checked({name: frame.select(list(frame_schema(name))) for name, frame in tables.items()}, said)


def _all_residuals(cells: pl.DataFrame, documents: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([reconcile.residuals(cells, documents), told]).sort(reconcile.KEY)


def _standing(notes: pl.DataFrame, decisions: pl.DataFrame) -> copies.Standing:
    """Which sections people have decided about, rules about several reports left out, and which ones notes hold."""
    errors = [kind.code for kind in note_kinds().values() if kind.kind == "note" and kind.severity in reviews.HOLDING]
    about_one = ~pl.col("identity").is_in(list(across.rules()))
    return copies.Standing(
        decisions.filter((pl.col("report_id") == pl.col("decided_of")) & about_one).select("report_id", "section"),
        notes.filter(pl.col("code").is_in(errors)).select("report_id", "section"),
    )


def rules() -> pl.DataFrame:
    """Identities, other rules and notes as the gate knows them: identity, severity, zh, en, told (by no terms)."""
    declared = [(each.id, each.severity, each.zh, each.en, False) for each in identities().values()]
    beyond = [(each.id, each.severity, each.zh, each.en, True) for each in across.rules().values()]
    notes = [
        (each.code, each.severity, each.zh, each.en, False) for each in note_kinds().values() if each.kind == "note"
    ]
    return pl.DataFrame(declared + beyond + notes, schema=["identity", "severity", "zh", "en", "told"], orient="row")


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


def _without(said: verdict.Verdict, found: pl.DataFrame) -> verdict.Verdict:
    """The verdict without the failures that a person has accepted or dismissed."""
    done = found.filter(pl.col("decision").is_in(reviews.SETTLED))
    return replace(said, failing=said.failing.join(done, on=list(verdict.KEY), how="anti"))


def _places(cells: pl.DataFrame) -> pl.DataFrame:
    return cells.select("report_id", "section").unique(maintain_order=True)
