"""Screening on invented pages: what is no report is refused by its name, and no report is refused."""

import csv
import dataclasses
from pathlib import Path

import pytest
import yaml

from transforms.body import body
from transforms.forms import DATA, forms
from transforms.genre import screen
from transforms.model import Cell, Document, Paragraph, Refusal, Table
from transforms.normalise import normalise_document
from transforms.read.reader import read

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
WORDS = "本局按照要求开展相关工作,健全机制,明确责任,强化监督,取得了一定成效,下一步将继续努力,把各项任务落到实处。"
LABELS = [
    "本年新收政府信息公开申请数量",
    "上年结转政府信息公开申请数量",
    "予以公开",
    "不予公开",
    "无法提供",
    "结转下年度继续办理",
]


def document(text: str) -> Document:
    return Document(tuple(Paragraph(line, f"p{n}", line) for n, line in enumerate(text.split("\n"))), text, "text")


def code_of(page: Document) -> str:
    try:
        screen(page)
    except Refusal as refusal:
        return refusal.code
    return ""


PAGES = yaml.safe_load(Path(__file__).with_name("genre_pages.yml").read_text(encoding="utf-8"))
REFUSED = [(page["code"], page["text"].format(words=WORDS)) for page in PAGES["refused"]]
ACCEPTED = [(page["why"], page["text"].format(words=WORDS, bars="|" * 347)) for page in PAGES["accepted"]]


@pytest.mark.parametrize(("code", "text"), REFUSED)
def test_no_report_is_refused_by_name(code: str, text: str) -> None:
    assert code_of(document(text)) == code


@pytest.mark.parametrize(("why", "text"), ACCEPTED)
def test_report_is_never_refused(why: str, text: str) -> None:
    assert code_of(document(text)) == "", why


def form(values: list[str]) -> Document:
    rows = tuple(
        (Cell(label, f"t0/r{n}/c0", label), Cell(value, f"t0/r{n}/c1", value))
        for n, (label, value) in enumerate(zip(LABELS, values, strict=True))
    )
    return Document((Paragraph(WORDS * 2, "p0", WORDS * 2), Table(rows, "t0")), WORDS, "html")


def test_filled_form_is_a_report_whatever_else_it_says() -> None:
    page = form(["1", "0", "1", "0", "0", "0"])
    named = Document((*document("关于做好年度报告编制工作的通知\n××局  年  月  日").blocks, *page.blocks), "", "html")
    assert code_of(page) == code_of(named) == ""


def test_form_of_zeros_is_a_report() -> None:
    assert code_of(form(["0"] * 6)) == ""


@pytest.mark.parametrize("code", ["sheet_2008", "sheet_2014"])
def test_sheet_that_stands_alone_is_a_report(code: str) -> None:
    (table,) = forms()[code].tables
    rows = [f"（{number}）{row.labels[0]} | 件 | {number % 3}" for number, row in enumerate(table.rows)]
    assert code_of(document("\n".join([table.zh, *rows]))) == ""


def test_empty_form_with_placeholders_is_a_template() -> None:
    page = form([""] * 6)
    head = document("××局20××年政府信息公开工作年度报告\n一、总体情况\n二、主动公开政府信息情况\n三、依申请公开")
    assert code_of(Document((*head.blocks, *page.blocks), "", "html")) == "blank_template"


def test_title_outside_the_body_is_the_title() -> None:
    page = document(f"{WORDS}\n主动公开政府信息12条，收到公开申请2件，没有行政复议。\n{WORDS}")
    named = dataclasses.replace(page, metadata=(("title", "诸暨市司法局2012年政府信息公开年度报告_诸暨市"),))
    news = dataclasses.replace(page, metadata=(("title", "诸暨市司法局召开2012年政府信息公开年度报告编制会议"),))
    assert [code_of(page), code_of(named), code_of(news)] == ["not_a_report", "", "not_a_report_news"]


def test_summary_with_the_headings_of_a_report_is_one() -> None:
    headings = f"一、概述\n{WORDS}\n二、主动公开情况\n公开40条。\n三、依申请公开情况\n没有申请。"
    assert code_of(document(f"诸暨市司法局2009年政务公开工作总结\n{headings}")) == ""


def test_every_refusal_has_its_sentences() -> None:
    notes = yaml.safe_load((DATA / "notes" / "identify.yml").read_text(encoding="utf-8"))
    words = yaml.safe_load((DATA / "lookups" / "genre.yml").read_text(encoding="utf-8"))
    codes = {code for code, _ in REFUSED} | {genre["code"] for genre in (*words["genres"], *words["cues"])}
    assert codes == {code for code, note in notes.items() if note["kind"] == "refusal"}
    assert all(note["zh"] and note["en"] for note in notes.values())


def seeds() -> list[str]:
    table = SHARED / "seeds" / "reports.csv"
    return [row["file"] for row in csv.DictReader(table.open(encoding="utf-8"))] if table.exists() else []


@pytest.mark.skipif(not seeds(), reason="the five real reports (../shared/seeds) are not here")
@pytest.mark.parametrize("name", seeds())
def test_seeds_are_reports(name: str) -> None:
    plain, _ = normalise_document(read((SHARED / "seeds" / name).read_bytes(), name))
    report, _ = body(plain)
    assert code_of(plain) == code_of(report) == ""
