"""One printed cell becomes a state and a value: a number, a mark, a blank, or something that cannot be read for sure."""

import re
from functools import lru_cache
from typing import NamedTuple

from transforms.forms import metrics
from transforms.model import Bound, Cell, Reading, Slot, State
from transforms.numbers import read_number
from transforms.values import is_blank, is_mark

_NOTED = re.compile(r"^(?P<number>[^()]+?)\s*\((?P<note>[^()]*)\)$")
_MONEY = "10k_yuan"


class Read(NamedTuple):
    """What a printed text says."""

    state: State
    value: float | None = None
    bound: Bound = ""


def reading(form: str, section: str, slot: Slot, cell: Cell | None, read: Read) -> Reading:
    """A row of the cells frame; `cell` is None when nothing is printed for it."""
    return Reading(
        section=section,
        form=form,
        metric=slot.metric,
        applicant=slot.applicant,
        item="",
        origin="table",
        state=read.state,
        value=read.value,
        bound=read.bound,
        unit=metrics()[slot.metric].unit,
        printed="" if cell is None else cell.text,
        locator="" if cell is None else cell.at,
    )


def read_cell(cell: Cell, metric: str) -> Read:
    """The state and value of a cell that stands in its place."""
    if is_blank(cell):
        return Read(State.BLANK)
    if is_mark(cell):
        return Read(State.MARK)
    return _number(cell.plain.strip(), metric)


@lru_cache(1 << 16)
def _number(text: str, metric: str) -> Read:
    noted = _NOTED.match(text)
    number = read_number(noted["number"] if noted else text)
    if number is None or number.is_percent or not _fits(number.value, number.unit, metric):
        return Read(State.UNREADABLE)
    return Read(State.APPROXIMATE if number.bound else State.REPORTED, number.value, number.bound)


def _fits(value: float, unit: str, metric: str) -> bool:
    """Counts are whole and not negative; a printed unit must be the column's own (元 in a column of 万元 is not)."""
    declared = metrics()[metric].unit
    if _MONEY in metric:
        return value >= 0 and unit in ("", declared)
    return value >= 0 and value == int(value)
