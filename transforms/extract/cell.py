"""One printed cell becomes a state and a value: a number, a mark, a blank, or something that cannot be read."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.extract.noted import noted
from transforms.forms import metrics
from transforms.model import Bound, Cell, Placed, Reading, Slot, State
from transforms.numbers import Number, read_change, read_number
from transforms.units import is_money, scale_of, unit_among
from transforms.values import is_blank, is_mark, label_words

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


def printed(form: str, section: str, cells: Iterable[Placed]) -> list[Reading]:
    """The rows of cells that stand in their places: as `reading` of `read_cell`, without two calls for each of them."""
    found = []
    for (_, _, metric, applicant), cell, beside in cells:
        own, alike = _unit(metric), _alike(metric)
        state, value, bound, unit = _read(cell.plain, alike, beside)
        unit = unit or own
        text, at = cell.text, cell.at
        found.append(Reading(section, form, metric, applicant, "", "table", state, value, bound, unit, text, at))
    return found


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
    return _number(plain.strip(), metric, unit_among(unit, is_money(metrics()[metric].unit)))


def _number(text: str, metric: str, unit: str) -> Read:
    printed = noted(text, metric.endswith(_CHANGE))
    number = None if printed is None else (read_change if metric.endswith(_CHANGE) else read_number)(printed)
    if printed is None or number is None or number.is_percent:
        return Read(State.UNREADABLE)
    if metric.endswith(_AMOUNT):
        return _amount(number, printed, unit)
    value = _in_unit(number, printed, metric)
    if value is None or not _fits(value, metric, unit):
        return Read(State.UNREADABLE)
    return Read(State.APPROXIMATE if number.bound else State.REPORTED, value, number.bound)


def lacks_unit(printed: str, metric: str) -> bool:
    """Whether a text is an amount of money that could be published if only its unit were printed."""
    return metric.endswith(_AMOUNT) and printed != "" and read_number(printed) is not None and not _tail(printed)


def _amount(number: Number, printed: str, unit: str) -> Read:
    """Money in the unit that is printed with it; without one only zero is known, which is zero in any."""
    stated, unit = number.unit or unit, unit if number.value else ""
    if number.value < 0 or (number.value and stated.lstrip(_scales()) != _YUAN):
        return Read(State.UNREADABLE)
    if number.value and number.unit and unit and scale_of(unit) != scale_of(_tail(printed)):
        return Read(State.UNREADABLE)
    if not number.unit and scale_of(unit) and _is_scaled(printed):
        return Read(State.UNREADABLE)
    shown = _tail(printed) if number.unit else unit or _YUAN
    value = number.value / _SCALES[scale_of(shown)] if number.unit else number.value
    return Read(State.APPROXIMATE if number.bound else State.REPORTED, round(value, 8), number.bound, shown)


def _tail(printed: str) -> str:
    """The unit at the end of an amount, with its scale: 万元 of 160.5万元."""
    unit = _UNIT.search(printed)
    return unit[0] if unit else ""


def _in_unit(number: Number, printed: str, metric: str) -> float | None:
    """The number in the unit of its column; None for money in another one: 元, or 万 without 元, in one of 万元."""
    declared = metrics()[metric].unit
    if not metric.endswith(_MONEY):
        return number.value if _counts(number.unit, declared) else None
    if declared == _YUAN:
        return number.value if number.unit in ("", declared) else None
    if number.unit:
        return round(number.value / _SCALES[scale_of(declared)], 8) if _tail(printed) == declared else None
    return None if _is_scaled(printed) else number.value


def _counts(unit: str, declared: str) -> bool:
    """Whether a number of this unit can be one of the unit declared: money and persons are no things."""
    persons = label_words()["persons"]
    return not is_money(unit) and (unit not in persons or declared in persons)


def _fits(value: float, metric: str, unit: str) -> bool:
    """Counts are whole and not negative; a unit printed beside must be the column's own."""
    declared = metrics()[metric].unit
    if unit and ((value and scale_of(unit) != scale_of(declared)) or is_money(unit) != is_money(declared)):
        return False
    if metric.endswith(_CHANGE):
        return True
    return value >= 0 and (metric.endswith(_MONEY) or value == int(value))


def _is_scaled(printed: str) -> bool:
    return not set(printed).isdisjoint(_scales())


def _scales() -> str:
    return str(label_words()["scales"])
