"""The title of a report: the line that ends in the name of the genre, with its agency and its years.

In: Page. Out: Title; `text` is empty when no line is one. A title broken over two lines is put together again.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from transforms.identify.dates import arabic_year
from transforms.identify.page import Line, Page
from transforms.identify.words import words

_LONGEST = 90
_SITE = re.compile(r"[_|｜]|\s[-—–]+\s|--+|——")
_OPEN = "开"  # every title says 公开; most lines do not
_TAIL, _TAIL_YEAR = 30, 12
_BEHIND = re.compile(r"\s*[(（]([^()（）]+)[)）]")
_YEAR_TAIL = r"\s*年?度?"


class Title(NamedTuple):
    """A title as printed in normalised text, the name in it, its years, where it stands and in which zone."""

    text: str = ""
    name: str = ""
    years: tuple[str, ...] = ()
    at: str = ""
    zone: str = ""


def titles(page: Page) -> list[Title]:
    """Every line that is the title of a report, best first: those that name agency and year, body before metadata."""
    found = [*_printed(page), *_metadata(page)]
    order = {"body": 0, "chrome": 1, "meta": 2}
    return sorted(found, key=lambda title: (not title.name or not title.years, not title.name, order[title.zone]))


def _printed(page: Page) -> Iterator[Title]:
    previous: Line | None = None
    for line in page.lines:
        title = _title(line, previous)
        if title is not None:
            zone = "body" if line.start >= page.body else "chrome"
            yield title._replace(zone=zone, at=page.locate(line.start, line.start + len(line.text)))
        previous = line


def _metadata(page: Page) -> Iterator[Title]:
    for name in words().metadata["title"]:
        for piece in _SITE.split(page.metadata.get(name, "")):
            title = _title(Line(piece.strip(), 0, "", None, 0), None)
            if title is not None:
                yield title._replace(zone="meta")


def _title(line: Line, previous: Line | None) -> Title | None:
    text, core = _core(line.text)
    if core is None or words().title.not_after.match(text, core.end()):
        return None
    head, tail = text[: core.start()], text[core.end() : core.end() + _TAIL]
    if words().title.not_before.search(head):
        return None
    if not head.strip() and previous is not None and _is_head(previous.text):
        head = previous.text
    behind = _BEHIND.match(tail)
    name = _name(head) or (_name(behind.group(1)) if behind else "")
    return Title(head + core.group(), name, _years(head + core.group(), tail))


def _core(text: str) -> tuple[str, re.Match[str] | None]:
    """The core in the text, or in the text without its spaces when only they break it."""
    if _OPEN not in text:
        return text, None
    core = words().title.core.search(text, 0, _LONGEST)
    if core is None and len(text) <= _LONGEST and " " in text:
        text = "".join(text.split())
        core = words().title.core.search(text)
    return text, core


def _is_head(text: str) -> bool:
    title = words().title
    return len(text) <= _LONGEST // 2 and bool(title.continued.search(text)) and not title.not_before.search(text)


def _years(text: str, tail: str) -> tuple[str, ...]:
    year = words().year
    found = [*year.arabic.findall(text), *map(arabic_year, year.hanzi.findall(text))]
    return tuple(dict.fromkeys(found or year.arabic.findall(tail[:_TAIL_YEAR])))


def _name(head: str) -> str:
    year = words().year
    for pattern in (year.arabic, year.hanzi):
        head = re.sub(pattern.pattern + _YEAR_TAIL, " ", head)
    return "".join(words().title.decoration.sub(" ", head).split())
