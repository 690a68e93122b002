"""Numbers that count things: which metrics they are, and which cells are no whole number from zero up."""

import polars as pl

from transforms.forms import metrics

MONEY_AND_RATES = ("yuan", "rate", "share", "amount", "spending", "change")


def counts() -> set[str]:
    """The metrics that count things: whole numbers from zero up."""
    return {code for code in metrics() if not any(word in code for word in MONEY_AND_RATES)}


def no_counts(cells: pl.DataFrame) -> pl.DataFrame:
    """A note for each cell that should be a count and is none, as expectations/judged.sql finds them."""
    value = pl.col("value")
    odd = cells.filter(pl.col("metric").is_in(list(counts())) & ((value < 0) | (value != value.floor())))
    names = [pl.col("metric"), *(pl.when(pl.col(name) != "").then(name) for name in ("applicant", "item"))]
    place = pl.concat_str(names, separator="/", ignore_nulls=True)
    return odd.select("report_id", "section", code=pl.lit("not_a_count"), place=place, detail=place).select(
        "report_id", "code", "section", "place", "detail"
    )
