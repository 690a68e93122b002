"""A flattened table's cells, cleared of what is neither label nor value: ordinals, page marks, labels in pieces."""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import pairwise, takewhile
from typing import Any

from transforms.model import Cell, Table
from transforms.recognise.index import Index
from transforms.recognise.strange import holds_number, is_number
from transforms.recognise.walk import joined, key_of
from transforms.values import has_digit, is_blank, is_page_mark, is_value, is_words

_PIECES = 14  # a vertical label, one hanzi a line
_ROW = 12  # cells that a row of a sheet may hold before its number
_NUMBERED = 5  # rows of a sheet whose numbers count up
_NUMBERED_TABLE = 15  # the same in a table whose rows bear no numbers as a rule

Ended = tuple[Cell, bool]


def cells(table: Table, index: Index) -> Iterator[Ended]:
    """The cells in printed order, each with whether a printed row ends with it."""
    flat = _flat(_kept(table))
    sheet = any(declared.beside for declared in index.form.tables)
    padded, chain = _ordinals(flat)
    dropped = {*padded, *(chain if len(chain) >= (_NUMBERED if sheet else _NUMBERED_TABLE) else ())}
    return _whole_labels([item for place, item in enumerate(flat) if place not in dropped], index)


def numbering(table: Table) -> Hashable:
    """What the numbers themselves decide: which are ordinals, and whether none of a stream stands twice."""
    kept = _kept(table)
    padded, chain = _ordinals(_flat(kept))
    values = _values(cell for row in table.rows for cell in row) if table.order == "stream" else []
    return tuple(map(len, kept)), tuple(padded), tuple(chain if len(chain) >= _NUMBERED else ()), _is_once(values)


def _kept(table: Table) -> list[Sequence[Cell]]:
    """The rows without page marks, and without the ordinals that rows begin with."""
    kept = [row for row in (_without_page_marks(row) for row in table.rows) if row]
    if table.order == "stream":
        return kept
    return [row[1:] if len(row) > 1 and _is_ordinal(row[0]) and is_words(row[1]) else row for row in kept]


def _flat(rows: list[Sequence[Cell]]) -> list[Ended]:
    return [(cell, place == len(row) - 1) for row in rows for place, cell in enumerate(row)]


def _without_page_marks(row: Sequence[Cell]) -> Sequence[Cell]:
    return [cell for cell in row if not is_page_mark(cell)]


def _ordinals(flat: list[Ended]) -> tuple[list[int], list[int]]:
    """The places of numbers before labels that are no values: those with a leading nought, and those that count up.

    Most of the numbers before labels must be in a chain, and most steps be by one: growing values do not count.
    """
    steps = enumerate(pairwise(flat))
    before = [
        place
        for place, ((cell, _), (after, _)) in steps
        if is_words(after) and _is_ordinal(cell) and not _is_behind(place, flat)
    ]
    chain = _growing([(place, int(flat[place][0].plain)) for place in before])
    numbers = [int(flat[place][0].plain) for place in chain]
    by_one = sum(after - number == 1 for number, after in pairwise(numbers))
    padded = [place for place in before if flat[place][0].plain.strip() != str(int(flat[place][0].plain))]
    return padded, [] if 2 * len(chain) < len(before) or 3 * by_one < 2 * len(chain) else chain


def _is_behind(place: int, flat: list[Ended]) -> bool:
    """Whether a cell ends a printed row with words and is the only number in it: the label before it is its own."""
    before = takewhile(lambda item: not item[1], reversed(flat[max(place - _ROW, 0) : place]))
    own = [cell for cell, _ in before]
    return flat[place][1] and any(map(is_words, own)) and not any(is_value(cell) and has_digit(cell) for cell in own)


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
        if is_words(item[0]) and not is_number(item[0].plain):
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
        if count > 1 or known[place] or len(key_of(cell)) > 1 or (has_digit(cell) and holds_number(cell.plain)):
            yield cell, ends
        place += count


def _pieces(run: list[Ended], index: Index) -> int:
    """How many of the next cells make one label; 1 when none do."""
    texts = [cell for cell, _ in run]
    return next((count for count in range(len(run), 1, -1) if index.knows(joined(texts[:count]).plain)), 1)


def is_deduplicated(flat: Iterable[Cell], labels: int, slots: int) -> bool:
    """Whether lines printed before were dropped (A10): far fewer numbers than the rows have cells, and none twice.

    Not where words stand twice: a heading printed again would have been dropped with the numbers.
    """
    printed = list(flat)
    values = _values(printed)
    few = 0 < sum(any(map(str.isdigit, value)) for value in values) < max(labels, slots / 2)
    return labels > _NUMBERED and few and _is_once(values) and _is_once([c.text for c in printed if is_words(c)])


def _is_once(texts: Sequence[str]) -> bool:
    return len(set(texts)) == len(texts)


def _values(cells: Iterable[Cell]) -> list[str]:
    return [cell.plain.strip() for cell in cells if is_value(cell) and not is_blank(cell)]
