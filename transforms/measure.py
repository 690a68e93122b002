"""Cells of published sections, of any form, become facts common to all: one number, its report, its assurance.

Balanced: a sum of its table that passed with a non-zero operand binds it. Corroborated: prose, or the report on the
year before, agrees with it, not both zero. Single: nothing else speaks of it.
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
    """The best that any informative, passing equation says of each operand; a bound or a likely range proves nothing.

    Only the operands of the reading that fitted are vouched for: by the sums of a table, or by prose or another year.
    """
    declared = terms_frame().filter(pl.col("relation") == "=")
    elsewhere = ((pl.col("origin") == "prose") | (pl.col("year") != 0)).any()
    crossing = declared.group_by("identity").agg(
        grade=pl.when(elsewhere).then(pl.lit("corroborated")).otherwise(pl.lit("balanced"))
    )
    passed = residuals.filter(
        (pl.col("outcome") == "pass") & (pl.col("left_value").abs() + pl.col("right_value").abs() > 0)
    ).select("report_id", "identity", "instance", fitted="reading")
    operands = declared.filter(pl.col("year") == 0).select(
        "identity", "instance", "side", "reading", "metric", "applicant", "origin"
    )
    graded = passed.join(operands.unique(), on=["identity", "instance"]).join(crossing, on="identity")
    vouched = graded.filter((pl.col("side") == "left") | (pl.col("reading") == pl.col("fitted")))
    return vouched.group_by(_CELL).agg(assurance=pl.col("grade").min())
