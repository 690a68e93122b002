"""Files in, what is wrong with them out: the checks of a run on drafts, without a home, a database or a server.

The sums are those of transforms/reconcile.py. A run computes them a second time in Great Expectations; here one engine
is enough, and an answer within two seconds worth more.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import polars as pl

from flows.batch import Frames, Item, read_batch
from flows.collect import collect
from flows.legacy import readable
from flows.position import NOWHERE, Find, Position, positions
from flows.texts import Phrase, label, texts
from transforms import across, findings, judgement, localise, reconcile
from transforms.concerned import KEY, concerned
from transforms.counting import no_counts
from transforms.forms import identities, metrics, note_kinds
from transforms.model import State

Status = Literal["clean", "warnings", "errors", "unchecked", "unreadable"]
Record = dict[str, Any]
SEVERITIES = ("critical", "error", "warning", "info")
ERRORS = ("critical", "error")
PROPOSAL = "suspect_cell"


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
    position: Position


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that fails or a remark of the reader, with the numbers concerned, or the place, and what to do."""

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
    position: Position


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


def judge(documents: pl.DataFrame, cells: pl.DataFrame, notes: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The findings and sections that a run would give these readings, by the sums of polars alone."""
    # Two formats of one draft are no fault of it.
    told = across.residuals(cells, documents).filter(~pl.col("identity").is_in(_copying()))
    residuals = pl.concat([reconcile.residuals(cells, documents), told]).sort(reconcile.KEY)
    names = ["report_id", "code", "section", "place", "detail"]
    more = (notes, no_counts(cells), localise.suspects(residuals, cells))
    remarks = pl.concat(frame.select(names) for frame in more).unique().sort(names)
    found = findings.findings(residuals, remarks, cells)
    nothing_held = cells.select("report_id", "section").clear()
    return found, judgement.sections(documents, cells, found, nothing_held)


def _copying() -> list[str]:
    return [rule.id for rule in across.rules().values() if rule.kind == "duplicate"]


def _checked(home: Path, frames: Frames, items: Mapping[str, Item]) -> Iterator[Draft]:
    sources = {item.sha256: item.source for item in items.values()}
    documents = frames.documents.with_columns(source=pl.col("sha256").replace_strict(sources, return_dtype=pl.String))
    found, sections = judge(documents, frames.cells, frames.notes)
    failing = found.filter(pl.col("outcome") == "fail")
    near = concerned(failing, frames.cells, documents)
    finds = {sha256[:16]: _finder(home, item) for sha256, item in items.items()}
    for document in documents.iter_rows(named=True):
        mine = pl.col("report_id") == document["report_id"]
        if document["reason"]:
            reason = Phrase(zh=document["sentence"], en=document["sentence_en"])
            yield Draft(report_id=document["report_id"], status="unreadable", reason=reason)
            continue
        problems = tuple(_problems(failing.filter(mine).to_dicts(), near.filter(mine).to_dicts(), finds))
        checks = found.filter(mine & pl.col("identity").is_in(list(identities()))).group_by("outcome").len()
        yield _draft(document, problems, dict(checks.iter_rows()), sections.filter(mine))


def _draft(document: Record, problems: tuple[Problem, ...], checks: dict[str, int], sections: pl.DataFrame) -> Draft:
    return Draft(
        report_id=document["report_id"],
        status=_status(problems, checks),
        agency=document["agency"] or document["agency_printed"],
        fiscal_year=document["fiscal_year"],
        sections=dict(sections.select("section", "status").iter_rows()),
        checks=checks,
        problems=problems,
    )


def _finder(home: Path, item: Item) -> Find:
    """Where things stand in a file, which is read once more when the first of them is asked for."""

    @cache
    def opened() -> Find:
        return positions(readable(home, item.sha256), item.source)

    def find(at: str) -> Position:
        return opened()(at)

    return find


def _status(problems: Sequence[Problem], checks: Mapping[str, int]) -> Status:
    severities = {problem.severity for problem in problems}
    if severities & set(ERRORS):
        return "errors"
    if not checks.get("pass"):
        return "unchecked"
    return "warnings" if "warning" in severities else "clean"


def _problems(failing: list[Record], near: list[Record], finds: Mapping[str, Find]) -> Iterator[Problem]:
    """The failures of one report, the gravest first. A cell that would close all sums is part of the advice."""
    proposed = {row["section"]: row for row in failing if row["identity"] == PROPOSAL}
    cells: dict[tuple[str, ...], list[Number]] = {}
    for cell in near:
        cells.setdefault(tuple(cell[name] for name in KEY), []).append(_number(cell, finds[cell["of"]]))
    for row in sorted(failing, key=lambda row: SEVERITIES.index(row["severity"])):
        if row["identity"] != PROPOSAL:
            numbers = tuple(cells.get(tuple(row[name] for name in KEY), ()))
            # A sum stands nowhere itself, and a file is not opened for nothing.
            alone = row["instance"] and not numbers
            position = finds[row["report_id"]](row["instance"]) if alone else NOWHERE
            yield _problem(row, numbers, position, proposed)


def _problem(row: Record, numbers: tuple[Number, ...], position: Position, proposed: Mapping[str, Record]) -> Problem:
    return Problem(
        rule=row["identity"],
        instance=row["instance"],
        severity=row["severity"],
        section=row["section"],
        sentence=Phrase(zh=row["sentence"], en=row["sentence_en"]),
        advice=_advised(row, numbers, proposed),
        cause=row["cause"],
        left=row["left_value"],
        right=row["right_value"],
        difference=row["difference"],
        numbers=numbers,
        position=position,
    )


def _advised(row: Record, numbers: Sequence[Number], proposed: Mapping[str, Record]) -> Phrase:
    said = texts()["check"][_advice(row, numbers)]
    more = proposed.get(row["section"]) if row["severity"] in ERRORS else None
    if more is None:
        return said
    return Phrase(zh=said.zh + more["sentence"], en=f"{said.en} {more['sentence_en']}")


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
    if cell["state"] == State.UNPLACED.value:
        name = texts()["check"]["unplaced"].fill(name=parts[0])
    return Number(name=name, position=find(cell["locator"]), **told)


def _refused(code: str, detail: str) -> Phrase:
    kind = note_kinds()[code]
    return Phrase(zh=kind.zh, en=kind.en).fill(detail=detail)
