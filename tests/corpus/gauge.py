"""What the gate found of chains beside what is true: chains come in, a row for every rule of every report goes out.

A fault is found if the gate names the rule in the report that breaks it, and holds the section where that is an error;
a false alarm is a failure that the second witness of the rules does not know. R.PEERS is left out: it names one report
in a hundred by definition.
"""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from tests.corpus.bonds import bonds
from tests.corpus.families import Leaf, Tree, is_sum
from tests.corpus.forest import Grove
from tests.flows.reports import checked
from transforms import across
from transforms.forms import identities

Row = dict[str, Any]
OUT = ("R.PEERS",)
EVERYWHERE = ("XR.DUPLICATE", "XR.RESTATED", "XR.SAME", "XY.COPIED", "R.MISSING")  # they speak of failures alone
HOLDS = ("error", "critical")
_NAMED = re.compile(r"(\w+?)(?:@(\w+))?: \S+ →")


def gauged(given: Grove) -> tuple[list[Row], list[Row]]:
    """A row for each rule of each report that was judged or should fail, and one for each single wrong cell.

    Raises if the gate stopped the run: as where polars and Great Expectations do not name the same failures.
    """
    with tempfile.TemporaryDirectory() as home:
        made = checked(Path(home), dict(given.files))
    if made.verdict.stops_publish:
        raise RuntimeError(f"the gate stopped the run: {made.verdict.critical}")
    tables = made.tables
    names = dict(tables["quality.reports"].select("report_id", "source").rows())
    found: dict[str, list[Row]] = {source: [] for source in given.files}
    for row in tables["quality.findings"].iter_rows(named=True):
        found[names[row["report_id"]]].append(row)
    held = tables["quality.sections"].filter(status="held").select("report_id", "section").rows()
    holds = {(names[report], section) for report, section in held}
    rows, wrong = [], []
    for tree in given.trees:
        for leaf in tree.leaves:
            source = given.sources[leaf.name]
            rows += list(_rows(tree, leaf, found[source], {section for at, section in holds if at == source}))
            wrong += list(_localised(tree, leaf, found[source]))
    return rows, wrong


def severities() -> dict[str, str]:
    """The severity of every rule."""
    return {rule.id: rule.severity for rule in (*identities().values(), *across.rules().values())}


def _rows(tree: Tree, leaf: Leaf, findings: list[Row], held: set[str]) -> Iterator[Row]:
    known, severe = severities(), {rule for rule, severity in severities().items() if severity in HOLDS}
    said = [row for row in findings if row["identity"] in known and row["identity"] not in OUT]
    truth = tree.faults(leaf)
    exact = {bond.identity for bond in bonds(leaf.year.kind)}
    failing = {_fault(row, exact) for row in said if row["outcome"] == "fail"}
    sections = {row["identity"]: row["section"] for row in said}
    for rule in sorted({rule for rule, _ in truth} | set(sections) | set(EVERYWHERE)):
        true, told = ({i for name, i in faults if name == rule} for faults in (truth, failing))
        outcomes = {row["outcome"] for row in said if row["identity"] == rule}
        judged = rule in EVERYWHERE or bool(outcomes - {"not_assessable"})
        found, false = bool(true) and true <= told, bool(told - true)
        yield {
            "report": leaf.name,
            "rule": rule,
            "severity": known[rule],
            "judged": int(judged),
            "broken": int(bool(true)),
            "broken_found": int(found and (rule not in severe or sections[rule] in held)),
            "sound": int(judged and not truth),
            "alarms": int(false and not truth),
            "beside": int(false and bool(truth)),
        }


def _fault(row: Row, exact: set[str]) -> tuple[str, str]:
    return row["identity"], row["instance"] if row["identity"] in exact else ""


def _localised(tree: Tree, leaf: Leaf, findings: list[Row]) -> Iterator[Row]:
    """Whether the one wrong cell that broke the sums of a table is named, and whether another is named alone."""
    truth = tree.faults(leaf)
    found = [bond for bond in bonds(leaf.year.kind) if is_sum(bond) and (bond.identity, bond.instance) in truth]
    near = {key for bond in found for key in bond.keys}
    if leaf.name != tree.at or tree.spoilt not in near:
        return
    numbers, wrong = tree.numbers(leaf), tree.spoilt[1:]
    notes = [row["sentence_en"] for row in findings if row["identity"] == "suspect_cell"]
    named = [pair for note in notes for pair in _NAMED.findall(note)]
    yield {
        "report": leaf.name,
        "sums": "several" if len(found) > 1 else "one",
        "neighbours": "none zero" if all(numbers[key] for key in near if key != tree.spoilt) else "some zero",
        "cells_spoilt": 1,
        "named": int(wrong in named),
        "alone": int(named == [wrong]),
        "mistaken": int(len(named) == 1 and named != [wrong]),
    }


def judgements(rows: list[Row]) -> pl.DataFrame:
    """The rows about rules together."""
    counts = ("judged", "broken", "broken_found", "sound", "alarms", "beside")
    texts = dict.fromkeys(("report", "rule", "severity"), pl.String)
    return pl.DataFrame(rows, schema=texts | dict.fromkeys(counts, pl.Int64))


def places(rows: list[Row]) -> pl.DataFrame:
    """The rows about single wrong cells together."""
    counts = dict.fromkeys(("cells_spoilt", "named", "alone", "mistaken"), pl.Int64)
    return pl.DataFrame(rows, schema=dict.fromkeys(("report", "sums", "neighbours"), pl.String) | counts)
