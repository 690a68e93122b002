"""The quality site: the tables of a run in, static pages under home/quality out, readable offline.

Everything that comes from a report is escaped; the pages ask nothing of any network.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from flows.decided import told
from flows.site import issues
from flows.site.agencies import Agency, agencies, agency_page, grid_page, years
from flows.site.decisions import counted, decisions, decisions_page
from flows.site.limits import limits
from flows.site.overview import overview
from flows.site.render import render, write
from flows.site.report_page import report_page
from flows.site.reports import Record, Tables, by_report, reports, with_pages
from flows.site.rules import refusals, rules

DATA_DOCS = "docs/gx/index.html"
PARTS = ("sections", "findings", "cells", "reviews")


def write_site(home: Path, tables: Tables) -> Path:
    """Writes home/quality: an overview, lists, a page per report and agency with something to show; returns the index.

    `tables` are frames by name (quality.reports, quality.sections, quality.findings, quality.cells, quality.reviews,
    quality.runs, analytics.facts), with the columns of data/tables.yml. The originals are read in home/raw.
    """
    site, pages = home / "quality", with_pages(tables)
    listed = reports(tables, pages)
    by_id = {report["report_id"]: report for report in listed}
    _write_folder(site / "reports", _report_pages(home, tables, pages))
    decided = decisions(tables["quality.reviews"], by_id)
    applied = tables["quality.reviews"].filter(pl.col("status") == "applied")
    said = by_report(applied, set(applied["report_id"]))
    _write_agencies(site, agencies(listed), _asked(tables), said, years(listed))
    failed, refused = rules(tables["quality.findings"], by_id), refusals(tables["quality.reports"])
    write(site / "reports.html", render("reports.html.j2", root="", here="reports", reports=listed))
    write(site / "rules.html", render("rules.html.j2", root="", here="rules", rules=failed, refusals=refused))
    write(site / "decisions.html", decisions_page(decided))
    docs = DATA_DOCS if (site / DATA_DOCS).is_file() else None
    return write(site / "index.html", overview(tables, listed, failed, refused, counted(decided), docs))


def _report_pages(home: Path, tables: Tables, wanted: Collection[str]) -> Iterator[tuple[str, str]]:
    """Name and page of every report in `wanted`; as many as the limit says, held ones first, with their originals."""
    frame = tables["quality.reports"].filter(pl.col("report_id").is_in(list(wanted)))
    frame = frame.sort(pl.col("status") == "published", "source")
    parts = [_parts(tables[f"quality.{name}"], wanted) for name in PARTS]
    for place, report in enumerate(frame.iter_rows(named=True)):
        own = (part.get((report["report_id"],)) for part in parts)
        sections, findings, cells, decided = ([] if rows is None else rows.to_dicts() for rows in own)
        original = home if place < limits().excerpts else None
        yield f"{report['report_id']}.html", report_page(report, sections, findings, cells, decided, original)


def _parts(frame: pl.DataFrame, wanted: Collection[str]) -> dict[tuple[object, ...], pl.DataFrame]:
    """The frame cut by report: rows as objects take ten times the memory, so they are made page by page."""
    return frame.filter(pl.col("report_id").is_in(list(wanted))).partition_by("report_id", as_dict=True)


def _asked(tables: Tables) -> dict[str, list[Record]]:
    """What an agency may have to mend, by report; not what a person knows to be a false alarm."""
    asked = (pl.col("outcome") == "fail") & pl.col("severity").is_in(issues.ASKED) & (pl.col("decision") != "dismissed")
    found = tables["quality.findings"].filter(asked)
    return by_report(found, set(found["report_id"]))


def _write_agencies(
    site: Path,
    found: Sequence[Agency],
    findings: Mapping[str, list[Record]],
    decided: Mapping[str, list[Record]],
    span: Sequence[int],
) -> None:
    """The coverage grid, a page and a list of issues per agency, and one list of all issues."""
    write(site / "agencies.html", grid_page(found, span))
    lists = {agency.stem: list(_issues(agency, findings, decided)) for agency in found}
    shown = [agency for agency in found if agency.page is not None]
    pages = ((f"{agency.stem}.html", agency_page(agency, lists[agency.stem], span)) for agency in shown)
    _write_folder(site / "agencies", pages)
    own = {agency.stem: lists[agency.stem] for agency in shown if lists[agency.stem]}
    issues.write_lists(site / "issues", {"all": [issue for each in lists.values() for issue in each]} | own)


def _issues(
    agency: Agency, findings: Mapping[str, list[Record]], decided: Mapping[str, list[Record]]
) -> Iterator[issues.Issue]:
    for _, reports_of_year in sorted(agency.years.items(), key=lambda item: item[0] or 0):
        for report in reports_of_year:
            own = decided.get(report["report_id"], ())
            yield from (issues.corrected(report, row) for row in own if row["decision"] == "correct")
            said = {row["finding_id"]: told(row).zh for row in own if row["finding_id"]}
            for finding in findings.get(report["report_id"], ()):
                yield issues.issue(report, finding, said.get(finding["finding_id"], ""))


def _write_folder(folder: Path, pages: Iterable[tuple[str, str]]) -> None:
    """Writes pages by name and removes those of a run before that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    names = set()
    for name, page in pages:
        (folder / name).write_text(page, encoding="utf-8")
        names.add(name)
    for stale in [path for path in folder.glob("*.html") if path.name not in names]:
        stale.unlink()
