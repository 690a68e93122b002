"""Files in, what is wrong with them out: the checks of a run on drafts, without a home, a database or a server.

The sums are those of transforms/reconcile.py. A run computes them a second time in Great Expectations; here one engine
is enough, and an answer within two seconds worth more.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import polars as pl

from flows.batch import Frames, Item, read_batch
from flows.collect import collect
from flows.legacy import readable
from flows.spots import Find, Spot, spots
from flows.texts import Phrase, label, texts
from transforms import findings, judgement, reconcile
from transforms.concerned import KEY, concerned
from transforms.counting import no_counts
from transforms.forms import identities, metrics, note_kinds

Status = Literal["clean", "warnings", "errors", "unchecked", "unreadable"]
Record = dict[str, Any]
SEVERITIES = ("critical", "error", "warning", "info")
ERRORS = ("critical", "error")
_CODE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a problem speaks of: what it is, its side of the sum, how and where it is printed."""

    metric: str
    applicant: str
    item: str
    origin: str
    name: Phrase
    side: str
    printed: str
    value: float | None
    state: str
    locator: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that fails or a remark of the reader, with the numbers concerned and what to do."""

    rule: str
    instance: str
    severity: str
    section: str
    sentence: Phrase
    advice: Phrase
    cause: str
    left: float | None
    right: float | None
    difference: float | None
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What was found in one file. `sections` are the parts of the report by status, `checks` counts by outcome."""

    status: Status
    file: str = ""
    report_id: str = ""
    reason: Phrase | None = None
    agency: str = ""
    fiscal_year: int | None = None
    sections: dict[str, str] | None = None
    checks: dict[str, int] | None = None
    problems: tuple[Problem, ...] = ()


def drafts(paths: Sequence[str]) -> list[Draft]:
    """Every file that the paths name, checked together: rules between years see all files of an agency."""
    with TemporaryDirectory(prefix="gongkai-") as name:
        home = Path(name)
        arrivals, missing = collect(home, paths)
        items = {each.sha256: Item(each.sha256, each.source, each.size) for each in arrivals}
        frames = read_batch(home, items.values())
        found = {draft.report_id: draft for draft in _checked(home, frames, items)}
    unread = [
        Draft(file=each.source, status="unreadable", reason=_refused("missing_path", each.reason)) for each in missing
    ]
    return [replace(found[each.report_id], file=each.source) for each in arrivals] + unread


def judge(frames: Frames) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The findings and sections that a run would give these readings, by the sums of polars alone."""
    cells = frames.cells
    residuals = reconcile.residuals(cells)
    notes = pl.concat([frames.notes.select(no_counts(cells).columns), no_counts(cells)]).unique()
    found = findings.findings(residuals, notes.sort(notes.columns), cells)
    nothing_held = cells.select("report_id", "section").clear()
    return found, judgement.sections(frames.documents, cells, found, nothing_held)


def _checked(home: Path, frames: Frames, items: Mapping[str, Item]) -> Iterator[Draft]:
    found, sections = judge(frames)
    near = concerned(found.filter(pl.col("outcome") == "fail"), frames.cells)
    for document in frames.documents.iter_rows(named=True):
        if document["reason"]:
            reason = Phrase(zh=document["sentence"], en=document["sentence_en"])
            yield Draft(report_id=document["report_id"], status="unreadable", reason=reason)
            continue
        mine = pl.col("report_id") == document["report_id"]
        item = items[document["sha256"]]
        problems = tuple(_problems(found.filter(mine), near.filter(mine), home, item))
        checks = dict(
            found.filter(mine & pl.col("identity").is_in(list(identities()))).group_by("outcome").len().iter_rows()
        )
        yield Draft(
            report_id=document["report_id"],
            status=_status(problems, checks),
            agency=document["agency"] or document["agency_printed"],
            fiscal_year=document["fiscal_year"],
            sections=dict(sections.filter(mine).select("section", "status").iter_rows()),
            checks=checks,
            problems=problems,
        )


def _status(problems: Sequence[Problem], checks: Mapping[str, int]) -> Status:
    severities = {problem.severity for problem in problems}
    if severities & set(ERRORS):
        return "errors"
    if not checks.get("pass"):
        return "unchecked"
    return "warnings" if "warning" in severities else "clean"


def _problems(found: pl.DataFrame, near: pl.DataFrame, home: Path, item: Item) -> Iterator[Problem]:
    failing = found.filter(pl.col("outcome") == "fail").to_dicts()
    if not failing:
        return
    find = spots(readable(home, item.sha256), item.source)
    cells: dict[tuple[str, ...], list[Number]] = {}
    for cell in near.to_dicts():
        cells.setdefault(tuple(cell[name] for name in KEY), []).append(_number(cell, find))
    for row in sorted(failing, key=lambda row: SEVERITIES.index(row["severity"])):
        yield _problem(row, tuple(cells.get(tuple(row[name] for name in KEY), ())))


def _problem(row: Record, numbers: tuple[Number, ...]) -> Problem:
    return Problem(
        rule=row["identity"],
        instance=row["instance"],
        severity=row["severity"],
        section=row["section"],
        sentence=Phrase(zh=_CODE.sub(_in_chinese, row["sentence"]), en=row["sentence_en"]),
        advice=texts()["check"][_advice(row, numbers)],
        cause=row["cause"],
        left=row["left_value"],
        right=row["right_value"],
        difference=row["difference"],
        numbers=numbers,
    )


def _in_chinese(code: re.Match[str]) -> str:
    """The Chinese name of a metric that a remark of the reader names by its code."""
    metric = metrics().get(code[0])
    return metric.zh if metric else code[0]


def _advice(row: Record, numbers: Sequence[Number]) -> str:
    """The name of the phrase that says what to mend."""
    if row["severity"] == "info":
        return "advice_info"
    if row["cause"] == "reading":
        return "advice_reading"
    if row["identity"] not in identities():
        return "advice_note"
    return "advice_text" if len({number.origin for number in numbers}) > 1 else "advice_sum"


def _number(cell: Record, find: Find) -> Number:
    metric = metrics().get(cell["metric"])
    applicant = label("applicant", cell["applicant"]) if cell["applicant"] else Phrase(zh="", en="")
    parts = Phrase(zh=metric.zh if metric else cell["metric"], en=cell["metric"]), applicant
    name = Phrase(
        zh=" · ".join(filter(None, (*(part.zh for part in parts), cell["item"]))),
        en=" · ".join(filter(None, (*(part.en for part in parts), cell["item"]))),
    )
    told = {
        key: cell[key]
        for key in ("metric", "applicant", "item", "origin", "side", "printed", "value", "state", "locator")
    }
    return Number(name=name, spot=find(cell["locator"]), **told)


def _refused(code: str, detail: str) -> Phrase:
    kind = note_kinds()[code]
    return Phrase(zh=kind.zh, en=kind.en).fill(detail=detail)
