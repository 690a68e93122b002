"""Telling values from labels: is a printed cell a number, a mark that stands for none, or words?"""

from functools import cache, lru_cache

from transforms.forms import load
from transforms.model import Cell
from transforms.numbers import read_number

_VALUE_LENGTH = 40  # the longest annotated number seen; a longer cell is prose


@cache
def marks() -> frozenset[str]:
    """What clerks write where there is nothing to report: a dash, a stroke, the word for none."""
    return frozenset(load("lookups/marks.yml"))


def is_blank(cell: Cell) -> bool:
    """Whether nothing is printed."""
    return not cell.plain.strip()


def is_mark(cell: Cell) -> bool:
    """Whether a mark is printed that is no number: not applicable, none, a stroke."""
    return "".join(cell.plain.split()) in marks()


def is_value(cell: Cell) -> bool:
    """Whether the cell holds a number or a mark rather than words."""
    return len(cell.plain) <= _VALUE_LENGTH and _says_value(cell.plain)


# The same few hundred texts fill the tables of all reports: each is judged once a process.
@lru_cache(1 << 16)
def _says_value(plain: str) -> bool:
    text = plain.strip()
    return text != "" and (text.isdigit() or "".join(text.split()) in marks() or read_number(text) is not None)


def has_digit(cell: Cell) -> bool:
    """Whether any digit is printed: what conservation counts."""
    return any(character.isdigit() for character in cell.plain)
