"""Numbers whose columns were lost: placed where the sums of the form force it, else kept as unplaced.

A flattened row of seven columns may keep one number, or two, or six. The last number of a row is its total when it
equals the sum of the others (one number is its own sum), but only if all rows together then close every sum of the
total column; the numbers before it stay without a column. Nothing here is decided by position alone.
"""

from collections.abc import Sequence

from transforms.extract.cell import Read, read_cell, reading
from transforms.extract.sums import Key, Values, sums
from transforms.forms import FormTable
from transforms.model import Loose, Reading, Slot, State

_TOTAL = "total"


def place(form: str, table: FormTable, loose: Sequence[Loose], known: Values) -> list[Reading]:
    """Readings for every declared cell of the loose rows. `known` are the exact values already in their places."""
    forced = _forced(form, table, loose, known)
    return [item for row in loose for item in _row(form, table.section, row, forced)]


def _row(form: str, section: str, row: Loose, forced: Values) -> list[Reading]:
    """One reading a slot: forced numbers inferred, the rest unplaced while numbers remain, else blank."""
    whole = len(row.cells) == len(row.slots)
    placed = [slot for slot in row.slots if _key(slot) in forced]
    spare = row.cells if not placed else row.cells[: len(row.cells) - len(placed)]
    printed = " ".join(cell.text for cell in spare)
    found = []
    for place, slot in enumerate(row.slots):
        if _key(slot) in forced:
            cell = row.cells[place] if whole else row.cells[len(row.cells) - len(placed) + placed.index(slot)]
            found.append(reading(form, section, slot, cell, Read(State.INFERRED, forced[_key(slot)])))
        elif spare:
            item = reading(form, section, slot, spare[0], Read(State.UNPLACED))
            found.append(item._replace(printed=printed))
        else:
            found.append(reading(form, section, slot, None, Read(State.BLANK)))
    return found


def _key(slot: Slot) -> Key:
    return slot.metric, slot.applicant


def _forced(form: str, table: FormTable, loose: Sequence[Loose], known: Values) -> Values:
    """The values that the sums force, by cell; empty when any sum over them does not close."""
    if not table.rows:
        return _forced_record(form, table, loose)
    candidates: Values = {}
    proven = bool(known) or any(_shows_total(row) for row in loose)
    for row in loose:
        candidates.update(_candidates(row, proven))
    values = {**known, **candidates}
    binding = [item for item in sums(form, table.section) if any(key in candidates for key in item.operands)]
    column = [item for item in binding if all(key[1] == _TOTAL for key in item.operands)]
    if not column or any(item.fails(values) for item in binding) or not all(item.closes(values) for item in column):
        return {}
    return candidates


def _candidates(row: Loose, proven: bool) -> Values:
    """What a loose row would mean: all its cells when none is missing, else its last number as the total."""
    values = _exact(row)
    if not values or row.slots[-1].applicant != _TOTAL:
        return {}
    if len(values) == len(row.slots):
        return {_key(slot): value for slot, value in zip(row.slots, values, strict=True)}
    *parts, last = values
    is_sum = last == sum(parts)
    if not parts or (is_sum and (proven or last == 0)):
        return {_key(row.slots[-1]): last}
    return {}


def _shows_total(row: Loose) -> bool:
    """Whether the row proves that totals were printed: three numbers or more, the last the sum of the others."""
    values = _exact(row)
    return len(values) >= 3 and values[-1] > 0 and values[-1] == sum(values[:-1])


def _exact(row: Loose) -> list[float]:
    """The row's numbers, or nothing when one of them is not an exact number, or their columns are in another order."""
    reads = [read_cell(cell, row.slots[0].metric) for cell in row.cells]
    values = [read.value for read in reads if read.state is State.REPORTED and read.value is not None]
    return values if len(values) == len(reads) and not _is_mixed(row, values) else []


def _is_mixed(row: Loose, values: Sequence[float]) -> bool:
    """Whether the order counts and is not the form's: equal numbers, one in each column, are the same in any."""
    return row.shuffled and (len(values) != len(row.slots) or len(set(values)) > 1)


def _forced_record(form: str, table: FormTable, loose: Sequence[Loose]) -> Values:
    """A record: all its numbers when none is missing and every sum closes; as many zeros as it has totals are those."""
    if len(loose) != 1:
        return {}
    row = loose[0]
    values = _exact(row)
    if len(values) == len(row.slots):
        whole = {_key(slot): value for slot, value in zip(row.slots, values, strict=True)}
        return whole if all(item.closes(whole) for item in sums(form, table.section)) else {}
    if len(values) == len(table.totals) and not any(values):
        return {(slot.metric, slot.applicant): 0.0 for slot in row.slots if slot.column in table.totals}
    return {}
