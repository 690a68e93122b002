"""Which forms may declare a printed table: a vote of its labels, before it is walked.

In: a normalised table. Out: by section the forms that share most labels with it.
"""

from functools import lru_cache

from transforms.forms import FormTable, forms
from transforms.model import Table
from transforms.recognise.index import vocabulary
from transforms.recognise.labels import label

Place = tuple[str, str]  # form, section


def is_labelled(table: Table) -> bool:
    """Whether a table has a label of any form at all."""
    return any(_votes(cell.plain) for row in table.rows for cell in row)


def candidates(table: Table) -> dict[str, list[str]]:
    """Section -> the forms that share most labels with a table; empty if it has no label of any form."""
    votes: dict[Place, set[str]] = {}
    for text in {cell.plain for row in table.rows for cell in row}:
        for key, place in _votes(text):
            votes.setdefault(place, set()).add(key)
    best: dict[str, int] = {}
    for (_, section), keys in votes.items():
        best[section] = max(best.get(section, 0), len(keys))
    found: dict[str, list[str]] = {}
    for (form, section), keys in sorted(votes.items(), key=lambda item: item[0]):
        if len(keys) == best[section] and _many(form, section, keys):
            found.setdefault(section, []).append(form)
    return found


def declared(form: str, section: str) -> FormTable:
    """The table that a form declares for a section."""
    return next(table for table in forms()[form].tables if table.section == section)


@lru_cache(1 << 16)
def _votes(text: str) -> tuple[tuple[str, Place], ...]:
    """The keys of a text that are labels, each with every table that has it."""
    return tuple((key, place) for key in label(text).keys for place in vocabulary().get(key, ()))


def _many(form: str, section: str, keys: set[str]) -> bool:
    """Whether a piece of a table has labels enough to be looked at: half of what the whole must have."""
    return 2 * len(keys) >= declared(form, section).least
