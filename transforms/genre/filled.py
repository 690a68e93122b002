"""Is an official form on the page, with numbers in it? The text of a page in, yes or no out."""

from functools import cache
from itertools import islice

from transforms.forms import forms
from transforms.genre.words import words


def is_filled_form(text: str) -> bool:
    """Whether rows of an official form stand on the page, each with a number of its own."""
    declared = words()
    rows = islice((label for label in _form_labels() if _is_filled(text, label)), declared.least_labels)
    return sum(1 for _ in rows) == declared.least_labels


@cache
def _form_labels() -> tuple[str, ...]:
    """The first label of every row that stands for one metric, of all forms."""
    rows = [row for form in forms().values() for table in form.tables for row in table.rows if row.cells is None]
    labels = dict.fromkeys(label for row in rows for label in row.labels[:1])
    return tuple(label for label in labels if len(label) >= words().label_length)


def _is_filled(text: str, label: str) -> bool:
    start = text.find(label)
    while start >= 0:
        end = start + len(label)
        if words().filled.match(text, end):
            return True
        start = text.find(label, end)
    return False
