"""The frames of a run in, one verdict on its publishing out: a single Great Expectations validation in DuckDB.

Great Expectations judges sums that DuckDB computes again from cells and terms (judged.sql), and the answer of polars
must name the same failures; rules that no sum expresses are computed once, in polars, and judged as told. Exact is a
cell with a value that is not approximate and has no bound. A term is known when the cells of the report with its form
(none in prose), origin, metric, applicant and an empty item are all exact and agree. An instance fails when left and
every reading of the right side are known and none closes within the tolerance; it passes when a known reading closes;
else it is not assessable, as when `when_left` is given and is not the left side. N.CATSUM adds the cells that name the
same `whole`, less the claim at that locator; its instance is the locator.
"""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl

from expectations import engine, suites
from expectations.verdict import KEY, Verdict, conclude
from transforms.model import VALUED, State

if TYPE_CHECKING:
    from great_expectations.core import ExpectationSuiteValidationResult
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.data_context.data_context.abstract_data_context import AbstractDataContext

CELL_COLUMNS = (
    *KEY[:2],
    "form",
    "metric",
    "applicant",
    "item",
    "origin",
    "state",
    "value",
    "bound",
    "locator",
    "whole",
)
# Groups and joins over hundreds of thousands of cells go by numbers, which is what DuckDB makes of an ENUM.
CODED = (*KEY[:3], "form", "metric", "applicant", "item", "origin", "state", "bound")
FACT_COLUMNS = ("report_id", "metric", "applicant", "origin", "item")
REPORT_COLUMNS = ("report_id", "agency_id", "scope", "fiscal_year")
SUMS = Path(__file__).with_name("judged.sql")
# The SQL engine cuts to 20 failing ids, COMPLETE or not, unless partial_unexpected_count says otherwise.
EVERY_ID: dict[str, Any] = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": list(KEY),
    "partial_unexpected_count": 10**7,
    "return_unexpected_index_query": False,
}


@dataclass(frozen=True, eq=False)
class Given:
    """What is judged, as frames.

    cells: quality.cells of data/tables.yml. reports: report_id, agency_id, scope, fiscal_year of every report.
    facts: the key of analytics.facts. terms: the rows of transforms.forms.terms(). told: what rules without terms say
    (KEY, outcome). rules: identity, severity, zh, en, and `told` of those.
    `counts` are the metrics that must be whole numbers from zero up, `before` the reports that the last publish had.
    """

    cells: pl.DataFrame
    reports: pl.DataFrame
    facts: pl.DataFrame
    terms: pl.DataFrame
    told: pl.DataFrame
    rules: pl.DataFrame
    counts: Collection[str]
    before: int = 0


def judge(given: Given, residuals: Callable[[], pl.DataFrame]) -> Verdict:
    """Judge one publish in one validation; `residuals` gives the answer of polars (KEY, outcome, any more).

    It is asked last, so that polars may compute in a thread while the library is at work. Raises ValueError when terms
    have no rule, duckdb.Error when the sums cannot be computed.
    """
    judged_rules = suites.judged_rules(given.terms, given.rules)
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        _load(connection, given)
        connection.execute(SUMS.read_text(encoding="utf-8"))
        return conclude(_validate(connection, _asked(connection, judged_rules)), residuals())


def _asked(connection: duckdb.DuckDBPyConnection, rules: tuple[suites.Rule, ...]) -> tuple[suites.Rule, ...]:
    """The rules that something was judged by: of no rows Great Expectations says success, at some 60 ms a rule.

    A failure that polars alone sees still stops the publish.
    """
    judged = {identity for (identity,) in connection.execute("SELECT DISTINCT identity FROM judged").fetchall()}
    return tuple(rule for rule in rules if rule.identity in judged)


def _load(connection: duckdb.DuckDBPyConnection, given: Given) -> None:
    frames = {
        "cells": given.cells.select(CELL_COLUMNS),
        "terms": given.terms,
        "facts": given.facts.select(FACT_COLUMNS),
        "reports": given.reports.select(REPORT_COLUMNS),
        "told": given.told.select(*KEY, "outcome"),
        "counts": pl.DataFrame({"metric": sorted(given.counts)}, schema={"metric": pl.String}),
        "states": pl.DataFrame(
            [(str(state), state in VALUED) for state in State], schema=["state", "valued"], orient="row"
        ),
    }
    _declare_codes(connection, frames)
    for name, frame in frames.items():
        # As Arrow, for DuckDB converts the strings of a polars frame more than once.
        connection.register("given", frame.to_arrow())
        columns = (
            f"CAST({column} AS {column}_code) AS {column}" if column in CODED else column for column in frame.columns
        )
        connection.execute(f"CREATE TABLE {name} AS SELECT {', '.join(columns)} FROM given")
    settings = {"slack": suites.SLACK, "parts": suites.PARTS, "count": suites.COUNT, "before": given.before}
    for name, value in settings.items():
        connection.execute(f"SET VARIABLE {name} = ?", [value])


def _declare_codes(connection: duckdb.DuckDBPyConnection, frames: Mapping[str, pl.DataFrame]) -> None:
    """A type for each column of CODED, of all the words in it; text is never null, so the blank is always one."""
    named = {"identity": [suites.PARTS, suites.COUNT]}
    for column in CODED:
        words = pl.concat([frame[column] for frame in frames.values() if column in frame.columns])
        known = pl.Series(column, ["", *named.get(column, ())])
        connection.register("given", pl.concat([known, words.unique()]).unique().drop_nulls().to_frame().to_arrow())
        connection.execute(f"CREATE TYPE {column}_code AS ENUM (SELECT {column} FROM given)")


def _validate(
    connection: duckdb.DuckDBPyConnection, rules: tuple[suites.Rule, ...]
) -> "ExpectationSuiteValidationResult":
    gx = engine.start()
    from great_expectations.data_context.types import base

    # `base` raises its own level to INFO; the others inherit it from a root that Prefect has set to INFO.
    for logger in (base.logger, logging.getLogger("great_expectations")):
        logger.setLevel(logging.WARNING)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = base.ProgressBarsConfig(globally=False)
    suite = suites.suite(rules, suites.batch_checks())
    # Not by a validation definition, which writes suite and result into stores that end with this function.
    return _batch(context, connection).get_batch().validate(suite, result_format=EVERY_ID)


def _batch(context: "AbstractDataContext", connection: duckdb.DuckDBPyConnection) -> "BatchDefinition[None]":
    """The table `judged`, seen through the connection that made it.

    DuckDB's cursor is the connection itself and Great Expectations rolls back before it fetches ("list index out of
    range" on every row): only autocommit without a reset on return lets the rows arrive.
    """
    from duckdb_sqlalchemy import ConnectionWrapper

    engine = {
        "isolation_level": "AUTOCOMMIT",
        "skip_autocommit_rollback": True,
        "pool_reset_on_return": None,
        "creator": lambda: ConnectionWrapper(connection),
    }
    # The stub of add_sql leaves out `kwargs`, which go to sqlalchemy.create_engine.
    source = context.data_sources.add_sql("gate", connection_string="duckdb:///:memory:", kwargs=engine)  # type: ignore[call-arg]
    return source.add_table_asset("judged", table_name="judged").add_batch_definition_whole_table("all")
