"""Several reports in one file: a page as View in, the first two titles of different reports with a body each out.

One after the other in a file, their sentences would all count as those of the first.
"""

import re
from itertools import combinations, pairwise

from transforms.genre.titles import Line, View, headings
from transforms.genre.words import words

_HANZI = re.compile(r"[\u3400-\u9fff]")
_YEAR = re.compile(r"20\d\d")
Part = tuple[Line, str]  # a title, and what stands below it


def several(view: View) -> tuple[str, str] | None:
    """The titles of two reports of different bodies or years, below which the same sections are headed; or None."""
    owned = [line for line in view.titles if words().owned.search(line.text)]
    starts = (*(line.start for line in owned), len(view.text))
    parts = [(line, view.text[first:last]) for line, (first, last) in zip(owned, pairwise(starts), strict=True)]
    both = (pair for pair in combinations(parts, 2) if _are_two_reports(*pair))
    return next(((one.text, other.text) for (one, _), (other, _) in both), None)


def _are_two_reports(one: Part, other: Part) -> bool:
    if _are_alike(one[0].text, other[0].text):
        return False
    return len(headings(one[1]) & headings(other[1])) >= words().body_headings


def _are_alike(one: str, other: str) -> bool:
    """Whether two titles may be of one report: no years that differ, and the name of one is short for the other's."""
    years, others = set(_YEAR.findall(one)), set(_YEAR.findall(other))
    if years and others and not years & others:
        return False
    short, long = sorted((_HANZI.findall(one), _HANZI.findall(other)), key=len)
    left = iter(long)
    return all(character in left for character in short)
