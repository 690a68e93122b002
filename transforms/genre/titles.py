"""The title over the body: a page as text in, its lines that are titles and the one that counts out.

A report's title stands over a report's body: no other title between them, and the body has the headings or the words
of its sections. The title of another genre counts only where no report's does.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from transforms.genre.words import Genre, words

_CRUMB = re.compile("[>»›]")
_LINE = re.compile(r"[^\n|]*[^\s|][^\n|]*")
_PIECE = re.compile(r"\S+")
_BEFORE = 40
_MOST_TITLES = 200  # a page with more is a list, whatever the rest of it says


class Line(NamedTuple):
    """What can be a title: a line, a cell, or a piece of a long line that was several; and its span on the page."""

    text: str
    start: int
    end: int


class View(NamedTuple):
    """A page as text, its titles of reports, the title over its body, and whether that title is a report's."""

    text: str
    titles: tuple[Line, ...]
    title: str
    titled: bool


def view_of(text: str) -> View:
    """A page with its title: a report's if one stands over a report's body, else the first of another genre."""
    titles = tuple(dict.fromkeys(islice(_report_titles(text), _MOST_TITLES)))
    title = next((line for line in reversed(titles) if _heads_a_report(text, line, titles)), None)
    if title is not None:
        return View(text, titles, title.text, True)
    heads = [line.text for line in islice(_lines(text, 0), words().title_lines)]
    others = (line for line in heads if genre_of(line) and not words().menu.search(line))
    return View(text, titles, next(others, heads[0]), False)


def _report_titles(text: str) -> Iterator[Line]:
    for found in words().report.finditer(text):
        before = max(0, found.start() - words().title_length)  # a long line is read from here only
        begin = (
            max(text.rfind("\n", 0, found.start()), text.rfind("|", 0, found.start()), text.rfind(" ", 0, before)) + 1
        )
        line = next(line for line in _lines(text, begin) if line.end >= found.end())
        if _is_report_title(line.text):
            yield line


def _lines(text: str, start: int) -> Iterator[Line]:
    for found in _LINE.finditer(text, start):
        line = _CRUMB.split(found.group())[-1].strip()
        if _is_short(line):
            yield Line(line, *found.span())
        else:
            yield from (Line(piece.group(), *piece.span()) for piece in _PIECE.finditer(text, *found.span()))


def _is_report_title(line: str) -> bool:
    declared = words()
    if not _is_short(line) or declared.report.search(line) is None:
        return False
    return declared.mention.search(line) is None and genre_of(line) is None


def _is_short(line: str) -> bool:
    return len(line) <= words().title_length and words().sentence.search(line) is None


def genre_of(line: str) -> Genre | None:
    """The genre, other than a report's, that a line is a title of."""
    if not _is_short(line):
        return None
    return next((genre for genre in words().genres if genre.title.search(line)), None)


def _heads_a_report(text: str, title: Line, titles: tuple[Line, ...]) -> bool:
    """Whether a report's title stands over a report's body: no other title between them, and the body has its build."""
    declared = words()
    for line in _lines(text, title.end):
        if not _is_short(line.text) or declared.heading.search(line.text):
            break
        if genre_of(line.text) and not declared.menu.search(line.text):
            return False
    others = [line for line in titles if line.text != title.text and declared.owned.search(line.text)]
    end = next((line.start for line in others if line.start > title.start), len(text))
    if not _is_owned(text, title):
        return has_all_headings(text) and declared.speaks.search(text) is not None
    if any(_are_neighbours(text, title, other) for other in others):
        return is_built_as_one(text[title.end : end])
    below = text[title.start : end]
    return len(headings(below)) >= declared.least_headings or len(sections(below)) >= declared.least_sections


def _is_owned(text: str, title: Line) -> bool:
    """Whether a title, or the line before it, names whose report it is."""
    before = text[: title.start].rstrip("| \n")
    return bool(words().owned.search(title.text) or words().continued.search(before[-_BEFORE:]))


def _are_neighbours(text: str, one: Line, other: Line) -> bool:
    first, second = sorted((one, other), key=lambda line: line.start)
    return not text[first.end : second.start].strip("| \n")


def is_built_as_one(text: str) -> bool:
    """Whether a body without a title shows by itself that it is a report."""
    if _is_announced(text):
        return True
    if not has_all_headings(text):
        return False
    first = next(_lines(text, 0)).text
    opens = not _is_short(first) or words().heading.search(first) is not None
    return opens or words().speaks.search(text) is not None


def _is_announced(text: str) -> bool:
    """Whether a text says that it is the report, and tells what its sections are."""
    return words().announced.search(text) is not None and len(sections(text)) >= words().told_sections


def has_all_headings(text: str) -> bool:
    """Whether the headings are those of a report, the two that none goes without among them."""
    declared, found = words(), headings(text)
    return len(found) >= declared.untitled_headings and found.issuperset(declared.untitled_core)


def headings(text: str) -> set[int]:
    """The sections of a report that have a heading, by their place in genre.yml."""
    return sections("\n".join(words().heading.findall(text)))


def sections(text: str) -> set[int]:
    """The sections of a report that a text speaks of, by their place in genre.yml."""
    return {place for place, pattern in enumerate(words().sections) if pattern.search(text)}
