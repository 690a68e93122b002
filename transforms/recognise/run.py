"""A row of a flattened table under way, and what the headers printed above it say about the columns of its numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from transforms.forms import FormTable
from transforms.model import Cell, Slot
from transforms.values import is_blank

UNKNOWN = "?"  # a word among the headers that no form knows


@dataclass(slots=True)
class Run:
    """The values met since the last row label, and the declared cells they must fill."""

    table: FormTable
    slots: tuple[Slot, ...]
    unit: str = ""
    cells: list[Cell] = field(default_factory=list)
    glued: Cell | None = None  # the label, where digits stand at its end


def trimmed(values: Sequence[Cell], run: Run) -> Sequence[Cell]:
    """The values without blanks too many at the end. Of a record with blanks at both ends nobody knows which are."""
    if not run.table.rows and is_blank(values[0]):
        return values
    while len(values) > len(run.slots) and is_blank(values[-1]):
        values = values[:-1]
    return values


def headed_group(run: Run, headers: Sequence[str]) -> Sequence[Slot]:
    """The slots of the one group of a record's columns that is headed, each column of it once and no other."""
    names = {key for key in headers if any(key in column.under for column in run.table.columns)}
    if run.table.rows or len(names) != 1:
        return ()
    columns = [column for column in run.table.columns if not names.isdisjoint(column.under)]
    printed = [key for key in headers if key not in run.table.captions]
    if [next((c.key for c in columns if key in c.labels), "") for key in printed] != [c.key for c in columns]:
        return ()
    keys = {column.key for column in columns}
    return [slot for slot in run.slots if slot.column in keys]


def of_the_year(run: Run, headers: Sequence[str]) -> Sequence[Cell]:
    """The values of a row; of several number columns of a sheet the one of the year, if none of them is blank.

    Beside a header that no form knows nobody can tell: it may be of the year, and the known one of the year before.
    """
    if len(run.slots) > 1 or not run.table.passed:
        return run.cells
    own = {spelt for column in run.table.columns for spelt in column.labels}
    printed = [key for key in dict.fromkeys(headers) if key in own or key in run.table.passed or key == UNKNOWN]
    years = [place for place, key in enumerate(printed) if key in own]
    if len(printed) < 2 or len(years) != 1 or UNKNOWN in printed or len(run.cells) != len(printed):
        return run.cells
    return [run.cells[years[0]]]


def in_order(run: Run, headers: Sequence[str]) -> bool:
    """Whether the headers printed for these columns stand in the form's order (two-line headers run in two sweeps)."""
    if run.table.passed:
        return _is_sole(run, headers)
    places = _places(run)
    if is_shuffled(run, headers):
        return False
    if not run.table.rows:
        return any(key in places for key in headers)
    printed = [places[key] for key in headers if key in places]
    last, inner = len(run.slots) - 1, range(1, len(run.slots) - 1)
    inside = [place for place in printed if place in inner]
    sweeps = [inside[first : first + len(inner)] for first in range(0, len(inside), len(inner) or 1)]
    around = 0 in printed and last in printed and printed.index(0) <= printed.index(last)
    return around and all(sweep == list(inner) for sweep in sweeps) and bool(sweeps or not inner)


def is_shuffled(run: Run, headers: Sequence[str]) -> bool:
    """Whether the headers printed for these columns cannot stand in the form's order, even if some were lost."""
    if not run.table.rows:
        groups = dict.fromkeys(name for column in run.table.columns for name in column.under)
        ranks = {name: place for place, name in enumerate(groups)}
        members = [[c for c in run.table.columns if name in c.under] for name in groups] or [list(run.table.columns)]
        within = {spelt: place for own in reversed(members) for place, c in enumerate(own) for spelt in c.labels}
        return not (_is_swept(_ranked(headers, ranks)) and _is_swept(_ranked(headers, within)))
    printed = _ranked(headers, _places(run))
    # The applicants that are organisations stand a line below the others, under a heading of their own.
    folded = [1 if place == len(run.slots) - 1 else place + (place > 0) for place in printed]
    return not _is_swept(printed) and not (run.slots[0].applicant and _is_swept(folded))


def _places(run: Run) -> dict[str, int]:
    """The spellings of the headers of a row's columns -> their places in the row."""
    wanted = {slot.column: place for place, slot in enumerate(run.slots)}
    return {spelt: wanted[c.key] for c in run.table.columns if c.key in wanted for spelt in c.labels}


def _ranked(headers: Iterable[str], ranks: dict[str, int]) -> list[int]:
    return [ranks[key] for key in headers if key in ranks]


def _is_swept(ranks: Sequence[int]) -> bool:
    """Whether ranks go up from the lowest, maybe more than once: headers are printed again on every page."""
    lowest = min(ranks, default=0)
    return ranks[:1] in ([], [lowest]) and all(after >= rank or after == lowest for rank, after in pairwise(ranks))


def _is_sole(run: Run, headers: Sequence[str]) -> bool:
    """One number a row of a sheet is the year's, unless the only header that is printed is another's."""
    own = {spelt for column in run.table.columns for spelt in column.labels}
    columns = {key for key in headers if key in own or key in run.table.passed or key == UNKNOWN}
    many = len(columns) > 1 and len(run.cells) != len(columns)
    return not many and (not columns or bool(columns & own))
