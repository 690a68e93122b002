"""The page of what people have decided: rows of quality.reviews in, the latest first out, each with its report."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from flows.decided import STATUSES, what
from flows.site.render import render

Record = dict[str, Any]


def decisions(reviews: pl.DataFrame, reports: Mapping[str, Record]) -> list[Record]:
    """Every decision, what waits to be made again first, then the latest; `report` is None when it is not in force."""
    rows = reviews.sort("decided_on", "source", "finding_id", "metric", descending=[True, False, False, False])
    found = [row | {"what": what(row), "report": reports.get(row["report_id"])} for row in rows.iter_rows(named=True)]
    return sorted(found, key=lambda row: row["status"] != "outdated")


def counted(rows: Sequence[Record]) -> dict[str, int]:
    """How many decisions have each status."""
    counts = Counter(row["status"] for row in rows)
    return {status: counts[status] for status in STATUSES}


def decisions_page(rows: Sequence[Record]) -> str:
    """The page of all decisions."""
    return render("decisions.html.j2", root="", here="decisions", decisions=rows, counts=counted(rows))
