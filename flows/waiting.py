"""What waits for a person's decision: the published findings in, a frame and a list on the screen out."""

from collections.abc import Collection
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.query import ask, quoted
from flows.terminal import both, safe
from flows.texts import label, texts

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console

SHOWN = 50
FAILING = """
select finding_id, severity, decision, report_id, agency, fiscal_year, source, section, identity, instance,
  left_value, right_value, difference, cause, f.sentence, f.sentence_en
from quality.findings f join quality.reports r using (report_id)
where outcome = 'fail' and finding_id <> ''
"""
ORDER = """
order by list_position(['critical', 'error', 'warning'], severity), agency, fiscal_year, source, section, identity,
  instance
"""


def waiting(home: Path, agency: str = "", report: str = "", identity: str = "") -> "pl.DataFrame":
    """The findings that nobody has decided, or that must be decided again: errors first, then warnings.

    `agency` is a part of a name, `report` the beginning of a report_id or a part of a source. Raises query.NoAnswer.
    """
    wanted = [
        "decision not in ('accepted', 'dismissed')",
        f"contains(agency, {quoted(agency)})",
        f"(starts_with(report_id, {quoted(report)}) or contains(source, {quoted(report)}))",
        *([f"identity = {quoted(identity)}"] if identity else []),
    ]
    return ask(home, f"{FAILING} and {' and '.join(wanted)} {ORDER}")


def failing(home: Path, finding_id: str) -> "pl.DataFrame":
    """The findings, decided or not, whose id begins so. Raises query.NoAnswer."""
    return ask(home, f"{FAILING} and starts_with(finding_id, {quoted(finding_id)}) {ORDER}")


def print_waiting(found: "pl.DataFrame", said: Collection[str], out: "Console") -> None:
    """The findings on `out`, by severity and report; a long list is cut and says so.

    `said` are the ids of findings that were decided since the last run.
    """
    words = texts()["review"]
    for severity, rows in groupby(found.head(SHOWN).to_dicts(), itemgetter("severity")):
        count = found.filter(severity=severity).height
        out.print(f"\n{both(words[severity])} ({count})", style="bold")
        for _, of_report in groupby(rows, itemgetter("report_id")):
            _print_report(list(of_report), said, out)
    if found.height > SHOWN:
        out.print(f"\n{both(words['more'].fill(count=found.height - SHOWN))}")
    out.print(both(words["how" if found.height else "nothing"]), style="dim")


def _print_report(rows: list[dict[str, Any]], said: Collection[str], out: "Console") -> None:
    words = texts()["review"]
    first = rows[0]
    named = [first["agency"], str(first["fiscal_year"] or ""), first["report_id"], first["source"]]
    out.print(f"  {safe('  '.join(filter(None, named)))}")
    for row in rows:
        mark = "said" if row["finding_id"] in said else "again" if row["decision"] == "outdated" else ""
        again = f"  {both(words[mark])}" if mark else ""
        out.print(
            f"    {row['finding_id']}  {label('section', row['section'] or 'report').zh}  {row['identity']}{again}"
        )
        out.print(f"      {safe(row['sentence'])}\n      {safe(row['sentence_en'])}")
