"""Rows of counts become the tables of docs/accuracy.md, beside the floors of floors.yml; `below` names what is worse.

A share is rounded down, so that 100 % is said of nothing less. A floor is a least value, and a most for what should
not be (`MOST`).
"""

from collections.abc import Mapping, Sequence
from functools import cache
from math import ceil, floor
from pathlib import Path
from typing import NamedTuple

import polars as pl
import yaml

from tests.corpus.presses import STRUCTURED

FLOORS = Path(__file__).parent / "floors.yml"
SHOWN = 3  # reports named of those that fall short
MOST = ("wrong", "misnamed", "clean_held", "alarm", "beside", "mistaken")
COUNTED = ("reports", "cells", "printed", "planted", "clean", "claims", "documents", "wrong", "misnamed")
COUNTED += ("judged", "broken", "sound", "alarms", "beside", "cells_spoilt", "mistaken")
SHARES = {
    "found": ("found", "printed"),
    "value_held": ("value_held", "printed"),
    "value_lost": ("value_lost", "printed"),
    "planted_held": ("planted_held", "planted"),
    "clean_held": ("clean_held", "clean"),
    "claims_found": ("claims_found", "claims"),
    "same": ("same", "documents"),
    "broken_found": ("broken_found", "broken"),
    "alarm": ("alarms", "sound"),
    "named": ("named", "cells_spoilt"),
    "alone": ("alone", "cells_spoilt"),
}
TITLES = {
    "reports": "reports",
    "cells": "cells",
    "wrong": "wrong and published",
    "found": "printed values found",
    "value_held": "held",
    "value_lost": "lost",
    "planted": "planted faults",
    "planted_held": "planted faults held",
    "clean_held": "clean sections held by mistake",
    "claims": "claims of the prose",
    "claims_found": "claims found",
    "misnamed": "wrong year, agency or region",
    "documents": "documents",
    "same": "the same facts from every format",
    "judged": "reports judged",
    "broken": "reports that break it",
    "broken_found": "found",
    "sound": "clean reports judged",
    "alarms": "false alarms on them",
    "alarm": "false alarms",
    "beside": "false alarms beside another fault",
    "cells_spoilt": "single wrong cells",
    "named": "named",
    "alone": "named alone",
    "mistaken": "another named alone",
}
MAIN = ("reports", "cells", "wrong", "found", "planted_held", "clean_held")
SHORT = ("reports", "wrong", "found")
HARM = ("reports", "wrong", "found", "value_held", "value_lost")
RULE = ("judged", "broken", "broken_found", "sound", "alarms", "alarm", "beside")
CELL = ("cells_spoilt", "named", "alone", "mistaken")


BARS = {
    "wrong values published, of whole reports": 0,
    "wrong values published, of reports with a damaged table": 0,
    "clean sections held by mistake": 0.005,
    "printed values found in HTML, DOCX, XLSX and ruled PDF, the least of them": 1.0,
    "printed values found in text, where the tables survive": 0.99,
    "planted faults held": 1.0,
    "documents that give the same facts in every format": 1.0,
    "reports of chains that break a rule and are found, the least of the rules": 1.0,
    "false alarms on clean reports of chains, the most of the rules that hold a section": 0.001,
    "false alarms on clean reports of chains, the most of the rules that warn": 0.01,
    "single wrong cells that are named, no neighbour zero": 0.95,
    "single wrong cells in crossing sums that are named alone, no neighbour zero": 0.95,
    "other cells that are named alone": 0,
}


class Measured(NamedTuple):
    """A row of counts a report: printed as it is, damaged on its way, and printed alike in every format.

    Of chains of years a row for every rule of a report (`rules`), and one for every single wrong cell (`places`).
    """

    whole: pl.DataFrame
    damaged: pl.DataFrame
    alike: pl.DataFrame
    rules: pl.DataFrame
    places: pl.DataFrame


