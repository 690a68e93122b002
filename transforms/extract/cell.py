"""One printed cell becomes a state and a value: a number, a mark, a blank, or something that cannot be read."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.forms import metrics
from transforms.model import Bound, Cell, Reading, Slot, State
from transforms.numbers import Number, read_change, read_number
from transforms.values import is_blank, is_mark, label_words

_NOTED = re.compile(r"^(?P<number>[^()]+?)\s*\((?P<note>[^()]*)\)$")
_MONEY = "_yuan"
_CHANGE = "_change"
_AMOUNT = "_amount"
_YUAN = "元"
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
_UNIT = re.compile("[万亿]?元$")


class Read(NamedTuple):
    """What a printed text says."""

    state: State
    value: float | None = None
    bound: Bound = ""
    unit: str = ""  # where it is not the metric's own


def reading(form: str, section: str, slot: Slot, cell: Cell | None, read: Read) -> Reading:
    """A row of the cells frame; `cell` is None when nothing is printed for it."""
    _, _, metric, applicant = slot
    state, value, bound, stated = read
    unit = stated or _unit(metric)
    printed, locator = ("", "") if cell is None else (cell.text, cell.at)
    # By position: a report has two hundred cells, and naming the fields costs more than all the rest.
    return Reading(section, form, metric, applicant, "", "table", state, value, bound, unit, printed, locator)


@cache
def _unit(metric: str) -> str:
    return metrics()[metric].unit


def read_cell(cell: Cell, metric: str, unit: str = "") -> Read:
    """The state and value of a cell that stands in its place; `unit` is what is printed beside it."""
    return _read(cell.plain, _alike(metric), unit)


@cache
def _alike(metric: str) -> str:
    """The first of all metrics whose cells are read as those of this one, so that both share what is remembered."""
    return next(code for code in metrics() if _nature(code) == _nature(metric))


def _nature(metric: str) -> tuple[str, ...]:
    """All that reading a cell asks of its metric."""
    return metrics()[metric].unit, *(ending for ending in (_MONEY, _CHANGE, _AMOUNT) if metric.endswith(ending))


@lru_cache(1 << 16)
def _read(plain: str, metric: str, unit: str) -> Read:
    cell = Cell(plain, "", plain)
    if is_blank(cell):
        return Read(State.BLANK)
    if is_mark(cell):
        return Read(State.MARK)
    return _number(plain.strip(), metric, unit)


def _number(text: str, metric: str, unit: str) -> Read:
    noted = _NOTED.match(text)
    printed = noted["number"] if noted else text
    number = read_change(printed) if metric.endswith(_CHANGE) else read_number(printed)
    if number is None or number.is_percent:
        return Read(State.UNREADABLE)
    if metric.endswith(_AMOUNT):
        return _amount(number, printed, unit)
    value = _in_unit(number, printed, metric)
    if value is None or not _fits(value, metric, unit) or (noted and _is_more(noted["note"], number)):
        return Read(State.UNREADABLE)
    return Read(State.APPROXIMATE if number.bound else State.REPORTED, value, number.bound)


def _is_more(note: str, number: Number) -> bool:
    """Whether a bare number in brackets is more than that before it, so that it is no part of it: which counts?"""
    other = read_number(note) if note.strip().isdigit() else None
    return other is not None and other.value > number.value


def lacks_unit(printed: str, metric: str) -> bool:
    """Whether a text is an amount of money that could be published if only its unit were printed."""
    return metric.endswith(_AMOUNT) and printed != "" and read_number(printed) is not None and not _tail(printed)


def _amount(number: Number, printed: str, unit: str) -> Read:
    """Money in the unit that is printed with it; without one only zero is known, which is zero in any."""
    stated = number.unit or unit
    if number.value < 0 or _base(stated) not in ("", _YUAN) or (number.value and not stated):
        return Read(State.UNREADABLE)
    if number.value and number.unit and unit and _scale(unit) != _scale(_tail(printed)):
        return Read(State.UNREADABLE)
    shown = _tail(printed) if number.unit else unit or _YUAN
    value = number.value / _SCALES[_scale(shown)] if number.unit else number.value
    return Read(State.APPROXIMATE if number.bound else State.REPORTED, round(value, 8), number.bound, shown)


def _tail(printed: str) -> str:
    """The unit at the end of an amount, with its scale: 万元 of 160.5万元."""
    unit = _UNIT.search(printed)
    return unit[0] if unit else ""


def _in_unit(number: Number, printed: str, metric: str) -> float | None:
    """The number in the unit of its column; None for money in another one: 元, or 万 without 元, in one of 万元."""
    declared = metrics()[metric].unit
    if not metric.endswith(_MONEY) or declared == _YUAN:
        return number.value if number.unit in ("", declared) or not metric.endswith(_MONEY) else None
    if number.unit:
        return round(number.value / _SCALES[_scale(declared)], 8) if _tail(printed) == declared else None
    return None if set(printed) & set(label_words()["scales"]) else number.value


def _fits(value: float, metric: str, unit: str) -> bool:
    """Counts are whole and not negative; a unit printed beside must be the column's own."""
    declared = metrics()[metric].unit
    if unit and (_scale(unit) != _scale(declared) or (_base(declared) == _YUAN) != (_base(unit) == _YUAN)):
        return False
    if metric.endswith(_CHANGE):
        return True
    return value >= 0 and (metric.endswith(_MONEY) or value == int(value))


def _scale(unit: str) -> str:
    return unit[: len(unit) - len(_base(unit))]


def _base(unit: str) -> str:
    return unit.lstrip(label_words()["scales"])
