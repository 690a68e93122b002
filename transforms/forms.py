"""Reads the declared forms, metrics and notes under data/ and checks them; the one reader of those files.

In: data/forms/*.yml, data/metrics.yml, data/notes/*.yml. Out: frozen Form, Metric, NoteKind, and the terms of all sums.
"""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

from transforms.identity import Declared, Identity
from transforms.model import Severity, Slot

DATA = Path(__file__).resolve().parent.parent / "data"
APPLICANTS = (
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "social_organization",
    "legal_service",
    "other_organization",
    "total",
)

_HANZI = re.compile(r"[^\u3400-\u9fff]+")


class Column(Declared):
    """A column of a form: `labels` are its spellings (hanzi only), `under` the group headings it may stand under."""

    key: str
    labels: tuple[str, ...]
    under: tuple[str, ...] = ()
    applicant: str = ""


class Row(Declared):
    """A row of a form: `cells` maps column keys to metrics; without it the row's key is the metric of every column."""

    key: str
    labels: tuple[str, ...]
    under: tuple[str, ...] = ()
    cells: dict[str, str] | None = None
    optional: bool = False


class FormTable(Declared):
    """One table of a form. Without rows it is a record: one line of numbers, each column a metric.

    `beside` are headers of columns without numbers (ordinal, unit, remark), `passed` those of columns whose numbers are
    not of the year (last year, since the beginning): both are ignored by name. In a `tolerant` table localities add and
    leave out rows: neither holds the section. `least` rows must be found before a table is taken for this one.
    """

    section: str
    number: int
    zh: str
    headings: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    captions: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    tolerant: bool = False
    least: int = 2

    def slots(self) -> tuple[Slot, ...]:
        """Every declared cell, in the order of the form."""
        if not self.rows:
            return tuple(Slot("", column.key, column.key, column.applicant) for column in self.columns)
        return tuple(slot for row in self.rows for slot in self.row_slots(row))

    def row_slots(self, row: Row) -> tuple[Slot, ...]:
        """The declared cells of one row, in the order of its columns."""
        if row.cells is None:
            return tuple(Slot(row.key, column.key, row.key, column.applicant) for column in self.columns)
        return tuple(
            Slot(row.key, column.key, row.cells[column.key], column.applicant)
            for column in self.columns
            if column.key in row.cells
        )


class Form(Declared):
    """One generation of the report: tables and the identities between their cells."""

    code: str
    zh: str
    legal_basis: str
    fiscal_years: tuple[int, int | None]
    tables: tuple[FormTable, ...]
    identities: tuple[Identity, ...]

    def covers(self, year: int) -> bool:
        """Whether the form was in force for that fiscal year."""
        first, last = self.fiscal_years
        return first <= year and (last is None or year <= last)


class Metric(Declared):
    """What one number is, whatever the form it stands in."""

    code: str
    zh: str
    unit: str
    forms: tuple[str, ...]
    parent: str = ""
    kind: str = "value"


class NoteKind(Declared):
    """A thing that reading may have to say: a refusal of the file, or a note with its severity and likely cause."""

    code: str
    kind: Literal["refusal", "note"]
    zh: str
    en: str
    severity: Severity = "error"
    cause: Literal["source", "reading", "undetermined"] = "undetermined"


class DeclaredTerm(NamedTuple):
    """One operand of one instance of an identity: a row of the `terms` frame."""

    form: str
    section: str
    identity: str
    instance: str
    reading: int
    side: str
    weight: float
    origin: str
    metric: str
    applicant: str
    tolerance: float
    when_left: float | None
    relation: str = "="
    optional: bool = False
    year: int = 0
    factor: float = 0.0
    base: float = 0.0
    within: float = 0.0
    since: int | None = None
    until: int | None = None


class DeclarationError(Exception):
    """A file under data/ does not say what it must; the message names file and key."""


@cache
def forms() -> dict[str, Form]:
    """All declared forms by code."""
    return {form.code: form for form in (_form(path) for path in sorted((DATA / "forms").glob("*.yml")))}


@cache
def metrics() -> dict[str, Metric]:
    """All declared metrics by code."""
    return {code: Metric(code=code, **body) for code, body in load("metrics.yml").items()}


@cache
def note_kinds() -> dict[str, NoteKind]:
    """All declared notes and refusals by code."""
    files = sorted((DATA / "notes").glob("*.yml"))
    bodies = [item for path in files for item in (load(path.relative_to(DATA).as_posix()) or {}).items()]
    return {code: NoteKind(code=code, **body) for code, body in bodies}


