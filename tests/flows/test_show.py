"""What `gongkai show` prints of a reading made by hand, and of sample files read for real."""

from io import StringIO

import pytest
from rich.console import Console
from typer.testing import CliRunner

from flows import cli
from flows.reading import ReportReading
from flows.show import print_reading
from transforms.model import (
    Cell,
    Document,
    Identification,
    Layout,
    Loose,
    Note,
    Paragraph,
    Placed,
    Reading,
    Slot,
    State,
    Table,
)
from transforms.normalise import Normalised
from transforms.provenance import Provenance


def row(table, number, *texts):
    return tuple(Cell(text, f"{table}/r{number}/c{place}") for place, text in enumerate(texts))


def reading(cell, state, metric="requests_new", applicant="total", origin="table", value=None):
    return Reading("requests", "form_2021", metric, applicant, "", origin, state, value, "", "件", cell.text, cell.at)


MERGED = Cell("二、上年结转", "t1/r1/c0")
NEW = row("t1", 0, "一、本年新收", "5", "/")
CARRIED = (MERGED, MERGED, Cell("7", "t1/r1/c2"))
TABLE = Table((NEW, CARRIED, row("t1", 2, "备注", "3")), "t1")
LAYOUT = Layout(
    form="form_2021",
    section="requests",
    at="t1",
    placed=tuple(Placed(Slot("requests_new", "total", "requests_new", "total"), cell) for cell in NEW[1:]),
    loose=(Loose((Slot("requests_carried_in", "total", "requests_carried_in", "total"),), CARRIED[2:]),),
    leftovers=(Cell("3", "t1/r2/c1"),),
)


def shown(**values):
    other = Table((row("t0", 0, "索引号", "8"),), "t0")
    document = Document((other, Paragraph("正文", "p0"), TABLE), "x" * 1234, "html", "gb18030", undecodable=2)
    parts = {
        "document": document,
        "chrome": (Paragraph("首页 > 政务公开", "p9"),),
        "normalised": Normalised([], [], 97, True, False),
        "provenance": Provenance("ip_address", 30, (("ip_address", 1), ("ghost_pinyin", 97)), frozenset()),
        "identification": Identification(
            agency="临江市教育局", fiscal_year=2022, signals=(("fiscal_year", "title", "2022", "p2/0-4"),)
        ),
        "layouts": (LAYOUT,),
        "readings": (
            reading(NEW[1], State.REPORTED, value=5.0),
            reading(NEW[2], State.MARK),
            reading(CARRIED[2], State.UNPLACED, "requests_carried_in"),
            reading(Cell("24条", "p4/2-5"), State.REPORTED, "proactive_website_items", "", "prose", 24.0),
        ),
        "notes": (Note("numbers_unplaced", "requests", "t1/r1", "1"),),
        "forms": ("form_2021",),
    }
    out = Console(file=StringIO(), width=200, markup=False, highlight=False)
    print_reading(ReportReading(**(parts | values)), out)
    return out.file.getvalue()


def line_with(text, printed):
    (found,) = [line for line in printed.splitlines() if text in line]
    return found


def test_the_head_tells_format_encoding_script_and_damage():
    head = line_with("gb18030", shown())
    assert all(word in head for word in ("html", "traditional", "1,234", "undecodable 2", "ghost pinyin 97"))
    assert "ip_address trust 30 ip_address=1 ghost_pinyin=97" in head


def test_who_reports_comes_with_its_signals():
    printed = shown()
    assert "临江市教育局" in printed
    assert line_with("p2/0-4", printed).split() == ["fiscal_year", "title", "2022", "p2/0-4"]


def test_what_was_not_read_is_shown_too():
    assert "p9  首页 > 政务公开" in shown()


def test_a_recognised_row_has_its_name_and_only_odd_states_are_marked():
    assert line_with("一、本年新收", shown()).split() == ["requests_new", "一、本年新收", "│", "5", "│", "/[mark]"]


def test_a_row_without_columns_has_its_name_too():
    assert "requests_carried_in" in line_with("7[unplaced]", shown())


def test_a_merged_cell_is_printed_once():
    assert line_with("上年结转", shown()).count("上年结转") == 1
    assert "〃" in line_with("上年结转", shown())


def test_an_unknown_table_and_unknown_numbers_are_shown():
    printed = shown()
    assert "not recognised" in line_with("t0 ", printed) and "索引号 │ 8" in printed
    assert "t1/r2/c1  3" in printed


def test_claims_stand_with_their_printed_words():
    assert line_with("p4/2-5", shown()).split()[:3] == ["proactive_website_items", "24", "件"]


def test_notes_speak_both_languages():
    printed = shown()
    assert "numbers_unplaced (warning)" in printed and "cannot be known" in printed and "无法确定" in printed


def test_nothing_found_is_said_and_not_left_out():
    printed = shown(chrome=(), readings=(), notes=(), layouts=(), identification=Identification())
    assert printed.count("无  none") == 2


def test_a_report_cannot_steer_the_terminal():
    printed = shown(identification=Identification(agency="\x1b[31m[bold]局\x07"))
    assert "\x1b" not in printed and "\x07" not in printed and "[bold]局" in printed


@pytest.mark.parametrize("sample", ["bureau-layout-page.html", "text-a1.txt", "prose-2012.txt"])
def test_samples_can_be_shown(sample):
    result = CliRunner().invoke(cli.app, ["show", f"data/samples/{sample}"])
    assert result.exit_code == 0
    assert "fiscal_year" in result.stdout


@pytest.mark.parametrize(("sample", "word"), [("guide.html", "guide"), ("empty.txt", "empty"), ("binary.txt", "text")])
def test_what_is_no_report_is_refused_with_the_reason(sample, word):
    result = CliRunner().invoke(cli.app, ["show", f"data/samples/{sample}"])
    assert result.exit_code == cli.UNANSWERED
    assert word in result.stderr and result.stdout == ""
