"""Tables that are on the page and could not be read: most of their labels stand there, and nothing was placed by them.

In: a normalised document and the layouts found in it. Out: a damaged layout for each such table, so that its cells are
told to be lost; silence would say that the report has no such table.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from transforms.forms import FormTable, forms, label_key
from transforms.model import Cell, Document, Layout, Paragraph, Table
from transforms.recognise.index import index
from transforms.recognise.labels import label
from transforms.values import has_digit, is_value

_DAMAGE = "table_unread"
_LONGEST = 90  # a line of labels and numbers; prose that names a row in a sentence is no table
_HEADERS = 2  # a menu names rows, never columns
_PARTS = re.compile(r"[\s|,;\"]+")
_GLUED = re.compile(r"(?<=[\u3400-\u9fff)])\d.*")
_WITH_NUMBER = re.compile(r"(?<=[\u3400-\u9fff)])[\s:(]*\d.*")  # a cell that holds its number too: 申请总数(46件)
_NUMBERS_IN_A_ROW = re.compile(r"(?:\d[\d,.]*[\s|]*){7}")  # as many as table 3 has columns
_ROWS_IN_A_LINE = 3
_SHORTEST = 3  # hanzi of a name that is found within a line without blanks

Names = dict[tuple[str, str], dict[str, str]]  # form and section -> row or column -> where it stands first


def unread(document: Document, layouts: Sequence[Layout]) -> list[Layout]:
    """The tables of the forms in use that are printed and in no layout; of a report without any, the likeliest."""
    found = {layout.section for layout in layouts}
    forms_found = {layout.form for layout in layouts}
    wanted = [
        (form.code, table)
        for form in reversed(forms().values())
        if not forms_found or form.code in forms_found
        for table in form.tables
        if table.section not in found
    ]
    names = _names(document, [code for code, _ in wanted]) if wanted else {}
    lost: dict[str, Layout] = {}
    for code, table in wanted:
        here = names.get((code, table.section), {})
        if _is_printed(table, here) or _is_laid_out_otherwise(document, code, table):
            at = next(iter(here.values()))
            lost.setdefault(table.section, Layout(code, table.section, at, (), (), (), damage=_DAMAGE))
    return list(lost.values())


def _is_printed(table: FormTable, names: dict[str, str]) -> bool:
    """Whether half of the rows and columns are named, columns among them where there are several.

    Of a record, whose columns have short names that break, two of the groups that these stand under will do.
    """
    columns = {column.labels[0] for column in table.columns}
    groups = {spelt for column in table.columns for spelt in column.under} if not table.rows else set()
    headed = len(columns & names.keys())
    half = 2 * len(names.keys() - groups) >= len(table.rows) + len(columns)
    return (half and headed >= min(_HEADERS, len(columns) - 1)) or len(groups & names.keys()) >= _HEADERS


def _is_laid_out_otherwise(document: Document, code: str, table: FormTable) -> bool:
    """Whether one printed table names rows and columns and holds a number: `规章 | 本年制发件数 | 2`."""
    return any(
        isinstance(block, Table)
        and any(has_digit(cell) for row in block.rows for cell in row)
        and _is_crossed(table, {name for row in block.rows for cell in row for name in _named(code, _label_of(cell))})
        for block in document.blocks
    )


def _label_of(cell: Cell) -> str:
    """What a cell says before its number, if it is no number itself."""
    return cell.plain if is_value(cell) or not has_digit(cell) else _WITH_NUMBER.sub("", cell.plain)


def _is_crossed(table: FormTable, names: set[tuple[str, str]]) -> bool:
    """Whether names are of several rows and of several columns; what names both is neither.

    Of a sheet, whose one column may have any name, as many rows as make it one will do: `公文类信息数 | 申请总数 | …`.
    """
    rows = {row.labels[0] for row in table.rows}
    columns = {column.labels[0] for column in table.columns}
    own = {name for section, name in names if section == table.section}
    if len(columns) == 1:
        return len(own & rows) >= max(table.least, _HEADERS)
    return len(own & rows - columns) >= _HEADERS and len(own & columns - rows) >= _HEADERS


def _names(document: Document, codes: Sequence[str]) -> Names:
    names: Names = {}
    for text, at in _texts(document):
        for code in dict.fromkeys(codes):
            for section, name in _named(code, text):
                names.setdefault((code, section), {}).setdefault(name, at)
    for text, at in _melted(document):
        for code in dict.fromkeys(codes):
            for section, name in _within(code, text):
                names.setdefault((code, section), {}).setdefault(name, at)
    return names


def _melted(document: Document) -> Iterator[tuple[str, str]]:
    """The hanzi of long lines, with their places, if one holds rows of numbers: tables whose line ends are lost."""
    lines = [(block.plain or block.text, block.at) for block in document.blocks if isinstance(block, Paragraph)]
    long = [(text, at) for text, at in lines if len(text) > _LONGEST]
    if any(len(_NUMBERS_IN_A_ROW.findall(text)) >= _ROWS_IN_A_LINE for text, _ in long):
        yield from ((label_key(text), at) for text, at in long)


def _within(code: str, text: str) -> Iterator[tuple[str, str]]:
    """The rows and columns of a form that a text without blanks names, each with its section."""
    known = index(code)
    for spelt, rows in known.rows.items():
        if len(spelt) >= _SHORTEST and spelt in text:
            yield from ((table.section, row.labels[0]) for table, row in rows)
    for spelt, columns in known.columns.items():
        if len(spelt) >= _SHORTEST and spelt in text:
            yield from ((table.section, column.labels[0]) for table, column in columns)


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    """What can be a label, with its place: cells, and the words of short lines."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield from ((_label_of(cell), block.at) for row in block.rows for cell in row)
        elif len(text := block.plain or block.text) <= _LONGEST:
            yield from ((_GLUED.sub("", word), block.at) for word in _PARTS.split(text))


@lru_cache(1 << 14)
def _named(code: str, text: str) -> tuple[tuple[str, str], ...]:
    """The rows, columns and captions of a form that a text names letter for letter, each with its section."""
    known = index(code)
    keys = [key for key in label(text).keys if len(key) > 1]
    rows = [(table.section, row.labels[0]) for key in keys for table, row in known.rows.get(key, ())]
    columns = [(table.section, column.labels[0]) for key in keys for table, column in known.columns.get(key, ())]
    return *rows, *columns, *((known.captions[key].section, key) for key in keys if key in known.captions)
