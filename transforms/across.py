"""Rules that no sum of one report expresses: when it appeared, who may say so, and what several reports say together.

In: quality.cells, the documents (quality.reports), data/rules.yml. Out: residuals as those of transforms/reconcile.py,
`fail` rows only where a rule is about several reports, for what is alike by chance in two of them proves nothing.
"""

from collections.abc import Callable
from functools import cache

import polars as pl

from transforms import copies
from transforms.forms import load
from transforms.identity import Declared
from transforms.model import VALUED, Severity
from transforms.reconcile import KEY, years_before

_TABLE = "requests"
_PLACE = ["metric", "applicant"]
_SAME_YEAR = ["fiscal_year", "scope"]
_SCHEMA = {
    **dict.fromkeys(KEY, pl.String),
    **dict.fromkeys(("left_value", "right_value", "difference"), pl.Float64),
    "reading": pl.Int64,
    "outcome": pl.String,
}


class Rule(Declared):
    """One rule of data/rules.yml; what is below `en` belongs to some kinds only."""

    id: str
    kind: str
    severity: Severity
    zh: str
    en: str
    off: bool = False
    least: int = 0
    metrics: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    month: int = 12
    day: int = 31
    quantile: float = 1.0
    part: str = ""
    pattern: str = ""


@cache
def rules() -> dict[str, Rule]:
    """The declared rules by id, less those that are switched off. Raises KeyError for a kind that nothing checks."""
    declared = [Rule(**body) for body in load("rules.yml")]
    unknown = {rule.kind for rule in declared} - KINDS.keys() - {"duplicate", "restated"}
    if unknown:
        raise KeyError(f"data/rules.yml: no such kind: {sorted(unknown)}")
    return {rule.id: rule for rule in declared if not rule.off}


def residuals(cells: pl.DataFrame, reports: pl.DataFrame, standing: copies.Standing = copies.NOWHERE) -> pl.DataFrame:
    """What the rules say of all reports, in the columns of reconcile.residuals.

    Args:
        cells: quality.cells. reports: quality.reports, refused ones too.
        standing: which of several copies is preferred.
    """
    exact = cells.filter(pl.col("state").is_in([state.value for state in VALUED]) & (pl.col("bound") == ""))
    read = reports.filter(pl.col("reason") == "")
    tables, several = exact.filter(origin="table"), _copied_or_beside(cells, read, standing)
    found = [
        _framed(rule, several[rule.kind] if rule.kind in several else KINDS[rule.kind](rule, tables, read))
        for rule in rules().values()
    ]
    return pl.concat([pl.DataFrame(schema=_SCHEMA), *found]).sort(KEY)


def _copied_or_beside(cells: pl.DataFrame, reports: pl.DataFrame, standing: copies.Standing) -> dict[str, pl.DataFrame]:
    """What the kinds about several files of one body and year find."""
    files = copies.files(cells, reports)
    least = max((rule.least for rule in rules().values() if rule.kind == "duplicate"), default=0)
    copied = copies.duplicates(files, standing, least)
    beside = copies.beside(files, copied)
    return {
        "duplicate": _failing(copied, "report_id_other", "numbers"),
        "restated": _failing(beside, "report_id_other", "differing"),
    }


def _framed(rule: Rule, found: pl.DataFrame) -> pl.DataFrame:
    """report_id, section, instance, left_value, right_value, ok of a rule as residuals."""
    return found.select(
        "report_id",
        "section",
        pl.lit(rule.id).alias("identity"),
        pl.col("instance").cast(pl.String),
        pl.col("left_value", "right_value").cast(pl.Float64),
        difference=(pl.col("left_value") - pl.col("right_value")).cast(pl.Float64),
        reading=pl.lit(0, pl.Int64),
        outcome=pl.when("ok").then(pl.lit("pass")).otherwise(pl.lit("fail")),
    )


