"""A record whose header did not survive: below its heading one row of bare numbers, as many as the form has columns.

In: a normalised document and the layouts found in it. Out: a layout with that row loose: the sums of the form decide
whether the numbers stand in the form's order.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from transforms.forms import FormTable, forms, ordinals
from transforms.model import Block, Cell, Document, Layout, Loose, Paragraph, Table
from transforms.recognise.labels import label
from transforms.values import is_blank, is_value


def bare(document: Document, layouts: Sequence[Layout]) -> list[Layout]:
    """A layout for each record of the forms in use that no other layout is of."""
    found = {layout.section for layout in layouts}
    used = {layout.form for layout in layouts}
    records = [(form.code, table) for form in forms().values() if form.code in used for table in form.tables]
    lost = {table.section: (code, table) for code, table in records if not table.rows and table.section not in found}
    return [layout for code, table in lost.values() for layout in _layouts(document, code, table)]


def _layouts(document: Document, code: str, table: FormTable) -> Iterator[Layout]:
    tables = [block for block in _below(document.blocks, table) if isinstance(block, Table)]
    rows = [(own.at, row) for own in tables for row in own.rows if any(map(_counts, row))]
    slots = table.slots()
    if len(rows) == 1 and len(_own(rows[0][1])) == len(slots):
        yield Layout(code, table.section, rows[0][0], (), (Loose(slots, _own(rows[0][1])),), ())


def _own(row: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells of a row, each once, none of them blank; nothing if one of them is a word."""
    cells = {cell.at: cell for cell in row if not is_blank(cell)}.values()
    return tuple(cells) if all(map(is_value, cells)) else ()


def _counts(cell: Cell) -> bool:
    return is_value(cell) and not is_blank(cell)


def _below(blocks: Sequence[Block], table: FormTable) -> Iterator[Block]:
    """What stands between the last heading of a table and the next heading."""
    places = [place for place, block in enumerate(blocks) if _heads(block, table)]
    for block in blocks[places[-1] + 1 :] if places else ():
        if isinstance(block, Paragraph) and _numbered().match(block.plain):
            return
        yield block


def _heads(block: Block, table: FormTable) -> bool:
    return (
        isinstance(block, Paragraph)
        and bool(_numbered().match(block.plain))
        and label(block.plain).key in table.headings
    )


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(rf"\s*[{ordinals()}]{{1,2}}[、.．]")
