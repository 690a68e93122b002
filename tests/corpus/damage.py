"""What happens to a table on its way: a paper comes in, the same paper with one table damaged goes out.

Each damage changes what is printed and nothing else, so that `papers.truth` reads the new truth off the new grid. Only
swapped cells are another truth: what stands in a cell is what the report says.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random

from tests.corpus.fills import Section
from tests.corpus.form import Key
from tests.corpus.grids import Box, Grid, Row, width
from tests.corpus.hands import EMPTY
from tests.corpus.papers import Drawn, Paper
from tests.corpus.pdf import placed

Grids = tuple[Grid, ...]
Placed = Sequence[tuple[int, Box]]
SWAPPED = "swapped cells"
MARKS = [text for text, state in EMPTY.items() if state == "mark"]


def damaged(paper: Paper, kind: str, rng: Random) -> tuple[Paper, str]:
    """The paper with this damage in one of its tables, and the section that it struck."""
    struck = rng.choice([block for block in paper.blocks if isinstance(block, Drawn)])
    at = paper.blocks.index(struck)
    if kind == SWAPPED:
        return _swapped(paper, struck, rng), struck.section
    drawn = [replace(struck, grid=grid) for grid in _GRIDS[kind](struck.grid, rng) if grid]
    return replace(paper, blocks=(*paper.blocks[:at], *drawn, *paper.blocks[at + 1 :])), struck.section


def _blank(grid: Grid, rng: Random) -> Grids:
    return (_reprinted(grid, rng.uniform(0.05, 0.9), lambda text: "", rng),)


def _stroke(grid: Grid, rng: Random) -> Grids:
    mark = rng.choice(MARKS)
    return (_reprinted(grid, rng.uniform(0.05, 0.9), lambda text: mark, rng),)


def _comma(grid: Grid, rng: Random) -> Grids:
    mark = rng.choice(",，'")
    return (_reprinted(grid, 1, lambda text: _grouped(text, mark), rng),)


def _split(grid: Grid, rng: Random) -> Grids:
    """A space or a line break between two digits of every number that has two."""
    gap = rng.choice((" ", "\u3000", "\n"))
    return (_reprinted(grid, 1, lambda text: _parted(text, gap, rng), rng),)


def _missing_row(grid: Grid, rng: Random) -> Grids:
    return (_without_row(grid, rng.choice(_valued(grid))),)


def _extra_row(grid: Grid, rng: Random) -> Grids:
    """A row that no form knows, like one that is there, with numbers of its own; values stand where they would."""
    at = rng.choice(_valued(grid))
    row = [box if box.rowspan == 1 else None for box in grid[at]]
    name = rng.choice(("属于工作秘密", "其中：涉企事项", "9.本级新增情形"))
    kept = [box for box in row if box is not None]
    values = [replace(box, text=str(rng.randint(0, 30)), key=None) for box in kept if box.key is not None]
    labels = [box for box in kept if box.key is None]
    named = [replace(labels[-1], text=name)] if labels else []
    extra = (*labels[:-1], *named, *values)
    return (_spanning(grid, at + 1, extra),)


def _narrow(grid: Grid, rng: Random) -> Grids:
    """The last column is lost: in the rows of values alone, or in the header too, where what spans it shrinks."""
    if rng.random() < 0.5:
        return (tuple(row[:-1] if row[-1].key else row for row in grid),)
    return (tuple(_narrowed(row) for row in grid),)


def _narrowed(row: Row) -> Row:
    *before, last = row
    return (*before, replace(last, colspan=last.colspan - 1)) if last.colspan > 1 else tuple(before)


def _cut(grid: Grid, rng: Random) -> Grids:
    return (_clipped(grid[: rng.randrange(2, len(grid))]),)


def _torn(grid: Grid, rng: Random) -> Grids:
    """A page ends within a row: the rest of its label opens the table of the next page, its numbers stay behind."""
    at = rng.choice(_valued(grid))
    label = next((box for box in reversed(grid[at]) if box.key is None), Box(""))
    half = len(label.text) // 2
    top = tuple(replace(box, text=box.text[:half]) if box is label else box for box in grid[at])
    rest = replace(label, text=label.text[half:], rowspan=1)
    own = [(column, rest) for box, row, column in placed(grid) if row == at and box is label]
    return _clipped((*grid[:at], top)), _clipped((_filled(own, width(grid)), *_below(grid, at + 1)))


def _below(grid: Grid, at: int) -> Iterator[Row]:
    """The rows from `at` on; what labels above would have filled stays blank, a box a row."""
    rest = [(box, row, column) for box, row, column in placed(grid) if row >= at]
    for number in range(at, len(grid)):
        own = [(column, box) for box, row, column in rest if row == number]
        over = [(column, box) for box, row, column in rest if row < number < row + box.rowspan]
        yield _filled(own, width(grid), over)


def _filled(own: Placed, columns: int, over: Placed = ()) -> Row:
    """The boxes at their columns, with blank ones wherever no box of this row or of those above reaches."""
    taken = {at for column, box in (*own, *over) for at in range(column, column + box.colspan)}
    blanks = [(at, Box("")) for at in range(columns) if at not in taken]
    return tuple(box for _, box in sorted([*own, *blanks], key=lambda item: item[0]))


def _twice(grid: Grid, rng: Random) -> Grids:
    return grid, grid


def _twice_unlike(grid: Grid, rng: Random) -> Grids:
    """The copy differs in one number."""
    row = rng.choice(_valued(grid))
    column = rng.choice([at for at, box in enumerate(grid[row]) if box.key is not None])
    box = replace(grid[row][column], text=str(rng.randint(100_000, 999_999)))
    changed = (*grid[row][:column], box, *grid[row][column + 1 :])
    return grid, (*grid[:row], changed, *grid[row + 1 :])


def _swapped(paper: Paper, struck: Drawn, rng: Random) -> Paper:
    """Two different numbers of the table change places; what they count in may not be told apart any more."""
    cells = {box.key: box.text for row in struck.grid for box in row if box.key is not None}
    plain = {key: text for key, text in cells.items() if not key[0].endswith(("_amount", "_change"))}
    texts = sorted(set(plain.values()))
    if len(texts) < 2:
        return paper
    one, other = (rng.choice([key for key in plain if plain[key] == text]) for text in rng.sample(texts, 2))
    trade = {one: plain[other], other: plain[one]}
    rows = (tuple(replace(box, text=trade.get(box.key, box.text)) for box in row) for row in struck.grid)
    blocks = tuple(replace(struck, grid=tuple(rows)) if block is struck else block for block in paper.blocks)
    sections = (_traded(each, one, other) if each.name == struck.section else each for each in paper.sections)
    return replace(paper, blocks=blocks, sections=tuple(sections))


def _traded(section: Section, one: Key, other: Key) -> Section:
    cells = section.cells
    return replace(section, cells={**cells, one: cells[other], other: cells[one]})


def _reprinted(grid: Grid, share: float, change: Callable[[str], str], rng: Random) -> Grid:
    return tuple(
        tuple(replace(b, text=change(b.text)) if b.key is not None and rng.random() < share else b for b in row)
        for row in grid
    )


def _grouped(text: str, mark: str) -> str:
    return f"{int(text):,}".replace(",", mark) if text.isascii() and text.isdigit() else text


def _parted(text: str, gap: str, rng: Random) -> str:
    if not (text.isascii() and text.isdigit() and len(text) > 1):
        return text
    at = rng.randrange(1, len(text))
    return text[:at] + gap + text[at:]


def _valued(grid: Grid) -> list[int]:
    return [at for at, row in enumerate(grid) if any(box.key is not None for box in row)]


def _without_row(grid: Grid, at: int) -> Grid:
    """The grid without a row: labels that span more rows than this move on to the next, those above shrink."""
    moving = [replace(box, rowspan=box.rowspan - 1) for box in grid[at] if box.rowspan > 1]
    rows = [_shrunk(row, number, at) for number, row in enumerate(grid) if number != at]
    if moving and at < len(rows):
        rows[at] = (*moving, *rows[at])
    return tuple(rows)


def _shrunk(row: Row, number: int, at: int) -> Row:
    return tuple(replace(b, rowspan=b.rowspan - 1) if number < at < number + b.rowspan else b for b in row)


def _spanning(grid: Grid, at: int, extra: Row) -> Grid:
    """The grid with a row put in before row `at`: labels that span that place grow by one."""
    rows = [tuple(_grown(box, number, at) for box in row) for number, row in enumerate(grid)]
    return (*rows[:at], extra, *rows[at:])


def _grown(box: Box, number: int, at: int) -> Box:
    spans = box.rowspan > 1 and number < at <= number + box.rowspan
    return replace(box, rowspan=box.rowspan + 1) if spans else box


def _clipped(grid: Grid) -> Grid:
    """No label spans further than the last row."""
    return tuple(
        tuple(replace(box, rowspan=min(box.rowspan, len(grid) - at)) for box in row) for at, row in enumerate(grid)
    )


_GRIDS: dict[str, Callable[[Grid, Random], Grids]] = {
    "blank": _blank,
    "/": _stroke,
    "comma": _comma,
    "split digits": _split,
    "missing row": _missing_row,
    "extra row": _extra_row,
    "lost last column": _narrow,
    "cut table": _cut,
    "page break in a cell": _torn,
    "duplicated table": _twice,
    "duplicated table, unlike": _twice_unlike,
}
KINDS = (*_GRIDS, SWAPPED)
