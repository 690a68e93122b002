"""Cases through the real reading steps and the real gate: cases come in, what each report published goes out."""

import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.flows.reports import checked


@dataclass(frozen=True)
class Published:
    """One report after the gate: its row of quality.reports, status by section, its rows of analytics.facts."""

    report: dict[str, Any]
    sections: dict[str, str]
    facts: list[dict[str, Any]]


def published(files: dict[str, bytes]) -> dict[str, Published]:
    """Source -> what was published of it. Raises if the gate stopped the whole run: then nothing would be."""
    with tempfile.TemporaryDirectory() as home:
        made = checked(Path(home), files)
    if made.verdict.stops_publish:
        raise RuntimeError(f"the gate stopped the run: {made.verdict.critical}")
    facts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    sections: dict[str, dict[str, str]] = defaultdict(dict)
    for fact in made.tables["analytics.facts"].iter_rows(named=True):
        facts[fact["report_id"]].append(fact)
    for row in made.tables["quality.sections"].iter_rows(named=True):
        sections[row["report_id"]][row["section"]] = row["status"]
    rows = made.tables["quality.reports"].iter_rows(named=True)
    return {row["source"]: Published(row, sections[row["report_id"]], facts[row["report_id"]]) for row in rows}
