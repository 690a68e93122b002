"""The labels of one form, indexed: what a printed label can be. Exact spellings first, then one slip of the pen."""

import re
from dataclasses import dataclass
from functools import cache

from transforms.forms import Column, Form, FormTable, Row, forms, label_key

# A label of six hanzi or more may differ by one: a wrong, doubled or missing character. Shorter ones must be exact.
_TOLERANT_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Index:
    """Labels of a form -> its rows, columns and captions, each with the table it belongs to."""

    form: Form
    rows: dict[str, tuple[FormTable, Row]]
    columns: dict[str, tuple[tuple[FormTable, Column], ...]]
    captions: dict[str, FormTable]

    def row(self, text: str) -> tuple[FormTable, Row] | None:
        """The row that a printed label names."""
        key = label_key(text)
        if len(key) < 2:
            return None
        found = self.rows.get(key)
        return found if found is not None else self._near(key)

    def column(self, text: str) -> tuple[tuple[FormTable, Column], ...]:
        """The columns that a printed header may be; several when they differ by their group heading only."""
        return self.columns.get(label_key(text), ())

    def caption(self, text: str) -> FormTable | None:
        """The table whose fixed wording (group heading, caption) this is."""
        return self.captions.get(label_key(text))

    def _near(self, key: str) -> tuple[FormTable, Row] | None:
        if len(key) < _TOLERANT_LENGTH or key in self.columns or key in self.captions:
            return None
        near = {id(self.rows[label][1]): self.rows[label] for label in self.rows if _one_slip(key, label)}
        return next(iter(near.values())) if len(near) == 1 else None


@cache
def index(code: str) -> Index:
    """The index of a declared form."""
    form = forms()[code]
    rows = {label: (table, row) for table in form.tables for row in table.rows for label in row.labels}
    columns: dict[str, tuple[tuple[FormTable, Column], ...]] = {}
    for table in form.tables:
        for column in table.columns:
            for label in column.labels:
                columns[label] = (*columns.get(label, ()), (table, column))
    captions = {label: table for table in form.tables for label in table.captions}
    return Index(form, rows, columns, captions)


def squeezed(text: str) -> str:
    """The text without any white space."""
    return _SPACE.sub("", text)


_SPACE = re.compile(r"\s+")


def _one_slip(left: str, right: str) -> bool:
    """Whether two labels differ by one character put in, left out or replaced."""
    if len(right) < _TOLERANT_LENGTH or abs(len(left) - len(right)) > 1 or left == right:
        return left == right
    start = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    skip_left, skip_right = int(len(left) >= len(right)), int(len(right) >= len(left))
    return left[start + skip_left :] == right[start + skip_right :]
