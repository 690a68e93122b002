"""What walking through one printed table by the labels of one form brings to light, whatever the table's order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from transforms.forms import FormTable, Row
from transforms.model import Cell, Loose, Placed
from transforms.recognise.index import Index, Rows
from transforms.recognise.labels import label


class Left(NamedTuple):
    """A number that no declared cell claims; `label` is the unknown row label that it stands behind, if it does."""

    section: str
    cell: Cell
    label: Cell | None = None


@dataclass(slots=True)
class Found:
    """What was found for one section in one printed table."""

    placed: list[Placed] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    rows: set[str] = field(default_factory=set)
    headers: set[str] = field(default_factory=set)

    def weight(self) -> int:
        """How much of the table the labels explain: declared cells and rows, each counted once."""
        loose = {row.slots: min(len(row.cells), len(row.slots)) for row in self.loose}
        return 2 * len({item.slot for item in self.placed}) + sum(loose.values()) + len(self.rows)


@dataclass(slots=True)
class Walk:
    """Findings by section, unclaimed numbers, and the labels met last, by which rows of one name are told apart."""

    index: Index
    found: dict[str, Found] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    current: str = ""
    met: list[str] = field(default_factory=list)

    def section(self, name: str) -> Found:
        """The findings of a section, begun when first asked for."""
        self.current = name
        return self.found.setdefault(name, Found())

    def row(self, text: str) -> tuple[FormTable, Row] | None:
        """The row that a label names where it stands: of rows with one name, the one whose heading came last."""
        return self.resolved(self.index.row(text))

    def resolved(self, rows: Rows) -> tuple[FormTable, Row] | None:
        """The one of these rows that can stand here."""
        if len(rows) < 2:
            return next(iter(rows), None)
        for heading in reversed(self.met):
            under = [(table, row) for table, row in rows if heading in row.under]
            if under:
                return under[0] if len(under) == 1 else None
        return None

    def meet(self, name: str) -> None:
        """Remembers the first spelling of a row, or a caption, that was passed."""
        self.met.append(name)

    def leave(self, cells: Sequence[Cell], unknown: Cell | None = None) -> None:
        """Numbers that no declared cell claims; behind an unknown label no heading is trusted any more."""
        self.left.extend(Left(self.current, cell, unknown) for cell in cells)
        if unknown is not None:
            self.met.clear()


def with_unit(placed: Sequence[Placed], unit: str, headers: dict[str, str]) -> list[Placed]:
    """The placed cells with the unit printed beside them, in their row label or in their column header."""
    if not unit and not any(headers.values()):
        return list(placed)
    return [item._replace(unit=unit or headers.get(item.slot.column, "")) for item in placed]


def joined(cells: Sequence[Cell]) -> Cell:
    """Fragments of one label as one cell."""
    if len(cells) == 1:
        return cells[0]
    return Cell("".join(cell.text for cell in cells), cells[0].at, "".join(cell.plain for cell in cells))


def key_of(cell: Cell) -> str:
    """The hanzi of a printed label."""
    return label(cell.plain).key
