"""The labels of one form, indexed: what a printed label can be. Exact spellings first, then one slip of the pen."""

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from transforms.forms import Column, Form, FormTable, Row, forms
from transforms.recognise.labels import is_slip, label

# A label of six hanzi or more may differ by one: a wrong, doubled or missing character. Shorter ones must be exact.
_TOLERANT_LENGTH = 6

Rows = tuple[tuple[FormTable, Row], ...]
Columns = tuple[tuple[FormTable, Column], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Labels of a form -> its rows, columns, captions and ignored headers, each with the table it belongs to."""

    form: Form
    rows: dict[str, Rows]
    columns: dict[str, Columns]
    captions: dict[str, FormTable]
    ignored: dict[str, FormTable]
    beginnings: dict[str, dict[str, frozenset[int]]]  # section -> what is left of a cut header -> its columns

    def row(self, text: str) -> Rows:
        """The rows that a printed label may name; several when they differ by what they stand under only."""
        return _row(self, text)

    def column(self, text: str) -> Columns:
        """The columns that a printed header may be; several when they differ by their group heading only."""
        return next((self.columns[key] for key in label(text).keys if key in self.columns), ())

    def caption(self, text: str) -> FormTable | None:
        """The table whose fixed wording (group heading, caption) this is."""
        return self.captions.get(label(text).key)

    def passed(self, text: str) -> FormTable | None:
        """The table that ignores the column under this header by name."""
        return self.ignored.get(label(text).key)

    def knows(self, text: str) -> bool:
        """Whether a text is, letter for letter, any wording of the form."""
        keys = label(text).keys
        return any(key in table for key in keys for table in (self.rows, self.columns)) or (
            keys[0] in self.captions or keys[0] in self.ignored
        )

    def near(self, key: str) -> Rows:
        """The rows of the only label that the key is one slip away from; a label of any form is no slip."""
        if len(key) < _TOLERANT_LENGTH or key in vocabulary():
            return ()
        found = {
            tuple(id(row) for _, row in rows): rows
            for spelt, rows in self.rows.items()
            if len(spelt) >= _TOLERANT_LENGTH and is_slip(key, spelt)
        }
        return next(iter(found.values())) if len(found) == 1 else ()


@cache
def index(code: str) -> Index:
    """The index of a declared form."""
    form = forms()[code]
    rows: dict[str, Rows] = {}
    columns: dict[str, Columns] = {}
    for table in form.tables:
        for row in table.rows:
            for spelt in row.labels:
                rows[spelt] = (*rows.get(spelt, ()), (table, row))
        for column in table.columns:
            for spelt in column.labels:
                columns[spelt] = (*columns.get(spelt, ()), (table, column))
    captions = {spelt: table for table in form.tables for spelt in table.captions}
    ignored = {spelt: table for table in form.tables for spelt in (*table.beside, *table.passed)}
    beginnings = {table.section: _beginnings(table) for table in form.tables}
    return Index(form, rows, columns, captions, ignored, beginnings)


def _beginnings(table: FormTable) -> dict[str, frozenset[int]]:
    """Every beginning of two hanzi or more of the headers of a table, and the whole headers."""
    found: dict[str, set[int]] = {}
    for place, column in enumerate(table.columns):
        for spelt in column.labels:
            for end in range(2, len(spelt) + 1):
                found.setdefault(spelt[:end], set()).add(place)
    return {key: frozenset(places) for key, places in found.items()}


@cache
def vocabulary() -> dict[str, frozenset[tuple[str, str]]]:
    """Every wording of every form -> (form, section) of the tables that use it for a row or column."""
    found: dict[str, set[tuple[str, str]]] = {}
    for form in forms().values():
        for table in form.tables:
            for spelt in (*table.captions, *table.beside, *table.passed):
                found.setdefault(spelt, set())
            labels = [*(row.labels for row in table.rows), *(column.labels for column in table.columns)]
            for spelt in chain.from_iterable(labels):
                found.setdefault(spelt, set()).add((form.code, table.section))
    return {spelt: frozenset(places) for spelt, places in found.items()}


@lru_cache(1 << 16)
def _row(index: Index, text: str) -> Rows:
    keys = [key for key in label(text).keys if len(key) > 1]
    exact = next((index.rows[key] for key in keys if key in index.rows), None)
    if exact is not None or not keys or any(key in index.columns or key in index.captions for key in keys):
        return exact or ()
    return next((rows for key in keys if (rows := index.near(key))), ())
