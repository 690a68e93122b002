"""A sheet named for last year was published for this one: the name on its tab is the caption of its table."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from transforms.model import Table
from transforms.read.xlsx import read_xlsx


def kinds(rows: int, *names: str) -> list[str]:
    """What is read of a workbook with sheets of these names and so many rows."""
    book = Workbook()
    book.remove(book.active)
    for name in names:
        sheet = book.create_sheet(name)
        for row in range(rows):
            sheet.append(["a", row] if rows > 1 else ["a"])
    target = BytesIO()
    book.save(target)
    return ["table" if isinstance(block, Table) else block.text for block in read_xlsx(target.getvalue()).blocks]


@pytest.mark.parametrize(
    ("rows", "names", "expected"),
    [
        (3, ["2021\u5e74\u8868", "b"], ["2021\u5e74\u8868", "table", "b", "table"]),
        (1, ["2021\u5e74\u8868"], ["a"]),
        (3, ["Sheet2021", "b"], ["table", "table"]),
    ],
)
def test_the_name_of_a_year_stands_above_its_table(rows: int, names: list[str], expected: list[str]) -> None:
    assert kinds(rows, *names) == expected
