"""A flattened table's cells, cleared of what is neither label nor value: ordinals, page marks, labels in pieces."""

from collections.abc import Iterable, Iterator, Sequence

from transforms.model import Cell, Table
from transforms.recognise.index import Index
from transforms.recognise.walk import joined, key_of
from transforms.values import has_digit, is_blank, is_page_mark, is_value, is_words

_PIECES = 14  # a vertical label, one hanzi a line
_NUMBERED = 5  # rows whose numbers count up

Ended = tuple[Cell, bool]


def cells(table: Table, index: Index) -> Iterator[Ended]:
    """The cells in printed order, each with whether a printed row ends with it."""
    kept = [row for row in (_without_page_marks(row) for row in table.rows) if row]
    flat = [(cell, place == len(row) - 1) for row in kept for place, cell in enumerate(row)]
    return _whole_labels(_without_ordinals(flat), index)


def _without_page_marks(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if not is_page_mark(cell)]


def _without_ordinals(flat: list[Ended]) -> list[Ended]:
    """The cells without the numbers that stand before the labels, if most of those count up from row to row."""
    before = [place for place in range(len(flat) - 1) if _is_ordinal(flat[place][0]) and is_words(flat[place + 1][0])]
    chain = _counting_up([(place, int(flat[place][0].plain)) for place in before])
    is_column = len(chain) >= _NUMBERED and 2 * len(chain) >= len(before)
    padded = {place for place in before if flat[place][0].plain.strip()[0] == "0" != flat[place][0].plain.strip()}
    dropped = padded | (set(chain) if is_column else set())
    return [item for place, item in enumerate(flat) if place not in dropped]


def _counting_up(numbers: list[tuple[int, int]]) -> list[int]:
    """The places of the longest run of numbers that grow by one, or by two where one is missing."""
    best: dict[int, list[int]] = {}
    for place, number in numbers:
        longest = max(best.get(number - 1, []), best.get(number - 2, []), key=len)
        if len(longest) >= len(best.get(number, [])):
            best[number] = [*longest, place]
    return max(best.values(), key=len, default=[])


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


def is_deduplicated(flat: Iterable[Cell], labels: int) -> bool:
    """Whether lines printed before were dropped (A10): fewer numbers than labels, and no number twice."""
    numbers = [cell.plain.strip() for cell in flat if is_value(cell) and has_digit(cell) and not is_blank(cell)]
    return labels > _NUMBERED and 0 < len(numbers) < labels and len(set(numbers)) == len(numbers)
