"""Tables as text extractors leave them (domain.md §10.A): a grid comes in, lines of one dialect go out.

A1 as trafilatura 1.10 to 1.12 prints: blank cells dropped, their number appended as pipes, none after the last row.
A2 one cell a line, blanks melted into one run of pipes. A3 one cell a line, a line with only a pipe between cells,
blanks kept. A4 one cell a line, blank lines between, no pipes. A5 as A2 after a line with a pipe. A6 a row a line with
pipes on both sides, blanks kept. A7 a row a line, blanks kept. A11 a row a line, cells parted by wide gaps. Lost tables
(A8, A9) are the business of `printers`, what happens to a whole text (A10, A12, A13, A14) of `texts`.
"""

from collections.abc import Callable

from tests.corpus.grids import Grid, Row, width

DIALECTS = ("A1", "A2", "A3", "A7")
MORE = ("A4", "A5", "A6", "A11")
LOSSY = ("A1", "A2", "A4", "A5", "A11")  # where a blank stood is not to be seen any more


def lines(grid: Grid, dialect: str) -> list[str]:
    """The table in this dialect; raises KeyError for an unknown one."""
    return _DIALECTS[dialect](grid)


def lost_pipes(tables: tuple[Grid, ...]) -> int:
    """Length of the run of pipes that trafilatura leaves of tables inside a layout table: every column of every row."""
    return sum(box.colspan for grid in tables for row in grid for box in row)


def _texts(row: Row) -> list[str]:
    return [box.text for box in row if box.text.strip()]


def _a1(grid: Grid) -> list[str]:
    columns = width(grid)
    *body, last = [_texts(row) for row in grid]
    printed = [" | ".join(texts) + " | " + "|" * (columns - len(texts)) for texts in body]
    return [line.rstrip() for line in (*printed, " | ".join(last) + " |")]


def _a2(grid: Grid) -> list[str]:
    return [line for row in grid for line in _a2_row(row)]


def _a2_row(row: Row) -> list[str]:
    blanks = len(row) - len(_texts(row))
    return [f"{text} |" for text in _texts(row)] + (["|" * blanks] if blanks else [])


def _a3(grid: Grid) -> list[str]:
    return [line for row in grid for box in row for line in ([box.text, "|"] if box.text.strip() else ["|"])]


def _a4(grid: Grid) -> list[str]:
    return [line for row in grid for text in _texts(row) for line in (text, "")]


def _a5(grid: Grid) -> list[str]:
    return [line for row in grid for line in ("|", *_a5_row(row))]


def _a5_row(row: Row) -> list[str]:
    lines = [f"{text} |" for text in _texts(row)]
    return [*lines[:-1], lines[-1] + " |" * (len(row) - len(lines))] if lines else []


def _a6(grid: Grid) -> list[str]:
    return ["| " + " | ".join(box.text for box in row) + " |" for row in grid]


def _a11(grid: Grid) -> list[str]:
    return ["      ".join(_texts(row)) for row in grid]


def _a7(grid: Grid) -> list[str]:
    return [" | ".join(box.text for box in row).rstrip() + " |" for row in grid]


_DIALECTS: dict[str, Callable[[Grid], list[str]]] = {
    "A1": _a1,
    "A2": _a2,
    "A3": _a3,
    "A4": _a4,
    "A5": _a5,
    "A6": _a6,
    "A7": _a7,
    "A11": _a11,
}
