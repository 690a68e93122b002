"""Declared rules in, one Great Expectations suite out: an expectation per identity and per check of the whole."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict

from transforms.model import Severity

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite
    from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation
    from great_expectations.expectations.metadata_types import FailureSeverity

    from expectations.residual import ExpectResidualToBeWithinTolerance

GATE = Path(__file__).parents[1] / "data" / "gate.yml"
PARTS = "N.CATSUM"
"""The identity of prose: the parts of a closed list add up to the whole. It has no terms, `cells.whole` ties it."""
COUNT = "not_a_count"
"""The note on a number that counts things and is negative or broken; declared in data/notes/gate.yml."""
PLACEHOLDER = re.compile(r"\{[^}]*\}")
SLACK = 1e-6
"""Sums of money differ in the last binary digit with the order of the terms."""


class Rule(BaseModel):
    """A rule with its sentences; `tolerance` is the difference between its two sides that is still a pass."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    identity: str
    severity: Severity
    zh: str
    en: str
    tolerance: float = 0.0


class BatchCheck(BaseModel):
    """What must hold for the publish as a whole: `query` returns the rows that should not be."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    severity: Literal["critical", "warning"]
    zh: str
    en: str
    query: str


def batch_checks() -> dict[str, BatchCheck]:
    """The checks of data/gate.yml by code. Raises pydantic.ValidationError when the file is not as declared."""
    declared = yaml.safe_load(GATE.read_text(encoding="utf-8"))
    return {code: BatchCheck.model_validate(entry) for code, entry in declared.items()}


def judged_rules(terms: pl.DataFrame, rules: pl.DataFrame) -> tuple[Rule, ...]:
    """The rules that this publish is judged by, in order of identity: those with terms, those told, PARTS and COUNT.

    `terms` and `rules` as in expectations/gate.py. Raises ValueError for an identity with terms and no rule, or
    with more than one tolerance: a check that nobody declared must not pass in silence.
    """
    tolerances = terms.group_by("identity").agg(pl.col("tolerance").unique())
    several = tolerances.filter(pl.col("tolerance").list.len() > 1)["identity"].to_list()
    missing = sorted(set(tolerances["identity"]) - set(rules["identity"]))
    if several or missing:
        raise ValueError(f"identities with several tolerances: {sorted(several)}; with terms but no rule: {missing}")
    by_identity = {identity: values[0] for identity, values in tolerances.iter_rows()}
    used = rules.filter(pl.col("told") | pl.col("identity").is_in([*by_identity, PARTS, COUNT])).sort("identity")
    columns = used.select("identity", "severity", "zh", "en").iter_rows(named=True)
    return tuple(Rule(**row, tolerance=by_identity.get(row["identity"], 0.0)) for row in columns)


def suite(rules: Iterable[Rule], checks: dict[str, BatchCheck]) -> "ExpectationSuite":
    """The suite of one publish, over the table `judged` of expectations/gate.py; each expectation knows its rule."""
    from great_expectations import ExpectationSuite

    expectations = [expect_residual(rule) for rule in rules] + [
        expect_none(code, check) for code, check in checks.items()
    ]
    return ExpectationSuite(name="gate", expectations=expectations)


def expect_residual(rule: Rule) -> "ExpectResidualToBeWithinTolerance":
    """Left minus right lies within the tolerance, wherever it could be computed; NULL is neither pass nor fail."""
    from great_expectations.expectations.row_conditions import Column

    from expectations.residual import ExpectResidualToBeWithinTolerance

    margin = rule.tolerance + SLACK
    return ExpectResidualToBeWithinTolerance(
        column="residual",
        min_value=-margin,
        max_value=margin,
        row_condition=Column("identity") == rule.identity,
        severity=loudness(rule.severity),
        description=f"{rule.identity}: {PLACEHOLDER.sub('…', rule.zh)} {PLACEHOLDER.sub('…', rule.en)}",
        meta={"rule_id": rule.identity, "severity": rule.severity},
    )


def expect_none(code: str, check: BatchCheck) -> "UnexpectedRowsExpectation":
    """No row comes back from the query of the check. The comment is for GX, which prints a warning without {batch}."""
    from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation

    return UnexpectedRowsExpectation(
        unexpected_rows_query=f"{check.query} /* {{batch}} */",
        severity=loudness(check.severity),
        description=f"{code}: {check.zh} {check.en}",
        meta={"check": code, "severity": check.severity},
    )


def loudness(severity: Severity) -> "FailureSeverity":
    """The severity in the three words of Great Expectations; ours of four stays in `meta`."""
    from great_expectations.expectations.metadata_types import FailureSeverity

    return FailureSeverity("critical" if severity == "error" else severity)
