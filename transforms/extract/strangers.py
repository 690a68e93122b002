"""Tables with numbers that are of no form: what a department has made for itself, or a form that nobody has declared.

In: a normalised document and its layouts. Out: a note for each; silence would say that it was read.
"""

from collections.abc import Sequence

from transforms.model import Document, Layout, Note, Table
from transforms.values import has_digit, is_value

_NUMBERS = 4  # fewer stand in tables of names and dates too


def strangers(document: Document, layouts: Sequence[Layout]) -> list[Note]:
    """A note for every table without a layout that holds numbers."""
    read = {layout.at for layout in layouts}
    tables = [block for block in document.blocks if isinstance(block, Table) and block.at not in read]
    counts = {table.at: _numbers(table) for table in tables}
    return [Note("table_of_no_form", place=at, detail=str(count)) for at, count in counts.items() if count >= _NUMBERS]


def _numbers(table: Table) -> int:
    return len({cell.at for row in table.rows for cell in row if is_value(cell) and has_digit(cell)})