class Table(NamedTuple):
    """A table to be told: its key in floors.yml, its title, the groups that it goes by, what it shows of them."""

    key: str
    title: str
    by: tuple[str, ...]
    shows: tuple[str, ...]
    rows: pl.DataFrame


def page(measured: Measured, reports: int, seed: int) -> str:
    """The whole of docs/accuracy.md."""
    return "\n".join([_opening(measured, reports, seed), _lacking(measured.whole), *map(_section, tables(measured))])


def below(measured: Measured) -> list[str]:
    """Every result that is worse than its floor, as a sentence."""
    return [line for table in tables(measured) for line in under(table)]


def under(table: Table) -> list[str]:
    """The results of one table that are worse than their floors."""
    return [
        f"{table.title}, {group}: {TITLES[name]} is {result}, pinned is {pinned}"
        for group, results in _results(table).items()
        for name, pinned in floors().get(table.key, {}).get(group, {}).items()
        if (result := results[name]) is not None and (result > pinned if name in MOST else result < pinned)
    ]


@cache
def floors() -> dict[str, dict[str, dict[str, float]]]:
    """Table -> group -> measure -> floor."""
    found: dict[str, dict[str, dict[str, float]]] = yaml.safe_load(FLOORS.read_text("utf-8"))
    return found


def tables(measured: Measured) -> list[Table]:
    """Everything that is told, the bars first."""
    whole = measured.whole.with_columns(reports=pl.lit(1))
    kept, lost = whole.filter(~pl.col("lost_text")), whole.filter("lost_text")
    text, placed = (kept.filter(pl.col("format").is_in(names)) for names in (["text"], STRUCTURED))
    damaged = measured.damaged.with_columns(reports=pl.lit(1))
    alike = measured.alike.with_columns(documents=pl.lit(1))
    faults = kept.filter(pl.col("planted") == 1)
    return [
        Table("all", "All reports", (), (*MAIN, "misnamed"), kept),
        Table("format", "By format", ("format",), MAIN, kept),
        Table("form", "By form", ("kind",), MAIN, kept),
        Table("form_format", "By form and format", ("kind", "format"), SHORT, kept),
        Table("print", "Structured formats by kind", ("format", "dialect"), SHORT, placed),
        Table("dialect", "Text by dialect, where the tables survive", ("dialect",), MAIN, text),
        Table("lost", "Text whose tables are lost", ("dialect",), ("reports", "cells", "wrong"), lost),
        Table("script", "By script", ("script",), SHORT, kept),
        Table("number", "Structured formats by shape of the numbers", ("number",), SHORT, placed),
        Table("empty", "Structured formats by what zeros are written as", ("empty",), SHORT, placed),
        Table("identity", "Planted faults by identity", ("identity",), ("planted", "planted_held"), faults),
        Table("damage", "Damaged tables", ("damage",), HARM, damaged),
        Table("damage_format", "Damaged tables by format", ("damage", "format"), HARM, damaged),
        Table("prose", "Prose", ("kind",), ("claims", "claims_found"), kept),
        Table("same", "One report in every format", ("kind",), ("documents", "same"), alike),
        Table("severity", "Chains of years by severity of the rule", ("severity",), RULE, measured.rules),
        Table("rule", "Chains of years by rule", ("severity", "rule"), RULE, measured.rules),
        Table("place", "The one wrong cell of a table", ("sums", "neighbours"), CELL, measured.places),
    ]


