"""The forms of 2019, 2014 and 2008 as forms.yml writes them out, in the shapes that fills and drawings ask for."""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.corpus import labels
from tests.corpus.grids import Blocks

KINDS = ("form_2021", "form_2019", "tables_2021_requests_2019", "tables_2019_requests_2021", "sheet_2014", "sheet_2008")
YEARS = {"form_2021": (2021, 2024), "form_2019": (2019, 2020), "sheet_2014": (2014, 2018), "sheet_2008": (2008, 2013)}
_FILE = Path(__file__).parent / "forms.yml"


class Line(NamedTuple):
    """A line of a sheet; a heading has no metric."""

    number: str
    label: str
    unit: str
    metric: str


@cache
def written_out() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return found


def parts(kind: str) -> dict[str, str]:
    """Section -> form of a kind of report: a hybrid has table 3 of the other form."""
    if kind.startswith("sheet"):
        return {"sheet": kind}
    tables, requests = (kind, kind) if kind in YEARS else (f"form_{kind[7:11]}", f"form_{kind[-4:]}")
    return {"proactive": tables, "requests": requests, "remedies": tables}


def years(kind: str) -> tuple[int, int]:
    """First and last fiscal year of a kind of report; a hybrid is of the years of its tables 2 and 4."""
    return YEARS[next(iter(parts(kind).values()))]


@cache
def proactive(form: str) -> Blocks:
    """Table 2 in blocks: caption, columns, and rows of a label and its metrics."""
    if form == "form_2021":
        return labels.PROACTIVE
    blocks = written_out()[form]["proactive"]
    return tuple(
        (b["caption"], tuple(b["columns"]), tuple((r["label"], r["metrics"]) for r in b["rows"])) for b in blocks
    )


@cache
def requests(form: str) -> tuple[tuple[str, str, str], ...]:
    """Rows of table 3: metric, group label, label."""
    if form == "form_2021":
        return labels.REQUESTS
    other = ("requests_other", "", written_out()[form]["other"])
    kept = [row for row in labels.REQUESTS if row[1] != labels.OTHER]
    return (*kept[:-2], other, *kept[-2:])


@cache
def lines(form: str) -> tuple[Line, ...]:
    """The lines of a sheet."""
    return tuple(Line(*row) for row in written_out()[form]["rows"])


@cache
def unit(metric: str) -> str:
    """The unit that a sheet prints beside a number; 件 for the tables, whose cells bear none."""
    units = {line.metric: line.unit for form in ("sheet_2014", "sheet_2008") for line in lines(form)}
    return units.get(metric, "万元" if metric.endswith("10k_yuan") else "件")
