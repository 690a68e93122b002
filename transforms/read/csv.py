"""The decoded text of a CSV or TSV file in, a Document with one table out, or None when the text is no such file.

The delimiter is the one that gives every line the same number of fields; in a file named so, lines without any may
stand above, as titles do. Locators are `t0/r2/c3`.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from transforms.model import Document, Refusal, Table
from transforms.read.grid import LARGEST_TABLE, Spanned, expand

NAMED = (".csv", ".tsv", ".tab")
DELIMITERS = (",", "\t", ";")
LEAST_NAMED = (2, 2)  # rows and columns; the name says what it is
LEAST_UNNAMED = (5, 5)  # prose never has as many
UNNAMED = (",", "\t")

Rows = list[list[str]]


def read_csv(text: str, name: str) -> Document | None:
    """Read decoded text; `name` is the path or URL. None when no delimiter gives a rectangle.

    Raises Refusal(`too_many_cells`).
    """
    rows = fields(text, name)
    if rows is None:
        return None
    if len(rows) * len(rows[0]) > LARGEST_TABLE:
        raise Refusal("too_many_cells", f"{len(rows):,} × {len(rows[0]):,}")
    section = [[Spanned(" ".join(field.split())) for field in row] for row in rows]
    return Document((Table(expand([section], "t0").rows, "t0"),), text, "csv", metadata=_title(rows[0]))


def _title(row: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The first row as the title of the file, if it fills one field only."""
    filled = [field.strip() for field in row if field.strip()]
    return (("title", filled[0]),) if len(filled) == 1 else ()


def fields(text: str, name: str) -> Rows | None:
    """The fields by row and column, under the first delimiter that is strictly consistent."""
    named = name.lower().split("?")[0].endswith(NAMED)
    least = LEAST_NAMED if named else LEAST_UNNAMED
    for delimiter in DELIMITERS if named else UNNAMED:
        if delimiter in text[:20_000]:
            above = _titles(text, delimiter) if named else []
            rows = split(text[sum(map(len, above)) :], delimiter)
            if rows and len(rows) >= least[0] and len(rows[0]) >= least[1]:
                return [[line.strip(), *[""] * (len(rows[0]) - 1)] for line in above if line.strip()] + rows
    return None


def _titles(text: str, delimiter: str) -> list[str]:
    """The lines above the first that holds a delimiter."""
    return list(takewhile(lambda line: delimiter not in line and '"' not in line, text.splitlines(keepends=True)))


def split(text: str, delimiter: str) -> Rows:
    """The rows of fields, blank lines left out; nothing when rows differ in width or a quote is not closed."""
    mark = re.escape(delimiter)
    token = re.compile(rf'(?:[ \t]*"((?:[^"]|"")*)"[ \t]*|([^{mark}"\r\n]*))({mark}|\r\n|\r|\n|\Z)')
    rows: Rows = []
    row: list[str] = []
    position = 0
    while position < len(text) or row:
        match = token.match(text, position)
        if match is None:
            return []
        row.append((match[1] or "").replace('""', '"') if match[1] is not None else match[2])
        position = match.end()
        if match[3] == delimiter:
            continue
        if not keep(row, rows):
            return []
        row = []
    return rows


def keep(row: Sequence[str], rows: Rows) -> bool:
    """Add a row, unless it is a blank line; False when it is of another width than those before."""
    if len(row) == 1 and not row[0].strip():
        return True
    rows.append(list(row))
    return len(row) == len(rows[0])
