"""Several files of one body on one year: which are copies of another, and which stand beside it.

In: quality.cells, quality.reports, and where the reports stand. Out: pairs of reports by section. A copy is a file
whose numbers are all in another, too; they count as they were read, for a correction makes no other report of a copy.
"""

from typing import NamedTuple

import polars as pl

from transforms.model import VALUED

_KEY = ["metric", "applicant", "item"]
_PAIR = ["report_id", "report_id_other"]
_DECIDED, _PLAIN, _TROUBLED = 0, 1, 2
_SAYS_MORE = {"": 0, "own": 1}  # of the scope: that a page says nothing of it leaves it empty, or the body's own


class Standing(NamedTuple):
    """(report_id, section) that a person has decided about, and that reading itself holds; section may be empty."""

    decided: pl.DataFrame
    troubled: pl.DataFrame


NOTHING = pl.DataFrame(schema={"report_id": pl.String, "section": pl.String})
NOWHERE = Standing(NOTHING, NOTHING)


class Files(NamedTuple):
    """The files that share body and year with another, and their numbers as read."""

    reports: pl.DataFrame
    numbers: pl.DataFrame


def files(cells: pl.DataFrame, reports: pl.DataFrame) -> Files:
    """Those of quality.reports, refused ones left out, that may be copies; most bodies have one file a year."""
    known = reports.filter((pl.col("agency_id") != "") & pl.col("fiscal_year").is_not_null())
    several = known.filter(pl.len().over("agency_id", "fiscal_year") > 1)
    near = several.select("report_id", "agency_id", "fiscal_year", "scope", "format", "source")
    stated = cells.join(near, on="report_id", how="semi").filter(
        pl.col("state").is_in([state.value for state in VALUED])
    )
    read = pl.when(pl.col("review") == "corrected").then("printed_value").otherwise("value")
    value = read if "printed_value" in cells.columns else pl.col("value")
    columns = ["report_id", "section", "origin", *_KEY, "bound"]
    return Files(near, stated.select(*columns, value=value).drop_nulls("value").unique())


def duplicates(given: Files, standing: Standing, least: int) -> pl.DataFrame:
    """report_id, section, report_id_other, numbers: the sections of a copy, against the file that is preferred.

    The tables tell; the text of a copy goes with them where the other says all of it, and tells where no table does.
    What says less of its scope is a copy of a report that says more, when `least` numbers of table 3 are alike.
    """
    worse = _worse(_contained(given, least), _ranks(given.reports, standing))
    sections = given.numbers.group_by("report_id", "section", "origin").agg(numbers=pl.len())
    held = worse.join(sections, on="report_id").filter((pl.col("origin") == "table") | pl.col("said"))
    kept = _untroubled(held, standing).sort("shared", "rank_other", descending=[True, False])
    return kept.group_by("report_id", "section").agg(pl.col("report_id_other", "numbers").first())


def beside(given: Files, copied: pl.DataFrame) -> pl.DataFrame:
    """report_id, section, report_id_other, differing: files that speak of the same and are no copies.

    `differing` counts the exact numbers that the two have otherwise; files that differ nowhere are told of once.
    """
    on = ["agency_id", "fiscal_year", "scope", "section", "origin", *_KEY]
    said = given.numbers.filter(pl.col("bound") == "").join(given.reports, on="report_id")
    both = said.join(said.select("report_id", "value", *on), on=on, suffix="_other").filter(
        pl.col("report_id") != pl.col("report_id_other")
    )
    alike = both.group_by(*_PAIR, "section", *_KEY).agg(alike=(pl.col("value") == pl.col("value_other")).any())
    pairs = alike.group_by(*_PAIR, "section").agg(differing=(~pl.col("alike")).sum())
    other = ["report_id_other", "section"]
    left = pairs.join(copied, on=["report_id", "section"], how="anti").join(
        copied, left_on=other, right_on=["report_id", "section"], how="anti"
    )
    differing, last = pl.col("differing"), pl.col("section").max().over(_PAIR)
    return left.filter((differing > 0) | ((differing.max().over(_PAIR) == 0) & (pl.col("section") == last)))


