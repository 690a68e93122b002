"""Dates and the index number of a page, from its metadata block, its HTML metadata and lines that are dates.

In: Page. Out: signals with ISO dates (`published_on`, `document_date`) or the number as printed (`index_number`).
"""

import re
from calendar import monthrange
from collections.abc import Iterator

from transforms.identify.page import Page
from transforms.identify.signals import Signal
from transforms.identify.words import words

_GAP = re.compile(r"[\s:：\]】|]*")
_TEN = "十"
_MONTHS = 12


def published(page: Page) -> Iterator[Signal]:
    """Dates of publication: behind a label, then in HTML metadata."""
    yield from _labelled_dates(page, "published_on")
    for name in words().metadata["published_on"]:
        found = words().date.match(page.metadata.get(name, "").strip())
        if found and iso(*found.groups()):
            yield Signal("published_on", f"meta {name}", iso(*found.groups()), "")


def documented(page: Page) -> Iterator[Signal]:
    """Dates of the document: behind a label, on a line of its own in the body, in the line of the print run."""
    yield from _labelled_dates(page, "document_date")
    for _, found in page.matches(words().date_line, page.body):
        yield from _written(page, found, "date line")
    for found in words().print_line.finditer(page.text, page.body):
        yield from _written(page, found, "print line")


def index_numbers(page: Page) -> Iterator[Signal]:
    """Index numbers behind their label."""
    for start in _behind(page, "index_number"):
        found = words().index_value.match(page.text, start)
        if found and re.search(r"\d", found.group()):
            yield Signal("index_number", "label", "".join(found.group().split()), page.locate(*found.span()))


def iso(year: str, month: str, day: str) -> str:
    """An ISO date from its parts; empty when no month has that day."""
    possible = int(day) <= monthrange(int(year), int(month))[1]
    return f"{int(year):04d}-{int(month):02d}-{int(day):02d}" if possible else ""


def arabic_year(text: str) -> str:
    """A year printed in any of the shapes seen (2012, 二〇一二, 二0一二) in Arabic digits."""
    digits = words().year.digits
    return text if text.isdigit() and text.isascii() else "2" + "".join(digits[one] for one in text[1:])


def _labelled_dates(page: Page, field: str) -> Iterator[Signal]:
    for start in _behind(page, field):
        found = words().date.match(page.text, start)
        if found and iso(*found.groups()):
            yield Signal(field, "label", iso(*found.groups()), page.locate(*found.span()))


def _behind(page: Page, field: str) -> Iterator[int]:
    for label in words().fields[field].finditer(page.text):
        gap = _GAP.match(page.text, label.end())
        yield gap.end() if gap else label.end()


def _written(page: Page, found: re.Match[str], source: str) -> Iterator[Signal]:
    parts = words().date_parts.match("".join(found.group(1).split()))
    if parts is None:
        raise ValueError(f"date_line and date_parts of identify.yml disagree on {found.group(1)}")
    year, month, day = parts.groups()
    numbers = (arabic_year(year), _small(month), _small(day))
    if 1 <= int(numbers[1]) <= _MONTHS and iso(*numbers):
        yield Signal("document_date", source, iso(*numbers), page.locate(*found.span(1)))


def _small(text: str) -> str:
    """A number up to 31 in either script."""
    if text.isdigit() and text.isascii():
        return text
    tens, ten, ones = text.rpartition(_TEN)
    digits = words().year.digits
    return str(10 * int(digits[tens] if tens else bool(ten)) + int(digits[ones] if ones else 0))
