"""One number back to its byte: a report and a metric in, the number's whole way from the original file out."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from flows import store
from flows.decided import about_cell, about_finding
from flows.legacy import readable
from flows.place import Place, find
from flows.position import NOWHERE, Find, Position, positions
from flows.query import ask, quoted
from flows.site.excerpt import Line, excerpt
from flows.texts import Phrase
from transforms.forms import metrics, terms
from transforms.model import Document, Refusal
from transforms.read.reader import read

Record = dict[str, Any]

SORTED_CELLS = "order by section, metric, applicant, item, origin, locator"
SORTED_DECISIONS = "order by decided_on, source, finding_id"
SORTED_FINDINGS = "order by outcome = 'pass', outcome, severity, identity, instance"


class Unknown(Exception):
    """What was asked for is not there; `code` names a phrase of group `trace`, `listed` is what there is instead."""

    def __init__(self, code: str, listed: tuple[str, ...] = (), **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.listed = listed
        self.values = values


@dataclass(frozen=True, slots=True)
class Way:
    """The way of one number: as published (if it was), as judged, as read, and where it is printed.

    `place` are characters of the original; where there are none, `position` says where, and `line` what is there.
    """

    report: Record
    cell: Record
    fact: Record | None
    section: Record | None
    findings: tuple[Record, ...]
    decisions: tuple[Record, ...]
    place: Place | None
    position: Position
    line: Line | None
    raw: bool


class Original(NamedTuple):
    """The original of a report: its bytes, as it is read, and where its locators stand."""

    data: bytes
    document: Document
    position: Find


def trace(home: Path, report: str, metric: str, applicant: str | None, item: str | None) -> list[Way]:
    """The ways of all numbers that the question names.

    `report` is the beginning of a report_id or a part of a source; `metric` a code or a Chinese name. Without
    `applicant` the total stands for the seven columns. Raises Unknown, and query.NoAnswer without a database.
    """
    found = find_report(home, report)
    cells = find_cells(home, found, metric, applicant, item)
    original = _original(home, found)
    return [_way(home, found, cell, original) for cell in cells]


def find_report(home: Path, asked: str) -> Record:
    """The one report that `asked` names; raises Unknown with the candidates when there are several."""
    literal = quoted(asked.lower())
    where = f"starts_with(report_id, {literal}) or contains(lower(source), {literal})"
    reports = _rows(home, "quality.reports", where, "order by source")
    reports = [report for report in reports if asked in _names(report)] or reports
    if not reports:
        raise Unknown("no_report", asked=asked)
    if len(reports) > 1:
        raise Unknown("many_reports", tuple(f"{row['report_id']}  {row['source']}" for row in reports), asked=asked)
    return reports[0]


def find_cells(home: Path, report: Record, metric: str, applicant: str | None, item: str | None) -> list[Record]:
    """The cells of a report with that metric, applicant and item; raises Unknown when there are none."""
    everything = _rows(home, "quality.cells", f"report_id = {quoted(report['report_id'])}", SORTED_CELLS)
    if not everything and report["status"] == "rejected":
        raise Unknown("rejected", sentence=Phrase(zh=report["sentence"], en=report["sentence_en"]))
    code = metric_code(metric)
    cells = [cell for cell in everything if cell["metric"] == code]
    if not cells:
        raise Unknown("no_metric", near_metrics(metric, {cell["metric"] for cell in everything}), asked=metric)
    chosen = [
        cell
        for cell in cells
        if (item is None or cell["item"] == item)
        and (cell["applicant"] == applicant if applicant is not None else cell["applicant"] in ("", "total"))
    ]
    if not chosen:
        kinds = sorted({" ".join(filter(None, (cell["applicant"], cell["item"]))) for cell in cells})
        raise Unknown("no_cell", metric=code, names=", ".join(kinds))
    return chosen


def metric_code(asked: str) -> str:
    """The code of a metric that was asked for by code or by Chinese name."""
    return next((code for code, metric in metrics().items() if metric.zh == asked), asked)


def near_metrics(asked: str, known: set[str]) -> tuple[str, ...]:
    """Codes that someone who typed `asked` may have meant, best first."""
    parts = [code for code in sorted(known) if asked in code or asked in getattr(metrics().get(code), "zh", "")]
    return tuple(dict.fromkeys(parts + difflib.get_close_matches(asked, sorted(known))))[:8]


def concerns(finding: Record, cell: Record) -> bool:
    """Whether a finding is about a cell: the sum has it as an operand, or the finding names its place."""
    if finding["instance"] and finding["instance"] in (cell["locator"], cell["whole"]):
        return True
    return (finding["identity"], finding["instance"], cell["origin"], cell["metric"], cell["applicant"]) in _operands()


def _operands() -> set[tuple[str, str, str, str, str]]:
    return {(term.identity, term.instance, term.origin, term.metric, term.applicant) for term in terms()}


def _way(home: Path, report: Record, cell: Record, original: Original | None) -> Way:
    of_report = f"report_id = {quoted(report['report_id'])}"
    of_section = f"{of_report} and section = {quoted(cell['section'])}"
    keys = ("metric", "applicant", "origin", "item", "locator")
    of_cell = " and ".join([of_report, *(f"{key} = {quoted(cell[key])}" for key in keys)])
    findings = [row for row in _rows(home, "quality.findings", of_section, SORTED_FINDINGS) if concerns(row, cell)]
    return Way(
        report=report,
        cell=cell,
        fact=next(iter(_rows(home, "analytics.facts", of_cell)), None),
        section=next(iter(_rows(home, "quality.sections", of_section)), None),
        findings=tuple(findings),
        decisions=tuple(_decided(_rows(home, "quality.reviews", of_report, SORTED_DECISIONS), findings, cell)),
        place=None if original is None else find(original.data, original.document, cell["locator"]),
        position=NOWHERE if original is None else original.position(cell["locator"]),
        line=None if original is None else next(iter(excerpt(original.document, {1: cell["locator"]})), None),
        raw=original is not None,
    )


def _decided(decisions: list[Record], findings: list[Record], cell: Record) -> Iterator[Record]:
    """The corrections of the cell, then what was decided about the findings that concern it."""
    yield from about_cell(decisions, cell)
    for finding in findings:
        yield from about_finding(decisions, finding)


def _rows(home: Path, table: str, where: str, order: str = "") -> list[Record]:
    return ask(home, f"select * from {table} where {where} {order}").to_dicts()


def _names(report: Record) -> tuple[str, str, str]:
    return report["report_id"], report["source"], Path(report["source"]).name


def _original(home: Path, report: Record) -> Original | None:
    try:
        data = readable(home, report["sha256"])
        return Original(data, read(data, report["source"]), positions(data, report["source"]))
    except (store.RawDamaged, Refusal):
        return None
