"""XLSX files of whole reports by an independent writer: a report comes in, bytes go out.

Kinds: typed (numbers as numbers, some as 12.0), text (numbers as text), hidden (hidden rows, columns, sheets).
"""

from collections.abc import Mapping, Sequence
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tests.corpus.form import Key
from tests.corpus.grids import Box, Grid, grids, width
from tests.corpus.reports import Report

KINDS = ("typed", "text", "hidden")


def as_xlsx(report: Report, kind: str, shown: Mapping[Key, str] | None = None) -> bytes:
    """The three tables of a report, a sheet each."""
    return book(grids(report.filled.cells, shown), kind)


def book(tables: Sequence[Grid], kind: str, front: Sequence[str] = ()) -> bytes:
    """A workbook with a sheet for each table, after a sheet with the lines of `front` if there are any."""
    target = BytesIO()
    with Workbook(target, {"in_memory": True}) as workbook:
        shape = workbook.add_format({"border": 1})
        if front:
            workbook.add_worksheet("封面").write_column(0, 0, front)
        for number, grid in enumerate(tables):
            fill(workbook.add_worksheet(f"表{number + 2}"), grid, kind, shape)
        if kind == "hidden":
            secret = workbook.add_worksheet("底稿")
            secret.write_row(0, 0, ["规章", 9, 9, 9])
            secret.hide()
    return target.getvalue()


def fill(sheet: Worksheet, grid: Grid, kind: str, shape: Format) -> None:
    """Write one grid; with kind `hidden`, a hidden row above its last one and a hidden column in front."""
    taken: set[tuple[int, int]] = set()
    first = 1 if kind == "hidden" else 0
    for at, boxes in enumerate(grid):
        row = at + 1 if kind == "hidden" and at == len(grid) - 1 else at
        column = first
        for box in boxes:
            while (row, column) in taken:
                column += 1
            taken |= {(row + down, column + right) for down in range(box.rowspan) for right in range(box.colspan)}
            write(sheet, row, column, box, kind, shape)
    if kind == "hidden":
        sheet.write_row(len(grid) - 1, 0, [99] * (width(grid) + 1))
        sheet.set_row(len(grid) - 1, None, None, {"hidden": True})
        sheet.set_column(0, 0, None, None, {"hidden": True})


def write(sheet: Worksheet, row: int, column: int, box: Box, kind: str, shape: Format) -> None:
    """Write one cell, merged if it spans."""
    number = box.key is not None and kind != "text" and box.text.replace(".", "", 1).isdigit()
    value = float(box.text) if number else box.text
    if box.rowspan > 1 or box.colspan > 1:
        sheet.merge_range(row, column, row + box.rowspan - 1, column + box.colspan - 1, value, shape)
    elif value == "":
        sheet.write_blank(row, column, None, shape)
    else:
        sheet.write(row, column, value, shape)
