"""A flattened table's cells, cleared of what is neither label nor value: ordinals, page marks, labels in pieces."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from transforms.model import Cell, Table
from transforms.recognise.index import Index
from transforms.recognise.walk import joined, key_of
from transforms.values import is_blank, is_page_mark, is_value, is_words

_PIECES = 14  # a vertical label, one hanzi a line
_NUMBERED = 5  # rows of a sheet whose numbers count up
_NUMBERED_TABLE = 15  # the same in a table whose rows bear no numbers as a rule

Ended = tuple[Cell, bool]


def cells(table: Table, index: Index) -> Iterator[Ended]:
    """The cells in printed order, each with whether a printed row ends with it."""
    kept = [row for row in (_without_page_marks(row) for row in table.rows) if row]
    if table.order != "stream":
        kept = [row[1:] if len(row) > 1 and _is_ordinal(row[0]) and is_words(row[1]) else row for row in kept]
    flat = [(cell, place == len(row) - 1) for row in kept for place, cell in enumerate(row)]
    sheet = any(declared.beside for declared in index.form.tables)
    return _whole_labels(_without_ordinals(flat, _NUMBERED if sheet else _NUMBERED_TABLE), index)


def _without_page_marks(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if not is_page_mark(cell)]


def _without_ordinals(flat: list[Ended], least: int) -> list[Ended]:
    """The cells without the numbers that stand before the labels, if those count up from row to row.

    Most of the numbers before labels must be in it, and most steps be by one: growing values do not count.
    """
    before = [place for place in range(len(flat) - 1) if _is_ordinal(flat[place][0]) and is_words(flat[place + 1][0])]
    chain = _growing([(place, int(flat[place][0].plain)) for place in before])
    numbers = [int(flat[place][0].plain) for place in chain]
    by_one = sum(after - number == 1 for number, after in pairwise(numbers))
    if len(chain) < least or 2 * len(chain) < len(before) or 3 * by_one < 2 * len(chain):
        chain = []
    padded = {place for place in before if flat[place][0].plain.strip() != str(int(flat[place][0].plain))}
    dropped = padded | set(chain)
    return [item for place, item in enumerate(flat) if place not in dropped]


def _growing(numbers: list[tuple[int, int]]) -> list[int]:
    """The places of the longest run of numbers each of which is greater than the one before."""
    ends: list[int] = []
    chains: list[tuple[int, tuple[Any, ...]]] = []
    for place, number in numbers:
        at = bisect_left(ends, number)
        chain = (place, chains[at - 1] if at else ())
        ends[at : at + 1] = [number]
        chains[at : at + 1] = [chain]
    found = []
    link: tuple[Any, ...] = chains[-1] if chains else ()
    while link:
        found.append(link[0])
        link = link[1]
    return found[::-1]


def _is_ordinal(cell: Cell) -> bool:
    text = cell.plain.strip()
    return text.isdecimal() and len(text) <= 3


def _whole_labels(flat: Iterable[Ended], index: Index) -> Iterator[Ended]:
    """Runs of words in which no label of the form is left in pieces, if putting pieces together makes one."""
    run: list[Ended] = []
    for item in flat:
        if is_words(item[0]):
            run.append(item)
            continue
        yield from _mended(run, index)
        run = []
        yield item
    yield from _mended(run, index)


def _mended(run: list[Ended], index: Index) -> Iterator[Ended]:
    known = [index.knows(cell.plain) for cell, _ in run]
    place = 0
    while place < len(run):
        count = 1 if all(known[place : place + 2]) else _pieces(run[place : place + _PIECES], index)
        cell, ends = joined([cell for cell, _ in run[place : place + count]]), run[place + count - 1][1]
        if count > 1 or known[place] or len(key_of(cell)) > 1:
            yield cell, ends
        place += count


def _pieces(run: list[Ended], index: Index) -> int:
    """How many of the next cells make one label; 1 when none do."""
    texts = [cell for cell, _ in run]
    return next((count for count in range(len(run), 1, -1) if index.knows(joined(texts[:count]).plain)), 1)


def is_deduplicated(flat: Iterable[Cell], labels: int, slots: int) -> bool:
    """Whether lines printed before were dropped (A10): far fewer numbers than the rows have cells, and none twice."""
    values = [cell.plain.strip() for cell in flat if is_value(cell) and not is_blank(cell)]
    few = 0 < sum(any(map(str.isdigit, value)) for value in values) < max(labels, slots / 2)
    return labels > _NUMBERED and few and len(set(values)) == len(values)
