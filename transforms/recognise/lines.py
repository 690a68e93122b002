"""Tables that reached us as lines of text without any sign of a table: short lines of labels and numbers.

In: a normalised document. Out: the same document with such runs as tables, whose cells keep their places in the text:
`stream` where labels and numbers stand on lines of their own (A4), `rows` where a line holds both (A11).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise

from transforms.model import Block, Cell, Document, Paragraph, Table
from transforms.recognise.index import vocabulary
from transforms.recognise.labels import label
from transforms.recognise.recognise import recognise
from transforms.recognise.strange import holds_number, is_number
from transforms.values import has_digit, is_mark, is_page_mark, is_unit, is_value, is_words, marks

_LONGEST = 90  # a row of 64 characters of label and seven numbers; prose in such short lines has no known labels
_LABELS = 4
_VALUES = 3
_HEADERS = 2
_HEADED = 8  # the words above a single row of numbers
_GAP = re.compile(r"\t+| {2,}|\|")
_TAIL = re.compile(r"(?<=\S) (?=\S+$)")
_SENTENCE = re.compile(r"[。；;!?！？]$")

Cells = tuple[Cell, ...]


def tabulate(document: Document) -> Document:
    """The document with every run of lines that is a table of a form made into one.

    Not in a PDF: its reader looked at the places of the numbers and found no table, and single spaces tell less.
    """
    if document.format == "pdf":
        return document
    return replace(document, blocks=tuple(_blocks(document.blocks)))


def _blocks(blocks: Sequence[Block]) -> Iterator[Block]:
    run: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph) and _may_belong(block):
            run.append(block)
            continue
        yield from _settled(run)
        run = []
        yield block
    yield from _settled(run)


def _may_belong(paragraph: Paragraph) -> bool:
    text = _plain(paragraph)
    if len(text) > _LONGEST and max(map(len, _GAP.split(text))) > _LONGEST:
        return False
    return _SENTENCE.search(text) is None or _is_known(text) or _counts(text.split()[-1])


def _settled(run: Sequence[Paragraph]) -> Iterator[Block]:
    """The run as prose, with the part from its first to its last table line as a table if it is one."""
    if sum(_ends_in_value().search(_plain(paragraph)) is not None for paragraph in run) < _VALUES:
        yield from run
        return
    rows = [_cells(paragraph) for paragraph in run]
    signs = [place for place, row in enumerate(rows) if _is_sign(row)]
    if not signs or not _is_table(rows[signs[0] : signs[-1] + 1]):
        yield from run
        return
    first, last = signs[0], signs[-1] + 1
    last += _is_broken_off(rows[last - 1 : last + 1])
    table = _table(rows[first:last])
    yield from run[:first]
    yield from (table,) if recognise(Document((table,), "", "")) else run[first:last]
    yield from run[last:]


def _is_sign(row: Cells) -> bool:
    """Whether a line holds a known label, or nothing but numbers and units."""
    return any(_is_known(cell.plain) for cell in row) or all(is_value(cell) or is_unit(cell) for cell in row)


def _is_broken_off(rows: Sequence[Cells]) -> bool:
    """Whether a line ends with a label or a unit, and the next begins with a number not printed as one alone."""
    if len(rows) < 2 or not (_is_known(rows[0][-1].plain) or is_unit(rows[0][-1])):
        return False
    text = rows[1][0].plain
    return has_digit(rows[1][0]) and (_counts(text) or (text[0].isdigit() and holds_number(text)))


def _is_table(rows: Sequence[Cells]) -> bool:
    """Whether enough different labels and numbers are among the lines, the ones behind the others, and little else."""
    cells = [cell for row in rows for cell in row if not is_unit(cell)]
    known = {label(cell.plain).key for cell in cells if _is_known(cell.plain)}
    values = sum(is_value(cell) for cell in cells)
    strange = sum(is_words(cell) and not _is_known(cell.plain) and not is_page_mark(cell) for cell in cells)
    behind = sum(is_value(after) and _is_known(cell.plain) for cell, after in pairwise(cells))
    enough = len(known) >= _LABELS and values >= _VALUES and (behind >= _VALUES or len(known) >= _HEADED)
    return enough and 2 * strange <= len(cells)


def _table(rows: Sequence[Cells]) -> Table:
    labelled = [row for row in rows if any(_is_known(cell.plain) for cell in row)]
    whole = sum(any(is_value(cell) for cell in row) for row in labelled)
    at = rows[0][0].at
    if at.startswith("c"):
        at = at.partition("-")[0] + "-" + rows[-1][-1].at.rpartition("-")[2]
    if 3 * whole >= len(labelled):
        return Table(tuple(rows), at, "rows")
    return Table((tuple(cell for row in rows for cell in row),), at, "stream")


def _cells(paragraph: Paragraph) -> Cells:
    """The line cut at its gaps; numbers at its end that a single space sets off are cells of their own."""
    text = _plain(paragraph)
    found: list[Cell] = []
    start = 0
    for gap in (*_GAP.finditer(text), None):
        end = gap.start() if gap is not None else len(text)
        found.extend(_tail(paragraph, start, end))
        start = gap.end() if gap is not None else end
    return tuple(found)


def _tail(paragraph: Paragraph, start: int, end: int) -> Iterator[Cell]:
    """A piece without its last words that are numbers or units, then those."""
    text = _plain(paragraph)
    cut = _TAIL.search(text, start, end)
    if cut is not None and _is_cut(text[start : cut.start()], text[cut.end() : end]):
        yield from _tail(paragraph, start, cut.start())
        start = cut.end()
    first, last = start + len(text[start:end]) - len(text[start:end].lstrip()), len(text[:end].rstrip())
    if last > first:
        yield Cell(paragraph.printed(first, last), paragraph.locate(first, last), text[first:last])


def _is_cut(text: str, tail: str) -> bool:
    """Whether the last word behind a single space is a cell of its own."""
    return _counts(tail) or _is_header(f"{text} {tail}") or (_holds_number(tail) and _is_known(text))


def _holds_number(text: str) -> bool:
    return has_digit(Cell(text, "", text)) and holds_number(text)


def _is_header(text: str) -> bool:
    """Whether single spaces part several headers: 序号 指标 单位 统计数."""
    return not _is_known(text) and sum(map(_is_known, text.split())) >= _HEADERS


def _counts(text: str) -> bool:
    cell = Cell(text, "", text)
    is_number_alone = has_digit(cell) and (not is_words(cell) or is_number(text))
    return is_unit(cell) or is_mark(cell) or is_number_alone


def _plain(paragraph: Paragraph) -> str:
    return paragraph.plain or paragraph.text


@cache
def _ends_in_value() -> re.Pattern[str]:
    """Matches a line whose last word may be a number, with its unit, or a mark that stands for none."""
    return re.compile(rf"(?:\d|{'|'.join(map(re.escape, sorted(marks())))})\D{{0,4}}$")


@lru_cache(1 << 16)
def _is_known(text: str) -> bool:
    """Whether a text is a wording of any form."""
    return len(text) <= _LONGEST and any(key in vocabulary() for key in label(text).keys if len(key) > 1)
