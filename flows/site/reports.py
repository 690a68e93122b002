"""The reports of a run as the site's lists show them, and which of them have a page of their own."""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

import polars as pl

from flows.site.limits import limits
from flows.texts import texts

Tables = Mapping[str, pl.DataFrame]
Record = dict[str, Any]

STATUSES = ("published", "partly_held", "held", "rejected")
SHOWN = ("report_id", "source", "status", "sentence", "sentence_en", "agency", "agency_printed", "agency_id")
WRONG = (pl.col("outcome") == "fail") & pl.col("severity").is_in(["critical", "error"])


def reports(tables: Tables, pages: Collection[str]) -> list[Record]:
    """Every report with its counts and the name of its page, latest years first."""
    facts = tables["analytics.facts"].group_by("report_id").len("facts")
    wrong = tables["quality.findings"].filter(WRONG).group_by("report_id").len("wrong")
    rows = tables["quality.reports"].select(*SHOWN, "fiscal_year")
    rows = rows.join(facts, on="report_id", how="left").join(wrong, on="report_id", how="left")
    page = pl.when(pl.col("report_id").is_in(list(pages))).then(pl.format("{}.html", "report_id"))
    name = pl.coalesce(*(pl.col(each).replace("", None) for each in ("agency", "agency_printed")))
    rows = rows.with_columns(pl.col("facts", "wrong").fill_null(0), page=page, name=name)
    rows = rows.sort("fiscal_year", "name", "source", descending=[True, False, False], nulls_last=True)
    unpublished = _unpublished(tables["quality.sections"])
    return [row | {"unpublished": unpublished.get(row["report_id"], [])} for row in rows.iter_rows(named=True)]


def _unpublished(sections: pl.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """The sections that a report has but that are not published, or only as printed: (section, status) by report."""
    found: dict[str, list[tuple[str, str]]] = {}
    kept = sections.filter(pl.col("status").is_in(["held", "lost", "accepted"]))
    for report_id, section, status in kept.select("report_id", "section", "status").iter_rows():
        found.setdefault(report_id, []).append((section, status))
    return {report_id: sorted(each, key=lambda item: rank(item[0])) for report_id, each in found.items()}


def with_pages(tables: Tables) -> set[str]:
    """The reports that get a page: all of a small home, else those with something held, accepted or wrong."""
    received = tables["quality.reports"].filter(pl.col("status") != "rejected")
    if received.height <= limits().pages_for_all:
        return set(received["report_id"])
    marked = tables["quality.sections"].filter(pl.col("status").is_in(["held", "accepted"]))
    wrong = tables["quality.findings"].filter(WRONG)
    return set(received["report_id"]) & {*marked["report_id"], *wrong["report_id"]}


def by_report(frame: pl.DataFrame, wanted: Collection[str]) -> dict[str, list[Record]]:
    """The rows of a frame by report, for some reports."""
    groups: dict[str, list[Record]] = {}
    for row in frame.filter(pl.col("report_id").is_in(list(wanted))).iter_rows(named=True):
        groups.setdefault(row["report_id"], []).append(row)
    return groups


def rank(section: str) -> int:
    """Where a section stands among those of a report."""
    return _order().get(section, len(_order()))


@cache
def _order() -> dict[str, int]:
    return {name: place for place, name in enumerate(texts()["section"])}
