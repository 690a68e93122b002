"""A batch of files in the raw store becomes frames; runs inside a worker process, so it imports no prefect.

In: (sha256, source) pairs. Out: Readings as flows/warehouse.py stores them. A file that is refused, or whose reading
fails, gives a documents row with the reason; the rest of the batch goes on.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from flows.legacy import readable
from flows.reading import ReportReading, read_one
from transforms.forms import note_kinds
from transforms.model import Reading, Refusal
from transforms.tables import conform, frame_schema

_key = attrgetter("section", "metric", "applicant", "item", "origin", "locator")
_NOTES = ("report_id", "code", "section", "place", "detail")
_GIVEN_LATER = ("status", "source")


class Item(NamedTuple):
    """One file to read."""

    sha256: str
    source: str
    size: int


class Frames(NamedTuple):
    """What reading gave for a batch: documents, cells, notes (data/tables.yml, data/warehouse.yml)."""

    documents: pl.DataFrame
    cells: pl.DataFrame
    notes: pl.DataFrame


def read_batch(home: Path, items: Iterable[Item]) -> Frames:
    """Reads every file of a batch."""
    documents: list[dict[str, Any]] = []
    readings: list[tuple[str, Sequence[Reading]]] = []
    notes: list[tuple[str, ...]] = []
    for item in items:
        report_id = item.sha256[:16]
        found, document = _outcome(home, item)
        documents.append(document)
        if found is not None:
            readings.append((report_id, found.readings))
            notes.extend((report_id, note.code, note.section, note.place, note.detail) for note in found.notes)
    return Frames(_documents(documents), _cells(readings), _notes(notes))


def refused(item: Item, code: str, detail: str) -> Frames:
    """What reading gives for one file that is refused from outside: a process that read it had to be ended."""
    return Frames(_documents([_base(item) | _refused(code, detail)]), _cells([]), _notes([]))


def _outcome(home: Path, item: Item) -> tuple[ReportReading | None, dict[str, Any]]:
    base = _base(item)
    try:
        found = _each_once(read_one(readable(home, item.sha256), item.source))
    except Refusal as refusal:
        return None, base | _refused(refusal.code, refusal.detail)
    except Exception as error:  # noqa: BLE001 - a defect of ours is named in the results; the batch must not die of it
        return None, base | _refused("reader_failed", f"{type(error).__name__}: {error}")
    return found, base | _described(found)


def _base(item: Item) -> dict[str, Any]:
    return {"report_id": item.sha256[:16], "sha256": item.sha256, "bytes": item.size}


def _each_once(found: ReportReading) -> ReportReading:
    """The reading, if no cell is in it twice: one such report would make the warehouse refuse its whole batch."""
    if len(set(map(_key, found.readings))) < len(found.readings):
        (twice, _), *_ = Counter(map(_key, found.readings)).most_common(1)
        raise ValueError(f"cell read twice: {'/'.join(twice)}")
    return found


def _refused(code: str, detail: str) -> dict[str, Any]:
    kind = note_kinds()[code]
    return {"reason": code, "sentence": kind.zh.format(detail=detail), "sentence_en": kind.en.format(detail=detail)}


def _described(found: ReportReading) -> dict[str, Any]:
    who = found.identification
    return {
        "reason": "",
        "format": found.document.format,
        "encoding": found.document.encoding,
        "undecodable": found.document.undecodable,
        "script": "traditional" if found.normalised.is_traditional else "simplified",
        "ghost_pinyin": found.normalised.ghosts,
        "damage": " ".join(found.document.damage),
        "host_class": found.provenance.host_class,
        "trust": found.provenance.trust,
        "trust_reasons": found.provenance.spelled,
        "agency": who.agency,
        "agency_printed": who.agency_printed,
        "agency_id": who.agency_id,
        "region_code": who.region_code,
        "level": who.level,
        "scope": who.scope,
        "fiscal_year": who.fiscal_year,
        "title": who.title,
        "published_on": _day(who.published_on),
        "document_date": _day(who.document_date),
        "index_number": who.index_number,
        "forms": " ".join(found.forms),
        "signals": json.dumps(who.signals, ensure_ascii=False),
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _documents(rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = {name: kind for name, kind in frame_schema("quality.reports").items() if name not in _GIVEN_LATER}
    frame = pl.DataFrame(rows, schema=schema)
    return frame.with_columns(pl.col(pl.String).fill_null(""))


def _cells(reports: list[tuple[str, Sequence[Reading]]]) -> pl.DataFrame:
    """The cells of all reports. Column by column: polars takes thrice as long over rows."""
    kinds = frame_schema("quality.cells")
    columns: dict[str, list[Any]] = {name: [] for name in kinds}
    for report_id, readings in reports:
        columns["report_id"].extend([report_id] * len(readings))
        for name, part in zip(Reading._fields, zip(*readings, strict=True), strict=False):
            columns[name].extend(part)
    return conform("quality.cells", pl.DataFrame([pl.Series(name, columns[name], kinds[name]) for name in kinds]))


def _notes(rows: list[tuple[str, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(_NOTES, pl.String), orient="row")
