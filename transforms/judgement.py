"""Findings and the gate's verdict become the status of every section and every report.

A section is held when the gate says so or when an error stands against it or against its whole report.
"""

import polars as pl

from transforms.forms import forms
from transforms.model import State

_PLACE = ["report_id", "section"]
_HOLDING = ("critical", "error")
PROSE = "narrative"


def sections(documents: pl.DataFrame, cells: pl.DataFrame, findings: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """quality.sections: every section of every report: published, held, lost, or absent.

    Args:
        documents: quality.reports without status; refused files have no sections.
        cells: quality.cells. findings: quality.findings.
        held: report_id, section of what the validation holds.
    """
    wanted = _wanted(documents.filter(pl.col("reason") == ""))
    lost = pl.col("state") == State.LOST
    present = cells.group_by(_PLACE).agg(lost=lost.all(), present=pl.lit(value=True))
    against = _against(wanted, findings, held)
    joined = wanted.join(present, on=_PLACE, how="full", coalesce=True).join(against, on=_PLACE, how="left")
    status = (
        pl.when(pl.col("present").is_null())
        .then(pl.lit("absent"))
        .when("lost")
        .then(pl.lit("lost"))
        .when(pl.col("holds").fill_null(value=False))
        .then(pl.lit("held"))
        .otherwise(pl.lit("published"))
    )
    return joined.select(
        *_PLACE, status.alias("status"), *(pl.col(name).fill_null("") for name in ("reasons", "reasons_en"))
    ).sort(_PLACE)


def _wanted(documents: pl.DataFrame) -> pl.DataFrame:
    """Every section that any form declares, and the narrative, for every report."""
    declared = dict.fromkeys(table.section for form in forms().values() for table in form.tables)
    return documents.select("report_id").join(pl.DataFrame({"section": [*declared, PROSE]}), how="cross")


def _against(wanted: pl.DataFrame, findings: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """What stands against each section: held by the validation, by an error on it, or by one on its whole report."""
    failures = findings.filter(pl.col("outcome") == "fail")
    whole = failures.filter(pl.col("section") == "").drop("section")
    spread = wanted.join(whole, on="report_id", how="inner").select(failures.columns)
    told = pl.concat([failures.filter(pl.col("section") != ""), spread]).sort(*_PLACE, "identity", "instance")
    heard = told.with_columns(holds=pl.col("severity").is_in(_HOLDING)).group_by(_PLACE, maintain_order=True)
    said = heard.agg(pl.col("holds").any(), reasons=_joined("sentence"), reasons_en=_joined("sentence_en"))
    marked = held.select(_PLACE).unique().with_columns(validated=pl.lit(value=True))
    return said.join(marked, on=_PLACE, how="full", coalesce=True).with_columns(
        holds=pl.col("holds").fill_null(value=False) | pl.col("validated").fill_null(value=False)
    )


def _joined(column: str) -> pl.Expr:
    return pl.col(column).filter("holds").str.join(" ")


def reports(documents: pl.DataFrame, sections: pl.DataFrame) -> pl.DataFrame:
    """quality.reports: the documents with the status that their sections add up to."""
    counted = sections.group_by("report_id").agg(
        published=pl.col("status").is_in(["published", "accepted"]).any(), held=(pl.col("status") == "held").any()
    )
    status = (
        pl.when(pl.col("reason") != "")
        .then(pl.lit("rejected"))
        .when(~pl.col("published"))
        .then(pl.lit("held"))
        .when("held")
        .then(pl.lit("partly_held"))
        .otherwise(pl.lit("published"))
    )
    return documents.join(counted, on="report_id", how="left", maintain_order="left").with_columns(status=status)
