"""All layouts of a report become readings: placed, forced, derived, absent or lost, one for every declared cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from transforms.extract.captions import captions
from transforms.extract.cell import Read, lacks_unit, printed, reading
from transforms.extract.derive import derive, exact_values
from transforms.extract.lost import lost_headings
from transforms.extract.place import place
from transforms.extract.scopes import of_scope
from transforms.extract.strangers import strangers
from transforms.forms import Form, FormTable, forms
from transforms.model import Document, Layout, Loose, Note, Placed, Reading, Slot, State

_UNREADABLE, _UNPLACED = State.UNREADABLE, State.UNPLACED  # a member of an enum is slow to look up
_SHOWN = 5  # places named in one note; the rest are counted


@dataclass(frozen=True, slots=True)
class Extraction:
    """Readings of all table sections, notes, and which sections were found, lost or printed in which form."""

    readings: tuple[Reading, ...]
    notes: tuple[Note, ...]
    found: tuple[tuple[str, str], ...]  # section, form
    lost: tuple[str, ...]


def extract(document: Document, layouts: Sequence[Layout], fiscal_year: int | None, scope: str = "") -> Extraction:
    """Every declared cell of the tables found, and of those that were lost (their form is the one of the year)."""
    readings: list[Reading] = []
    unknown = strangers(document, layouts)
    layouts, notes = of_scope(document, layouts, scope)
    found: list[tuple[str, str]] = []
    damaged: list[str] = []
    for section, pieces in _by_section(layouts).items():
        form = _fitting(pieces)
        own = [piece for piece in pieces if piece.form == form]
        whole = [piece for piece in own if not piece.damage]
        taken, said = _section(forms()[form], section, whole) if whole else _damaged(forms()[form], section, own[0])
        once, again = _once(taken, readings)
        readings += once
        notes += said + again + _rivals(section, form, pieces)
        found.append((section, form))
        damaged += [] if whole else [section]
    notes += [*captions(document, layouts, fiscal_year), *unknown]
    lost = lost_headings(document, {section for section, _ in found})
    notes += [Note("table_lost", section, detail=heading) for section, heading in lost]
    readings += [item for section, _ in lost for item in _lost_cells(section, fiscal_year)]
    return Extraction(tuple(readings), tuple(notes), tuple(found), (*damaged, *(section for section, _ in lost)))


def _damaged(form: Form, section: str, piece: Layout) -> tuple[list[Reading], list[Note]]:
    """A table that reached us with its numbers worthless is lost, whatever is left of its labels."""
    slots = _table(form, section).slots()
    return [reading(form.code, section, slot, None, Read(State.LOST)) for slot in slots], [
        Note(piece.damage, section, piece.at)
    ]


def _once(taken: list[Reading], before: list[Reading]) -> tuple[list[Reading], list[Note]]:
    """The readings of a section without cells that an earlier section has already: a sheet beside the tables."""
    if {item.metric for item in before}.isdisjoint([item.metric for item in taken]):
        return taken, []
    known = {(item.metric, item.applicant): item for item in before}
    again = [(item, known[key]) for item in taken if (key := (item.metric, item.applicant)) in known]
    if not again:
        return taken, []
    notes = [
        Note("number_repeated" if item.value == first.value else "cell_twice", item.section, item.locator, said)
        for item, first in again
        if item.value is not None
        for said in [f"{item.metric}: {first.printed} / {item.printed}"]
    ]
    return [item for item in taken if (item.metric, item.applicant) not in known], notes


def _by_section(layouts: Sequence[Layout]) -> dict[str, list[Layout]]:
    """The pieces of each section, tables whose rows are fixed before sheets that localities change."""
    pieces: dict[str, list[Layout]] = {}
    for layout in sorted(layouts, key=lambda layout: _table(forms()[layout.form], layout.section).tolerant):
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
    readings = printed(form.code, section, by_slot.values())
    loose, again = _loose(pieces, by_slot)
    if loose:
        readings += place(form.code, table, loose, exact_values(readings))
    # A number that has no place may be an operand that the sums do not know of: then they prove nothing.
    if not any(piece.leftovers or piece.local for piece in pieces):
        readings = derive(form.code, section, readings)
    missing = _missing(form.code, table, readings)
    notes += _notes(section, readings, pieces)
    notes += [Note("cell_twice", section, row.cells[0].at, row.slots[0].metric) for row in again]
    if missing:
        code = "rows_not_asked" if table.tolerant else "rows_missing"
        notes.append(Note(code, section, pieces[0].at, _listed([slot.metric for slot in missing])))
    absent = [reading(form.code, section, slot, None, Read(State.ABSENT)) for slot in missing]
    return readings + absent, notes


def _table(form: Form, section: str) -> FormTable:
    return next(table for table in form.tables if table.section == section)


def _placed(section: str, pieces: list[Layout]) -> tuple[dict[Slot, Placed], list[Note]]:
    """One printed cell a slot; a second one that says otherwise is noted, and neither is believed by the gate."""
    found: dict[Slot, Placed] = {}
    notes = []
    for item in chain.from_iterable(piece.placed for piece in pieces):
        first = found.setdefault(item.slot, item)
        if first is not item and first.cell.plain != item.cell.plain:
            detail = f"{item.slot.metric} {item.slot.applicant}: {first.cell.text} / {item.cell.text}"
            notes.append(Note("cell_twice", section, item.cell.at, detail))
    return found, notes


def _loose(pieces: list[Layout], by_slot: dict[Slot, Placed]) -> tuple[list[Loose], list[Loose]]:
    """The loose rows whose cells nothing else fills, one a row of the form, and the others that have numbers."""
    rows = sorted((row for piece in pieces for row in piece.loose), key=lambda row: not row.cells)
    first: dict[tuple[Slot, ...], Loose] = {}
    again = []
    for row in rows:
        taken = row.slots in first or any(slot in by_slot for slot in row.slots)
        if taken and row.cells:
            again.append(row)
        elif not taken:
            first[row.slots] = row
    return list(first.values()), again


def _missing(form: str, table: FormTable, readings: list[Reading]) -> list[Slot]:
    have = {(item.metric, item.applicant) for item in readings}
    return [slot for slot in _asked(form, table.section) if (slot.metric, slot.applicant) not in have]


@cache
def _asked(form: str, section: str) -> tuple[Slot, ...]:
    """The declared cells that a table must have."""
    table = _table(forms()[form], section)
    optional = {row.key for row in table.rows if row.optional}
    return tuple(slot for slot in table.slots() if slot.row not in optional)


def _notes(section: str, readings: list[Reading], pieces: list[Layout]) -> list[Note]:
    """What conservation demands to be said: numbers left over, cells unreadable, numbers without a column."""
    left = [cell for piece in pieces for cell in piece.leftovers]
    local = [pair for piece in pieces for pair in piece.local]
    bad = [item for item in readings if item.state is _UNREADABLE]
    amounts = [item for item in bad if lacks_unit(item.printed, item.metric)]
    bad = [item for item in bad if item not in amounts]
    loose = {item.locator: len(item.printed.split()) for item in readings if item.state is _UNPLACED}
    notes = []
    if left:
        notes.append(Note("leftover_number", section, left[0].at, _listed([cell.text for cell in left])))
    if local:
        rows = [f"{label.text}: {cell.text}" for label, cell in local]
        notes.append(Note("local_row", section, local[0][1].at, _listed(rows)))
    if amounts:
        notes.append(Note("amount_without_unit", section, amounts[0].locator, amounts[0].printed))
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
    covering = [form for form in forms().values() if form.covers(fiscal_year)]
    form = next((form for form in covering if any(table.section == section for table in form.tables)), None)
    if form is None:
        return []
    slots = _table(form, section).slots()
    return [reading(form.code, section, slot, None, Read(State.LOST)) for slot in slots]
