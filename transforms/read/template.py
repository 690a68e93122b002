"""A grid with holes and the numbers for them in, the rectangle of cells out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from transforms.model import Cell
from transforms.read.grid import Expanded, shared_cell

LOCATED = 1 << 9  # templates in a place of their document whose locators are remembered


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A table without its numbers.

    `texts` and `ats` are those of its distinct cells, `rows` take those of each row out of them; `holes` are pairs of
    the index of a number in the source and that of its cell. `hides`: the source may hide elements.
    """

    texts: tuple[str, ...]
    ats: tuple[str, ...]
    rows: tuple[Callable[[Sequence[Cell]], tuple[Cell, ...]], ...]
    holes: tuple[tuple[int, int], ...]
    ragged: bool
    hides: bool


class Stamped(NamedTuple):
    """A template and the numbers of one table that was printed by it."""

    template: Template
    numbers: Sequence[str]

    def expanded(self, at: str) -> Expanded:
        """The rectangle of the table with this locator."""
        texts = list(self.template.texts)
        for hole, index in self.template.holes:
            texts[index] = self.numbers[hole]
        cells = list(map(shared_cell, texts, located(self.template, at), texts))
        rows = tuple([row(cells) for row in self.template.rows])
        return Expanded(rows, self.template.ragged)


@lru_cache(LOCATED)
def located(template: Template, at: str) -> tuple[str, ...]:
    """The locators of the distinct cells of a template in the table with this locator; what is no cell has none."""
    return tuple(place and at + place for place in template.ats)


def emptied(grid: Expanded, marks: Sequence[str], hides: bool) -> Template | None:
    """The template of a grid expanded at no locator, in which marks stand for the numbers.

    A mark that stands in no cell is in hidden text. None when one stands beside other text: holes are whole cells.
    """
    cells = {id(cell): cell for row in grid.rows for cell in row}
    index = {key: number for number, key in enumerate(cells)}
    where = {cell.text: index[key] for key, cell in cells.items()}
    holes = tuple((hole, where[mark]) for hole, mark in enumerate(marks) if mark in where)
    texts = tuple(cell.text for cell in cells.values())
    if any(mark in text for mark in marks for text in texts if len(mark) < len(text)):
        return None
    rows = tuple(itemgetter(*[index[id(cell)] for cell in row]) for row in grid.rows)  # no table of data has one column
    return Template(texts, tuple(cell.at for cell in cells.values()), rows, holes, grid.ragged, hides)
