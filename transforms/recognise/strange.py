"""Cells of a flattened table that print a number and are neither value nor label: `12[1]`, `12 34`, `12(其中简易3)`.

A number is conserved however it is printed: such a cell takes its place in the row, where it is read or not for sure.
"""

import re
from functools import lru_cache

from transforms.numbers import find_numbers

_HANZI = re.compile(r"[\u3400-\u9fff]")
_DIGIT = re.compile(r"\d")
_COUNTED = ("count", "percent", "unreadable")
_TOLD = ("year", "date")


@lru_cache(1 << 14)
def is_number(plain: str) -> bool:
    """Whether a text begins with a number that belongs to no word, or is signs around one: no ordinal, no `4/12`."""
    first = next(iter(find_numbers(plain)), None)
    if first is None or first.kind not in _COUNTED:
        return False
    alone = first.unit != "" or not _HANZI.match(plain, first.end)
    return not _HANZI.search(plain) or (alone and not plain[: first.start].strip())


@lru_cache(1 << 14)
def holds_number(plain: str) -> bool:
    """Whether a text may state a number anywhere; signs and digits without a word do, whatever they look like."""
    return not _HANZI.search(plain) or any(number.kind in _COUNTED for number in find_numbers(plain))


def is_glued(plain: str) -> bool:
    """Whether digits that are no date end a label, maybe with a unit: `行政许可 12[1]` was two cells."""
    words = [match.end() for match in _HANZI.finditer(plain)]
    digit = _DIGIT.search(plain, words[-2] if len(words) > 1 else 0)
    return digit is not None and not any(number.kind in _TOLD for number in find_numbers(plain[digit.start() :]))
