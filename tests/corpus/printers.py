"""Whole reports as files: a report comes in, an HTML page or a text goes out, in a kind or dialect."""

from collections.abc import Mapping
from html import escape

from tests.corpus import chrome, labels, markup, plaintext
from tests.corpus.form import Key
from tests.corpus.grids import grids
from tests.corpus.reports import Report

KINDS = markup.KINDS
DIALECTS = (*plaintext.DIALECTS, "A8", "A9")
LOST = ("A8", "A9")


def as_html(report: Report, kind: str, charset: str = "utf-8", shown: Mapping[Key, str] | None = None) -> str:
    """A page of this kind that declares `charset`; the caller encodes it. `shown` overrides single printed cells."""
    tables = [markup.table(grid, kind) for grid in grids(report.filled.cells, shown)]
    return page(report, _article(report, tables), kind, charset)


def page(report: Report, body: str, kind: str, charset: str = "utf-8") -> str:
    """A page around the body of an article; of the report only who and title are asked."""
    article = f"<h1>{escape(report.title)}</h1>\n<div class='article'>\n{body}\n</div>"
    if kind == "B":
        article = f'<table class="layout" width="1000"><tr><td valign="top">{article}</td></tr></table>'
    return (
        f"<!DOCTYPE html>\n<html>\n{chrome.head(report, charset)}\n<body>\n{chrome.masthead(report)}\n"
        f"{chrome.metadata(report)}\n{article}\n{chrome.footer(report)}\n</body>\n</html>\n"
    )


def as_text(report: Report, dialect: str, shown: Mapping[Key, str] | None = None) -> str:
    """The report as an extractor left it; A8 and A9 have lost the tables."""
    if dialect in LOST:
        return _as_lost_text(report, dialect)
    tables = ["\n".join(plaintext.lines(grid, dialect)) for grid in grids(report.filled.cells, shown)]
    parts = [report.title, report.narrative.preamble.text]
    for at, heading in enumerate(labels.HEADINGS):
        parts += [heading, *(said.text for said in report.narrative.sections[at])]
        parts += tables[at - 1 : at] if 1 <= at <= 3 else []
    return "\n".join(parts) + "\n"


def _article(report: Report, tables: list[str]) -> str:
    parts = [f"<p>{escape(report.narrative.preamble.text)}</p>"]
    for at, heading in enumerate(labels.HEADINGS):
        parts.append(f"<p><strong>{heading}</strong></p>")
        parts += [f"<p>{escape(said.text)}</p>" for said in report.narrative.sections[at]]
        parts += tables[at - 1 : at] if 1 <= at <= 3 else []
    return "\n".join(parts)


def _as_lost_text(report: Report, dialect: str) -> str:
    """Headings and prose in one line; A9 adds the pipes that a layout table leaves of the official tables."""
    body = [report.narrative.preamble.text]
    for heading, section in zip(labels.HEADINGS, report.narrative.sections, strict=True):
        body += [heading, *(said.text for said in section)]
    if dialect == "A8":
        return f"{report.title}\n{' '.join(body)}\n"
    run = "|" * plaintext.lost_pipes(grids(report.filled.cells))
    return f"您当前的位置： |\n{report.title} | {run}\n| {run}\n{' '.join(body)} | {run}\n打印本页 关闭窗口 | {run}\n"
