"""The page of one report: its cells drawn as the form prints them, what is wrong beside them, the source below."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from flows import store
from flows.decided import about_cell, about_finding, told
from flows.legacy import readable
from flows.position import BY_ROW, NOWHERE, Position, in_grid, positions, words
from flows.site.drawn import Record, blocks, by_place
from flows.site.excerpt import Line, excerpt
from flows.site.render import render
from flows.site.reports import rank
from flows.site.table import classes, table, values
from transforms.forms import APPLICANTS, metrics, terms
from transforms.model import Refusal
from transforms.read.reader import read

SEVERITIES = ("critical", "error", "warning", "info")
HOLDING = ("critical", "error")


def report_page(
    report: Record,
    sections: Sequence[Record],
    findings: Sequence[Record],
    cells: Sequence[Record],
    reviews: Sequence[Record],
    home: Path | None,
) -> str:
    """The page of a report from its rows of the tables of quality; the original is read in `home`."""
    numbered = [
        cell | {"mark": mark, "findings": [], "hard": False, "given": _given(cell, reviews)}
        for mark, cell in enumerate(sorted(cells, key=_order), 1)
    ]
    told = [
        row | {"number": number, "decided": [_told(each) for each in about_finding(reviews, row)]}
        for number, row in enumerate(sorted(_failed(findings), key=_weight), 1)
    ]
    _tie(told, numbered)
    lines = _original(home, report, numbered) if home is not None else None
    marked = {mark for line, _ in lines or () for piece in line.pieces for mark in piece.marks}
    by_rank = sorted(sections, key=lambda row: rank(row["section"]))
    return render(
        "report.html.j2",
        root="../",
        here="",
        report=report,
        sections=[_section(row, told, numbered, marked) for row in by_rank],
        whole=[finding for finding in told if finding["section"] not in {row["section"] for row in sections}],
        passed=_counted(findings, "pass"),
        open=_counted(findings, "not_assessable"),
        lines=lines and [(line, words(place, BY_ROW), words(place, ("box",))) for line, place in lines],
        decided=[_told(row) for row in sorted(reviews, key=lambda row: row["decided_on"])],
    )


def _section(section: Record, findings: Sequence[Record], cells: Sequence[Record], linked: Set[int]) -> dict[str, Any]:
    own = [cell for cell in cells if cell["section"] == section["section"]]
    tables = groupby(own, lambda cell: cell["form"] if cell["origin"] == "table" else "")
    drawn = [_drawn(form, section["section"], list(group), linked) for form, group in tables]
    told = [finding for finding in findings if finding["section"] == section["section"]]
    return section | {"tables": drawn, "findings": told}


def _drawn(form: str, section: str, cells: list[Record], linked: Set[int]) -> dict[str, Any]:
    """The blocks of a printed table as the form prints them, and the cells for which it has no place."""
    places, empty = by_place(cells), blocks(form, section)
    known = {place for block in empty for line in block.lines for place in line.places}
    others = [_listed(cell, linked) for cell in cells if (cell["metric"], cell["applicant"]) not in known]
    return {"blocks": [table(block, places, linked) for block in empty], "others": others}


def _listed(cell: Record, linked: Set[int]) -> Record:
    return cell | {"zh": _name(cell["metric"]), "classes": classes([cell]), "shown": values([cell], linked)}


def _name(metric: str) -> str:
    return metrics()[metric].zh if metric in metrics() else metric


def _told(decision: Record) -> Record:
    return decision | {"told": told(decision)}


def _given(cell: Record, reviews: Sequence[Record]) -> Record | None:
    """The correction of a cell that is in force."""
    own = (each for each in about_cell(reviews, cell) if each["status"] == "applied")
    return next(own, None)


def _failed(findings: Sequence[Record]) -> Iterator[Record]:
    return (row for row in findings if row["outcome"] == "fail")


def _weight(finding: Record) -> tuple[int, int, str, str]:
    return SEVERITIES.index(finding["severity"]), rank(finding["section"]), finding["identity"], finding["instance"]


def _order(cell: Record) -> tuple[int, bool, str, int, int, str]:
    metric, column = _metric_order().get(cell["metric"], 0), _column_order().get(cell["applicant"], -1)
    return rank(cell["section"]), cell["origin"] != "table", cell["form"], metric, column, cell["item"]


@cache
def _metric_order() -> dict[str, int]:
    return {code: place for place, code in enumerate(metrics())}


@cache
def _column_order() -> dict[str, int]:
    return {code: place for place, code in enumerate(APPLICANTS)}


def _tie(findings: Sequence[Record], cells: Sequence[Record]) -> None:
    """Notes in every finding the cells that it is about, and in every cell the findings."""
    for finding in findings:
        operands = _operands().get((finding["identity"], finding["instance"]), frozenset())
        finding["cells"] = [cell for cell in cells if _concerned(finding["instance"], operands, cell)]
        for cell in finding["cells"]:
            cell["findings"].append(finding["number"])
            cell["hard"] |= finding["severity"] in HOLDING


def _concerned(instance: str, operands: frozenset[tuple[str, str, str]], cell: Record) -> bool:
    named = instance != "" and instance in (cell["locator"], cell["whole"])
    return named or (cell["origin"], cell["metric"], cell["applicant"]) in operands


@cache
def _operands() -> Mapping[tuple[str, str], frozenset[tuple[str, str, str]]]:
    """Of every declared sum, by identity and instance, the places that it adds up."""
    found: dict[tuple[str, str], set[tuple[str, str, str]]] = {}
    for term in terms():
        found.setdefault((term.identity, term.instance), set()).add((term.origin, term.metric, term.applicant))
    return {key: frozenset(places) for key, places in found.items()}


def _counted(findings: Sequence[Record], outcome: str) -> list[tuple[str, str, int]]:
    counted = Counter((row["section"], row["identity"]) for row in findings if row["outcome"] == outcome)
    return sorted((*rule, count) for rule, count in counted.items())


def _original(home: Path, report: Record, cells: Sequence[Record]) -> list[tuple[Line, Position]] | None:
    """The lines of the original that print the cells, each with the place of those that have no number.

    None when the raw copy is gone or can no longer be read.
    """
    try:
        data = readable(home, report["sha256"])
        document = read(data, report["source"])
    except (store.RawDamaged, Refusal):
        return None
    lines = excerpt(document, {cell["mark"]: cell["locator"] for cell in cells if cell["locator"] and cell["printed"]})
    find = positions(data, report["source"]) if any(line.at for line in lines) else in_grid
    return [(line, find(line.at) if line.at else NOWHERE) for line in lines]
