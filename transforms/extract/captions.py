"""Tables that say of themselves that they are of another year, of a part of it, or of another body than the report.

In: a normalised document, its layouts, the year of the report. Out: a note that holds the section of each such table.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import takewhile

from transforms.forms import load
from transforms.model import Block, Cell, Document, Layout, Note, Table
from transforms.values import has_digit, is_value
from transforms.years import stated_years

_NEAR = 2  # lines above a table that can be its caption
_LONGEST = 60
_STOPS = "。;:,"
_CODES = {
    "other_time": "table_of_another_time",
    "end_of_year": "table_of_another_time",
    "other_body": "table_of_another_body",
}


def captions(document: Document, layouts: Sequence[Layout], fiscal_year: int | None) -> list[Note]:
    """A note for every layout whose table is said to be of something else."""
    places = {block.at: place for place, block in enumerate(document.blocks) if isinstance(block, Table)}
    notes = []
    for layout in layouts:
        place = places.get(layout.at)
        if place is None:
            continue
        texts = [*above(document.blocks, place), *_heads(document.blocks[place], layout)]
        code, said = _another(texts, fiscal_year, _kinds(document.blocks[place]))
        if code:
            notes.append(Note(code, layout.section, layout.at, said))
    return notes


def _another(texts: Sequence[str], fiscal_year: int | None, kinds: Sequence[str]) -> tuple[str, str]:
    """The code of what the texts say, with the text that says it; empty if they say nothing else than the report."""
    years = {year: text for text in texts for year in stated_years(text)}
    if fiscal_year is not None and years and fiscal_year not in years:
        return "table_of_another_time", next(iter(years.values()))
    for kind in kinds:
        for text in texts:
            if says(kind, text):
                return _CODES[kind], text
    return "", ""


def _kinds(table: Block) -> Sequence[str]:
    """What can be said against a table: a running total at the end of the year is of the whole year."""
    heads = [cell for row in _words_above(table) for cell in row] if isinstance(table, Table) else []
    runs = any(says("running_total", cell.plain) for cell in heads)
    return [kind for kind in _CODES if kind != "end_of_year" or not runs]


def above(blocks: Sequence[Block], place: int) -> Iterator[str]:
    """The lines above a table that can be its caption; tables with no line between them share theirs."""
    while place and isinstance(blocks[place - 1], Table):
        place -= 1
    for block in reversed(blocks[max(place - _NEAR, 0) : place]):
        text = "" if isinstance(block, Table) else (block.plain or block.text).strip()
        if not _is_caption(text):
            return
        yield text


def _is_caption(text: str) -> bool:
    return 0 < len(text) <= _LONGEST and text[-1] not in _STOPS and not says("elsewhere", text)


def _heads(table: Block, layout: Layout) -> Iterator[str]:
    """The words above the numbers of a table: alone in their row, or, in a grid, in the columns of the numbers."""
    if not isinstance(table, Table):
        return
    rows = _words_above(table)
    if table.order == "stream":
        yield from (cell.plain for cell in rows[0][:_NEAR])
    if any(_is_telling(cell) for row in rows for cell in row):
        columns = _columns(table, layout) if table.order == "grid" else set()
        for row in rows:
            printed = {cell.at: cell.plain for cell in row if cell.plain.strip()}
            yield from printed.values() if len(printed) == 1 else {row[at].plain for at in columns if at < len(row)}
            yield from () if columns else filter(stated_years, printed.values())


def lone(table: Block) -> list[str]:
    """The words above the numbers of a table that stand alone in their row."""
    rows = _words_above(table) if isinstance(table, Table) else []
    printed = [{cell.at: cell.plain for cell in row if cell.plain.strip()} for row in rows]
    return [text for cells in printed if len(cells) == 1 for text in cells.values()]


def _words_above(table: Table) -> list[Sequence[Cell]]:
    """The rows above the first number; of a table without rows the cells."""
    if table.order == "stream":
        return [list(takewhile(lambda cell: not _is_number(cell), table.rows[0]))]
    return list(takewhile(lambda row: not any(map(_is_number, row)), table.rows))


def _is_number(cell: Cell) -> bool:
    return is_value(cell) and has_digit(cell)


def _columns(table: Table, layout: Layout) -> set[int]:
    """Where the numbers of a layout stand in its grid."""
    own = {item.cell.at for item in layout.placed}
    return {place for row in table.rows for place, cell in enumerate(row) if cell.at in own}


def _is_telling(cell: Cell) -> bool:
    text = cell.plain
    return bool(stated_years(text)) or says("other_time", text) or says("other_body", text)


@lru_cache(1 << 14)
def says(kind: str, text: str) -> bool:
    """Whether a caption says something of this kind."""
    return _pattern(kind).search(text) is not None


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile(load("lookups/captions.yml")[kind])
