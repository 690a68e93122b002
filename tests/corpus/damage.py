"""What happens to a table on its way: a paper comes in, the same paper with one table damaged goes out.

Each damage changes what is printed and nothing else, so that `papers.truth` reads the new truth off the new grid. Only
swapped cells are another truth: what stands in a cell is what the report says.
"""

from dataclasses import replace

from tests.corpus.grids import Box, width
from tests.corpus.hands import EMPTY
from tests.corpus.papers import Drawn
from tests.corpus.pdf import placed

MARKS = [text for text, state in EMPTY.items() if state == "mark"]


def damaged(paper, kind, rng):
    """The paper with this damage in one of its tables, and the section that it struck."""
    places = [at for at, block in enumerate(paper.blocks) if isinstance(block, Drawn)]
    at = rng.choice(places)
    struck = paper.blocks[at]
    if kind == "swapped cells":
        return _swapped(paper, at, rng), struck.section
    drawn = [replace(struck, grid=grid) for grid in KINDS[kind](struck.grid, rng) if grid]
    return replace(paper, blocks=(*paper.blocks[:at], *drawn, *paper.blocks[at + 1 :])), struck.section


def _blank(grid, rng):
    return (_reprinted(grid, rng.uniform(0.05, 0.9), lambda text: "", rng),)


def _stroke(grid, rng):
    mark = rng.choice(MARKS)
    return (_reprinted(grid, rng.uniform(0.05, 0.9), lambda text: mark, rng),)


def _comma(grid, rng):
    mark = rng.choice(",，'")
    return (_reprinted(grid, 1, lambda text: _grouped(text, mark), rng),)


def _split(grid, rng):
    """A space or a line break between two digits of every number that has two."""
    gap = rng.choice((" ", "\u3000", "\n"))
    return (_reprinted(grid, 1, lambda text: _parted(text, gap, rng), rng),)


def _missing_row(grid, rng):
    return (_without_row(grid, rng.choice(_valued(grid))),)


def _extra_row(grid, rng):
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


def _narrow(grid, rng):
    """The last column is lost: in the rows of values alone, or in the header too."""
    whole = rng.random() < 0.5
    return (tuple(row[:-1] if len(row) > 1 and (row[-1].key or whole) else row for row in grid),)


def _cut(grid, rng):
    return (_clipped(grid[: rng.randrange(2, len(grid))]),)


def _torn(grid, rng):
    """A page ends within a row: the rest of its label opens the table of the next page, its numbers stay behind."""
    at = rng.choice(_valued(grid))
    label = next((box for box in reversed(grid[at]) if box.key is None), Box(""))
    half = len(label.text) // 2
    top = tuple(replace(box, text=box.text[:half]) if box is label else box for box in grid[at])
    rest = replace(label, text=label.text[half:], rowspan=1)
    own = [(column, rest) for box, row, column in placed(grid) if row == at and box is label]
    return _clipped((*grid[:at], top)), _clipped((_filled(own, width(grid)), *_below(grid, at + 1)))


def _below(grid, at):
    """The rows from `at` on; what labels above would have filled stays blank, a box a row."""
    rest = [(box, row, column) for box, row, column in placed(grid) if row >= at]
    for number in range(at, len(grid)):
        own = [(column, box) for box, row, column in rest if row == number]
        over = [(column, box) for box, row, column in rest if row < number < row + box.rowspan]
        yield _filled(own, width(grid), over)


def _filled(own, columns, over=()):
    """The boxes at their columns, with blank ones wherever no box of this row or of those above reaches."""
    taken = {at for column, box in (*own, *over) for at in range(column, column + box.colspan)}
    blanks = [(at, Box("")) for at in range(columns) if at not in taken]
    return tuple(box for _, box in sorted([*own, *blanks], key=lambda item: item[0]))


def _twice(grid, rng):
    return grid, grid


def _twice_unlike(grid, rng):
    """The copy differs in one number."""
    row = rng.choice(_valued(grid))
    column = rng.choice([at for at, box in enumerate(grid[row]) if box.key is not None])
    box = replace(grid[row][column], text=str(rng.randint(100_000, 999_999)))
    changed = (*grid[row][:column], box, *grid[row][column + 1 :])
    return grid, (*grid[:row], changed, *grid[row + 1 :])


def _swapped(paper, at, rng):
    """Two different numbers of the table change places."""
    struck = paper.blocks[at]
    boxes = [box for row in struck.grid for box in row if box.key is not None]
    texts = sorted({box.text for box in boxes})
    if len(texts) < 2:
        return paper
    one, other = (rng.choice([box for box in boxes if box.text == text]) for text in rng.sample(texts, 2))
    if one.key[0].endswith(("_amount", "_change")) or other.key[0].endswith(("_amount", "_change")):
        return paper
    trade = {one.key: other, other.key: one}
    grid = tuple(tuple(replace(b, text=trade[b.key].text) if b.key in trade else b for b in row) for row in struck.grid)
    named = {section.name: section for section in paper.sections}
    named[struck.section] = _traded(named[struck.section], one.key, other.key)
    blocks = (*paper.blocks[:at], replace(struck, grid=grid), *paper.blocks[at + 1 :])
    return replace(paper, blocks=blocks, sections=tuple(named.values()))


def _traded(section, one, other):
    cells = section.cells
    return replace(section, cells={**cells, one: cells[other], other: cells[one]})


def _reprinted(grid, share, change, rng):
    return tuple(
        tuple(replace(b, text=change(b.text)) if b.key is not None and rng.random() < share else b for b in row)
        for row in grid
    )


def _grouped(text, mark):
    return f"{int(text):,}".replace(",", mark) if text.isascii() and text.isdigit() else text


def _parted(text, gap, rng):
    if not (text.isascii() and text.isdigit() and len(text) > 1):
        return text
    at = rng.randrange(1, len(text))
    return text[:at] + gap + text[at:]


def _valued(grid):
    return [at for at, row in enumerate(grid) if any(box.key is not None for box in row)]


def _without_row(grid, at):
    """The grid without a row: labels that span more rows than this move on to the next, those above shrink."""
    moving = [replace(box, rowspan=box.rowspan - 1) for box in grid[at] if box.rowspan > 1]
    rows = [_shrunk(row, number, at) for number, row in enumerate(grid) if number != at]
    if moving and at < len(rows):
        rows[at] = (*moving, *rows[at])
    return tuple(rows)


def _shrunk(row, number, at):
    return tuple(replace(b, rowspan=b.rowspan - 1) if number < at < number + b.rowspan else b for b in row)


def _spanning(grid, at, extra):
    """The grid with a row put in before row `at`: labels that span that place grow by one."""
    rows = [tuple(_grown(box, number, at) for box in row) for number, row in enumerate(grid)]
    return (*rows[:at], extra, *rows[at:])


def _grown(box, number, at):
    spans = box.rowspan > 1 and number < at <= number + box.rowspan
    return replace(box, rowspan=box.rowspan + 1) if spans else box


def _clipped(grid):
    """No label spans further than the last row."""
    return tuple(
        tuple(replace(box, rowspan=min(box.rowspan, len(grid) - at)) for box in row) for at, row in enumerate(grid)
    )


KINDS = {
    "blank": _blank,
    "/": _stroke,
    "comma": _comma,
    "split digits": _split,
    "missing row": _missing_row,
    "extra row": _extra_row,
    "swapped cells": _swapped,
    "lost last column": _narrow,
    "cut table": _cut,
    "page break in a cell": _torn,
    "duplicated table": _twice,
    "duplicated table, unlike": _twice_unlike,
}
