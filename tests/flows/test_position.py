"""Each printed number of an office file, led back to where it stands in the file and shown as it is printed there."""

import re
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import pypdfium2
import pytest
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from flows import store
from flows.position import Position, positions, words
from flows.reading import read_one
from flows.report import write_site
from flows.site.excerpt import Line, excerpt
from flows.trace import trace
from flows.way import print_way
from tests.corpus import docx, labels, pdf, xlsx
from tests.corpus.grids import grids
from tests.corpus.reports import Report, report
from tests.flows.frames import database, frame, tables
from tests.flows.reports import checked
from transforms.model import Reading

REPORT = report(7)


def as_pdf(printed: Report) -> bytes:
    """A whole report: title, preamble, headings with their sentences, tables below theirs."""
    official = grids(printed.filled.cells)
    blocks: list[pdf.Block] = [printed.title, printed.narrative.preamble.text]
    for at, heading in enumerate(labels.HEADINGS):
        blocks += [heading, *(said.text for said in printed.narrative.sections[at])]
        blocks += official[at - 1 : at] if 1 <= at <= 3 else ()
    return pdf.as_pdf(blocks)


def as_csv() -> bytes:
    """Some rows of the sheet of 2014."""
    rows = [
        ("政府信息公开情况统计表（2016年度）统计指标", "单位", "统计数"),
        ("（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", "61"),
        ("（一）收到申请数", "件", "6"),
        ("1.当面申请数", "件", "2"),
        ("2.传真申请数", "件", "0"),
        ("3.网络申请数", "件", "3"),
        ("4.信函申请数", "件", "1"),
    ]
    return "\n".join(",".join(row) for row in rows).encode()


FILES = {
    "report.pdf": as_pdf(REPORT),
    "report.docx": docx.as_docx(REPORT, "plain"),
    "merged.docx": docx.as_docx(REPORT, docx.KINDS[-1]),
    "report.xlsx": xlsx.as_xlsx(REPORT, "text"),
    "hidden.xlsx": xlsx.as_xlsx(REPORT, "hidden"),
    "report.csv": as_csv(),
}


def sample(name: str) -> list[tuple[Reading, Position, Line]]:
    """Every 20th printed number with its position and its line."""
    data = FILES[name]
    found, find = read_one(data, name), positions(data, name)
    printed = [reading for reading in found.readings if reading.printed][::20]
    assert printed
    return [(each, find(each.locator), excerpt(found.document, {1: each.locator})[0]) for each in printed]


def said(position: Position) -> str:
    return ", ".join(each.en for each in words(position))


@pytest.mark.parametrize("name", FILES)
def test_the_marked_characters_are_the_printed_number(name: str) -> None:
    for reading, position, line in sample(name):
        assert [piece.text.strip() for piece in line.pieces if piece.marks] == [reading.printed]
        assert said(position) and "\n" not in said(position)


def test_the_box_on_the_page_holds_the_number() -> None:
    document = pypdfium2.PdfDocument(FILES["report.pdf"])
    for reading, position, _ in sample("report.pdf"):
        left, bottom, right, top = position.box
        text = document[position.page - 1].get_textpage()
        assert text.get_text_bounded(left + 0.5, bottom, right - 0.5, top).strip() == reading.printed


@pytest.mark.parametrize("name", ["report.docx", "merged.docx"])
def test_the_characters_of_the_part_are_the_number(name: str) -> None:
    with zipfile.ZipFile(BytesIO(FILES[name])) as package:
        xml = package.read("word/document.xml").decode()
    found = sample(name)
    assert any(position.characters for _, position, _ in found)
    for reading, position, _ in found:
        start, _, end = position.characters.partition("-")
        assert not end or re.sub("<[^>]+>", "", xml[int(start) : int(end)]) == reading.printed
        assert re.search(r"document.xml, (table \d+, row \d+, column \d+|paragraph \d+)", said(position))


@pytest.mark.parametrize("name", ["report.xlsx", "hidden.xlsx"])
def test_the_named_cell_holds_the_number(name: str) -> None:
    for reading, position, _ in sample(name):
        sheet, cell = re.fullmatch(r"cell 表(\d)!([A-Z]+\d+)", said(position)).groups()
        assert cell_text(FILES[name], int(sheet) - 1, cell) == reading.printed


def cell_text(data: bytes, sheet: int, cell: str) -> str:
    """What an XLSX of the corpus holds in a cell, found without the reader."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        shared = re.findall(r"<si><t[^>]*>(.*?)</t></si>", package.read("xl/sharedStrings.xml").decode())
        xml = package.read(f"xl/worksheets/sheet{sheet}.xml").decode()
    kind, value = re.search(rf'<c r="{cell}"[^>]*?(t="s")?><v>([^<]*)</v>', xml).groups()
    return shared[int(value)] if kind else value


def test_the_row_of_a_csv_counts_from_one() -> None:
    assert said(sample("report.csv")[0][1]) == "table 1, row 2, column 3"


@pytest.mark.parametrize("at", ["", "t9/r9/c9", "p99", "nonsense"])
@pytest.mark.parametrize("name", ["report.pdf", "report.docx", "report.xlsx", "report.csv"])
def test_a_place_that_is_not_there_has_neither_line_nor_page_nor_cell(name: str, at: str) -> None:
    position = positions(FILES[name], name)(at)
    assert excerpt(read_one(FILES[name], name).document, {1: at}) == []
    assert (position.page, position.cell, position.characters, position.line) == (0, "", "", 0)


def test_a_table_as_a_whole_is_named() -> None:
    assert said(positions(FILES["report.csv"], "report.csv")("t1")) == "table 2"


@pytest.mark.parametrize(
    ("name", "told"),
    [("report.pdf", "page "), ("report.docx", "word/document.xml"), ("report.xlsx", "cell 表3!")],
)
def test_trace_shows_the_spot_and_what_is_printed_there(tmp_path: Path, name: str, told: str) -> None:
    found = read_one(FILES[name], name)
    reading = next(item for item in found.readings if item.metric == "requests_new" and item.applicant == "total")
    sha256 = store.keep(tmp_path, FILES[name])
    cell = {
        "report_id": sha256[:16], "section": "requests", "metric": "requests_new", "applicant": "total",
        "origin": reading.origin, "state": "reported", "value": reading.value, "printed": reading.printed,
        "locator": reading.locator,
    }  # fmt: skip
    reports = [{"report_id": sha256[:16], "source": name, "sha256": sha256, "status": "held"}]
    database(tmp_path, tables(quality_reports=reports, quality_cells=[cell]))
    out = Console(file=StringIO(), width=200, markup=False, highlight=False)
    (way,) = trace(tmp_path, name, "requests_new", None, None)
    print_way(way, tmp_path, out)
    shown = out.file.getvalue()
    assert told in shown
    assert "^" in shown and "一、本年新收政府信息公开申请数量 │" in shown


def test_the_page_of_a_report_says_page_and_row_of_what_a_pdf_prints(tmp_path: Path) -> None:
    write_site(
        tmp_path,
        {**checked(tmp_path, {"report.pdf": FILES["report.pdf"]}).tables, "quality.runs": frame("quality.runs")},
    )
    (page,) = (tmp_path / "quality" / "reports").iterdir()
    labels = [node.text() for node in LexborHTMLParser(page.read_text("utf-8")).css(".source .at")]
    assert labels and all(re.fullmatch(r"第 \d+ 页( 第 \d+ 张表第 \d+ 行)?", label) for label in labels)
    assert len(set(labels)) > 20 and labels[0].startswith("第 1 页")
