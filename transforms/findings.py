"""Residuals and notes become findings with severity, likely cause and a sentence in two languages.

Out: quality.findings (data/tables.yml). Sentences are written for failures and notes, and for a pass where it matters
which of several readings fitted.
"""

import re
from collections.abc import Mapping
from functools import cache

import polars as pl
from pydantic import TypeAdapter

from transforms import across
from transforms.forms import forms, identities, load, metrics, note_kinds
from transforms.identity import Identity

KEY = ["report_id", "section", "identity", "instance"]
_SLIP = re.compile(r" \((\w+)\)")


def findings(residuals: pl.DataFrame, notes: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """All findings, sorted by key, with the `detail` that a note was made of.

    Args:
        residuals: as `reconcile.residuals` gives them.
        notes: report_id, code, section, place, detail.
        cells: quality.cells; tells whether a section was read from a grid or from flattened text.
    """
    return pl.concat([_from_residuals(residuals, notes, cells), _from_notes(notes)], how="diagonal").sort(KEY)


def _from_residuals(residuals: pl.DataFrame, notes: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    severities = {rule.id: rule.severity for rule in identities().values()}
    severities |= {rule.id: rule.severity for rule in across.rules().values()}
    failing = residuals.filter((pl.col("outcome") == "fail") | _matched())
    sentences = pl.DataFrame(
        [_sentences(row) for row in failing.iter_rows(named=True)],
        schema={"sentence": pl.String, "sentence_en": pl.String},
        orient="row",
    )
    told = pl.concat([failing.select(KEY), sentences], how="horizontal")
    blamed = residuals.join(_causes(notes, cells), on=["report_id", "section"], how="left", maintain_order="left")
    return blamed.join(told, on=KEY, how="left", maintain_order="left").with_columns(
        pl.col("sentence", "sentence_en").fill_null(""),
        severity=pl.col("identity").replace_strict(severities, return_dtype=pl.String),
        informative=pl.col("outcome").is_in(["pass", "fail"])
        & (pl.col("left_value").abs() + pl.col("right_value").abs() > 0).fill_null(value=False),
        cause=pl.when(pl.col("outcome") == "fail")
        .then(pl.col("cause").fill_null("undetermined"))
        .otherwise(pl.lit("")),
    )


def _matched() -> pl.Expr:
    """Passes of rules with several readings: which one fitted is worth saying."""
    several = [identity.id for identity in identities().values() if identity.matches]
    return (pl.col("outcome") == "pass") & pl.col("identity").is_in(several)


def _causes(notes: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """Whose fault a failed sum more likely is: ours where the reading had doubts, the source's on an intact grid."""
    doubts = [code for code, kind in note_kinds().items() if kind.kind == "note" and kind.cause == "reading"]
    doubtful = notes.filter(pl.col("code").is_in(doubts)).select("report_id", "section", doubt=True).unique()
    intact = (
        cells.filter(pl.col("origin") == "table")
        .group_by("report_id", "section")
        .agg(grid=pl.col("locator").filter(pl.col("locator") != "").str.starts_with("t").all())
    )
    cause = (
        pl.when(pl.col("doubt").is_not_null())
        .then(pl.lit("reading"))
        .when("grid")
        .then(pl.lit("source"))
        .otherwise(pl.lit("undetermined"))
    )
    joined = intact.join(doubtful, on=["report_id", "section"], how="full", coalesce=True)
    return joined.select("report_id", "section", cause=cause)


def _sentences(row: dict[str, object]) -> tuple[str, str]:
    name, instance = str(row["identity"]), str(row["instance"])
    values = {"left": row["left_value"], "right": row["right_value"], "difference": row["difference"]}
    if name in across.rules():
        rule, called = across.rules()[name], metrics().get(instance)
        chinese, english = called.zh if called else instance, instance
        return rule.zh.format(instance=chinese, **values), rule.en.format(instance=english, **values)
    identity = identities()[name]
    if row["outcome"] == "pass":
        match = identity.matches[int(str(row["reading"]))]
        return match.zh, match.en
    chinese, english = _names(identity, instance)
    return identity.zh.format(instance=chinese, **values), identity.en.format(instance=english, **values)


def _names(identity: Identity, instance: str) -> tuple[str, str]:
    """What an instance is called: the row, the column, or the place itself."""
    if identity.over:
        return identity.over[instance], instance
    if identity.each == "metric":
        return metrics()[instance].zh, instance
    if identity.each == "applicant":
        return applicant_names().get(instance, instance), instance
    return instance, instance


@cache
def applicant_names() -> dict[str, str]:
    """Applicant code -> the wording of its column."""
    columns = [column for form in forms().values() for table in form.tables for column in table.columns]
    return {column.applicant: column.labels[0] for column in reversed(columns) if column.applicant}


def in_chinese(detail: str) -> str:
    """A remark of the reader with its codes (metrics, columns after them, kinds of slips) by their Chinese names."""
    named = _SLIP.sub(lambda slip: f"（{_slips()[slip[1]]}）" if slip[1] in _slips() else slip[0], detail)
    return _code().sub(lambda code: _called(code[1], code[2] or "") or code[0], named)


@cache
def _code() -> re.Pattern[str]:
    """A code of a metric and maybe of a column; of one word only those that are metrics (staff)."""
    words = "|".join(metric for metric in metrics() if "_" not in metric)
    return re.compile(rf"([a-z][a-z0-9]*(?:_[a-z0-9]+)+|\b(?:{words})\b)(?:[@ ]([a-z]+(?:_[a-z]+)?)(?![a-z_]))?")


@cache
def _slips() -> Mapping[str, str]:
    return TypeAdapter(dict[str, str]).validate_python(load("lookups/slips.yml"))


def _called(metric: str, applicant: str) -> str:
    if metric not in metrics():
        return ""
    return " · ".join(filter(None, (metrics()[metric].zh, applicant_names().get(applicant, applicant))))


def _from_notes(notes: pl.DataFrame) -> pl.DataFrame:
    """A note is a failure of its own kind; its place (or its number among equals) is the instance."""
    kinds = note_kinds()
    rows = [
        (
            note["report_id"],
            note["section"],
            note["code"],
            note["place"],
            kinds[note["code"]].severity,
            kinds[note["code"]].cause,
            kinds[note["code"]].zh.format(detail=in_chinese(note["detail"])),
            kinds[note["code"]].en.format(detail=note["detail"]),
            note["detail"],
        )
        for note in notes.iter_rows(named=True)
    ]
    names = [*KEY, "severity", "cause", "sentence", "sentence_en", "detail"]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    repeat = pl.int_range(pl.len()).over(KEY)
    instance = pl.when(repeat > 0).then(pl.format("{}#{}", "instance", repeat + 1)).otherwise("instance")
    nothing = pl.lit(None, dtype=pl.Float64)
    return frame.with_columns(
        instance=instance,
        outcome=pl.lit("fail"),
        informative=pl.lit(value=True),
        left_value=nothing,
        right_value=nothing,
        difference=nothing,
    )