def _opening(measured: Measured, reports: int, seed: int) -> str:
    cells = _sum(measured.whole, "cells") + _sum(measured.damaged, "cells")
    files = len(measured.whole) + len(measured.damaged)
    return (
        "# Accuracy on generated reports\n\n"
        f"Written by `python -m tests.corpus.run --reports {reports} --seed {seed}` (`make corpus`); do not edit.\n\n"
        f"{files:,} generated reports with {cells:,} cells whose truth is known were printed, read by the real\n"
        "steps and judged by the real gate, and what would be published was compared with what was printed. The\n"
        "reports are made up: the shares say what becomes of what the generator can do, not of real reports.\n\n"
        "A number is *wrong* if it is published and its report does not state it, or if a published sum does not\n"
        "close. It is *found* if it is printed, its place survived the format, and it is published as printed. Where\n"
        "a format drops blank cells, rows that had any are not asked for. A planted fault is *held* if its section\n"
        "is, or if none of the numbers that it is between was published. Floors (`tests/corpus/floors.yml`) are in\n"
        "brackets.\n\n" + _chains(measured) + _bars(measured)
    )


def _chains(measured: Measured) -> str:
    """What was asked of chains of years."""
    reports = measured.rules["report"].n_unique()
    if not reports:
        return ""
    return (
        f"Besides, {reports:,} reports in chains of up to four years of one body, clean or with one planted fault,\n"
        "passed the gate together. Every rule that a printed report can break is broken, in every form that has it;\n"
        "what must fail is told by a second statement of the rules (`tests/corpus/bonds.yml`). A fault is found if\n"
        "the gate names the rule, with the row or column, in the report that breaks it, and holds the section where\n"
        "the rule is an error; a clean report breaks no rule. R.PEERS, which informs of one report in a hundred by\n"
        "definition, and XS.ANSWERED, which no sentence since 2019 is read as, are not in it. Where one cell is wrong\n"
        "and stands in one sum alone, every cell of that sum is named with the number that would close it: the sum\n"
        "can tell no more. Where sums cross (table 3, totals of totals), one is named alone.\n\n"
    )


def _bars(measured: Measured) -> str:
    """What is asked, and whether it is met."""
    by_key = {table.key: _results(table) for table in tables(measured)}
    formats, overall = by_key["format"], by_key["all"]["all"]
    structured = [formats[name]["found"] for name in STRUCTURED if name in formats]
    same = [each["same"] for each in by_key["same"].values()]
    counts = {
        "wrong values published, of whole reports": _sum(measured.whole, "wrong"),
        "wrong values published, of reports with a damaged table": _sum(measured.damaged, "wrong"),
        "clean sections held by mistake": overall["clean_held"],
    }
    shares = {
        "printed values found in HTML, DOCX, XLSX and ruled PDF, the least of them": _least(structured),
        "printed values found in text, where the tables survive": formats.get("text", {}).get("found"),
        "planted faults held": overall["planted_held"],
        "documents that give the same facts in every format": _least(same),
    }
    rules, full = by_key["rule"], measured.places.filter(neighbours="none zero")
    if rules:
        found = _least([each["broken_found"] for each in rules.values()])
        shares["reports of chains that break a rule and are found, the least of the rules"] = found
        crossing = full.filter(sums="several")
        shares["single wrong cells that are named, no neighbour zero"] = full["named"].mean()
        shares["single wrong cells in crossing sums that are named alone, no neighbour zero"] = crossing["alone"].mean()
        for severity, what in (("error", "hold a section"), ("warning", "warn")):
            alarms = [each["alarm"] or 0.0 for name, each in rules.items() if name.startswith(severity)]
            counts[f"false alarms on clean reports of chains, the most of the rules that {what}"] = max(alarms)
        counts["other cells that are named alone"] = _sum(measured.places, "mistaken")
    rows = [_bar(name, result, BARS[name], result <= BARS[name]) for name, result in counts.items()]
    rows += [
        _bar(name, result, BARS[name], result >= BARS[name]) for name, result in shares.items() if result is not None
    ]
    return "\n".join(["| bar | result | asked | met |", "|---|--:|--:|---|", *rows, ""])