def _vectors(cells: pl.DataFrame, least: int) -> pl.DataFrame:
    """(report_id, vector, weight): the numbers of a report as one text, where `least` of them are not zero.

    Only of reports that another may be alike: the text is what costs, and a few numbers tell most reports apart.
    """
    value = pl.col("value")
    sketch = {"weight": (value != 0).sum(), "count": pl.len(), "least": value.min(), "most": value.max()}
    drawn = cells.group_by("report_id").agg(**sketch, whole=value.floor().cast(pl.Int64, strict=False).sum())
    likely = drawn.filter((pl.col("weight") >= least) & (pl.len().over(*sketch, "whole") > 1))
    number = pl.format("{}@{}={}", "metric", "applicant", "value")
    told = cells.join(likely.select("report_id"), on="report_id", how="semi")
    vectors = told.group_by("report_id").agg(vector=number.sort().str.join(" "))
    return vectors.join(likely.select("report_id", "weight"), on="report_id")


def _alike(cells: pl.DataFrame, reports: pl.DataFrame, least: int) -> pl.DataFrame:
    """Every two reports of one year and scope with the same numbers: `_other` is the second report's."""
    known = reports.filter((pl.col("agency_id") != "") & pl.col("fiscal_year").is_not_null())
    told = known.select("report_id", "agency_id", *_SAME_YEAR).join(_vectors(cells, least), on="report_id")
    both = told.join(told, on=["vector", *_SAME_YEAR], suffix="_other")
    return both.filter(pl.col("report_id") != pl.col("report_id_other"))


