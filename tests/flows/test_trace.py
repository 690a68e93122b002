"""The way of a number, from a database made by hand and original bytes, to the byte where it is printed."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import place, store
from flows.query import NoAnswer
from flows.reading import read_one
from flows.trace import Unknown, concerns, metric_code, trace
from flows.way import marked, print_way
from tests.flows.frames import database, tables
from transforms.model import Document

TEXT = "云岭县自然资源局\n2022年，我局政府网站公开信息24条。\n表三 自然人 3 总计 4\n"
ID = "a" * 16


def document(text, encoding="utf-8"):
    return Document(blocks=(), text=text, format="text", encoding=encoding)


def span(needle, text=TEXT):
    return f"c{text.index(needle)}-{text.index(needle) + len(needle)}"


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),  # a byte order mark is no character of the text
        ("gb18030", b""),
        ("gb18030", b"\x84\x31\x95\x33"),
        ("big5hkscs", b""),
        ("utf-16", b"\xff\xfe"),
        ("utf-16", b"\xfe\xff"),
    ],
)
@given(text=st.text("\n a1年條件，", max_size=30), data=st.data())
def test_bytes_of_a_span_decode_to_the_span(encoding, head, text, data):
    text = text.replace("条", "條")
    strict = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(head, encoding)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    raw = head + text.encode(strict)
    first, last = place.byte_span(raw, document(text, encoding), start, end)
    assert raw[first:last].decode(strict) == text[start:end]
    assert raw[:first] == head + text[:start].encode(strict)


def test_damaged_bytes_do_not_shift_what_follows():
    raw = "共".encode("gb18030") + b"\xff\xff" + "公开24条".encode("gb18030")
    text = raw.decode("gb18030", "replace")
    found = place.find(raw, document(text, "gb18030"), span("24", text))
    assert raw[found.first : found.last] == b"24"


def test_a_place_knows_line_and_column():
    found = place.find(TEXT.encode(), document(TEXT), span("24"))
    assert (found.line, found.column, found.text) == (2, 17, "2022年，我局政府网站公开信息24条。")
    assert found.text[found.column - 1 :][: found.width] == "24"


def test_carriage_returns_are_no_part_of_the_line():
    text = "一\r\n二 5\r\n"
    assert place.find(text.encode(), document(text), span("5", text)).text == "二 5"


@pytest.mark.parametrize("at", ["", "t1/r2/c3", "p3/1-2", "c9000-9001", "nonsense"])
def test_a_locator_that_fits_nothing_has_no_place(at):
    assert place.find(TEXT.encode(), document(TEXT), at) is None


@pytest.mark.parametrize(
    ("before", "number"),
    [("公开信息", "24"), ("plain ", "24"), ("一" * 500, "１２"), ("", "5")],
)
def test_the_mark_stands_under_the_number(before, number):
    from rich.cells import cell_len

    text = f"{before}{number}条{'后' * 500}"
    line, caret = marked("1", text, len(before), len(before) + len(number)).plain.split("\n")
    shown = line.index(number, line.index("│"))
    assert cell_len(line[:shown]) == caret.index("^")
    assert caret.count("^") == cell_len(number)
    assert len(line) < 150


@pytest.mark.parametrize("sample", ["bureau-word-gbk.html", "t3-row-planted.html", "text-traditional-ghosts.txt"])
def test_printed_numbers_of_a_sample_lead_to_their_bytes(sample):
    path = Path("data/samples") / sample
    data = path.read_bytes()
    found = read_one(data, sample)
    printed = [reading for reading in found.readings if reading.printed]
    assert len(printed) > 100
    for reading in printed[::15]:  # the page is read again for each
        spot = place.find(data, found.document, reading.locator)
        assert data[spot.first : spot.last].decode(found.document.encoding).strip() == reading.printed, reading


SAID = {"report_id": ID, "who": "李四", "decided_on": date(2026, 3, 1)}
CORRECTED = SAID | {
    "decision": "correct", "status": "outdated", "section": "requests", "metric": "requests_new", "origin": "table",
    "applicant": "natural_person", "locator": "c1-2", "printed": "8", "read": 8.0, "value": 7.0, "reason": "机关来函",
}  # fmt: skip
ACCEPTED = SAID | {
    "decision": "accept", "status": "applied", "section": "requests", "identity": "T3.ROW",
    "instance": "requests_new", "finding_id": "f" * 16, "reason": "电话核实",
}  # fmt: skip


@pytest.fixture
def home(tmp_path):
    sha256 = store.keep(tmp_path, TEXT.encode())
    reports = [
        {"report_id": ID, "source": "in/云岭2022.txt", "sha256": sha256, "status": "partly_held"},
        {"report_id": "b" * 16, "source": "in/gone.txt", "sha256": "f" * 64, "status": "published"},
        {"report_id": "c" * 16, "source": "in/empty.txt", "sha256": "e" * 64, "status": "rejected",
         "sentence": "文件为空。", "sentence_en": "The file is empty."},
    ]  # fmt: skip
    website = {"report_id": ID, "section": "narrative", "metric": "proactive_website_items", "origin": "prose",
               "state": "reported", "value": 24.0, "unit": "条", "printed": "24", "locator": span("24")}  # fmt: skip
    requests = {"report_id": ID, "section": "requests", "form": "form_2021", "metric": "requests_new",
                "origin": "table", "state": "reported", "unit": "件"}  # fmt: skip
    cells = [
        website,
        website | {"report_id": "b" * 16},
        requests | {"applicant": "natural_person", "value": 3.0, "printed": "3", "locator": span(" 3 ")},
        requests | {"applicant": "total", "value": 4.0, "printed": "4", "locator": "c9000-9001"},
        requests | {"applicant": "legal_service", "state": "blank"},
    ]
    failed = {"report_id": ID, "section": "requests", "severity": "error", "outcome": "fail"}
    findings = [
        failed | {"identity": "T3.ROW", "instance": "requests_new", "sentence": "和为 3，总计 4。",
                  "sentence_en": "3 against 4.", "finding_id": "f" * 16, "decision": "accepted"},
        failed | {"identity": "T3.ROW", "instance": "requests_granted", "sentence": "另一行。"},
    ]  # fmt: skip
    facts = [{key: website[key] for key in ("report_id", "metric", "origin", "state", "value", "unit", "locator")}]
    sections = [
        {"report_id": ID, "section": "requests", "status": "held", "reasons": "勾稽不符", "reasons_en": "sums fail"},
        {"report_id": ID, "section": "narrative", "status": "published"},
    ]
    database(
        tmp_path,
        tables(
            quality_reports=reports,
            quality_cells=cells,
            quality_findings=findings,
            quality_sections=sections,
            quality_reviews=[CORRECTED, ACCEPTED],
            analytics_facts=[fact | {"assurance": "single"} for fact in facts],
        ),
    )
    return tmp_path


def told(home, ways):
    from io import StringIO

    from rich.console import Console

    out = Console(file=StringIO(), width=200, markup=False, highlight=False)
    for way in ways:
        print_way(way, home, out)
    return out.file.getvalue()


def test_a_published_number_leads_to_its_byte(home):
    (way,) = trace(home, "云岭", "proactive_website_items", None, None)
    assert way.fact["value"] == 24.0
    assert TEXT.encode()[way.place.first : way.place.last] == b"24"
    shown = told(home, [way])
    assert "24 条" in shown and "single" in shown
    assert "我局政府网站公开信息24条。" in shown and "^^" in shown


def test_a_metric_may_be_named_in_chinese(home):
    assert metric_code("予以公开") == "requests_granted"
    assert trace(home, "云岭", "本年新收政府信息公开申请数量", None, None)[0].cell["metric"] == "requests_new"


def test_without_an_applicant_the_total_is_meant(home):
    (way,) = trace(home, ID[:6], "requests_new", None, None)
    assert way.cell["applicant"] == "total"


def test_a_held_number_says_why_and_only_what_is_about_it(home):
    (way,) = trace(home, ID, "requests_new", "natural_person", None)
    assert way.fact is None
    shown = told(home, [way])
    assert "勾稽不符" in shown and "和为 3，总计 4。" in shown
    assert "另一行" not in shown


@pytest.mark.parametrize(
    ("asked", "told_of"),
    [
        (("requests_new", "natural_person"), ["电话核实", "机关来函"]),
        (("requests_new", "total"), ["电话核实"]),
        (("proactive_website_items", None), []),
    ],
)
def test_the_decisions_about_a_number_are_told(home, asked, told_of):
    shown = told(home, trace(home, ID, *asked, None))
    assert [reason for reason in ("电话核实", "机关来函") if reason in shown] == told_of
    assert ("李四，2026-03-01" in shown) == bool(told_of)
    assert ("原文“8”，更正为 7" in shown) == ("机关来函" in told_of)


def test_a_blank_has_neither_value_nor_place(home):
    (way,) = trace(home, ID, "requests_new", "legal_service", None)
    shown = told(home, [way])
    assert "blank" in shown and "nothing was printed" in shown and "^" not in shown


def test_a_place_that_cannot_be_found_is_admitted(home):
    assert "c9000-9001" in told(home, trace(home, ID, "requests_new", "total", None))


def test_a_lost_raw_copy_is_admitted(home):
    (way,) = trace(home, "gone", "proactive_website_items", None, None)
    assert way.place is None and "raw copy is not in" in told(home, [way])


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("nowhere", "requests_new", None), "no_report"),
        (("in/", "requests_new", None), "many_reports"),
        (("云岭", "requests_newest", None), "no_metric"),
        (("云岭", "requests_new", "martian"), "no_cell"),
        (("empty", "requests_new", None), "rejected"),
        (("'; drop table quality.cells --", "requests_new", None), "no_report"),  # a name is never SQL
    ],
)
def test_what_is_not_there_is_named(home, asked, code):
    with pytest.raises(Unknown) as error:
        trace(home, *asked, None)
    assert error.value.code == code


def test_a_misspelt_metric_gets_near_ones(home):
    with pytest.raises(Unknown) as error:
        trace(home, "云岭", "requests_nwe", None, None)
    assert error.value.listed == ("requests_new",)


def test_without_a_database_it_says_so(tmp_path):
    with pytest.raises(NoAnswer):
        trace(tmp_path, "x", "requests_new", None, None)


CELL = {"origin": "table", "metric": "requests_new", "applicant": "total", "locator": "c5-6", "whole": ""}


@pytest.mark.parametrize(
    ("identity", "instance", "about"),
    [
        ("T3.ROW", "requests_new", True),
        ("T3.ROW", "requests_granted", False),
        ("T3.FLOW", "total", True),
        ("T3.FLOW", "natural_person", False),
        ("N.CATSUM", "c5-6", True),
        ("N.CATSUM", "c5-60", False),  # not by its beginning
        ("N.CATSUM", "", False),
    ],
)
def test_a_finding_is_about_the_operands_of_its_sum(identity, instance, about):
    assert concerns({"identity": identity, "instance": instance}, CELL) is about
