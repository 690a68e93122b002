"""The tables of a report's page: an empty block of a form and the cells of a report in, a table out.

A form has two hundred places and a run hundreds of pages: a block is rendered once, its places are filled as strings.
"""

from collections.abc import Mapping, Sequence, Set
from functools import cache, lru_cache

from markupsafe import Markup, escape

from flows.decided import by
from flows.site.drawn import Block, Place, Record
from flows.site.render import number, render
from flows.texts import label

SLOT = "\x00"


def table(block: Block, places: Mapping[Place, Sequence[Record]], linked: Set[int]) -> Markup:
    """A block with a report's cells in their places; the marks in `linked` have a line of the source to lead to."""
    frame = _frame(block)
    wanted = (place for line in block.lines for place in line.places if place is not None)
    cells = [
        f'<td class="n{classes(own)}">{values(own, linked)}</td>' for own in (places.get(place, ()) for place in wanted)
    ]
    return Markup("".join(part for pair in zip(frame, [*cells, ""], strict=True) for part in pair))


@cache
def _frame(block: Block) -> tuple[str, ...]:
    return tuple(render("block.html.j2", block=block, slot=SLOT).split(SLOT))


def classes(cells: Sequence[Record]) -> str:
    """The classes of a place: the states of its cells, and whether a finding is about one of them."""
    states = "".join(f" {escape(cell['state'])}" for cell in cells)
    wrong = [cell for cell in cells if cell["findings"]]
    return states + (f" wrong {'hard' if any(cell['hard'] for cell in wrong) else 'mild'}" if wrong else "")


def values(cells: Sequence[Record], linked: Set[int]) -> Markup:
    """The cells of a place as printed, each with its findings and, where there is more to say, its state."""
    return Markup("<br>".join(_value(cell, cell["mark"] in linked) for cell in cells))


def _value(cell: Record, leads: bool) -> str:
    mark, printed = cell["mark"], escape(cell["printed"])
    attributes = f'class="v" id="c{mark}" title="{escape(cell["metric"])} {escape(cell["locator"])}"'
    if cell["given"] is not None:
        printed = Markup("<s>{}</s>").format(printed)
    shown = f'<a {attributes} href="#s{mark}">{printed}</a>' if leads else f"<span {attributes}>{printed}</span>"
    told = "".join(f'<sup><a class="no" href="#f{finding}">{finding}</a></sup>' for finding in cell["findings"])
    given = "" if cell["given"] is None else _given(cell["given"])
    return shown + given + told + ("" if cell["state"] == "reported" else _state(cell["state"], cell["value"]))


def _given(decision: Record) -> str:
    """What a person has put in the place of the printed number."""
    return f' <b class="given" title="{escape(by(decision).zh)}">{number(decision["value"])}</b>'


@lru_cache
def _state(state: str, value: float | None) -> str:
    return f"<small>{escape(label('state', state).zh)} {number(value)}</small>"
