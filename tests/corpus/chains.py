"""Reports of one body on several years running, whose numbers keep every rule: a source comes in, the years go out.

Each year is drawn anew in the size of the first and then joined to the one before: what is carried in was carried out,
what is in force was in force, issued or repealed. A year that breaks a rule by chance (a jump) is drawn again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from tests.corpus import declared, fills, labels
from tests.corpus.bonds import Numbers, broken
from tests.corpus.fills import Section
from tests.corpus.form import Key

Cells = dict[Key, float]
FAMILIES = {"form_2021": "tables", "form_2019": "tables", "sheet_2014": "sheet_2014", "sheet_2008": "sheet_2008"}
ENDS = {"form_2021": (2021, 2024), "form_2019": (2020, 2020), "sheet_2014": (2016, 2018), "sheet_2008": (2011, 2013)}
FIRST = 2019  # of the tables
TRIES = 400


@dataclass(frozen=True)
class Year:
    """The numbers of one report by section, and the form that they are printed in."""

    kind: str
    year: int
    sections: tuple[Section, ...]

    @property
    def cells(self) -> Cells:
        """The numbers of all sections."""
        return {key: value for section in self.sections for key, value in section.cells.items()}

    def filled(self, cells: Cells) -> tuple[Section, ...]:
        """Its sections with these numbers."""
        return tuple(replace(one, cells={key: cells[key] for key in one.cells}) for one in self.sections)


def chain(kind: str, size: str, length: int, rng: Random) -> list[Year]:
    """Consistent years of a body of a size (none, small, city), the last in this form."""
    end = rng.randint(*ENDS[kind])
    start = max(end - length + 1, FIRST if FAMILIES[kind] == "tables" else 0)
    years: list[Year] = []
    for year in range(start, end + 1):
        years.append(_next(kind_of(kind, year), size, year, years[-1] if years else None, rng))
    return years


def numbers(now: Year, last: Year | None, said: Numbers | None = None) -> dict[tuple[str, str, str], float]:
    """The numbers that the rules of a report speak of, by place."""
    found = {("now", *key): value for key, value in now.cells.items()}
    found |= {("last", *key): value for key, value in last.cells.items()} if last else {}
    return found | dict(said or {})


def kind_of(kind: str, year: int) -> str:
    """The form that a body fills in for a year, whose last report is of this kind."""
    return "form_2019" if FAMILIES[kind] == "tables" and year <= ENDS["form_2019"][1] else kind


def closed(cells: Cells) -> Cells:
    """Table 3 with what is concluded, new and total following from its outcomes and from what is carried."""
    outcomes = [metric for metric, _ in cells if metric.startswith("requests_")]
    outcomes = [metric for metric in dict.fromkeys(outcomes) if metric not in _FLOW]
    made = dict(cells)
    for who in labels.APPLICANTS:
        made["requests_concluded", who] = sum(made[metric, who] for metric in outcomes)
        out = made["requests_concluded", who] + made["requests_carried_out", who]
        made["requests_carried_out", who] += max(0, made["requests_carried_in", who] - out)
        out = made["requests_concluded", who] + made["requests_carried_out", who]
        made["requests_new", who] = out - made["requests_carried_in", who]
    return made | {(m, "total"): sum(made[m, who] for who in labels.APPLICANTS) for m in (*outcomes, *_FLOW)}


_FLOW = tuple(f"requests_{name}" for name in ("new", "carried_in", "concluded", "carried_out"))


def _next(kind: str, size: str, year: int, before: Year | None, rng: Random) -> Year:
    for _ in range(TRIES):
        sections = tuple(_joined(section, before, rng) for section in _drawn(kind, size, rng))
        found = Year(kind, year, sections)
        if not broken(kind, numbers(found, before)):
            return found
    raise RuntimeError(f"no consistent {kind} of {size} on {year}: {broken(kind, numbers(found, before))}")


def _drawn(kind: str, size: str, rng: Random) -> tuple[Section, ...]:
    """Numbers of the wanted size; those of a sheet are drawn alike for all."""
    while True:
        found, drawn = fills.sections(kind, rng)
        if kind.startswith("sheet") or drawn == size:
            return found


def _joined(section: Section, before: Year | None, rng: Random) -> Section:
    last = before.cells if before else {}
    joined = _JOINTS[section.form if section.name in ("proactive", "sheet") else section.name]
    return Section(section.name, section.form, joined(dict(section.cells), last, rng))


def _requests(cells: Cells, last: Cells, rng: Random) -> Cells:
    carried = {("requests_carried_in", who): last.get(("requests_carried_out", who)) for who in labels.APPLICANTS}
    return closed(cells | {key: value for key, value in carried.items() if value is not None})


def _remedies(cells: Cells, last: Cells, rng: Random) -> Cells:
    return cells


def _proactive_2021(cells: Cells, last: Cells, rng: Random) -> Cells:
    for kind in ("rules", "normative_documents"):
        issued, repealed, stock = ((f"{kind}_{name}", "") for name in ("issued", "repealed", "in_force"))
        if stock in last:
            cells[repealed] = min(cells[repealed], last[stock] + cells[issued])
            cells[stock] = last[stock] + cells[issued] - cells[repealed]
    return cells


def _proactive_2019(cells: Cells, last: Cells, rng: Random) -> Cells:
    for kind in ("rules", "normative_documents"):
        made, published, public = ((f"{kind}_{name}", "") for name in ("made", "published", "public_total"))
        cells[published] = rng.randint(0, int(cells[made]))
        most = last.get(public, cells[public]) + cells[published]
        cells[public] = rng.randint(int(cells[published]), int(most))
    for stock in declared.written_out()["form_2019"]["stocks"]:
        prior, change = ((f"{stock}_items_{name}", "") for name in ("prior_year", "change"))
        cells[prior] = last[prior] + last[change] if prior in last else cells[prior]
        cells[change] = max(cells[change], -cells[prior])
    return cells


def _sheet_2014(cells: Cells, last: Cells, rng: Random) -> Cells:
    named = {metric: value for (metric, _), value in cells.items()}
    channels = [named[f"proactive_{name}_items"] for name in ("gazette", "website", "weibo", "wechat", "other_channel")]
    items = rng.randint(int(max(channels)), int(sum(channels)))
    answered = named["requests_answered"]
    on_time = rng.randint(0, int(answered))
    spare = max(0, answered - named["requests_received"])
    published = min(named["normative_documents_published"], items)
    changed = {
        "proactive_items": items,
        "normative_documents_published": published,
        "normative_documents_issued": max(named["normative_documents_issued"], published),
        "requests_closed": answered,
        "requests_closed_on_time": on_time,
        "requests_closed_extended": answered - on_time,
        "requests_received": named["requests_received"] + spare,
        "requests_received_online": named["requests_received_online"] + spare,
    }
    return cells | {(metric, ""): value for metric, value in changed.items()}


def _sheet_2008(cells: Cells, last: Cells, rng: Random) -> Cells:
    named = {metric: value for (metric, _), value in cells.items()}
    spare = max(0, named["requests_answered"] - named["requests_received"])
    items, official = named["proactive_items"], min(named["proactive_official_documents"], named["proactive_items"])
    changed = {
        "proactive_items_full_text": min(named["proactive_items_full_text"], items),
        "proactive_official_documents": official,
        "proactive_new_normative_documents": min(named["proactive_new_normative_documents"], official),
        "requests_received": named["requests_received"] + spare,
        "requests_received_online": named["requests_received_online"] + spare,
    }
    return cells | {(metric, ""): value for metric, value in changed.items()}


_JOINTS: dict[str, Callable[[Cells, Cells, Random], Cells]] = {
    "requests": _requests,
    "remedies": _remedies,
    "form_2021": _proactive_2021,
    "form_2019": _proactive_2019,
    "sheet_2014": _sheet_2014,
    "sheet_2008": _sheet_2008,
}
