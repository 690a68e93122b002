"""The quality site: the tables of a run in, static pages under home/quality out, readable offline.

Everything that comes from a report is escaped; the pages ask nothing of any network.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

import polars as pl
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from flows.texts import label, texts
from transforms.forms import APPLICANTS, forms, metrics

Tables = Mapping[str, pl.DataFrame]
Record = dict[str, Any]
Grid = dict[tuple[str, str], dict[str, list[Record]]]
Shown = tuple[str, str, float | None, str, str]

TEMPLATES = Path(__file__).parent / "templates"
DATA_DOCS = "docs/gx/index.html"
PAGES_FOR_ALL = 500  # above it, reports with nothing held have no page of their own, only their line in the list
LISTED = 200
RUNS = 30
REPORT = (
    "report_id", "source", "status", "sentence", "sentence_en", "agency", "agency_printed", "fiscal_year", "facts"
)  # fmt: skip
CELL = ("section", "origin", "form", "metric", "item", "applicant", "printed", "state", "value", "unit", "locator")
SEVERITIES = ("critical", "error", "warning", "info")


def write_site(home: Path, tables: Tables) -> Path:
    """Writes home/quality/index.html and a page per report that has something to show; returns the index.

    `tables` are frames by name (quality.reports, quality.sections, quality.findings, quality.cells, quality.runs,
    analytics.facts), with the columns of data/tables.yml.
    """
    site = home / "quality"
    pages = _report_pages(tables)
    _write_pages(site / "reports", pages)
    return _replace(site / "index.html", _index(site, tables, set(pages)))


def _index(site: Path, tables: Tables, pages: set[str]) -> str:
    reports = _reports(tables, pages)
    by_id = {report["report_id"]: report for report in reports}
    sections = tables["quality.sections"]
    held = _with_findings(_of_status(sections, "held", by_id), tables["quality.findings"])
    return _template("index.html.j2").render(
        runs=_runs(tables["quality.runs"]),
        counts=_counts(tables),
        reports=reports,
        held=held[:LISTED],
        held_count=len(held),
        rejected=[report for report in reports if report["status"] == "rejected"],
        lost=_lost(sections, by_id),
        data_docs=DATA_DOCS if (site / DATA_DOCS).is_file() else None,
        listed=LISTED,
    )


def _reports(tables: Tables, pages: set[str]) -> list[Record]:
    facts = tables["analytics.facts"].group_by("report_id").len("facts")
    rows = tables["quality.reports"].join(facts, on="report_id", how="left")
    rows = rows.sort("fiscal_year", "agency", "source", descending=[True, False, False], nulls_last=True)
    page = pl.when(pl.col("report_id").is_in(list(pages))).then(pl.format("{}.html", "report_id"))
    return rows.select(*REPORT, page.alias("page")).to_dicts()


def _of_status(sections: pl.DataFrame, status: str, reports: Mapping[str, Record]) -> list[Record]:
    groups: dict[str, list[Record]] = {}
    for row in sections.filter(pl.col("status") == status).to_dicts():
        groups.setdefault(row["report_id"], []).append(row)
    for rows in groups.values():
        rows.sort(key=lambda row: _rank(row["section"]))
    order = [report_id for report_id in reports if report_id in groups]
    return [reports[report_id] | {"sections": groups[report_id]} for report_id in order]


def _with_findings(held: list[Record], findings: pl.DataFrame) -> list[Record]:
    wrong = findings.filter((pl.col("outcome") == "fail") & pl.col("severity").is_in(["critical", "error"]))
    wrong = wrong.filter(pl.col("report_id").is_in([report["report_id"] for report in held[:LISTED]]))
    found: dict[tuple[str, str], list[Record]] = {}
    for row in wrong.to_dicts():
        found.setdefault((row["report_id"], row["section"]), []).append(row)
    for report in held[:LISTED]:
        for section in report["sections"]:
            section["findings"] = found.get((report["report_id"], section["section"]), [])
    return held


def _lost(sections: pl.DataFrame, reports: Mapping[str, Record]) -> list[Record]:
    return _of_status(sections, "lost", reports)


def _counts(tables: Tables) -> dict[str, int]:
    status = dict(tables["quality.reports"].group_by("status").len().iter_rows())
    sections = dict(tables["quality.sections"].group_by("status").len().iter_rows())
    shown = {name: status.get(name, 0) for name in ("published", "partly_held", "held", "rejected")}
    return shown | {"sections_lost": sections.get("lost", 0), "facts": tables["analytics.facts"].height}


def _runs(runs: pl.DataFrame) -> list[Record]:
    return runs.sort("started_at", descending=True).head(RUNS).to_dicts()


def _report_pages(tables: Tables) -> dict[str, str]:
    reports = tables["quality.reports"]
    wanted = reports if reports.height <= PAGES_FOR_ALL else reports.filter(pl.col("report_id").is_in(_unclean(tables)))
    wanted = wanted.filter(pl.col("status") != "rejected")
    sections, findings = (_by_report(tables[f"quality.{name}"], wanted) for name in ("sections", "findings"))
    cells = _by_report(tables["quality.cells"].select("report_id", *CELL), wanted)
    template = _template("report.html.j2")
    return {
        report["report_id"]: template.render(
            report=report,
            sections=sorted(sections.get(report["report_id"], []), key=lambda row: _rank(row["section"])),
            findings=_findings(findings.get(report["report_id"], [])),
            blocks=_blocks(cells.get(report["report_id"], [])),
        )
        for report in wanted.to_dicts()
    }


def _unclean(tables: Tables) -> list[str]:
    statuses = pl.col("status").is_in(["held", "accepted"])
    wrong = (pl.col("outcome") == "fail") & pl.col("severity").is_in(["critical", "error"])
    ids = pl.concat(
        [
            tables["quality.sections"].filter(statuses).get_column("report_id"),
            tables["quality.findings"].filter(wrong).get_column("report_id"),
        ]
    )
    return ids.unique().to_list()


def _by_report(frame: pl.DataFrame, reports: pl.DataFrame) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = {}
    for row in frame.join(reports.select("report_id"), on="report_id", how="semi").iter_rows(named=True):
        groups.setdefault(row["report_id"], []).append(row)
    return groups


def _findings(rows: list[Record]) -> dict[str, Any]:
    ranked = sorted(rows, key=lambda row: (SEVERITIES.index(row["severity"]), row["section"], row["identity"]))
    shown = {outcome: [row for row in ranked if row["outcome"] == outcome] for outcome in ("fail", "not_assessable")}
    passed = Counter((row["section"], row["identity"]) for row in rows if row["outcome"] == "pass")
    return shown | {"passed": sorted((*rule, count) for rule, count in passed.items()), "passes": passed.total()}


def _blocks(cells: list[Record]) -> list[Record]:
    """Cells by section and origin, each a grid of metrics (rows) by applicants (columns), in the order of the form."""
    blocks: dict[tuple[str, str, str], Grid] = {}
    for cell in cells:
        rows = blocks.setdefault((cell["section"], cell["origin"], cell["form"]), {})
        item, applicant = _place(cell)
        rows.setdefault((cell["metric"], item), {}).setdefault(applicant, []).append(cell)
    return [
        {"section": section, "form": form, "columns": _columns(rows), "rows": list(_rows(form, rows))}
        for (section, _, form), rows in sorted(blocks.items(), key=lambda block: (_rank(block[0][0]), block[0]))
    ]


def _place(cell: Record) -> tuple[str, str]:
    """Name behind the metric, and column: prose has no columns, so there an applicant is a part of the name."""
    if cell["origin"] == "table":
        return cell["item"], cell["applicant"]
    named = label("applicant", cell["applicant"]).zh if cell["applicant"] not in ("", "total") else ""
    return " ".join(filter(None, (cell["item"], named))), ""


def _columns(rows: Grid) -> list[str]:
    used = {applicant for row in rows.values() for applicant in row}
    known = ("", *APPLICANTS)
    return [applicant for applicant in known if applicant in used] + sorted(used - set(known))


def _rows(form: str, rows: Grid) -> Iterator[Markup]:
    order, columns = _metric_order(form), _columns(rows)
    for metric, item in sorted(rows, key=lambda row: (order.get(row[0], len(order)), row)):
        found = rows[metric, item]
        yield _row(metric, item, tuple(tuple(map(_shown, found.get(applicant, ()))) for applicant in columns))


# Most rows of most reports are alike (a line of zeros in the same place), so each is rendered once.
@lru_cache(maxsize=20_000)
def _row(metric: str, item: str, slots: tuple[tuple[Shown, ...], ...]) -> Markup:
    zh = metrics()[metric].zh if metric in metrics() else ""
    return Markup(_template("row.html.j2").render(zh=zh, metric=metric, item=item, slots=slots))


def _rank(section: str) -> int:
    order = list(texts()["section"])
    return order.index(section) if section in order else len(order)


_shown = itemgetter("printed", "state", "value", "unit", "locator")


@cache
def _metric_order(form: str) -> dict[str, int]:
    """Metrics as the form prints them, then all others as they are declared."""
    printed = [slot.metric for table in (forms()[form].tables if form in forms() else ()) for slot in table.slots()]
    return {code: place for place, code in enumerate(dict.fromkeys([*printed, *metrics()]))}


@cache
def _template(name: str) -> Template:
    loader = FileSystemLoader(TEMPLATES)
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["number"] = _number
    environment.globals |= {"t": texts(), "label": label}
    return environment.get_template(name)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.10g}"


def _write_pages(folder: Path, pages: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for report_id, page in pages.items():
        (folder / f"{report_id}.html").write_text(page, encoding="utf-8")
    for stale in [path for path in folder.glob("*.html") if path.stem not in pages]:
        stale.unlink()


def _replace(path: Path, page: str) -> Path:
    beside = path.with_suffix(".new")
    beside.write_text(page, encoding="utf-8")
    return beside.replace(path)
