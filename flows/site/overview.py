"""The first page: what the last run published, what it held back and why, and how that has changed."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from markupsafe import Markup

from flows.site import charts
from flows.site.limits import limits
from flows.site.render import render
from flows.site.reports import STATUSES, WRONG, Record, Tables, by_report, rank
from flows.texts import texts

HOLDING = ("critical", "error")


def overview(
    tables: Tables,
    listed: Sequence[Record],
    failed: Sequence[Record],
    refused: Sequence[Record],
    decided: Mapping[str, int],
    docs: str | None,
) -> str:
    """The page; `listed` are the reports, `failed` and `refused` the rules and refusals, `decided`
    counts decisions, `docs` are the data docs.
    """
    runs = tables["quality.runs"].sort("started_at", descending=True).to_dicts()
    held = [report for report in listed if any(status == "held" for _, status in report["unpublished"])]
    return render(
        "index.html.j2",
        root="",
        here="index",
        runs=runs[: limits().runs],
        counts=_counts(tables),
        held=_told(tables, held[: limits().held]),
        held_count=len(held),
        rejected=[report for report in listed if report["status"] == "rejected"],
        why=[rule for rule in failed if rule["severity"] in HOLDING],
        refusals=refused,
        charts=_charts(runs, listed, failed),
        decided=decided if any(decided.values()) else None,
        docs=docs,
        limits=limits(),
    )


def _counts(tables: Tables) -> dict[str, int]:
    status = dict(tables["quality.reports"].group_by("status").len().iter_rows())
    sections = dict(tables["quality.sections"].group_by("status").len().iter_rows())
    shown = {name: status.get(name, 0) for name in STATUSES}
    facts = tables["analytics.facts"].height
    return shown | {"files": sum(status.values()), "sections_lost": sections.get("lost", 0), "facts": facts}


def _told(tables: Tables, held: Sequence[Record]) -> list[Record]:
    """The held reports with their held sections, each with its findings, or its reasons where no rule failed."""
    wanted = {report["report_id"] for report in held}
    sections = by_report(tables["quality.sections"].filter(pl.col("status") == "held"), wanted)
    findings = by_report(tables["quality.findings"].filter(WRONG), wanted)
    return [
        report
        | {"sections": _with_findings(sections.get(report["report_id"], []), findings.get(report["report_id"], []))}
        for report in held
    ]


def _with_findings(sections: Sequence[Record], findings: Sequence[Record]) -> list[dict[str, Any]]:
    ordered = sorted(sections, key=lambda row: rank(row["section"]))
    return [
        section | {"findings": [finding for finding in findings if finding["section"] == section["section"]]}
        for section in ordered
    ]


def _charts(runs: Sequence[Record], listed: Sequence[Record], failed: Sequence[Record]) -> Mapping[str, Markup]:
    shown = limits().charted
    names = {status: texts()["status"][status].zh for status in STATUSES}
    drawn = {
        "chart_runs": charts.stacked(
            {name: names[name] for name in ("published", "held", "rejected")},
            {f"{run['started_at']:%Y-%m-%d %H:%M:%S}": _outcome(run) for run in runs[:shown]},
        ),
        "chart_years": charts.stacked(names, _by_year(listed)),
        "chart_rules": charts.bars({rule["identity"]: rule["count"] for rule in failed[:shown]}),
    }
    return {name: chart for name, chart in drawn.items() if chart is not None}


def _outcome(run: Record) -> dict[str, int]:
    return {name: run[column] or 0 for name, column in _RUN_COLUMNS.items()}


_RUN_COLUMNS = {"published": "reports_published", "held": "reports_held", "rejected": "rejected"}


def _by_year(listed: Sequence[Record]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for report in listed:
        if report["fiscal_year"] is not None:
            year = counts.setdefault(str(report["fiscal_year"]), {})
            year[report["status"]] = year.get(report["status"], 0) + 1
    return counts
