"""The list of issues that an agency is asked to mend, as a spreadsheet and as CSV: findings in, files out.

What is likely our own reading stands on a sheet of its own and never in the CSV: it is not the agency's to mend.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from flows.decided import by, what
from flows.texts import label, texts

FORMULA = ("=", "+", "-", "@", "\t")
ASKED = ("critical", "error", "warning")
WIDTHS = {"agency": 24, "sentence": 60, "sentence_en": 60, "decided": 30, "source": 40, "mended": 24}
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
# A fixed date of creation: the same findings give the same bytes.
CREATED = datetime(2000, 1, 1)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")


class Issue(NamedTuple):
    """One row of the list, in the order of its columns; section, severity and cause are codes of data/texts/site.yml.

    `decided` is what a person has said about it here, `mended` is for the agency to fill in.
    """

    agency: str
    year: int | None
    section: str
    severity: str
    sentence: str
    sentence_en: str
    left: float | None
    right: float | None
    difference: float | None
    cause: str
    identity: str
    source: str
    decided: str = ""
    mended: str = ""


def issue(report: Mapping[str, Any], finding: Mapping[str, Any], decided: str = "") -> Issue:
    """A finding as a row of the list."""
    return Issue(
        report["name"] or "",
        report["fiscal_year"],
        finding["section"] or "report",
        finding["severity"],
        finding["sentence"],
        finding["sentence_en"],
        finding["left_value"],
        finding["right_value"],
        finding["difference"],
        finding["cause"],
        finding["identity"],
        report["source"],
        decided,
    )


def corrected(report: Mapping[str, Any], decision: Mapping[str, Any]) -> Issue:
    """A number that a person has corrected here as a row of the list: the document still prints the wrong one."""
    told = what(dict(decision))
    return Issue(
        report["name"] or "",
        report["fiscal_year"],
        decision["section"],
        "error",
        told.zh,
        told.en,
        decision["read"],
        decision["value"],
        None,
        "source",
        "",
        report["source"],
        by(dict(decision)).zh,
    )


def write_lists(folder: Path, lists: Mapping[str, Sequence[Issue]]) -> None:
    """Each list as NAME.csv and NAME.xlsx in `folder`; lists of a run before that are no more go."""
    folder.mkdir(parents=True, exist_ok=True)
    for stale in [path for path in folder.iterdir() if path.stem not in lists]:
        stale.unlink()
    for name, found in lists.items():
        asked = [issue for issue in found if issue.cause != "reading"]
        write_csv(folder / f"{name}.csv", asked)
        write_xlsx(folder / f"{name}.xlsx", asked, [issue for issue in found if issue.cause == "reading"])


def write_csv(path: Path, found: Iterable[Issue]) -> None:
    """The list as CSV that a spreadsheet opens in Chinese and never takes for formulas."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(_headings())
        out.writerows([_harmless(value) for value in _row(issue)] for issue in found)


def write_xlsx(path: Path, asked: Sequence[Issue], reading: Sequence[Issue]) -> None:
    """The list as a spreadsheet: what is asked of the agency, and on a second sheet what is likely our own reading."""
    # Imported late: only a run that writes pages needs it.
    from xlsxwriter import Workbook

    with Workbook(path, OPTIONS) as book:
        book.set_properties({"created": CREATED})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for name, rows in (("sheet_asked", asked), ("sheet_reading", reading)):
            sheet = book.add_worksheet(texts()["issue"][name].zh)
            for column, field in enumerate(Issue._fields):
                sheet.set_column(column, column, WIDTHS.get(field, 12), wrapped)
            sheet.write_row(0, 0, _headings(), bold)
            for number, row in enumerate(rows, 1):
                sheet.write_row(number, 0, _row(row))
            sheet.autofilter(0, 0, max(1, len(rows)), len(Issue._fields) - 1)
            sheet.freeze_panes(1, 0)


def _row(issue: Issue) -> list[object]:
    """The issue in words, without control characters, which a spreadsheet file may not hold."""
    section, severity, cause = (label(name, getattr(issue, name)).zh for name in ("section", "severity", "cause"))
    values = issue._replace(section=section, severity=severity, cause=cause)
    return [_CONTROL.sub("", value) if isinstance(value, str) else value for value in values]


def _headings() -> list[str]:
    return [texts()["issue"][field].zh for field in Issue._fields]


def _harmless(value: object) -> object:
    """A text that begins like a formula gets an apostrophe in front, as spreadsheets themselves do."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
