"""Checked tables become the summary of a run: counts, the held list, the row of the run log, a page for Prefect."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from flows.check import Checked
from flows.collect import Arrival, Missing
from flows.decided import STATUSES, told
from flows.outcome import Summary
from transforms.forms import note_kinds

Rows = tuple[tuple[str, str, str, str], ...]


def summarise(
    run_id: str,
    home: Path,
    arrivals: Sequence[Arrival],
    missing: Sequence[Missing],
    read: int,
    checked: Checked,
    seconds: float,
) -> Summary:
    """The summary of a run over everything that is now in force in `home`."""
    reports, sections = checked.tables["quality.reports"], checked.tables["quality.sections"]
    status = dict(reports.group_by("status").len().iter_rows())
    stopped = checked.verdict.stops_publish
    return Summary(
        run_id=run_id,
        outcome="stopped" if stopped else "published",
        detail=stopped or "; ".join(checked.verdict.warnings),
        seconds=seconds,
        sources=len(arrivals) + len(missing),
        read=read,
        reused=len({arrival.report_id for arrival in arrivals}) - min(read, len({a.report_id for a in arrivals})),
        published=status.get("published", 0),
        partly_held=status.get("partly_held", 0),
        held=status.get("held", 0),
        rejected=status.get("rejected", 0) + len(missing),
        lost_sections=sections.filter(pl.col("status") == "lost").height,
        facts=checked.tables["analytics.facts"].height,
        findings=checked.tables["quality.findings"].filter(pl.col("outcome") == "fail").height,
        held_rows=_held(reports, sections),
        rejected_rows=_rejected(reports) + _missing(missing),
        decided_rows=_decided(checked.tables["quality.reviews"]),
        analytics=home / "analytics.duckdb",
        site=home / "quality" / "index.html",
    )


def _held(reports: pl.DataFrame, sections: pl.DataFrame) -> Rows:
    held = sections.filter(pl.col("status") == "held").join(reports.select("report_id", "source"), on="report_id")
    return tuple(held.sort("source", "section").select("source", "section", "reasons", "reasons_en").iter_rows())


def _rejected(reports: pl.DataFrame) -> Rows:
    refused = reports.filter(pl.col("status") == "rejected").sort("source")
    return tuple(refused.select("source", "reason", "sentence", "sentence_en").iter_rows())


def _missing(missing: Sequence[Missing]) -> Rows:
    kind = note_kinds()["missing_path"]
    return tuple(
        (each.source, kind.code, kind.zh.format(detail=each.reason), kind.en.format(detail=each.reason))
        for each in missing
    )


def _decided(decisions: pl.DataFrame) -> Rows:
    rows = decisions.sort("source", "decided_on", "section", "identity", "metric", "applicant").to_dicts()
    return tuple((row["source"], row["status"], told(row).zh, told(row).en) for row in rows)


def run_row(summary: Summary, started: datetime, version: str) -> pl.DataFrame:
    """The run as a row of quality.runs."""
    row = {
        "run_id": summary.run_id,
        "started_at": started.replace(tzinfo=None),
        "finished_at": datetime.now(UTC).replace(tzinfo=None),
        "code_version": version,
        "sources": summary.sources,
        "documents_read": summary.read,
        "reports_published": summary.published,
        "reports_held": summary.held + summary.partly_held,
        "sections_lost": summary.lost_sections,
        "rejected": summary.rejected,
        "facts": summary.facts,
        "outcome": summary.outcome,
        "detail": summary.detail,
    }
    return pl.DataFrame([row])


def summary_markdown(summary: Summary) -> str:
    """The summary as a Prefect artifact: a table of counts."""
    names = ("sources", "read", "reused", "published", "partly_held", "held", "rejected", "lost_sections", "facts")
    counts = Counter(status for _, status, _, _ in summary.decided_rows)
    gone = [f"| no longer where they were, still published | {len(summary.gone):,} |"] if summary.gone else []
    lines = [f"| {name.replace('_', ' ')} | {getattr(summary, name):,} |" for name in names]
    lines += gone
    lines += [f"| decisions {status} | {counts[status]:,} |" for status in STATUSES if counts[status]]
    return "\n".join([f"**{summary.outcome}** {summary.detail}", "", "| | |", "|---|--:|", *lines])
