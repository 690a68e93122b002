"""Every identity of every report becomes a residual: left side, right side, difference, outcome.

In: the cells frame (data/tables.yml, quality.cells), who reports on which year, and the declared terms. Out: one row
per report, identity and instance that the report has any operand of on both sides. An operand missing, blank or
approximate makes it not assessable.
"""

import polars as pl

from transforms.forms import DeclaredTerm, identities, terms
from transforms.model import VALUED

KEY = ["report_id", "section", "identity", "instance"]
INSTANCE = ["form", "section", "identity", "instance"]
SIDE = [*INSTANCE, "reading", "side"]
RULE = ["tolerance", "when_left", "relation", "factor", "base", "within", "since", "until"]
SLACK = 1e-6  # sums of money differ in the last binary digit with the order of their terms
_EXACT = pl.col("state").is_in([state.value for state in VALUED]) & (pl.col("bound") == "")
_CELL = ["cell_form", "metric", "applicant", "origin", "year"]
_KINDS = {int: pl.Int64, float: pl.Float64, bool: pl.Boolean, int | None: pl.Int64, float | None: pl.Float64}
_NARRATIVE = "narrative"


def terms_frame() -> pl.DataFrame:
    """The operands of every sum, one row each; `cell_form` is the form that its cell bears.

    It is empty for prose, and for the year before, whose report may be of another form.
    """
    schema = {name: _KINDS.get(kind, pl.String) for name, kind in DeclaredTerm.__annotations__.items()}
    anywhere = (pl.col("origin") == "prose") | (pl.col("year") != 0)
    cell_form = pl.when(anywhere).then(pl.lit("")).otherwise(pl.col("form"))
    return pl.DataFrame(terms(), schema=schema, orient="row").with_columns(cell_form=cell_form)


