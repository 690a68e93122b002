"""An XLSX or XLS workbook in, a Document out: each visible sheet a table; numbers as whole numbers where they are.

XLSX is read from its XML: hidden rows, formulas without a result and dates look like blanks or numbers to the usual
readers. XLS comes through calamine, which gives values alone; how they are printed is told by transforms/read/biff.py.
Locators are `t1/r2/c3`; `source_places` turns them into `Sheet1!C7`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import chain

from transforms.model import Document, Refusal, Table
from transforms.read.biff import OldBook, OldSheet, old_book
from transforms.read.compound import refuse_hungry
from transforms.read.html import assemble
from transforms.read.looks import Look, Text
from transforms.read.package import ZIP, opened
from transforms.read.shape import UNSURE, Shape, printed
from transforms.read.sheet import Sheet, Spot, as_items, lone_title, names_tell, place_name
from transforms.read.workbook import workbook

LOCATOR = re.compile(r"t(\d+)/r(\d+)/c(\d+)(?:/\d+-\d+)?")
PANIC = "PanicException"  # of calamine on damaged files; no Exception, and of no module that could be imported


def read_xlsx(data: bytes) -> Document:
    """Read a workbook.

    Raises Refusal: `broken_container`, `encrypted`, `decompression_bomb`, `declares_entities`, `too_deep`,
    `too_many_cells`, `empty_file`.
    """
    found = sheets(data)
    named = names_tell(found)
    blocks, _ = assemble([as_items(sheet, named) for sheet in found])
    if not blocks:
        raise Refusal("empty_file")
    text = "\n".join(getattr(block, "text", "") for block in blocks)
    kind = "xlsx" if data.startswith(ZIP) else "xls"
    struck = sum(sheet.struck for sheet in found)
    damage = (f"struck_out:{struck}",) if struck else ()
    return Document(tuple(blocks), text, kind, metadata=lone_title(found), damage=damage)


def sheets(data: bytes) -> list[Sheet]:
    """The visible sheets of a workbook in order."""
    if not data.startswith(ZIP):
        return list(old_sheets(data))
    with opened(data) as package:
        return list(workbook(package))


def source_places(data: bytes) -> Callable[[str], str]:
    """From a locator to the name of its cell (`Sheet1!C7`); what it gives raises LookupError when there is no such."""
    tabled = [
        sheet for sheet in sheets(data) if any(isinstance(block, Table) for block in assemble(as_items(sheet))[0])
    ]

    def find(at: str) -> str:
        match = LOCATOR.fullmatch(at)
        if match is None:
            raise LookupError(f"{at}: no locator of a workbook")
        table, row, column = map(int, match.groups())
        if table >= len(tabled):
            raise LookupError(f"{at}: no such table")
        return place_name(tabled[table], row, column)

    return find


def old_sheets(data: bytes) -> Iterator[Sheet]:
    """The visible sheets of an XLS file."""
    refuse_hungry(data)
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        book, told = CalamineWorkbook.from_filelike(BytesIO(data)), old_book(data)
        for place, (about, more) in enumerate(zip(book.sheets_metadata, told.sheets, strict=True)):
            if about.visible is SheetVisibleEnum.Visible:
                sheet = book.get_sheet_by_index(place)
                texts = dict(old_cells(sheet.start, sheet.iter_rows(), more, told))
                cells = {spot: text.shown for spot, text in texts.items() if text.shown}
                hidden = frozenset(more.hidden_rows), frozenset(more.hidden_columns)
                struck = sum(text.struck for text in texts.values())
                yield Sheet(about.name, cells, sheet.merged_cell_ranges or (), *hidden, struck)
    except (CalamineError, ValueError) as error:
        raise Refusal("broken_container", str(error)) from error
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise Refusal("broken_container", str(error)) from error


def old_cells(
    start: Spot | None, rows: Iterator[Sequence[object]], sheet: OldSheet, book: OldBook
) -> Iterator[tuple[Spot, Text]]:
    """The filled cells by row and column, counted from the first of the sheet."""
    top, left = start or (0, 0)
    for row, values in enumerate(rows, top):
        for column, value in enumerate(values, left):
            spot = row, column
            if spot in sheet.styles:
                look = book.look(sheet, spot)
                yield spot, look.seen(old_text(value, spot, look, sheet, book))


def old_text(value: object, spot: Spot, look: Look, sheet: OldSheet, book: OldBook) -> Text:
    """What a cell holds, as it is printed; a formula that was never worked out is no number."""
    found = book.marked.get(sheet.texts.get(spot, -1)) or Text(shown(value, look.shape))
    return Text(found.shown + UNSURE, found.struck) if spot in sheet.stale else found


def shown(value: object, how: Shape) -> str:
    """A value as text."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return printed(float(value), how)
    return " ".join(chain.from_iterable(line.split() for line in str(value).splitlines()))
