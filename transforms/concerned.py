"""Which cells a finding speaks of: the operands of a sum, or what is printed at the place that a note names."""

import re

import polars as pl

from transforms.forms import identities
from transforms.reconcile import terms_frame, years_before

KEY = ["report_id", "section", "identity", "instance"]
CELL = ["metric", "applicant", "item", "origin", "state", "value", "bound", "unit", "printed", "locator"]
AGAIN = re.compile(r"#\d+$")  # findings number the notes that share a place


def concerned(found: pl.DataFrame, cells: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """KEY, `side` (left, right; empty for notes), `of` and CELL: a row per finding and cell, in the order of the rule.

    `of` is the report that the cell stands in: another than that of the finding where a rule looks at the year before.

    Args:
        found: findings (quality.findings). cells: quality.cells, as judged. documents: quality.reports.
    """
    keys = found.select(KEY).unique(maintain_order=True).with_row_index("#")
    stated = cells.with_columns(of="report_id")
    parts = [_operands(keys, stated, documents), _listed(keys, stated), _at_the_place(keys, stated)]
    rows = pl.concat(part.select("#", "##", *KEY, "side", "of", *CELL) for part in parts)
    cell = ["#", "of", "metric", "applicant", "item", "origin", "locator"]
    once = rows.unique(cell, keep="first", maintain_order=True)
    return once.sort("#", "##", maintain_order=True).drop("#", "##")


def base_instance() -> pl.Expr:
    """The instance of a finding without its number among equals."""
    return pl.col("instance").str.replace(AGAIN.pattern, "")


def _operands(keys: pl.DataFrame, stated: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    terms, years = terms_frame().with_row_index("##"), years_before(documents)
    operands = ["cell_form", "metric", "applicant", "origin", "year"]
    asked = keys.join(terms.select("##", "identity", "instance", "side", *operands), on=["identity", "instance"])
    # Most reports have no finding, and most rules are about a few metrics.
    near = pl.concat(
        [keys.select("report_id"), years.join(keys, on="report_id", how="semi").select(report_id="before")]
    )
    likely = pl.col("metric").is_in(asked["metric"].unique().implode()) & (pl.col("item") == "")
    plain = stated.filter(likely).join(near, on="report_id", how="semi")
    now = plain.with_columns(cell_form="form", year=pl.lit(0, pl.Int64)).drop("form")
    then = plain.filter(pl.col("origin") == "table").rename({"report_id": "before"})
    before = then.join(years, on="before").with_columns(cell_form=pl.lit(""), year=pl.lit(-1, pl.Int64))
    said = pl.concat(frame.select("report_id", "of", "cell_form", "year", *CELL) for frame in (now, before))
    return asked.join(said, on=["report_id", *operands], how="inner").sort("#", "##")


def _listed(keys: pl.DataFrame, stated: pl.DataFrame) -> pl.DataFrame:
    """The parts of a list in prose and the total that they belong to."""
    lists = keys.filter(pl.col("identity").is_in([item.id for item in identities().values() if item.parts]))
    prose = stated.filter(pl.col("origin") == "prose").select("report_id", "of", "whole", *CELL)
    parts = lists.join(prose, left_on=["report_id", "instance"], right_on=["report_id", "whole"])
    totals = lists.join(prose.drop("whole"), left_on=["report_id", "instance"], right_on=["report_id", "locator"])
    placed = totals.with_columns(locator="instance")
    sides = [parts.with_columns(side=pl.lit("left")), placed.with_columns(side=pl.lit("right"))]
    return _numbered(pl.concat(side.select("#", *KEY, "side", "of", *CELL) for side in sides))


def _at_the_place(keys: pl.DataFrame, stated: pl.DataFrame) -> pl.DataFrame:
    notes = keys.filter(~pl.col("identity").is_in(list(identities()))).with_columns(place=base_instance())
    printed = stated.filter(pl.col("locator") != "").select("report_id", "of", "section", *CELL)
    on = ["report_id", "section", "place"]
    found = notes.join(printed.with_columns(place="locator"), on=on, how="inner")
    return _numbered(found.with_columns(side=pl.lit("")))


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.int_range(pl.len(), dtype=pl.get_index_type()).alias("##"))
