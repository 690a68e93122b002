"""What was recognised on scanned pages in, a Document out: words dropped into ruled cells, the others in lines.

What is not sure never reads as a number: a doubtful word, one that lies across two cells, and a cell with ink but no
word carry U+FFFD. The document has the damage `ocr`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from transforms.model import Block, Cell, Document, Paragraph, Refusal, Table

UNSURE = "\ufffd"
GOES_ON = "\x1f"
LEAST_SCORE = 0.8
SNAP = 12  # pixels at 200 dpi; ruling lines nearer than that are one
OWN = 0.3  # of a word's area
ACROSS = 0.35  # of a word's height, which is less than a digit; more than that in a second cell and it is nobody's
LARGEST_TABLE = 5_000


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised line of text, where it stands, and how sure the engine is, from 0 to 1."""

    text: str
    box: Box
    score: float


@dataclass(frozen=True, slots=True)
class Ruled:
    """A cell between ruling lines, and whether there is ink in it."""

    box: Box
    inked: bool


@dataclass(frozen=True, slots=True)
class Scan:
    """A page: its words, and the cells of each of its tables."""

    words: tuple[Word, ...]
    tables: tuple[tuple[Ruled, ...], ...]


def read_scans(scans: Sequence[Scan]) -> Document:
    """The document that the pages make. Raises Refusal `empty_file`, `too_many_cells`."""
    blocks: list[Block] = []
    tables = paragraphs = 0
    for scan in scans:
        for number, piece in enumerate(in_order(scan)):
            last = blocks[-1] if blocks else None
            if isinstance(piece, str):
                blocks.append(Paragraph(piece, f"p{paragraphs}", piece))
                paragraphs += 1
                continue
            table = tabled(piece, scan.words, f"t{tables}")
            if number == 0 and isinstance(last, Table) and len(last.rows[0]) == len(table.rows[0]):
                more = tabled(piece, scan.words, last.at, len(last.rows))
                blocks[-1] = Table(last.rows + more.rows, last.at)
            else:
                blocks.append(table)
                tables += 1
    if not blocks:
        raise Refusal("empty_file")
    text = "\n".join(block.text for block in blocks if isinstance(block, Paragraph))
    return Document(tuple(blocks), text, "scan", damage=("ocr",))


def in_order(scan: Scan) -> Iterator[str | tuple[Ruled, ...]]:
    """The paragraphs outside tables and the tables of a page, from top to bottom."""
    outer = [(hull(table), table) for table in scan.tables]
    loose = [word for word in scan.words if not any(inside(word.box, area) for area, _ in outer)]
    full = max((word.box.right for word in loose), default=0)
    pieces: list[tuple[float, str | tuple[Ruled, ...]]] = [(area.top, table) for area, table in outer]
    pieces += [(line[0].box.top, joined(line, full)) for line in lines(loose)]
    pending = ""
    for _, piece in sorted(pieces, key=lambda item: item[0]):
        if isinstance(piece, str) and piece.endswith(GOES_ON):
            pending += piece.removesuffix(GOES_ON)
        elif isinstance(piece, str):
            yield pending + piece
            pending = ""
        else:
            yield from (pending,) if pending else ()
            pending = ""
            yield piece
    if pending:
        yield pending


def joined(line: Sequence[Word], full: float) -> str:
    """The text of a line, with a mark behind it when it reaches the right margin."""
    last = line[-1].box
    goes_on = full - last.right < 2 * (last.bottom - last.top)
    return " ".join(map(shown, line)) + (GOES_ON if goes_on else "")


def lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words in lines: those whose middle stands within the height of the one before."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda item: item.box.top + item.box.bottom):
        last = found[-1][0].box if found else None
        if last is not None and last.top <= (word.box.top + word.box.bottom) / 2 <= last.bottom:
            found[-1].append(word)
        else:
            found.append([word])
    return [sorted(line, key=lambda word: word.box.left) for line in found]


def shown(word: Word) -> str:
    """The text of a word, marked when the engine is not sure of it."""
    return word.text if word.score >= LEAST_SCORE else word.text + UNSURE


def tabled(cells: Sequence[Ruled], words: Sequence[Word], at: str, first: int = 0) -> Table:
    """The rectangle of a table, its rows counted from `first`; a cell that spans several places is in each of them."""
    across = edges([side for cell in cells for side in (cell.box.left, cell.box.right)])
    down = edges([side for cell in cells for side in (cell.box.top, cell.box.bottom)])
    width, height = len(across) - 1, len(down) - 1
    if width * height > LARGEST_TABLE:
        raise Refusal("too_many_cells", f"{at}: {height} × {width}")
    grid = [[Cell("", f"{at}/r{first + row}/c{column}") for column in range(width)] for row in range(height)]
    for cell in cells:
        left, right = nearest(across, cell.box.left), nearest(across, cell.box.right)
        top, bottom = nearest(down, cell.box.top), nearest(down, cell.box.bottom)
        text = cell_text(cell, cells, words)
        held = Cell(text, f"{at}/r{first + top}/c{left}", text)
        for row in grid[top:bottom]:
            row[left:right] = [held] * (right - left)
    return Table(tuple(map(tuple, grid)), at)


def cell_text(cell: Ruled, cells: Sequence[Ruled], words: Sequence[Word]) -> str:
    """What stands in a cell; ink that was not recognised, and words that lie in two cells, make it unreadable."""
    own = [word for word in words if share(word.box, cell.box) > OWN]
    text = " ".join(shown(word) for line in lines(own) for word in line)
    shared = any(reaches(word.box, other.box) for word in own for other in cells if other is not cell)
    return text + UNSURE if shared or (cell.inked and not text) else text


def reaches(word: Box, cell: Box) -> bool:
    """Whether a digit of a word may lie in a cell."""
    high = word.bottom - word.top
    wide = min(word.right, cell.right) - max(word.left, cell.left)
    return wide > ACROSS * high and min(word.bottom, cell.bottom) - max(word.top, cell.top) > ACROSS * high


def share(word: Box, cell: Box) -> float:
    """The part of a word's area that lies in a cell."""
    wide = min(word.right, cell.right) - max(word.left, cell.left)
    high = min(word.bottom, cell.bottom) - max(word.top, cell.top)
    area = (word.right - word.left) * (word.bottom - word.top)
    return max(wide, 0) * max(high, 0) / area if area > 0 else 0


def edges(sides: Sequence[float]) -> list[float]:
    """The places of ruling lines, those nearer than SNAP taken as one."""
    found: list[float] = []
    for side in sorted(sides):
        if not found or side - found[-1] > SNAP:
            found.append(side)
    return found


def nearest(places: Sequence[float], side: float) -> int:
    """The number of the ruling line next to a side."""
    return min(range(len(places)), key=lambda number: abs(places[number] - side))


def hull(cells: Sequence[Ruled]) -> Box:
    """The rectangle around cells."""
    boxes = [cell.box for cell in cells]
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def inside(box: Box, area: Box) -> bool:
    """Whether the middle of a box lies in an area."""
    across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return area.left <= across <= area.right and area.top <= down <= area.bottom
