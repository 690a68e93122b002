"""Each printed number of an office file, led back to where it stands in the file and shown as it is printed there."""

import re
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import pypdfium2
import pytest
from rich.console import Console

from flows import store
from flows.reading import ReportReading, read_one
from flows.spot import Spot, find_spot
from flows.trace import trace
from flows.way import print_way
from tests.corpus import docx, labels, pdf, xlsx
from tests.corpus.grids import grids
from tests.corpus.reports import Report, report
from tests.flows.frames import database, tables
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


def sample(name: str) -> tuple[bytes, ReportReading, list[tuple[Reading, Spot]]]:
    """The bytes, the reading, and every 20th printed number with its spot."""
    data = FILES[name]
    found = read_one(data, name)
    printed = [reading for reading in found.readings if reading.printed]
    spots = [(reading, find_spot(data, found.document, name, reading.locator)) for reading in printed[::20]]
    assert spots
    assert all(spot is not None for _, spot in spots), spots
    return data, found, [(reading, spot) for reading, spot in spots if spot is not None]


@pytest.mark.parametrize("name", FILES)
def test_the_marked_characters_are_the_printed_number(name: str) -> None:
    for reading, spot in sample(name)[2]:
        assert spot.text[spot.start : spot.end].strip() == reading.printed
        assert "\n" not in spot.where.zh + spot.where.en


def test_the_box_on_the_page_holds_the_number() -> None:
    data, _, spots = sample("report.pdf")
    document = pypdfium2.PdfDocument(data)
    for reading, spot in spots:
        page, left, right, bottom, top = map(float, re.findall(r"[\d.]+", spot.where.en))
        text = document[int(page) - 1].get_textpage()
        assert text.get_text_bounded(left + 0.5, bottom, right - 0.5, top).strip() == reading.printed


@pytest.mark.parametrize("name", ["report.docx", "merged.docx"])
def test_the_characters_of_the_part_are_the_number(name: str) -> None:
    data, _, spots = sample(name)
    with zipfile.ZipFile(BytesIO(data)) as package:
        xml = package.read("word/document.xml").decode()
    sure = [(reading, re.search(r"characters (\d+)-(\d+)", spot.where.en)) for reading, spot in spots]
    assert any(found for _, found in sure)
    for reading, found in sure:
        assert found is None or re.sub("<[^>]+>", "", xml[int(found[1]) : int(found[2])]) == reading.printed
    assert all(re.search(r"table \d+, row \d+, column \d+|paragraph \d+", spot.where.en) for _, spot in spots)


@pytest.mark.parametrize("name", ["report.xlsx", "hidden.xlsx"])
def test_the_named_cell_holds_the_number(name: str) -> None:
    data, _, spots = sample(name)
    for reading, spot in spots:
        sheet, cell = re.fullmatch(r"cell 表(\d)!([A-Z]+\d+)", spot.where.en).groups()
        assert cell_text(data, int(sheet) - 1, cell) == reading.printed


def cell_text(data: bytes, sheet: int, cell: str) -> str:
    """What an XLSX of the corpus holds in a cell, found without the reader."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        shared = re.findall(r"<si><t[^>]*>(.*?)</t></si>", package.read("xl/sharedStrings.xml").decode())
        xml = package.read(f"xl/worksheets/sheet{sheet}.xml").decode()
    kind, value = re.search(rf'<c r="{cell}"[^>]*?(t="s")?><v>([^<]*)</v>', xml).groups()
    return shared[int(value)] if kind else value


def test_the_row_of_a_csv_counts_from_one() -> None:
    _, _, spots = sample("report.csv")
    assert spots[0][1].where.en == "row 2, field 3"


@pytest.mark.parametrize("at", ["", "c12-14", "t9/r9/c9", "p99", "nonsense"])
@pytest.mark.parametrize("name", ["report.pdf", "report.docx", "report.xlsx", "report.csv"])
def test_no_place_has_no_spot(name: str, at: str) -> None:
    data = FILES[name]
    assert find_spot(data, read_one(data, name).document, name, at) is None


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
