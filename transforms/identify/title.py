"""The title of a report: the line that ends in the name of the genre, with its agency and its years.

In: Page. Out: Title; `text` is empty when no line is one. A title broken over two lines is put together again.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from transforms.identify.dates import arabic_year
from transforms.identify.page import Line, Page
from transforms.identify.words import words

_LONGEST = 90
_FIRST_LINES = 30
_SITE = re.compile(r"[_|｜]|\s[-—–]+\s|--+|——")
_TAIL, _TAIL_YEAR = 30, 12
_LONGEST_YEAR = 12
_PATH = ">»›"
_BEHIND = re.compile(r"\s*[(（]([^()（）]+)[)）]")
_YEAR_TAIL = r"\s*年?度?"


class Title(NamedTuple):
    """A title in normalised text, the name in it, its years, its locator, its zone, and where it starts on the page.

    `above`: the name stands on the line before, which may be the site's own.
    """

    text: str = ""
    name: str = ""
    years: tuple[str, ...] = ()
    at: str = ""
    zone: str = ""
    start: int = 0
    above: bool = False


def titles(page: Page) -> list[Title]:
    """Every line that is the title of a report, best first: those that name agency and year, body before metadata."""
    found = [*_printed(page), *_metadata(page)] or list(_spaced(page))
    order = {"body": 0, "chrome": 1, "meta": 2}
    return sorted(found, key=lambda title: (not title.name or not title.years, not title.name, order[title.zone]))


def _printed(page: Page) -> Iterator[Title]:
    last = -1
    for index, core in page.matches(words().title.core):
        line = page.line(index)
        start, end = core.start() - line.start, core.end() - line.start
        if index == last or start > _LONGEST:
            continue
        title = _title(line.text, start, end, _previous(page, index))
        if title is not None:
            last = index
            yield _placed(title, page, line)


def _previous(page: Page, index: int) -> str:
    """The line before one, and the one before that where either is a mere year: a title may take three lines."""
    above, further = _above(page, index), _above(page, index - 1)
    return further + above if _is_year(above) or _is_year(further) else above


def _above(page: Page, index: int) -> str:
    """The line before one, of the same part of the page: what stands around a body begins no title in it."""
    line, before = page.line(max(index, 0)), page.line(max(index - 1, 0))
    return before.text if index > 0 and (before.start < page.body) == (line.start < page.body) else ""


def _is_year(text: str) -> bool:
    return len(text) < _LONGEST_YEAR and bool(_years(text, "")) and not _name(text)


def _spaced(page: Page) -> Iterator[Title]:
    """Titles with spaces between their characters, tried only where none is printed whole."""
    for line in page.body_lines(_FIRST_LINES):
        title = _alone("".join(line.text.split())) if len(line.text) <= _LONGEST else None
        if title is not None:
            yield _placed(title, page, line)


def _metadata(page: Page) -> Iterator[Title]:
    for name in words().metadata["title"]:
        for piece in _SITE.split(page.metadata.get(name, "")):
            title = _alone(piece.strip())
            if title is not None:
                yield title._replace(zone="meta")


def _placed(title: Title, page: Page, line: Line) -> Title:
    zone = "body" if line.start >= page.body else "chrome"
    return title._replace(zone=zone, start=line.start, at=page.locate(line.start, line.start + len(line.text)))


def _alone(text: str) -> Title | None:
    core = words().title.core.search(text)
    return _title(text, *core.span(), "") if core else None


def _title(text: str, start: int, end: int, previous: str) -> Title | None:
    """The title whose core is `text[start:end]`; None when the words around it make it something else."""
    subject = words().title.subject.search(text, 0, start)
    if subject is None or words().title.not_after.match(text, end):
        return None
    path = max(text.rfind(sign, 0, subject.start()) for sign in _PATH) + 1  # before it stands the way to the page
    head, core, tail = text[path : subject.start()], text[subject.start() : end], text[end : end + _TAIL]
    if words().title.not_before.search(head):
        return None
    above = not _name(head) and _is_head(previous)
    if above:
        head = previous + head
    behind = _BEHIND.match(tail)
    name = _name(head) or (_name(behind.group(1)) if behind else "")
    return Title(head + core, name, _years(head + core, tail), above=above)


def _is_head(text: str) -> bool:
    title = words().title
    return len(text) <= _LONGEST // 2 and bool(title.continued.search(text)) and not title.not_before.search(text)


def _years(text: str, tail: str) -> tuple[str, ...]:
    year = words().year
    text = words().title.number.sub(" ", text)
    found = [*year.arabic.findall(text), *map(arabic_year, year.hanzi.findall(text))]
    return tuple(dict.fromkeys(found or year.arabic.findall(tail[:_TAIL_YEAR])))


def _name(head: str) -> str:
    head = words().title.number.sub(" ", head)
    for phrase in _year_phrases():
        head = phrase.sub(" ", head)
    return "".join(words().title.decoration.sub(" ", head).split())


@cache
def _year_phrases() -> tuple[re.Pattern[str], ...]:
    year = words().year
    return tuple(re.compile(pattern.pattern + _YEAR_TAIL) for pattern in (year.arabic, year.hanzi))
