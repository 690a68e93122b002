"""Every identity of every report becomes a residual: left side, right side, difference, outcome.

In: the cells frame (data/tables.yml, quality.cells) and the declared terms. Out: one row per report, identity and
instance that the report has any operand of. An operand missing, blank or approximate makes it not assessable.
"""

import polars as pl

from transforms.forms import identities, terms
from transforms.model import VALUED

KEY = ["report_id", "section", "identity", "instance"]
INSTANCE = ["form", "identity", "instance"]
SLACK = 1e-6  # sums of money differ in the last binary digit with the order of their terms
_EXACT = pl.col("state").is_in([state.value for state in VALUED]) & (pl.col("bound") == "")


def terms_frame() -> pl.DataFrame:
    """The operands of every sum, one row each; `cell_form` is the form that its cell bears (none for prose)."""
    schema = {
        "form": pl.String,
        "section": pl.String,
        "identity": pl.String,
        "instance": pl.String,
        "reading": pl.Int64,
        "side": pl.String,
        "weight": pl.Float64,
        "origin": pl.String,
        "metric": pl.String,
        "applicant": pl.String,
        "tolerance": pl.Float64,
        "when_left": pl.Float64,
        "relation": pl.String,
        "optional": pl.Boolean,
    }
    cell_form = pl.when(pl.col("origin") == "prose").then(pl.lit("")).otherwise(pl.col("form"))
    return pl.DataFrame(terms(), schema=schema, orient="row").with_columns(cell_form=cell_form)


def residuals(cells: pl.DataFrame) -> pl.DataFrame:
    """All residuals: sums declared in the forms, and the parts of prose totals.

    Columns: report_id, section, identity, instance, left_value, right_value, difference, outcome.
    """
    exact = cells.with_columns(exact=pl.when(_EXACT).then(pl.col("value")))
    return pl.concat([_declared(exact), _parts(exact)]).sort(KEY)


def _declared(cells: pl.DataFrame) -> pl.DataFrame:
    declared = terms_frame()
    sides = _sides(_operands(cells, declared), declared)
    lefts = sides.filter(pl.col("side") == "left").select(*KEY, "form", left_value="total", left_known="known")
    rights = sides.filter(pl.col("side") == "right").select(
        *KEY, "form", "reading", right_value="total", right_known="known"
    )
    limits = declared.group_by(INSTANCE).agg(
        pl.col("tolerance", "when_left", "relation").first(),
        readings=pl.col("reading").filter(pl.col("side") == "right").n_unique(),
    )
    both = lefts.join(rights, on=[*KEY, "form"], how="inner").join(limits, on=INSTANCE, how="left")
    applies = pl.col("when_left").is_null() | (pl.col("left_value") == pl.col("when_left"))
    return _judged(both.filter(applies))


def _operands(cells: pl.DataFrame, declared: pl.DataFrame) -> pl.DataFrame:
    """Declared terms of the forms that a report bears, each with its exact value or null."""
    bears = cells.filter(pl.col("origin") == "table").select("report_id", "form").unique()
    on = ["cell_form", "metric", "applicant", "origin"]
    stated = cells.filter(pl.col("item") == "").select("report_id", "exact", *on[1:], cell_form="form")
    in_prose = pl.col("origin") == "prose"
    # The key of the cells lets a table say each number once; only prose may repeat itself.
    said_once = pl.concat([stated.filter(~in_prose), _agreed(stated.filter(in_prose), on)], how="diagonal")
    found = declared.join(said_once, on=on, how="inner")
    return found.join(bears, on=["report_id", "form"], how="semi")


def _agreed(stated: pl.DataFrame, on: list[str]) -> pl.DataFrame:
    """A number stated several times is known when every statement is exact and all say the same."""
    exact = pl.col("exact")
    agree = (exact.count() == pl.len()) & (exact.min() == exact.max())
    return stated.group_by("report_id", *on).agg(exact=pl.when(agree).then(exact.first()))


