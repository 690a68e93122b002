"""A table that frames an article (a sheet or one great table holds title, sentences and data), the article beside it.

In: a Document as read. Out: the same, with the rows of one cell that hold sentences as paragraphs: before the table
what stands above its data, behind it the rest. What remains of the table, and all locators, are as they were.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from transforms.model import Block, Cell, Document, Paragraph, Table

SENTENCE_END = "。"
_SHORTEST = 15  # characters of a sentence
_LONG = 40  # of one that is no note beside numbers, nor their caption: it shows that an article is framed

Row = tuple[Cell, ...]


def unframed(document: Document) -> Document:
    """The document with its framed articles as paragraphs; the document itself if it has none."""
    if not any(map(is_frame, document.blocks)):
        return document
    return replace(document, blocks=tuple([piece for block in document.blocks for piece in pieces(block)]))


def is_frame(block: Block) -> bool:
    """Whether a block is a table that holds sentences in rows of their own."""
    return isinstance(block, Table) and block.order == "grid" and any(is_prose(row, _LONG) for row in block.rows)


def pieces(block: Block) -> Iterator[Block]:
    """The block, or the paragraphs that its table frames around what is left of it."""
    if not isinstance(block, Table) or not is_frame(block):
        yield block
        return
    rows = block.rows
    above = len(list(takewhile(is_alone, rows)))
    first = through_prose(rows[:above])
    below = len(list(takewhile(is_alone, reversed(rows[above:]))))
    last = len(rows) - below if any(map(is_prose, rows[len(rows) - below :])) else len(rows)
    kept = tuple(row for row in rows[first:last] if not is_prose(row))
    yield from paragraphs(rows[:first])
    if kept:
        yield replace(block, rows=kept)
    yield from paragraphs([row for row in rows[first:last] if is_prose(row)])
    yield from paragraphs(rows[last:])


def through_prose(rows: Sequence[Row]) -> int:
    """How many of the rows it takes to have all that are prose: the headings behind them stand over data."""
    return max((place for place, row in enumerate(rows, 1) if is_prose(row)), default=0)


def is_alone(row: Row) -> bool:
    """Whether one cell at most is filled in a row."""
    return len([at for at, _ in groupby(row, key=lambda cell: cell.at if cell.text.strip() else "") if at]) <= 1


def is_prose(row: Row, least: int = _SHORTEST) -> bool:
    """Whether all that a row prints are sentences in one cell, so many characters of them."""
    text = row[0].text if row else ""
    return SENTENCE_END in text and len(text) >= least and is_alone(row)


def paragraphs(rows: Sequence[Row]) -> Iterator[Paragraph]:
    """The one cell of each row as a paragraph, at the place of the cell; nothing for blank rows."""
    for row in rows:
        cell = next((cell for cell in row if cell.text.strip()), None)
        if cell is not None:
            yield Paragraph(cell.text, cell.at, cell.text)
