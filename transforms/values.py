"""Telling values from labels: is a printed cell a number, a mark that stands for none, a unit, or words?"""

import re
from functools import cache, lru_cache
from typing import Any

from transforms.forms import load, metrics
from transforms.model import Cell
from transforms.numbers import read_change, read_number

_VALUE_LENGTH = 40  # the longest annotated number seen; a longer cell is prose
_CHANGE_LENGTH = 8
_HANZI = re.compile(r"[\u3400-\u9fff]")
_DIGIT = re.compile(r"\d")


@cache
def marks() -> frozenset[str]:
    """What clerks write where there is nothing to report: a dash, a stroke, the word for none."""
    return frozenset(load("lookups/marks.yml"))


@cache
def units() -> frozenset[str]:
    """The units of all metrics, plain and by the ten thousand."""
    plain = {metric.unit for metric in metrics().values() if _HANZI.search(metric.unit)}
    return frozenset(plain | {scale + unit for scale in label_words()["scales"] for unit in plain})


@cache
def label_words() -> dict[str, Any]:
    """How labels are told apart, as declared in data/lookups/labels.yml."""
    return dict(load("lookups/labels.yml"))


def is_blank(cell: Cell) -> bool:
    """Whether nothing is printed."""
    return _kind(cell.plain) == "blank"


def is_mark(cell: Cell) -> bool:
    """Whether a mark is printed that is no number: not applicable, none, a stroke."""
    return "".join(cell.plain.split()) in marks()


def is_unit(cell: Cell) -> bool:
    """Whether the cell holds nothing but a unit."""
    return _kind(cell.plain) == "unit"


def is_value(cell: Cell) -> bool:
    """Whether the cell holds a number, a signed change or a mark rather than words."""
    return _kind(cell.plain) == "value"


def is_words(cell: Cell) -> bool:
    """Whether the cell can be a label: it holds hanzi and is neither value nor unit."""
    return _kind(cell.plain) == "words"


def is_page_mark(cell: Cell) -> bool:
    """Whether the cell is the number of a page, as a page break leaves it: `- 4 -`."""
    return _is_page_mark(cell.plain)


def has_digit(cell: Cell) -> bool:
    """Whether any digit is printed: what conservation counts."""
    return _DIGIT.search(cell.plain) is not None


# The same few hundred texts fill the tables of all reports: each is judged once a process.
@lru_cache(1 << 16)
def _kind(plain: str) -> str:
    """blank, value, unit, words, or other: signs that say nothing, a number in pieces."""
    text = plain.strip()
    if text == "":
        return "blank"
    if len(plain) <= _VALUE_LENGTH and _says_value(text):
        return "value"
    if text.strip(" ()") in units():
        return "unit"
    return "words" if _HANZI.search(text) else "other"


def _says_value(text: str) -> bool:
    if text.isdigit() or "".join(text.split()) in marks() or read_number(text) is not None:
        return True
    return len(text) <= _CHANGE_LENGTH and read_change(text) is not None


@lru_cache(1 << 16)
def _is_page_mark(plain: str) -> bool:
    return _page_mark().fullmatch(plain.strip()) is not None


@cache
def _page_mark() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in label_words()["page_marks"]))
