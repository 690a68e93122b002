"""The unit that a table's numbers are said to be in once for all: above it, in one of its rows, in the note below it.

In: a normalised document and its layouts. Out: the layouts, every placed cell with that unit too; of two that differ a
number is in neither.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from transforms.forms import metrics
from transforms.model import Block, Document, Layout, Placed, Table
from transforms.units import BETWEEN, is_money, stated_units, unit_among
from transforms.values import is_value, label_words

_NEAR = 3  # lines above or below a table that can speak of it
_LONGEST = 60


class _Said(NamedTuple):
    """Units of all numbers of a table: of money, and of things."""

    money: str
    things: str


def with_units(document: Document, layouts: Sequence[Layout]) -> list[Layout]:
    """The layouts, where a table says a unit for all its numbers with that unit."""
    printed = {layout.at for layout in layouts}
    places = {block.at: place for place, block in enumerate(document.blocks) if block.at in printed}
    said = {at: _said(document.blocks, place) for at, place in places.items()}
    return [_with_unit(layout, said[layout.at]) if any(said.get(layout.at, ())) else layout for layout in layouts]


def _with_unit(layout: Layout, said: _Said) -> Layout:
    return replace(layout, placed=tuple(_stated(item, said) for item in layout.placed))


def _stated(item: Placed, said: _Said) -> Placed:
    money = is_money(metrics()[item.slot.metric].unit)
    units = dict.fromkeys(filter(None, (item.unit, said.money if money else said.things)))
    return item._replace(unit=BETWEEN.join(units))


def _said(blocks: Sequence[Block], place: int) -> _Said:
    """What is said near the table at this place and in it."""
    units = dict.fromkeys(unit for text in _texts(blocks, place) for unit in _units(text))
    stated = BETWEEN.join([*units, ""]) if units else ""
    return _Said(unit_among(stated, money=True), unit_among(stated, money=False))


def _texts(blocks: Sequence[Block], place: int) -> Iterator[str]:
    table = blocks[place]
    yield from _lines(blocks[max(place - _NEAR, 0) : place][::-1])
    below = list(_lines(blocks[place + 1 : place + 1 + _NEAR]))
    yield from below if below and _note().match(below[0]) else ()
    says = _says().match
    if isinstance(table, Table) and any(map(says, [cell.plain for row in table.rows for cell in row])):
        said = [(row, cell.plain) for row in table.rows for cell in row if says(cell.plain)]
        yield from {text for row, text in said if table.order == "stream" or not any(map(is_value, row))}


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    """The short lines up to the next table."""
    for block in blocks:
        if isinstance(block, Table):
            return
        if len(text := block.plain or block.text) <= _LONGEST:
            yield text


def _units(text: str) -> Iterator[str]:
    """The units that a line says; of a line with two of money each number has its own."""
    for match in _unit_of_all().finditer(text):
        units = stated_units(match["after"] or match["before"] or "")
        many = sum(map(is_money, units)) > 1
        yield from (unit for unit in units if not (many and is_money(unit)))


@cache
def _unit_of_all() -> re.Pattern[str]:
    return re.compile(label_words()["unit_of_all"])


@cache
def _says() -> re.Pattern[str]:
    return re.compile(label_words()["says_unit"])


@cache
def _note() -> re.Pattern[str]:
    return re.compile(label_words()["note_below"])