def residuals(cells: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """All residuals: sums declared in the forms, within a year or over two, and the parts of prose totals.

    Args:
        cells: quality.cells. reports: report_id, agency_id, scope, fiscal_year of every report.

    Columns: report_id, section, identity, instance, left_value, right_value, difference, outcome, and `reading`, the
    number of the reading that passed or, where none did, of the first.
    """
    exact = cells.with_columns(exact=pl.when(_EXACT).then(pl.col("value")))
    return pl.concat([_declared(exact, reports), _parts(exact)]).sort(KEY)


def years_before(reports: pl.DataFrame) -> pl.DataFrame:
    """(report_id, before): the reports on the year before of the same agency and scope, as far as they are known."""
    known = reports.filter((pl.col("agency_id") != "") & pl.col("fiscal_year").is_not_null())
    place = ["agency_id", "scope", "fiscal_year"]
    before = known.select(*place[:2], pl.col("fiscal_year") + 1, before="report_id")
    return known.join(before, on=place).select("report_id", "before")


def _declared(cells: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    declared = terms_frame()
    totals = _totals(_operands(cells, reports, declared), _sides(declared))
    borne = totals.join(_forms_borne(cells), on=["report_id", "form"], how="semi")
    lefts = borne.filter(pl.col("side") == "left").select("report_id", "at", left_value="total", left_known="known")
    rights = borne.filter(pl.col("side") == "right").select(
        "report_id", "at", "reading", right_value="total", right_known="known"
    )
    both = lefts.join(rights, on=["report_id", "at"]).join(_instances(declared), on="at", how="left")
    dated = both.join(reports.select("report_id", "fiscal_year"), on="report_id", how="left")
    return _judged(dated.filter(_applies()))


def _instances(declared: pl.DataFrame) -> pl.DataFrame:
    """One row per instance of a rule, numbered `at`: joins over millions of operands go by numbers, not by names."""
    right = pl.col("reading").filter(pl.col("side") == "right")
    return (
        declared.group_by(INSTANCE, maintain_order=True)
        .agg(pl.col(RULE).first(), readings=right.n_unique())
        .with_row_index("at")
    )


def _sides(declared: pl.DataFrame) -> pl.DataFrame:
    """One row per side of an instance, numbered `sum`, with how many operands it wants."""
    places = _instances(declared).select("at", *INSTANCE)
    sides = declared.group_by(SIDE, maintain_order=True).agg(wanted=(~pl.col("optional")).sum())
    return sides.join(places, on=INSTANCE, maintain_order="left").with_row_index("sum")


def _applies() -> pl.Expr:
    """Whether a rule speaks of this year and of sides of this size; a dated rule needs a report whose year is known."""
    year = pl.col("fiscal_year")
    in_force = (pl.col("since").is_null() | (year >= pl.col("since"))) & (
        pl.col("until").is_null() | (year <= pl.col("until"))
    )
    asked = pl.col("when_left").is_null() | (pl.col("left_value") == pl.col("when_left"))
    large = (pl.col("base") == 0) | (pl.col("right_value") >= pl.col("base"))
    return in_force & asked & large


def _operands(cells: pl.DataFrame, reports: pl.DataFrame, declared: pl.DataFrame) -> pl.DataFrame:
    """Declared terms that a report states, each with its side and its exact value or null."""
    in_tables = pl.col("origin") == "table"
    stated = cells.filter(pl.col("item") == "").select(
        "report_id", "exact", "metric", "applicant", "origin", cell_form="form", year=pl.lit(0, pl.Int64)
    )
    # The key of the cells lets a table say each number once; only prose and several reports of a year may repeat it.
    said = [stated.filter(in_tables), _agreed(stated.filter(~in_tables)), _last_year(stated.filter(in_tables), reports)]
    wanted = declared.join(_sides(declared), on=SIDE).select(*_CELL, "sum", "weight", "optional")
    return wanted.join(pl.concat(said, how="diagonal"), on=_CELL).select(
        "report_id", "sum", "weight", "optional", "exact"
    )


def _forms_borne(cells: pl.DataFrame) -> pl.DataFrame:
    """(report_id, form): the forms of a report's tables, and what all prose counts as."""
    tables = cells.filter(pl.col("origin") == "table").select("report_id", "form").unique()
    prose = cells.select("report_id", form=pl.lit(_NARRATIVE)).unique()
    return pl.concat([tables, prose])


def _last_year(stated: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """The table cells of the report on the year before, as operands of the report on this year."""
    then = stated.rename({"report_id": "before"}).join(years_before(reports), on="before")
    return _agreed(then.with_columns(cell_form=pl.lit(""), year=pl.lit(-1, pl.Int64)))


def _agreed(stated: pl.DataFrame) -> pl.DataFrame:
    """A number stated several times is known when every statement is exact and all say the same."""
    exact = pl.col("exact")
    agree = (exact.count() == pl.len()) & (exact.min() == exact.max())
    return stated.group_by("report_id", *_CELL).agg(exact=pl.when(agree).then(exact.first()))


def _totals(operands: pl.DataFrame, sides: pl.DataFrame) -> pl.DataFrame:
    """One row per side that a report states: its total, known only when every declared term of it is.

    An optional term that the report does not print is left out; one that it prints must be known like any other.
    """
    optional = pl.col("optional")
    summed = operands.group_by("report_id", "sum").agg(
        total=(pl.col("weight") * pl.col("exact")).sum(),
        count=pl.col("exact").filter(~optional).count(),
        unknown=pl.col("exact").null_count(),
    )
    known = (pl.col("count") == pl.col("wanted")) & (pl.col("unknown") == 0)
    return summed.join(sides, on="sum", how="left").with_columns(
        known=known, total=pl.when(known).then(pl.col("total"))
    )


def _judged(both: pl.DataFrame) -> pl.DataFrame:
    """Passes when any reading fits; fails when all are known and none does; else not assessable."""
    fits = (_distance() <= pl.col("tolerance") + SLACK).fill_null(value=False)
    known = pl.col("left_known") & pl.col("right_known")
    difference = pl.col("left_value") - pl.col("right_value")
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
    columns = [*KEY, "left_value", "right_value", "difference", "fits", "known", "present", "readings", "reading"]
    joined = pl.concat([alone.select(columns), several.select(columns)], how="vertical_relaxed")
    return joined.select(*KEY, "left_value", "right_value", "difference", "reading", outcome=outcome)


def _distance() -> pl.Expr:
    """How far the sides are from what the relation asks for; 0 when it holds."""
    left, right, factor = pl.col("left_value"), pl.col("right_value"), pl.col("factor")
    beyond = pl.max_horizontal(left - factor * right, right - factor * left)
    alike = _is_times(left, right) | _is_times(right, left)
    relation = pl.col("relation")
    return (
        pl.when(relation == "=")
        .then((left - right).abs())
        .when(relation == "<=")
        .then(left - right)
        .when(relation == "~")
        .then(beyond)
        .otherwise(alike.cast(pl.Float64))
    )


def _is_times(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether one side is `factor` times the other, give or take a share of `within`."""
    times = pl.col("factor") * other
    return (one > 0) & ((one - times).abs() <= pl.col("within") * times)


def _best_reading(compared: pl.DataFrame) -> pl.DataFrame:
    """One row per instance: a reading that fits if there is one, else the first; `known` when all of them are."""
    ordered = compared.sort([*KEY, "fits", "reading"], descending=[False] * 4 + [True, False])
    first = ["left_value", "right_value", "difference", "readings", "reading"]
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
        reading=pl.lit(0, pl.Int64),
        outcome=_outcome(identity.tolerance),
    ).select(*KEY, "left_value", "right_value", "difference", "reading", "outcome")


def _outcome(tolerance: float) -> pl.Expr:
    return (
        pl.when(pl.col("difference").is_null())
        .then(pl.lit("not_assessable"))
        .when(pl.col("difference").abs() <= tolerance + SLACK)
        .then(pl.lit("pass"))
        .otherwise(pl.lit("fail"))
    )
