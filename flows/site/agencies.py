"""The agencies of a run: their reports by year for the coverage grid, and a page for each that has one to show."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flows.site.issues import Issue
from flows.site.render import render

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency: `stem` names its files; `years` are its reports by fiscal year, None where no year is known."""

    name: str
    stem: str
    years: Mapping[int | None, list[Record]]
    page: str | None

    @property
    def statuses(self) -> list[str]:
        """The statuses that its reports have, sorted: the page must not change from run to run."""
        return sorted({report["status"] for group in self.years.values() for report in group})

    def gaps(self, years: Sequence[int]) -> list[int]:
        """The years between its first and its last report for which there is none."""
        own = [year for year in self.years if year is not None]
        return [year for year in years if own and min(own) < year < max(own) and year not in self.years]


def agencies(reports: Sequence[Record]) -> list[Agency]:
    """The agencies of all reports by name; files of no known agency stand together under a blank name, last."""
    groups: dict[str, list[Record]] = {}
    for report in reports:
        groups.setdefault(report["agency_id"] or report["name"] or "", []).append(report)
    found = [_agency(key, group) for key, group in groups.items()]
    return sorted(found, key=lambda agency: (agency.name == "", agency.name))


def _agency(key: str, reports: Sequence[Record]) -> Agency:
    years: dict[int | None, list[Record]] = {}
    for report in reports:
        years.setdefault(report["fiscal_year"], []).append(report)
    stem = hashlib.sha256(key.encode()).hexdigest()[:16]
    shown = key != "" and any(report["page"] for report in reports)
    return Agency(reports[0]["name"] or "", stem, years, f"agencies/{stem}.html" if shown else None)


def years(reports: Sequence[Record]) -> list[int]:
    """All years from the first to the last that any report is of."""
    known = [report["fiscal_year"] for report in reports if report["fiscal_year"] is not None]
    return list(range(min(known), max(known) + 1)) if known else []


def grid_page(found: Sequence[Agency], columns: Sequence[int], root: str = "") -> str:
    """The coverage grid of agencies by years."""
    dated = any(None in agency.years for agency in found)
    counts = Counter(report["status"] for agency in found for group in agency.years.values() for report in group)
    counts["missing"] = sum(len(agency.gaps(columns)) for agency in found)
    return render(
        "agencies.html.j2",
        root=root,
        here="agencies",
        agencies=found,
        span=columns,
        years=[*columns, *([None] if dated else [])],
        counts=counts,
    )


def agency_page(agency: Agency, issues: Sequence[Issue], columns: Sequence[int]) -> str:
    """The page of one agency: its reports by year and its list of issues."""
    reports = [report for _, group in sorted(agency.years.items(), key=_latest) for report in group]
    return render(
        "agency.html.j2",
        root="../",
        here="agencies",
        agency=agency,
        reports=reports,
        issues=issues,
        pages={report["source"]: report["page"] for report in reports},
        gaps=agency.gaps(columns),
    )


def _latest(item: tuple[int | None, list[Record]]) -> int:
    return -(item[0] or 0)
