"""A number was taken as stored where its cell prints another: 50 under `0"万件"`, 12.3456 under `0.0`, 77 under `;;;`.

Crossed out and white numbers counted too, as did results of formulas that the file itself asks to have worked out anew.
"""

from io import BytesIO

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from transforms.model import Document
from transforms.numbers import read_number
from transforms.read.shape import BUILT_IN, printed, shape
from transforms.read.xlsx import read_xlsx


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (50, '0"万件"', "50万件"),
        (5000, '0.00"元"', "5000元"),
        (500, '"约"0"件"', "约500件"),
        (500, '0"余件"', "500余件"),
        (75, '0"%"', "75%"),
        (5, '"-"0', "-5"),
        (5, '0"0"', "50"),
        (5, "[$¥-804]#,##0.00", "¥5"),
        (77, ";;;", ""),
        (0, '0;-0;"-"', "-"),
        (0, "#", ""),
        (0, "0;-0;;@", ""),
        (0, '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
        (0.4, "0", "0"),
        (2.5, "0", "3"),
        (12.3456, "0.0", "12.3"),
        (1234.5, "#,##0.00_);[Red](#,##0.00)", "1234.5"),
        (-1234.5, "#,##0.00_);[Red](#,##0.00)", "-1234.5"),
        (0.125, "0.0%", "12.5%"),
        (7, "[DBNum1][$-804]General", "7"),
        (7, "G/\u901a\u7528\u683c\u5f0f", "7"),
        (7, "", "7"),
    ],
)
def test_a_number_is_printed_as_its_format_says(value: float, code: str, expected: str) -> None:
    assert printed(value, shape(code)) == expected


@pytest.mark.parametrize(
    "code",
    [
        "0\\.0000",
        '0"."0000',
        "0!.0000",
        "0.0, ",
        "#,##0,",
        "[>=1000]0;0",
        "# ?/?",
        "0.0E+00",
        "[h]:mm",
        "yyyy",
        BUILT_IN[12],
    ],
)
def test_what_cannot_be_printed_for_sure_is_no_number(code: str) -> None:
    assert read_number(printed(123456, shape(code))) is None


def test_a_colour_alone_does_not_say_that_a_number_is_below_nought() -> None:
    assert read_number(printed(-3, shape("0;[Red]0"))) is None


def saved(book: Workbook) -> Document:
    target = BytesIO()
    book.save(target)
    return read_xlsx(target.getvalue())


def second(document: Document) -> str:
    return document.blocks[0].rows[0][1].text


def one(value: object, font: Font | None = None, fill: PatternFill | None = None) -> Document:
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["B1"], sheet["C1"] = "a", value, "c"
    if font is not None:
        sheet["B1"].font = font
    if fill is not None:
        sheet["B1"].fill = fill
    return saved(book)


def test_what_is_crossed_out_does_not_count() -> None:
    whole = one(77, Font(strike=True))
    part = one(CellRichText(TextBlock(InlineFont(strike=True), "12"), TextBlock(InlineFont(), "15")))
    assert (second(whole), whole.damage) == ("", ("struck_out:1",))
    assert (second(part), part.damage) == ("15", ("struck_out:1",))
    assert one(77).damage == ()


def test_white_numbers_are_no_numbers_unless_their_cell_is_filled() -> None:
    white = Font(color="FFFFFFFF")
    assert read_number(second(one(77, white))) is None
    assert second(one("b", white)) == "b"
    assert second(one(77, white, PatternFill("solid", fgColor="FF1F4E78"))) == "77"


def test_a_raised_cell_is_a_mark() -> None:
    assert read_number(second(one(77, Font(vertAlign="superscript")))) is None


def test_a_sheet_that_hides_its_noughts_prints_none() -> None:
    book = Workbook()
    sheet = book.active
    sheet.sheet_view.showZeros = False
    sheet["A1"], sheet["B1"], sheet["C1"], sheet["D1"] = "a", 0, 5, -5
    (row,) = saved(book).blocks[0].rows
    assert [cell.text for cell in row] == ["a", "", "5", "-5"]


def formula(value: object) -> str:
    """What a cell with a formula shows; this writer puts a result into the file and asks for all to be worked out."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "a")
        sheet.write_formula("B1", "=C1+D1", None, value)
        sheet.write_row("C1", [2, 3])
    return second(read_xlsx(target.getvalue()))


def test_results_that_are_to_be_worked_out_anew_are_no_numbers() -> None:
    assert read_number(formula(0)) is None
    assert read_number(formula("5")) is None
    assert formula("b") == "b"
