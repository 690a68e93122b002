"""A Great Expectations result in, a Verdict out: what failed, what raised, and whether polars says the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from expectations.suites import COUNT

if TYPE_CHECKING:
    from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult

KEY = ("report_id", "section", "identity", "instance")
SHOWN = 20
"""Failing rows kept per expectation in what is stored; all of them are in `Verdict.failing`."""
HOLDING = ("critical", "error")
_SCHEMA = dict.fromkeys(KEY, pl.String)


@dataclass(frozen=True, eq=False)
class Verdict:
    """What one validation said of one publish.

    `failing` and `disagreements` have the columns of KEY, the latter also `judge`: who alone says that it fails.
    `errors` are expectations that raised, `critical` those that stop the publish, `warnings` findings on the run.
    `evidence` is the validation result as JSON, with at most SHOWN rows per expectation.
    """

    failing: pl.DataFrame
    disagreements: pl.DataFrame
    errors: tuple[str, ...]
    critical: tuple[str, ...]
    warnings: tuple[str, ...]
    evidence: Mapping[str, Any]

    @property
    def agrees(self) -> bool:
        """Great Expectations and polars name the same failures."""
        return self.disagreements.is_empty()

    @property
    def stops_publish(self) -> str:
        """Why nothing may be published, in a sentence; empty when the sections decide."""
        reasons = []
        if self.errors:
            reasons.append(f"{len(self.errors)} expectation(s) raised: {', '.join(self.errors)}")
        if self.critical:
            reasons.append(f"critical check(s) failed: {', '.join(self.critical)}")
        if not self.agrees:
            first = "/".join(self.disagreements.row(0))
            reasons.append(
                f"Great Expectations and polars disagree on {self.disagreements.height} row(s), as on {first}"
            )
        return "; ".join(reasons)


def conclude(result: "ExpectationSuiteValidationResult", residuals: pl.DataFrame) -> Verdict:
    """The validation as a verdict, set beside the residuals of polars (KEY, outcome)."""
    errors = tuple(sorted(_name(each) for each in result.results if _raised(each)))
    unmet = [each for each in result.results if not each.success and not _raised(each)]
    failing = _failing(unmet)
    return Verdict(
        failing=failing,
        disagreements=_disagreements(failing, residuals),
        errors=errors,
        critical=_names(unmet, "critical"),
        warnings=_names((each for each in unmet if "check" in _meta(each)), "warning"),
        evidence=_evidence(result),
    )


def sections(verdict: Verdict, rules: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Which sections are held: (report_id, section, held, identities) for each row of `found` (report_id, section).

    A failing identity holds its section when its rule is critical or an error, or when no rule is declared for it.
    `identities` are the holding ones in order. Raises ValueError for a failure in a section that is not in `found`.
    """
    place = ["report_id", "section"]
    lenient = rules.filter(~pl.col("severity").is_in(HOLDING)).select("identity")
    holding = verdict.failing.join(lenient, on="identity", how="anti")
    stray = holding.join(found, on=place, how="anti")
    if not stray.is_empty():
        raise ValueError(f"failures in sections that were not found: {stray.head(3).rows()}")
    held = holding.group_by(place).agg(identities=pl.col("identity").unique().sort())
    reasons = pl.col("identities")
    joined = found.select(place).unique().join(held, on=place, how="left").sort(place)
    return joined.select(*place, held=reasons.is_not_null(), identities=reasons.fill_null([]))


def _failing(unmet: Iterable["ExpectationValidationResult"]) -> pl.DataFrame:
    rows = [
        {column: row[column] for column in KEY}
        for each in unmet
        for row in each.result.get("unexpected_index_list", ())
    ]
    return pl.DataFrame(rows, schema=_SCHEMA).unique().sort(KEY)


def _disagreements(failing: pl.DataFrame, residuals: pl.DataFrame) -> pl.DataFrame:
    # COUNT looks at cells one by one: there is no sum that polars could compute a second time.
    audited = failing.filter(pl.col("identity") != COUNT)
    computed = residuals.filter(pl.col("outcome") == "fail").select(pl.col(KEY).cast(pl.String)).unique()
    alone = (
        audited.join(computed, on=KEY, how="anti").with_columns(judge=pl.lit("great_expectations")),
        computed.join(audited, on=KEY, how="anti").with_columns(judge=pl.lit("polars")),
    )
    return pl.concat(alone).sort(KEY)


def _raised(each: "ExpectationValidationResult") -> bool:
    # Either one flat report, or one report per metric that raised; an error is success=False all the same.
    info = each.exception_info or {}
    reports = [info] if "raised_exception" in info else list(info.values())
    return any(report["raised_exception"] for report in reports)


def _names(results: Iterable["ExpectationValidationResult"], severity: str) -> tuple[str, ...]:
    return tuple(sorted(_name(each) for each in results if _meta(each)["severity"] == severity))


def _name(each: "ExpectationValidationResult") -> str:
    meta = _meta(each)
    return str(meta.get("rule_id") or meta["check"])


def _meta(each: "ExpectationValidationResult") -> Mapping[str, Any]:
    config = each.expectation_config
    return config.meta if config is not None and config.meta is not None else {}


def _evidence(result: "ExpectationSuiteValidationResult") -> Mapping[str, Any]:
    for each in result.results:
        each.result = _shortened(each.result)
    document: Mapping[str, Any] = result.to_json_dict()  # type: ignore[no-untyped-call]
    return document


def _shortened(detail: Any) -> Any:  # noqa: ANN401 - the shape of a result differs with the expectation
    if isinstance(detail, list):
        return detail[:SHOWN]
    if isinstance(detail, dict):
        return {key: _shortened(value) for key, value in detail.items()}
    return detail