@cache
def identities() -> dict[str, Identity]:
    """All declared identities by id, over all forms."""
    return {identity.id: identity for form in forms().values() for identity in form.identities}


@cache
def terms() -> tuple[DeclaredTerm, ...]:
    """Every operand of every instance of every sum over table cells; prose parts are found in the claims themselves."""
    found: list[DeclaredTerm] = []
    for form in forms().values():
        for identity in form.identities:
            for instance in instances(form, identity):
                found.extend(_instance_terms(form, identity, instance))
    return tuple(found)


def instances(form: Form, identity: Identity) -> tuple[str, ...]:
    """The rows or columns that an identity is applied to; one empty name when it stands for itself."""
    if identity.off:
        return ()
    if identity.over:
        return tuple(identity.over)
    if identity.each == "":
        return () if identity.parts else ("",)
    table = next(table for table in form.tables if table.section == identity.section)
    slots = table.slots()
    names = [slot.metric if identity.each == "metric" else slot.applicant for slot in slots]
    return tuple(dict.fromkeys(names))


@lru_cache(1 << 16)
@lru_cache(maxsize=1 << 16)
def label_key(text: str) -> str:
    """A label reduced to its hanzi, what numbers or introduces it (一、 （二） 3. 其中：) dropped."""
    return _HANZI.sub("", _ordinal().sub("", text))


def ordinals() -> str:
    """The hanzi that number headings and rows."""
    return str(load("lookups/ordinals.yml"))


def load(name: str) -> Any:  # noqa: ANN401 (whatever the file declares; its reader validates)
    """The contents of a YAML file under data/."""
    try:
        return yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=_LOADER)
    except yaml.YAMLError as error:
        raise DeclarationError(f"data/{name}: {error}") from error


@cache
def _ordinal() -> re.Pattern[str]:
    opening = "|".join(load("lookups/label_openings.yml"))
    return re.compile(rf"^\s*(?:\(?[{ordinals()}0-9]{{1,3}}\s*(?:\)|[、.．:]|\s)+|(?:{opening})\s*[:,、]?\s*)+")


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _form(path: Path) -> Form:
    try:
        return Form(**_complete(load(path.relative_to(DATA).as_posix())))
    except (ValueError, KeyError) as error:
        raise DeclarationError(f"data/forms/{path.name}: {error}") from error


@cache
def _declared(code: str) -> dict[str, Any]:
    """A form as its file has it, for others to take from and never to change; parsing one takes 10 ms."""
    return dict(load(f"forms/{code}.yml"))


def _complete(declared: dict[str, Any]) -> dict[str, Any]:
    """A form with what it takes over from another: `like` of a table, `borrowed` identities."""
    borrowed = declared.pop("borrowed", {})
    taken = [
        identity
        for form, ids in borrowed.items()
        for wanted in ids
        for identity in _declared(form)["identities"]
        if identity["id"] == wanted
    ]
    if len(taken) != sum(map(len, borrowed.values())):
        raise KeyError(f"borrowed identities not found, or found twice: {borrowed}")
    tables = [_like(table) for table in declared["tables"]]
    return declared | {"tables": tables, "identities": [*declared["identities"], *taken]}


def _like(table: dict[str, Any]) -> dict[str, Any]:
    """A table as declared, or that of the form `like` with some rows left `out` and some put `instead` of others."""
    if "like" not in table:
        return table
    original: dict[str, Any] = next(
        item for item in _declared(table["like"])["tables"] if item["section"] == table["section"]
    )
    instead = table.get("instead", {})
    rows = [instead.get(row["key"], row) for row in original["rows"] if row["key"] not in table.get("out", ())]
    return original | {"rows": rows}


def _instance_terms(form: Form, identity: Identity, instance: str) -> list[DeclaredTerm]:
    sides = [(0, "left", identity.left)] + [(i, "right", right) for i, right in enumerate(identity.readings)]
    return [
        DeclaredTerm(
            form.code,
            identity.section,
            identity.id,
            instance,
            reading,
            side,
            term.weight,
            term.origin,
            instance if identity.each == "metric" else term.metric.replace("{}", instance),
            instance if identity.each == "applicant" else term.applicant,
            identity.tolerance,
            identity.when_left,
            identity.relation,
            term.optional,
            term.year,
            identity.factor,
            identity.base,
            identity.within,
            *identity.fiscal_years,
        )
        for reading, side, terms in sides
        for term in terms
    ]