def _sides(operands: pl.DataFrame, declared: pl.DataFrame) -> pl.DataFrame:
    """One row per side of each instance: its total, known only when every declared term of it is.

    An optional term that the report does not print is left out; one that it prints must be known like any other.
    """
    side = [*INSTANCE, "reading", "side"]
    optional = pl.col("optional")
    wanted = declared.group_by(side).agg(wanted=(~optional).sum())
    summed = operands.group_by([*KEY, "form", "reading", "side"]).agg(
        total=(pl.col("weight") * pl.col("exact")).sum(),
        count=pl.col("exact").filter(~optional).count(),
        unknown=pl.col("exact").null_count(),
    )
    known = (pl.col("count") == pl.col("wanted")) & (pl.col("unknown") == 0)
    return summed.join(wanted, on=side, how="left").with_columns(
        known=known, total=pl.when(known).then(pl.col("total"))
    )


def _judged(both: pl.DataFrame) -> pl.DataFrame:
    """Passes when any reading fits; fails when all are known and none does; else not assessable."""
    difference = pl.col("left_value") - pl.col("right_value")
    distance = pl.when(pl.col("relation") == "<=").then(difference).otherwise(difference.abs())
    fits = (distance <= pl.col("tolerance") + SLACK).fill_null(value=False)
    known = pl.col("left_known") & pl.col("right_known")
    compared = both.with_columns(difference=difference, fits=fits, known=known)
    alone = compared.filter(pl.col("readings") == 1).with_columns(present=pl.lit(1))
    several = _best_reading(compared.filter(pl.col("readings") > 1))
    outcome = (
        pl.when("fits")
        .then(pl.lit("pass"))
        .when(pl.col("known") & (pl.col("present") == pl.col("readings")))
        .then(pl.lit("fail"))
        .otherwise(pl.lit("not_assessable"))
    )
    columns = [*KEY, "left_value", "right_value", "difference", "fits", "known", "present", "readings"]
    joined = pl.concat([alone.select(columns), several.select(columns)], how="vertical_relaxed")
    return joined.select(*KEY, "left_value", "right_value", "difference", outcome=outcome)


def _best_reading(compared: pl.DataFrame) -> pl.DataFrame:
    """One row per instance: a reading that fits if there is one, else the first; `known` when all of them are."""
    ordered = compared.sort([*KEY, "fits", "reading"], descending=[False] * 4 + [True, False])
    first = ["left_value", "right_value", "difference", "readings"]
    return ordered.group_by(KEY, maintain_order=True).agg(
        pl.col(first).first(), fits=pl.col("fits").any(), known=pl.col("known").all(), present=pl.len()
    )


def _parts(cells: pl.DataFrame) -> pl.DataFrame:
    """Prose parts of a closed list against the total that they belong to; the instance is the total's place."""
    prose = cells.filter(pl.col("origin") == "prose")
    wholes = prose.select("report_id", instance="locator", right_value="exact").unique(["report_id", "instance"])
    summed = (
        prose.filter(pl.col("whole") != "")
        .group_by("report_id", instance="whole")
        .agg(left_value=pl.col("exact").sum(), known=pl.col("exact").is_not_null().all())
    )
    both = summed.join(wholes, on=["report_id", "instance"], how="left").with_columns(
        left_value=pl.when("known").then("left_value"),
        difference=pl.when("known").then(pl.col("left_value") - pl.col("right_value")),
    )
    identity = next(item for item in identities().values() if item.parts)
    return both.select(
        "report_id",
        "instance",
        "left_value",
        "right_value",
        "difference",
        section=pl.lit(identity.section),
        identity=pl.lit(identity.id),
        outcome=_outcome(identity.tolerance),
    ).select(*KEY, "left_value", "right_value", "difference", "outcome")


def _outcome(tolerance: float) -> pl.Expr:
    return (
        pl.when(pl.col("difference").is_null())
        .then(pl.lit("not_assessable"))
        .when(pl.col("difference").abs() <= tolerance + SLACK)
        .then(pl.lit("pass"))
        .otherwise(pl.lit("fail"))
    )
