"""Pages in, blocks in reading order out: each page is sorted into tables and lines, then all are written as one flow.

A table or a paragraph may go on over the page break; page numbers and running lines are left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from transforms.model import Block, Paragraph
from transforms.read.pdf import unruled
from transforms.read.pdf.breaks import Sheet, add, begun, goes_on
from transforms.read.pdf.cells import Band, band, owned_by
from transforms.read.pdf.ink import Page
from transforms.read.pdf.lines import Text, lines
from transforms.read.pdf.prose import Laid, Margins, furniture, laid, margins, paragraphs
from transforms.read.pdf.rulings import lattices
from transforms.read.pdf.tables import table

Places = dict[str, Text]


@dataclass(slots=True)
class Sorted:
    """A page sorted: its tables from above, its other lines, and how many numbers cross a ruling."""

    bands: list[Band]
    rows: list[Laid]
    crossing: int


@dataclass(slots=True)
class Written:
    """A document in the making: its blocks, and what stands at each locator."""

    sides: Margins
    blocks: list[Block] = field(default_factory=list)
    places: Places = field(default_factory=dict)
    paragraphs: int = 0
    tables: int = 0


def sorted_page(page: Page) -> Sorted:
    """The tables of a page and the lines outside them."""
    ruled = lattices(page.across, page.down)
    owned, free, crossing = owned_by(page.glyphs, ruled)
    bands = [band(page.number, item, cells) for item, cells in zip(ruled, owned, strict=True) if cells]
    return Sorted(bands, laid(lines(free)), crossing)


def flow(sheets: Sequence[Sorted]) -> tuple[list[Block], Places]:
    """The blocks of all pages in reading order, and what stands at each locator."""
    dropped = furniture([sheet.rows for sheet in sheets])
    items = [item for sheet in sheets for item in in_order(sheet, dropped)]
    written = Written(margins([item for item in items if isinstance(item, Laid)]))
    pending: list[Laid] = []
    sheet: Sheet | None = None
    for item in (*items, None):
        if isinstance(item, Band) and sheet is not None and goes_on(sheet, item):
            add(sheet, item)
            continue
        if sheet is not None:
            write_table(sheet, written)
            sheet = None
        if isinstance(item, Laid):
            pending.append(item)
            continue
        write_lines(pending, written)
        pending = []
        sheet = begun(item) if item is not None else None
    return written.blocks, written.places


def in_order(page: Sorted, dropped: set[int]) -> Iterator[Laid | Band]:
    """The lines and tables of a page from above."""
    items: list[tuple[float, Laid | Band]] = [(row.base, row) for row in page.rows if id(row) not in dropped]
    items += [(band.lattice.ys[0], band) for band in page.bands]
    return (item for _, item in sorted(items, key=lambda item: item[0]))


def write_table(sheet: Sheet, written: Written) -> None:
    """Write a finished sheet."""
    written.blocks.append(table(sheet, f"t{written.tables}", written.places))
    written.tables += 1


def write_lines(rows: Sequence[Laid], written: Written) -> None:
    """Write the lines between two ruled tables: paragraphs, and tables that have no rulings."""
    for stretch in unruled.stretches(rows):
        if stretch.is_table:
            written.blocks.append(unruled.table(stretch.rows, f"t{written.tables}", written.places))
            written.tables += 1
            continue
        for text in paragraphs(stretch.rows, written.sides):
            at = f"p{written.paragraphs}"
            written.places[at] = text
            written.blocks.append(Paragraph(text.text, at, text.text))
            written.paragraphs += 1
