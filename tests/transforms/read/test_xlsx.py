"""Workbooks give the grid that was typed, numbers as printed; what is hidden or not worked out is no number."""

import time
from collections.abc import Mapping
from datetime import date
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.corpus import printers, xlsx
from tests.corpus.docx import zipped
from tests.corpus.grids import grids
from tests.corpus.reports import Report, report
from tests.corpus.xls import as_xls
from tests.corpus.xlsx import KINDS, as_xlsx
from tests.strategies import reports
from transforms.model import Document, Refusal, Table
from transforms.numbers import read_number
from transforms.read.html import read_html
from transforms.read.shape import UNSURE, printed, shape
from transforms.read.sheet import shown_number
from transforms.read.xlsx import read_xlsx, source_places

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def tables(document: Document) -> list[list[list[str]]]:
    found = [block for block in document.blocks if isinstance(block, Table)]
    return [[[cell.text for cell in row] for row in table.rows] for table in found]


def book(cells: Mapping[str, object], formats: Mapping[str, str] | None = None) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for place, value in cells.items():
            form = workbook.add_format({"num_format": (formats or {}).get(place, "General")})
            sheet.write(place, value, form)
    return target.getvalue()


def test_the_old_format_reads_as_the_new_one() -> None:
    sheets = grids(report(3).filled.cells)
    assert tables(read_xlsx(as_xls(sheets))) == tables(read_xlsx(xlsx.book(sheets, "typed")))


def raw(rows: str, tail: str = "") -> bytes:
    """A workbook with the XML of one sheet."""
    return zipped(
        {
            "xl/workbook.xml": f'<workbook {NAMESPACE} {LINKS}><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                '<Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
            ),
            "xl/worksheets/sheet1.xml": f"<worksheet {NAMESPACE}><sheetData>{rows}</sheetData>{tail}</worksheet>",
        }
    )


@settings(max_examples=25)
@given(reports())
def test_the_same_report_as_a_page_and_as_a_workbook_has_the_same_tables(printed: Report) -> None:
    page = [table for table in tables(read_html(printers.as_html(printed, "plain"))) if len(table) > 2][-3:]
    for kind in KINDS:
        assert tables(read_xlsx(as_xlsx(printed, kind))) == page, kind


def test_values_are_those_of_an_independent_reader() -> None:
    data = as_xlsx(report(8), "typed")
    sheets = CalamineWorkbook.from_filelike(BytesIO(data))
    for name, ours in zip(sheets.sheet_names, tables(read_xlsx(data)), strict=True):
        theirs = sheets.get_sheet_by_name(name).to_python()
        for row, other in zip(ours, theirs, strict=True):
            typed = [(text, value) for text, value in zip(row, other, strict=True) if value != ""]
            assert all(text == (value if isinstance(value, str) else shown_number(value)) for text, value in typed)


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (12.0, "General", "12"),
        (1234.0, "#,##0", "1234"),
        (12, '0"件"', "12件"),
        (0, "General", "0"),
        (1.5, "0.00", "1.5"),
        (0.1 + 0.2, "General", "0.3"),
        (0.125, "0.0%", "12.5%"),
        (12345.6, "#,##0.00_);[Red](#,##0.00)", "12345.6"),
        ("3,001", "@", "3,001"),
        ("０件", "@", "０件"),
        (" 7\n", "@", "7"),
    ],
)
def test_a_value_is_shown(value: object, form: str, expected: str) -> None:
    (table,) = tables(read_xlsx(book({"A1": "a", "B1": value}, {"B1": form})))
    assert table == [["a", expected]]


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (45000, "yyyy-mm-dd"),  # 3/2 typed into a cell becomes a date
        (45000, "m/d"),
        (120000, '0!.0,"万"'),
        (12_000_000, "#,##0,"),
        (12000, "0.0,"),
        (0.5, "# ?/?"),
    ],
)
def test_a_number_whose_shape_shows_other_digits_is_no_number(value: float, form: str) -> None:
    (table,) = tables(read_xlsx(book({"A1": "a", "B1": value}, {"B1": form})))
    assert read_number(table[0][1]) is None


def test_dates_and_formulas_without_result_are_no_numbers() -> None:
    workbook = openpyxl.Workbook()
    for place, value in {"A1": "a", "B1": date(2023, 3, 2), "C1": "=SUM(D1:E1)", "D1": 4, "E1": True}.items():
        workbook.active[place] = value  # type: ignore[index]
    target = BytesIO()
    workbook.save(target)
    ((_, day, formula, four, yes),) = tables(read_xlsx(target.getvalue()))[0]
    assert (read_number(day), formula, four, read_number(yes)) == (None, "=SUM(D1:E1)", "4", None)


def test_rich_text_keeps_raised_digits_apart_and_drops_reading_aids() -> None:
    cell = (
        '<c r="B1" t="inlineStr"><is><r><t>5</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>'
        '<rPh sb="0" eb="1"><t>9</t></rPh></is></c>'
    )
    assert tables(read_xlsx(raw(f'<row r="1"><c r="A1"><v>2</v></c>{cell}</row>'))) == [[["2", "5^1"]]]


def test_a_merge_whose_first_row_is_hidden_still_shows() -> None:
    rows = (
        '<row r="1" hidden="1"><c r="A1"><v>1</v></c><c r="B1"><v>9</v></c></row>'
        '<row r="2"><c r="B2"><v>2</v></c></row><row r="3"><c r="B3"><v>3</v></c></row>'
    )
    data = raw(rows, '<mergeCells><mergeCell ref="A1:A3"/></mergeCells>')
    assert tables(read_xlsx(data)) == [[["1", "2"], ["1", "3"]]]
    assert source_places(data)("t0/r1/c1") == "a!B3"


@settings(max_examples=60)
@given(st.floats(-1e300, 1e300))
def test_a_number_shown_is_that_number(value: float) -> None:
    assert float(shown_number(value)) == pytest.approx(value, rel=1e-14)


def test_places_are_names_of_cells() -> None:
    data = book({"C4": "a", "D4": 1, "C5": "b", "AB5": 2})
    assert source_places(data)("t0/r1/c25") == "Sheet1!AB5"
    for at in ("t0/r2/c0", "t1/r0/c0", "c1-2"):
        with pytest.raises(LookupError):
            source_places(data)(at)


@pytest.mark.parametrize(
    ("code", "sure"),
    [("General", True), ('#,##0"件"', True), ("0_ ", True), ("[Red]-0;0", True), ("yyyy", False), ("0,", False)],
)
def test_formats(code: str, sure: bool) -> None:
    assert printed(12, shape(code)).endswith(UNSURE) is not sure


FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (raw(FAR), "too_many_cells"),
        (raw(("<row>" + "<c><v>1</v></c>" * 10 + "</row>") * 100_000), "too_many_cells"),
        (raw(""), "empty_file"),
        (zipped({"xl/workbook.xml": "<workbook"}), "broken_container"),
    ],
)  # fmt: skip
def test_hostile_and_blank_workbooks_are_refused_in_time(data: bytes, code: str) -> None:
    started = time.process_time()
    with pytest.raises(Refusal) as refused:
        read_xlsx(data)
    assert refused.value.code == code
    assert time.process_time() - started < 10


def test_many_overlapping_merges_are_refused() -> None:
    sheet = '<row r="1"><c r="A1"><v>1</v></c></row><row r="400"><c r="DD400"><v>1</v></c></row>'
    merges = '<mergeCell ref="A1:DD400"/>' * 50_000
    with pytest.raises(Refusal):
        read_xlsx(raw(sheet, f"<mergeCells>{merges}</mergeCells>"))
