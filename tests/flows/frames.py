"""Frames as a run leaves them, built by hand to the columns of data/tables.yml, and a database made of them."""

from datetime import datetime
from pathlib import Path

import polars as pl
import yaml

from flows.publish import publish

TYPES = {
    "VARCHAR": pl.String,
    "INTEGER": pl.Int32,
    "BIGINT": pl.Int64,
    "DOUBLE": pl.Float64,
    "BOOLEAN": pl.Boolean,
    "DATE": pl.Date,
    "TIMESTAMP": pl.Datetime("us"),
}
DECLARED = {
    table["name"]: {name: TYPES[column["type"]] for name, column in table["columns"].items()}
    for table in yaml.safe_load(Path("data/tables.yml").read_text(encoding="utf-8"))
}
SITE_TABLES = (
    "quality.reports",
    "quality.sections",
    "quality.findings",
    "quality.cells",
    "quality.reviews",
    "quality.runs",
    "analytics.facts",
)


def frame(name, *rows):
    """Rows of a declared table; text that is not given is empty, anything else null."""
    schema = DECLARED[name]
    for row in rows:
        assert row.keys() <= schema.keys(), row.keys() - schema.keys()
    blank = {column: "" if kind == pl.String else None for column, kind in schema.items()}
    return pl.DataFrame([blank | row for row in rows], schema=schema)


def tables(**rows):
    """The tables of the quality site: `quality_reports=[…]` and so on; those not given are empty."""
    return {name: frame(name, *rows.get(name.replace(".", "_"), [])) for name in SITE_TABLES}


def run(run_id="run-1", day=1, **values):
    counts = dict.fromkeys(
        ("sources", "documents_read", "reports_published", "reports_held", "sections_lost", "rejected", "facts"), 0
    )
    started = datetime(2024, 3, day, 2, 0)
    return counts | {"run_id": run_id, "started_at": started, "finished_at": started, "outcome": "published"} | values


def database(home, frames):
    """home/analytics.duckdb holding the frames; declared tables that are not given are empty."""
    publish(home, {name: frames.get(name, frame(name)) for name in DECLARED})
