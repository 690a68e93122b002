"""A note in brackets behind the number of a cell: what it adds to the number, and when it takes the number back."""

import re
from functools import cache

from transforms.forms import load
from transforms.numbers import read_change, read_number
from transforms.units import UNKNOWN, stated_units

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
    read = read_change if change else read_number
    if note and not _DIGIT.search(note):
        for joined in (number + note, note + number):
            if read(joined) is not None:
                return joined
    return None if any(UNKNOWN in unit for unit in stated_units(note)) else number


def _is_more(note: str, printed: str) -> bool:
    """Whether a bare number in brackets is more than that before it, so that it is no part of it: which counts?"""
    number, other = read_number(printed), read_number(note) if note.isdigit() else None
    return number is not None and other is not None and other.value > number.value


def _contradicts(number: str, note: str) -> bool:
    """Whether a number with a sign is said to have changed the other way."""
    printed, said = read_change(number), read_change(note + "1")
    return printed is not None and said is not None and not number[:1].isdigit() and printed.value * said.value < 0


@cache
def _doubts() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in load("lookups/cell_notes.yml").values()))
