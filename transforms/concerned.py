"""Which cells a finding speaks of: the operands of a sum, or what is printed at the place that a note names."""

import polars as pl

from transforms.forms import identities
from transforms.reconcile import terms_frame

KEY = ["report_id", "section", "identity", "instance"]
CELL = ["metric", "applicant", "item", "origin", "state", "value", "bound", "unit", "printed", "locator"]
_AGAIN = r"#\d+$"  # findings number the notes that share a place


def concerned(found: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """KEY, `side` (left, right; empty for notes) and CELL: a row per finding and cell, in the order of the rule.

    Args:
        found: findings (quality.findings). cells: quality.cells, as judged.
    """
    keys = found.select(KEY).unique(maintain_order=True).with_row_index("#")
    parts = [_operands(keys, cells), _listed(keys, cells), _at_the_place(keys, cells)]
    rows = pl.concat(part.select("#", "##", *KEY, "side", *CELL) for part in parts)
    once = rows.unique(["#", "metric", "applicant", "item", "origin", "locator"], keep="first", maintain_order=True)
    return once.sort("#", "##", maintain_order=True).drop("#", "##")


def base_instance() -> pl.Expr:
    """The instance of a finding without its number among equals."""
    return pl.col("instance").str.replace(_AGAIN, "")


def _operands(keys: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    terms = terms_frame().with_row_index("##")
    operands = ["cell_form", "metric", "applicant", "origin"]
    stated = cells.filter(pl.col("item") == "").select("report_id", *CELL, cell_form="form")
    asked = keys.join(terms.select("##", "identity", "instance", "side", *operands), on=["identity", "instance"])
    return asked.join(stated, on=["report_id", *operands], how="inner").sort("#", "##")


def _listed(keys: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """The parts of a list in prose and the total that they belong to."""
    lists = keys.filter(pl.col("identity").is_in([item.id for item in identities().values() if item.parts]))
    prose = cells.filter(pl.col("origin") == "prose").select("report_id", "whole", *CELL)
    parts = lists.join(prose, left_on=["report_id", "instance"], right_on=["report_id", "whole"])
    totals = lists.join(prose.drop("whole"), left_on=["report_id", "instance"], right_on=["report_id", "locator"])
    placed = totals.with_columns(locator="instance")
    sides = [parts.with_columns(side=pl.lit("left")), placed.with_columns(side=pl.lit("right"))]
    return _numbered(pl.concat(side.select("#", *KEY, "side", *CELL) for side in sides))


def _at_the_place(keys: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    notes = keys.filter(~pl.col("identity").is_in(list(identities()))).with_columns(place=base_instance())
    printed = cells.filter(pl.col("locator") != "").select("report_id", "section", *CELL)
    on = ["report_id", "section", "place"]
    found = notes.join(printed.with_columns(place="locator"), on=on, how="inner")
    return _numbered(found.with_columns(side=pl.lit("")))


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.int_range(pl.len(), dtype=pl.get_index_type()).alias("##"))
