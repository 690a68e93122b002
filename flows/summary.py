"""What a run did, in plain words: a run's Summary in, the screen out."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from flows.outcome import Summary
from flows.terminal import both, safe
from flows.texts import Phrase, label, texts

LISTED = 20
COUNTS = {
    "sources": "sources",
    "read": "read",
    "reused": "reused",
    "published": "published",
    "partly_held": "partly_held",
    "held": "held",
    "lost": "lost_sections",
    "rejected": "rejected",
    "facts": "facts",
    "findings": "findings",
}


def print_summary(summary: Summary, home: Path, out: Console) -> None:
    """The run on `out`: outcome, counts, what was held and rejected with the reasons, and where to look."""
    out.print(_headline(summary))
    if summary.outcome == "stopped":
        out.print(f"  {both(texts()['cli']['stopped'])}")
    out.print(_counts(summary))
    page = Path(summary.site)
    for name, group, rows in (
        ("held_heading", "section", summary.held_rows),
        ("rejected_heading", "", summary.rejected_rows),
        ("decided_heading", "decided", summary.decided_rows),
    ):
        _print_reasons(
            name, [(source, _where(group, code), Phrase(zh=zh, en=en)) for source, code, zh, en in rows], page, out
        )
    _print_gone(summary.gone, page, out)
    _print_places(summary, home, out)


def _headline(summary: Summary) -> str:
    phrase, outcome = texts()["cli"]["run_line"], label("outcome", summary.outcome)
    told = phrase.fill(run=summary.run_id, outcome=outcome, seconds=f"{summary.seconds:.1f}")
    return f"{told.zh}\n{told.en}" + (f"\n{safe(summary.detail)}" if summary.detail else "")


def _counts(summary: Summary) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column()
    grid.add_column()
    grid.add_column(justify="right")
    for name, attribute in COUNTS.items():
        phrase = texts()["cli"][name]
        grid.add_row(f"  {phrase.zh}", phrase.en, f"{getattr(summary, attribute):,}")
    return grid


def _print_reasons(heading: str, rows: Iterable[tuple[str, str, Phrase]], page: Path, out: Console) -> None:
    reports = [(source, list(group)) for source, group in groupby(sorted(rows, key=itemgetter(0)), itemgetter(0))]
    if not reports:
        return
    out.print(f"\n{both(texts()['cli'][heading])} ({len(reports)})", style="bold")
    for source, reasons in reports[:LISTED]:
        out.print(f"  {safe(source)}")
        for _, where, phrase in reasons:
            out.print(f"    {where}{safe(phrase.zh)}")
            out.print(f"    {safe(phrase.en)}", style="dim")
    if len(reports) > LISTED:
        more = texts()["cli"]["more"].fill(count=len(reports) - LISTED, place=page)
        out.print(f"  {both(more)}")


def _print_gone(sources: Sequence[str], page: Path, out: Console) -> None:
    if not sources:
        return
    out.print(f"\n{both(texts()['cli']['gone_heading'])} ({len(sources)})", style="bold")
    for source in sources[:LISTED]:
        out.print(f"  {safe(source)}")
    if len(sources) > LISTED:
        out.print(f"  {both(texts()['cli']['more'].fill(count=len(sources) - LISTED, place=page))}")
    out.print(f"  {both(texts()['cli']['gone_advice'])}")


def _where(group: str, code: str) -> str:
    return f"{label(group, code).zh}: " if group and code else ""


def _print_places(summary: Summary, home: Path, out: Console) -> None:
    where = texts()["cli"]
    option = "" if home == Path("data/home") else f" --home {home}"
    places: Mapping[str, object] = {
        "where_numbers": summary.analytics,
        "where_page": summary.site,
        "where_ask": f'gongkai{option} sql "select * from analytics.requests"',
    }
    out.print(f"\n{both(where['where'])}", style="bold")
    grid = Table.grid(padding=(0, 2))
    for name, place in places.items():
        grid.add_row(f"  {where[name].zh}", where[name].en, str(place))
    out.print(grid)
