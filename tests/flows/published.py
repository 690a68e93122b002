"""A set of tables of any size for the tests of publishing: every text column that allows it carries the marker."""

from datetime import UTC, date, datetime

import polars as pl

from transforms.forms import APPLICANTS, forms
from transforms.tables import frame_schema, tables

MARKED = {
    "analytics.reports": "title",
    "analytics.facts": "printed",
    "analytics.metrics": "zh",
    "quality.reports": "title",
    "quality.sections": "reasons",
    "quality.findings": "sentence",
    "quality.cells": "printed",
    "quality.reviews": "reason",
    "quality.runs": "detail",
}


def made(marker: str, reports: int, checks: int = 60) -> dict[str, pl.DataFrame]:
    """All declared tables for that many reports: 200 cells and facts and `checks` findings each."""
    ids = pl.DataFrame({"report_id": [f"{number * 7919 % 1_000_003:016x}" for number in range(reports)]})
    cells = ids.join(_slots(), how="cross")
    findings = ids.join(pl.DataFrame({"instance": [f"row {i}" for i in range(checks)]}), how="cross")
    given = {
        "analytics.reports": ids,
        "analytics.facts": cells,
        "analytics.metrics": cells.select("metric").unique(),
        "quality.reports": ids,
        "quality.sections": ids.with_columns(section=pl.lit("requests")),
        "quality.findings": findings.with_columns(identity=pl.lit("T3.ROW"), section=pl.lit("requests")),
        "quality.cells": cells,
        "quality.reviews": ids.with_columns(decided_on=pl.lit(date(2026, 1, 2))),
        "quality.runs": pl.DataFrame({"run_id": ["1"], "started_at": [datetime.now(UTC).replace(tzinfo=None)]}),
    }
    return {name: filled(name, frame.with_columns(pl.lit(marker).alias(MARKED[name]))) for name, frame in given.items()}


def filled(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of a declared table, those that `frame` lacks empty or null."""
    return frame.select(
        pl.col(column) if column in frame.columns else pl.lit("" if kind == pl.String else None, kind).alias(column)
        for column, kind in frame_schema(name).items()
    )


def _slots() -> pl.DataFrame:
    rows = [
        (
            table.section,
            slot.metric,
            slot.applicant,
            "table",
            "reported",
            float(number % 40),
            f"t{table.number}/r{number}",
        )
        for table in forms()["form_2021"].tables
        for number, slot in enumerate(table.slots())
    ]
    return pl.DataFrame(
        rows, schema=["section", "metric", "applicant", "origin", "state", "value", "locator"], orient="row"
    )


assert MARKED.keys() == tables().keys() and len(APPLICANTS) == 7
