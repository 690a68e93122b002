"""Cells of published sections, of any form, become facts common to all: one number, its report, its assurance.

Balanced: a sum that passed with a non-zero operand binds it. Corroborated: prose and table agree on it, not both zero.
Single: nothing else in the report speaks of it.
"""

import polars as pl

from transforms.model import VALUED
from transforms.reconcile import terms_frame

_VALUED = pl.col("state").is_in([state.value for state in VALUED])
_CELL = ["report_id", "metric", "applicant", "origin"]


def facts(
    cells: pl.DataFrame, sections: pl.DataFrame, documents: pl.DataFrame, residuals: pl.DataFrame
) -> pl.DataFrame:
    """analytics.facts: the valued cells of sections with status `published` or `accepted`.

    Args:
        cells: quality.cells. sections: quality.sections. documents: quality.reports. residuals: reconcile.residuals.
    """
    open_sections = sections.filter(pl.col("status").is_in(["published", "accepted"])).select("report_id", "section")
    valued = cells.filter(_VALUED).join(open_sections, on=["report_id", "section"], how="semi")
    dims = documents.select("report_id", "agency_id", "region_code", "fiscal_year", "scope")
    measured = valued.join(dims, on="report_id", how="left").join(_assurance(residuals), on=_CELL, how="left")
    grade = pl.when(pl.col("item") == "").then(pl.col("assurance").fill_null("single")).otherwise(pl.lit("single"))
    return measured.with_columns(assurance=grade).sort("report_id", "metric", "applicant", "origin", "item")


def _assurance(residuals: pl.DataFrame) -> pl.DataFrame:
    """The best that any informative, passing identity says of each operand."""
    declared = terms_frame()
    crossing = declared.group_by("identity").agg(
        grade=pl.when((pl.col("origin") == "prose").any()).then(pl.lit("corroborated")).otherwise(pl.lit("balanced"))
    )
    passed = residuals.filter(
        (pl.col("outcome") == "pass") & (pl.col("left_value").abs() + pl.col("right_value").abs() > 0)
    )
    operands = declared.select("identity", "instance", "metric", "applicant", "origin").unique()
    graded = (
        passed.select("report_id", "identity", "instance")
        .join(operands, on=["identity", "instance"])
        .join(crossing, on="identity")
    )
    return graded.group_by(_CELL).agg(assurance=pl.col("grade").min())