def _twin(rule: Rule, cells: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """Two agencies with one table 3: which of them is wrong cannot be told."""
    others = _alike(cells.filter(section=_TABLE), reports, rule.least).filter(
        pl.col("agency_id") != pl.col("agency_id_other")
    )
    first = others.group_by("report_id").agg(pl.col("report_id_other").min(), pl.col("weight").first())
    return _failing(first.with_columns(section=pl.lit(_TABLE)), "report_id_other", "weight")


def _copied(rule: Rule, cells: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    vectors = _vectors(cells.filter(section=_TABLE), rule.least)
    both = years_before(reports).join(vectors, on="report_id")
    same = both.join(vectors.rename({"report_id": "before"}), on=["before", "vector"])
    first = same.group_by("report_id").agg(pl.col("before").min(), pl.col("weight").first())
    return _failing(first.with_columns(section=pl.lit(_TABLE)), "before", "weight")


def _member(rule: Rule, cells: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """No body has more requests than the area that it belongs to, where the area's report counts all its bodies."""
    totals = cells.filter(pl.col("metric").is_in(rule.metrics) & (pl.col("applicant") == "total"))
    said = totals.select("report_id", "metric", "value").join(
        reports.filter(pl.col("region_code") != "").select("report_id", "region_code", "fiscal_year", "scope"),
        on="report_id",
    )
    area = said.filter(scope="aggregate").select(
        "region_code", "fiscal_year", "metric", area="value", whole="report_id"
    )
    both = said.filter(scope="own").join(area, on=["region_code", "fiscal_year", "metric"])
    greatest = both.group_by("report_id", "metric").agg(pl.col("value").first(), pl.col("area").max())
    return greatest.select(
        "report_id",
        section=pl.lit(_TABLE),
        instance="metric",
        left_value="value",
        right_value="area",
        ok=pl.col("value") <= pl.col("area"),
    )


def _power(rule: Rule, cells: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    lower = reports.filter((pl.col("level") != "") & ~pl.col("level").is_in(rule.levels)).select("report_id")
    rules_in_force = cells.filter(pl.col("metric").is_in(["rules_issued", "rules_in_force"]))
    most = rules_in_force.join(lower, on="report_id").group_by("report_id").agg(left_value=pl.col("value").max())
    return most.with_columns(
        section=pl.lit("proactive"), instance=pl.lit(""), right_value=0.0, ok=pl.col("left_value") == 0
    )


def _noted(rule: Rule, cells: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """What a bracket behind a number says is a part of it (5 of which 2 were revised) is at most the number."""
    bracketed = cells.filter(pl.col("printed").str.contains("[(（]"))
    noted = bracketed.with_columns(left_value=pl.col("printed").str.extract(rule.pattern).cast(pl.Float64))
    return noted.drop_nulls("left_value").select(
        "report_id",
        "section",
        pl.when(pl.col("applicant") == "").then("metric").otherwise(pl.format("{}@{}", *_PLACE)).alias("instance"),
        "left_value",
        right_value="value",
        ok=pl.col("left_value") <= pl.col("value"),
    )


def _early(rule: Rule, cells: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    return _dated(reports, pl.col("published_on").dt.year() > pl.col("fiscal_year"))


def _late(rule: Rule, cells: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    return _dated(reports, pl.col("published_on") <= pl.date(pl.col("fiscal_year") + 1, rule.month, rule.day))


def _dated(reports: pl.DataFrame, ok: pl.Expr) -> pl.DataFrame:
    known = reports.filter(pl.col("published_on").is_not_null() & pl.col("fiscal_year").is_not_null())
    return known.select(
        "report_id",
        section=pl.lit(""),
        instance="published_on",
        left_value=pl.col("published_on").dt.year(),
        right_value="fiscal_year",
        ok=ok,
    )


def _missing(rule: Rule, cells: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """The gap of one year between two reports of an agency, told of the later one."""
    known = reports.filter((pl.col("agency_id") != "") & pl.col("fiscal_year").is_not_null())
    years = known.select("agency_id", "scope", "fiscal_year", "report_id").sort("fiscal_year", "report_id")
    gap = pl.col("fiscal_year") - pl.col("fiscal_year").shift(1).over("agency_id", "scope")
    later = years.with_columns(gap=gap).filter(pl.col("gap") == 2)
    return _failing(
        later.with_columns(section=pl.lit(""), year=pl.col("fiscal_year") - 1, none=pl.lit(0)), "year", "none"
    )


def _peers(rule: Rule, cells: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """The share of one outcome among all reports of the year, where there are enough of them to compare."""
    totals = cells.filter((pl.col("applicant") == "total") & pl.col("metric").is_in([rule.part, "requests_concluded"]))
    wide = totals.pivot(on="metric", index="report_id", values="value", aggregate_function="first")
    if not {rule.part, "requests_concluded"} <= set(wide.columns):
        return _failing(pl.DataFrame(schema={"report_id": pl.String, "section": pl.String, "x": pl.String}), "x", "x")
    shares = wide.filter(pl.col("requests_concluded") >= rule.least).select(
        "report_id", share=pl.col(rule.part) / pl.col("requests_concluded")
    )
    told = shares.join(reports.select("report_id", "fiscal_year"), on="report_id").drop_nulls()
    year = told.filter(pl.len().over("fiscal_year") >= rule.least)
    limit = pl.col("share").quantile(rule.quantile, "higher").over("fiscal_year")
    return year.select(
        "report_id",
        section=pl.lit(_TABLE),
        instance=pl.lit(""),
        left_value=pl.col("share").round(3),
        right_value=limit.round(3),
        ok=pl.col("share") <= limit,
    )


def _failing(found: pl.DataFrame, instance: str, left: str) -> pl.DataFrame:
    return found.select(
        "report_id",
        "section",
        pl.col(instance).cast(pl.String).alias("instance"),
        pl.col(left).cast(pl.Float64).alias("left_value"),
        right_value=pl.lit(0.0),
        ok=pl.lit(value=False),
    )


KINDS: dict[str, Callable[[Rule, pl.DataFrame, pl.DataFrame], pl.DataFrame]] = {
    "twin": _twin,
    "copied": _copied,
    "member": _member,
    "power": _power,
    "noted": _noted,
    "early": _early,
    "late": _late,
    "missing": _missing,
    "peers": _peers,
}