def _lacking(whole: pl.DataFrame) -> str:
    """Where printed values were not found, planted faults not held, clean sections held: with reports to look at."""
    rows = whole.filter(~pl.col("lost_text")).with_columns(
        missed=pl.col("printed") - pl.col("found"), unheld=pl.col("planted") - pl.col("planted_held")
    )
    short = rows.filter((pl.col("missed") > 0) | (pl.col("unheld") > 0) | (pl.col("clean_held") > 0))
    groups = short.group_by("format", "dialect").agg(
        pl.col("missed", "unheld", "clean_held").sum(), pl.len(), pl.col("source").sort().head(SHOWN)
    )
    told = [
        f"| `{row['format']}` | `{row['dialect']}` | {row['len']} | {row['missed']} | {row['unheld']} | "
        f"{row['clean_held']} | {', '.join(f'`{name}`' for name in row['source'])} |"
        for row in groups.sort("format", "dialect").iter_rows(named=True)
    ]
    head = (
        "## What falls short\n\nA report's name is seed, damage, number: `tests.corpus.cases.case` makes it again.\n\n"
        "| format | kind | reports | values not found | faults not held | clean sections held | such as |\n"
        "|---|---|--:|--:|--:|--:|---|\n"
    )
    return head + "\n".join(told or ["| nothing | | | | | | |"]) + "\n"


def _bar(name: str, result: float, asked: float, met: bool) -> str:
    told = [f"{value}" if isinstance(value, int) else _share(value) for value in (result, asked)]
    return f"| {name} | {told[0]} | {told[1]} | {'yes' if met else '**no**'} |"


def _sum(rows: pl.DataFrame, name: str) -> int:
    return int(rows[name].sum())


def _least(results: Sequence[float | None]) -> float | None:
    return min((result for result in results if result is not None), default=None)


def _section(table: Table) -> str:
    heads = " | ".join((*(table.by or ("",)), *(TITLES[name] for name in table.shows)))
    rule = "|".join(["---"] * max(1, len(table.by)) + ["--:"] * len(table.shows))
    rows = [_row(table, group, results) for group, results in _results(table).items()]
    return "\n".join([f"## {table.title}\n", f"| {heads} |", f"|{rule}|", *rows, ""])


def _row(table: Table, group: str, results: Mapping[str, float | None]) -> str:
    pinned = floors().get(table.key, {}).get(group, {})
    told = [_told(name, results[name], pinned.get(name)) for name in table.shows]
    return "| " + " | ".join((*(f"`{part}`" for part in group.split(" / ")), *told)) + " |"


def _told(name: str, result: float | None, pinned: float | None) -> str:
    if result is None:
        return "–"
    shown = f"{result:,}" if name in COUNTED else (_most if name in MOST else _share)(result)
    if pinned is None:
        return shown
    sign, limit = ("≤" if name in MOST else "≥"), (f"{pinned}" if name in COUNTED else f"{100 * pinned:g} %")
    return f"{shown} ({sign} {limit})"


def _share(value: float) -> str:
    return f"{floor(value * 10_000 + 1e-9) / 100:.2f} %"


def _most(value: float) -> str:
    return f"{ceil(value * 10_000 - 1e-9) / 100:.2f} %"


def _results(table: Table) -> dict[str, dict[str, float | None]]:
    """Group -> measure -> result; a share of nothing is no result."""
    if table.rows.is_empty():
        return {}
    groups = table.rows.group_by(table.by) if table.by else [((), table.rows)]
    named = {" / ".join(map(str, group)) or "all": _measures(table, rows) for group, rows in groups}
    return dict(sorted(named.items()))


def _measures(table: Table, rows: pl.DataFrame) -> dict[str, float | None]:
    counts = {name: int(rows[name].sum()) for name in rows.columns if rows[name].dtype.is_integer()}
    found: dict[str, float | None] = {name: counts[name] for name in table.shows if name in COUNTED}
    for name in table.shows:
        if name in SHARES:
            part, whole = (counts[each] for each in SHARES[name])
            found[name] = part / whole if whole else None
    return found