def _contained(given: Files, least: int) -> pl.DataFrame:
    """(_PAIR, said, shared): the first says nothing that the second does not say; `said`: nor does its text."""
    who = given.reports.select("report_id", "agency_id", "fiscal_year", "scope")
    own = given.numbers.join(who, on="report_id")
    on = ["agency_id", "fiscal_year", "section", "origin", *_KEY, "bound", "value"]
    both = own.join(own, on=on, suffix="_other").filter(pl.col("report_id") != pl.col("report_id_other"))
    shared = both.group_by(*_PAIR, "scope", "scope_other").agg(
        tables=(pl.col("origin") == "table").sum(),
        text=(pl.col("origin") == "prose").sum(),
        weight=((pl.col("section") == "requests") & (pl.col("value") != 0)).sum(),
        shared=pl.len(),
    )
    sizes = given.numbers.group_by("report_id").agg(
        all_tables=(pl.col("origin") == "table").sum(), all_text=(pl.col("origin") == "prose").sum()
    )
    of_one = pl.col("scope") == pl.col("scope_other")
    says, more = (pl.col(name).replace_strict(_SAYS_MORE, default=2) for name in ("scope", "scope_other"))
    unsaid = (says < more) & (pl.col("weight") >= least)
    said = pl.col("text") == pl.col("all_text")
    whole = (pl.col("tables") == pl.col("all_tables")) & ((pl.col("all_tables") > 0) | said)
    return shared.join(sizes, on="report_id").filter(whole & (of_one | unsaid)).select(*_PAIR, "shared", said=said)


def _worse(pairs: pl.DataFrame, ranks: pl.DataFrame) -> pl.DataFrame:
    """The pairs of which the first is the copy: where each holds the other, text that says less, then the rank."""
    other = {"report_id": "report_id_other", "stands": "stands_other", "rank": "rank_other"}
    back = pairs.select(report_id="report_id_other", report_id_other="report_id", said_other="said")
    ranked = pairs.join(ranks, on="report_id").join(ranks.rename(other), on="report_id_other")
    both = ranked.join(back, on=_PAIR, how="left")
    one = pl.format("{} {} {}", "stands", pl.col("said").cast(pl.Int8), "rank")
    two = pl.format("{} {} {}", "stands_other", pl.col("said_other").cast(pl.Int8), "rank_other")
    return both.filter(pl.col("said_other").is_null() | (one > two))


def _ranks(reports: pl.DataFrame, standing: Standing) -> pl.DataFrame:
    """Which copy is preferred: decided, not troubled, tables that kept their grid, the name that sorts first."""
    among = [pl.col("report_id").is_in(frame["report_id"].unique().implode()) for frame in standing]
    stands = pl.when(among[0]).then(_DECIDED).when(among[1]).then(_TROUBLED).otherwise(_PLAIN)
    flat = (pl.col("format") == "text").cast(pl.Int8)
    return reports.select("report_id", stands=stands, rank=pl.format("{} {} {}", flat, "source", "report_id"))


def _untroubled(held: pl.DataFrame, standing: Standing) -> pl.DataFrame:
    """Without the sections that reading holds in the preferred file and not in the copy: else neither would go out."""
    place = ["report_id", "section"]
    open_ones = standing.troubled.join(standing.decided, on=place, how="anti").unique()
    marked = held.with_columns(
        here=_stands(held, "report_id", open_ones), there=_stands(held, "report_id_other", open_ones)
    )
    return marked.filter(pl.col("here") | ~pl.col("there"))


def _stands(held: pl.DataFrame, name: str, places: pl.DataFrame) -> pl.Series:
    known = set(places.iter_rows())
    return pl.Series(
        [(one, part) in known or (one, "") in known for one, part in held.select(name, "section").iter_rows()],
        dtype=pl.Boolean,
    )
