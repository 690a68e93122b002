"""A note in brackets behind the number of a cell: what it adds to the number, and when it takes the number back."""

import re
from functools import cache

from transforms.forms import load
from transforms.numbers import read_change, read_number
from transforms.units import stated_units

_NOTED = re.compile(r"^(?P<number>[^()]+?)\s*\((?P<note>[^()]*)\)$")
_DIGIT = re.compile(r"\d")


def noted(text: str, change: bool) -> str | None:
    """The number that a cell prints with what its note adds (12余, 5万件, 减5); None where the note takes it back."""
    match = _NOTED.match(text)
    if match is None:
        return text
    number, note = match["number"], match["note"].strip()
    if _doubts().search(note) or _is_more(note, number) or (change and _contradicts(number, note)):
        return None
    if _DIGIT.search(note):
        return note if change and read_change(note) is not None and not note.isdigit() else number
    read = read_change if change else read_number
    added = (number + note, note + number, *(number + unit for unit in stated_units(note)))
    joined = next((text for text in added if read(text) is not None), None)
    return joined or (None if stated_units(note) else number)


def _is_more(note: str, printed: str) -> bool:
    """Whether a bare number in brackets is more than that before it, so that it is no part of it: which counts?"""
    number, other = read_number(printed), read_number(note) if note.isdigit() else None
    return number is not None and other is not None and other.value > number.value


def _contradicts(number: str, note: str) -> bool:
    """Whether a change is said to have gone the other way, or to be another number: +5(减), 5(减2)."""
    printed, said = read_change(number), read_change(note if _DIGIT.search(note) else note + "1")
    if printed is None or said is None or note.isdigit():
        return False
    other = _DIGIT.search(note) is not None and abs(said.value) != abs(printed.value)
    return other or (not number[:1].isdigit() and printed.value * said.value < 0)


@cache
def _doubts() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in load("lookups/cell_notes.yml").values()))
