"""A record printed group by group, each group a table of its own under a heading: the heading made part of its table.

In: the blocks of a normalised document. Out: the same; a table that holds one group of a record's columns and one
number for each begins with the cell that names the group (`行政诉讼（复议后起诉）` over five columns and five numbers).
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from transforms.forms import FormTable, forms
from transforms.model import Block, Cell, Paragraph, Table
from transforms.recognise.labels import label
from transforms.values import is_blank, is_value, label_words

Group = tuple[frozenset[str], ...]  # the spellings of each header, in their order


def headed(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, every such table with its heading."""
    for before, block in pairwise((None, *blocks)):
        name = _group_of(before) if isinstance(before, Paragraph) and isinstance(block, Table) else ""
        if name and isinstance(before, Paragraph) and isinstance(block, Table) and _is_of(block, groups()[name]):
            heading = Cell(before.text, before.locate(0, len(before.plain)), name)
            yield Table(((heading,), *block.rows), block.at, "rows")
        elif block is not None:
            yield block


@cache
def groups() -> dict[str, Group]:
    """The groups of columns that the records of all forms declare, by the heading above them."""
    records = [table for form in forms().values() for table in form.tables if not table.rows]
    names = {name for table in records for column in table.columns for name in column.under}
    return {name: next(filter(None, (_headers(table, name) for table in records))) for name in names}


def _headers(table: FormTable, name: str) -> Group:
    return tuple(frozenset(column.labels) for column in table.columns if name in column.under)


@cache
def _headings() -> dict[str, str]:
    """What a heading may say -> the group that it names: the group, maybe behind a caption and before a word."""
    tables = [table for form in forms().values() for table in form.tables if not table.rows]
    captions = {caption for table in tables for caption in table.captions}
    befores, afters = ("", *captions - set(groups())), ("", label_words()["about"])
    return {before + name + after: name for name in groups() for before in befores for after in afters}


def _group_of(heading: Paragraph) -> str:
    keys = (*label(heading.plain).keys, "".join(filter(str.isalpha, heading.plain)))
    return next((_headings()[key] for key in reversed(keys) if key in _headings()), "")


def _is_of(table: Table, group: Group) -> bool:
    """Whether a table is the headers of a group, each once and in order, and below them a number or mark for each."""
    cells = [cell for row in table.rows for cell in row if not is_blank(cell)]
    heads, values = cells[: len(group)], cells[len(group) :]
    if len(values) != len(group) or len({cell.at for cell in cells}) != len(cells):
        return False
    named = all(label(cell.plain).key in spelt for cell, spelt in zip(heads, group, strict=True))
    return named and all(map(is_value, values))
