"""What failed most: findings in, a row per rule out, worst first."""

import re
from collections.abc import Mapping
from typing import Any

import polars as pl

from flows.site.limits import limits
from flows.texts import Phrase
from transforms.forms import identities, note_kinds

Record = dict[str, Any]

SEVERITIES = ("critical", "error", "warning", "info")
_BLANK = re.compile(r"\{[^}]*\}")


def rules(findings: pl.DataFrame, reports: Mapping[str, Record]) -> list[Record]:
    """Every rule that failed: how often, in how many reports, with an example sentence and some of the reports."""
    outcomes = findings.group_by("identity").agg(
        failures=(pl.col("outcome") == "fail").sum(),
        passes=(pl.col("outcome") == "pass").sum(),
        open=(pl.col("outcome") == "not_assessable").sum(),
    )
    failed = findings.filter(pl.col("outcome") == "fail").sort("report_id", "instance")
    told = failed.group_by("identity", maintain_order=True).agg(
        pl.col("severity", "sentence", "sentence_en").first(),
        report_ids=pl.col("report_id").unique(maintain_order=True),
        reading=(pl.col("cause") == "reading").sum(),
    )
    rows = [_rule(row, reports) for row in told.join(outcomes, on="identity").iter_rows(named=True)]
    return sorted(rows, key=lambda row: (SEVERITIES.index(row["severity"]), -row["count"], row["identity"]))


def _rule(row: Record, reports: Mapping[str, Record]) -> Record:
    named = [reports[report_id] for report_id in row["report_ids"] if report_id in reports]
    return row | {
        "count": len(row["report_ids"]),
        "says": says(row["identity"]),
        "examples": named[: limits().examples],
    }


def says(identity: str) -> Phrase:
    """What a rule or note says, with … where each report has its own words and numbers."""
    declared = identities().get(identity) or note_kinds().get(identity)
    if declared is None:
        return Phrase(zh=identity, en=identity)
    return Phrase(zh=_BLANK.sub("…", declared.zh), en=_BLANK.sub("…", declared.en))


def refusals(reports: pl.DataFrame) -> list[Record]:
    """The reasons for which files were refused, with how many files each, most first."""
    counted = reports.filter(pl.col("status") == "rejected").group_by("reason").len("count")
    rows = counted.sort(["count", "reason"], descending=[True, False]).iter_rows(named=True)
    return [row | {"says": says(row["reason"])} for row in rows]
