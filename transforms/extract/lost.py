"""Tables that were on the page and did not reach us: their headings stand in the text with no word between them."""

import re
from functools import cache

from transforms.forms import forms, ordinals
from transforms.model import Document, Paragraph, Table

_BETWEEN = 12  # hanzi between two headings that still count as nothing: a unit, a page number
_HANZI = re.compile(r"[\u3400-\u9fff]")
_BARE = re.compile(r"[\s\d,./\-%]+")


def lost_headings(document: Document, found: set[str]) -> list[tuple[str, str]]:
    """(section, heading) of every table of a form whose heading is printed while the table is gone.

    Gone means that the next heading follows with no word between, at most with bare numbers, or that its source bears
    the mark of an extractor that drops tables (damage `tables_lost_by_extractor`). A heading with prose under it and no
    such mark is not a lost table.
    """
    text = _flow(document)
    fingerprint = "tables_lost_by_extractor" in document.damage
    lost = []
    for section, pattern in _patterns().items():
        heading = None if section in found else _last(pattern, text)
        if heading is not None and (fingerprint or _followed_at_once(text, heading.end())):
            lost.append((section, heading["heading"]))
    return lost


def _flow(document: Document) -> str:
    """The prose in one string; a table stands as a bar for each hanzi in it: one without words says nothing."""
    return "\n".join("|" * _words(block) if isinstance(block, Table) else _plain(block) for block in document.blocks)


def _words(table: Table) -> int:
    """The hanzi in a table, as many as tell it from nothing."""
    return len(_HANZI.findall("".join([cell.plain for row in table.rows for cell in row[:_BETWEEN]])))


def _plain(block: Paragraph) -> str:
    return "".join((block.plain or block.text).split())


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Section -> its numbered heading in any spelling, over all forms."""
    spellings: dict[str, set[str]] = {}
    for form in forms().values():
        for table in form.tables:
            spellings.setdefault(table.section, set()).update(table.headings)
    return {section: re.compile(_heading(words)) for section, words in spellings.items() if words}


def _heading(words: set[str]) -> str:
    joined = "|".join("[、,和及]?".join(word) for word in sorted(words, key=len, reverse=True))
    return rf"[{ordinals()}]、(?P<heading>{joined})"


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text):
        found = match
    return found


def _followed_at_once(text: str, end: int) -> bool:
    following = re.compile(rf"[{ordinals()}]、").search(text, end)
    between = text[end : following.start()] if following else text[end:]
    return following is not None and len(_BARE.sub("", between)) < _BETWEEN
