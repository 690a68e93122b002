"""All layouts of a report become readings: placed, forced, derived, absent or lost, one for every declared cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.extract.cell import Read, read_cell, reading
from transforms.extract.derive import derive, exact_values
from transforms.extract.lost import lost_headings
from transforms.extract.place import place
from transforms.forms import Form, FormTable, forms
from transforms.model import Document, Layout, Note, Placed, Reading, Slot, State

_SHOWN = 5  # places named in one note; the rest are counted


@dataclass(frozen=True, slots=True)
class Extraction:
    """Readings of all table sections, notes, and which sections were found, lost or printed in which form."""

    readings: tuple[Reading, ...]
    notes: tuple[Note, ...]
    found: tuple[tuple[str, str], ...]  # section, form
    lost: tuple[str, ...]


def extract(document: Document, layouts: Sequence[Layout], fiscal_year: int | None) -> Extraction:
    """Every declared cell of the tables found, and of those that were lost (their form is the one of the year)."""
    readings: list[Reading] = []
    notes: list[Note] = []
    found: list[tuple[str, str]] = []
    for section, pieces in _by_section(layouts).items():
        form = _fitting(pieces)
        taken, said = _section(forms()[form], section, [piece for piece in pieces if piece.form == form])
        readings += taken
        notes += said + _rivals(section, form, pieces)
        found.append((section, form))
    lost = lost_headings(document, {section for section, _ in found})
    notes += [Note("table_lost", section, detail=heading) for section, heading in lost]
    readings += [item for section, _ in lost for item in _lost_cells(section, fiscal_year)]
    return Extraction(tuple(readings), tuple(notes), tuple(found), tuple(section for section, _ in lost))


def _by_section(layouts: Sequence[Layout]) -> dict[str, list[Layout]]:
    pieces: dict[str, list[Layout]] = {}
    for layout in layouts:
        pieces.setdefault(layout.section, []).append(layout)
    return pieces


def _fitting(pieces: list[Layout]) -> str:
    """The form that explains most cells of a section."""
    weight: dict[str, int] = {}
    for piece in pieces:
        weight[piece.form] = weight.get(piece.form, 0) + len(piece.placed) + len(piece.loose) - len(piece.leftovers)
    return max(weight, key=lambda code: weight[code])


def _rivals(section: str, form: str, pieces: list[Layout]) -> list[Note]:
    others = sorted({piece.form for piece in pieces} - {form})
    return [Note("two_forms", section, pieces[0].at, f"{form}; {', '.join(others)}")] if others else []


def _section(form: Form, section: str, pieces: list[Layout]) -> tuple[list[Reading], list[Note]]:
    table = _table(form, section)
    by_slot, notes = _placed(section, pieces)
    readings = [
        reading(form.code, section, slot, item.cell, read_cell(item.cell, slot.metric))
        for slot, item in by_slot.items()
    ]
    loose = [row for piece in pieces for row in piece.loose if not any(slot in by_slot for slot in row.slots)]
    again = [row for piece in pieces for row in piece.loose if row not in loose and row.cells]
    readings += place(form.code, table, loose, exact_values(readings))
    readings = derive(form.code, section, readings)
    missing = _missing(table, readings)
    notes += _notes(section, readings, pieces)
    notes += [Note("cell_twice", section, row.cells[0].at, row.slots[0].metric) for row in again]
    if missing:
        notes.append(Note("rows_missing", section, pieces[0].at, _listed([slot.metric for slot in missing])))
    absent = [reading(form.code, section, slot, None, Read(State.ABSENT)) for slot in missing]
    return readings + absent, notes


def _table(form: Form, section: str) -> FormTable:
    return next(table for table in form.tables if table.section == section)


def _placed(section: str, pieces: list[Layout]) -> tuple[dict[Slot, Placed], list[Note]]:
    """One printed cell a slot; a second one that says otherwise is noted, and neither is believed by the gate."""
    found: dict[Slot, Placed] = {}
    notes = []
    for item in (item for piece in pieces for item in piece.placed):
        first = found.setdefault(item.slot, item)
        if first.cell.plain != item.cell.plain:
            detail = f"{item.slot.metric} {item.slot.applicant}: {first.cell.text} / {item.cell.text}"
            notes.append(Note("cell_twice", section, item.cell.at, detail))
    return found, notes


def _missing(table: FormTable, readings: list[Reading]) -> list[Slot]:
    have = {(item.metric, item.applicant) for item in readings}
    return [slot for slot in table.slots() if (slot.metric, slot.applicant) not in have]


def _notes(section: str, readings: list[Reading], pieces: list[Layout]) -> list[Note]:
    """What conservation demands to be said: numbers left over, cells unreadable, numbers without a column."""
    left = [cell for piece in pieces for cell in piece.leftovers]
    bad = [item for item in readings if item.state is State.UNREADABLE]
    loose = {item.locator: len(item.printed.split()) for item in readings if item.state is State.UNPLACED}
    notes = []
    if left:
        notes.append(Note("leftover_number", section, left[0].at, _listed([cell.text for cell in left])))
    if bad:
        notes.append(Note("cell_unreadable", section, bad[0].locator, _listed([item.printed for item in bad])))
    if loose:
        notes.append(Note("numbers_unplaced", section, next(iter(loose)), str(sum(loose.values()))))
    return notes


def _listed(words: list[str]) -> str:
    unique = list(dict.fromkeys(words))
    more = f" … (+{len(unique) - _SHOWN})" if len(unique) > _SHOWN else ""
    return ", ".join(unique[:_SHOWN]) + more


def _lost_cells(section: str, fiscal_year: int | None) -> list[Reading]:
    if fiscal_year is None:
        return []
    form = next((form for form in forms().values() if form.tables and form.covers(fiscal_year)), None)
    if form is None or all(table.section != section for table in form.tables):
        return []
    slots = _table(form, section).slots()
    return [reading(form.code, section, slot, None, Read(State.LOST)) for slot in slots]
