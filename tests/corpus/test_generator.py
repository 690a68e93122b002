"""The generator must be right by itself: its fills close, its faults break what they say, its pages hold it all."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from random import Random

import pdfplumber
import pypdfium2
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from tests import strategies
from tests.bench.make_pages import distinct, make
from tests.corpus import labels, plaintext
from tests.corpus.form import IDENTITIES, KEYS, broken, fill, plant_identity
from tests.corpus.grids import grids, shape, width
from tests.corpus.pdf import Style, as_pdf
from tests.corpus.printers import DIALECTS, KINDS, LOST, as_html, as_text
from tests.corpus.prose import sentences
from tests.corpus.reports import report
from tests.corpus.scripts import ghosts, in_script

ROOT = Path(__file__).parents[2]
FORM = ROOT / "data" / "forms" / "form_2021.yml"
hanzi = re.compile(r"[^\u4e00-\u9fff]")
quick = settings(max_examples=60)


@quick
@given(strategies.fills())
def test_a_fill_has_all_cells_and_closes(filled):
    assert set(filled.cells) == set(KEYS)
    assert len(KEYS) == 200
    assert min(filled.cells.values()) >= 0
    assert broken(filled.cells) == set()


def test_sizes_are_mixed():
    sizes = [fill(seed).size for seed in range(300)]
    assert 0.5 < sizes.count("none") / 300 < 0.7
    assert sizes.count("city") > 15
    assert max(fill(seed).cells["requests_new", "total"] for seed in range(300)) > 1000


@quick
@given(strategies.faults())
def test_a_planted_fault_breaks_the_identity_it_names(fault):
    filled, identity, instance = fault
    assert (identity, instance) in broken(filled.cells)


@pytest.mark.parametrize("identity", ["T3.TOTAL", "T3.FLOW", "T4.REV", "T4.LITD", "T4.LITA"])
def test_a_pure_fault_breaks_nothing_of_another_kind(identity):
    filled, _, _ = plant_identity(fill(7), Random(7), identity)
    assert {name for name, _ in broken(filled.cells)} == {identity}


@quick
@given(strategies.fills(), strategies.summed_keys(), st.integers(1, 9))
def test_one_changed_cell_of_tables_3_and_4_always_shows(filled, key, surplus):
    assert broken({**filled.cells, key: filled.cells[key] + surplus})


def test_labels_are_those_of_the_declared_form():
    tables = {table["section"]: table for table in yaml.safe_load(FORM.read_text("utf-8"))["tables"]}
    declared = {row["key"]: row["labels"] for row in tables["requests"]["rows"]}
    assert list(declared) == [metric for metric, _, _ in labels.REQUESTS]
    for metric, _, label in labels.REQUESTS:
        assert any(hanzi.sub("", label).endswith(known) for known in declared[metric])
    assert [column["applicant"] for column in tables["requests"]["columns"]] == list(labels.COLUMNS)
    assert [column["key"] for column in tables["remedies"]["columns"]] == list(labels.REMEDIES)
    metrics = {metric for row in tables["proactive"]["rows"] for metric in row["cells"].values()}
    assert metrics == {metric for _, _, rows in labels.PROACTIVE for _, found in rows for metric in found}


def test_grids_are_rectangular_once_expanded():
    for grid, expected in zip(grids(fill(1).cells), (4, 10, 15), strict=True):
        assert width(grid) == expected
        assert sum(box.colspan * box.rowspan for row in grid for box in row) == expected * len(grid)


def test_lost_tables_leave_the_run_of_347_pipes():
    """The count that measurements.md §5 took from real pages, found here from the spans alone."""
    assert plaintext.lost_pipes(grids(fill(3).cells)) == 347
    assert "|" * 347 in as_text(report(3), "A9")


class OwnText(HTMLParser):
    """All character data of a page, with the standard library only."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_data(self, data):
        self.found.append(data.strip())


@pytest.mark.parametrize("kind", KINDS)
def test_html_prints_every_number_in_its_row(kind):
    one = report(2)
    page = LexborHTMLParser(as_html(one, kind))
    wanted = [shape(one.filled.cells["requests_granted", column]) for column in labels.COLUMNS]
    rows = [row for row in page.css("tr") if row.text().strip().startswith(labels.RESULTS)]
    hidden = [cell for row in rows for cell in row.css("td[style*='display']")]
    for cell in hidden:
        cell.decompose()
    texts = [re.sub(r"\s", "", cell.text()) for cell in rows[-1].css("td") if not cell.css("table")]
    assert texts[-7:] == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_html_holds_the_prose_and_declares_its_charset(kind):
    one = report(5)
    page = as_html(one, kind, "gbk")
    reader = OwnText()
    reader.feed(page)
    assert set(sentences(one.narrative)) <= set(reader.found)
    assert "charset=gbk" in page
    assert page.encode("gbk")


@pytest.mark.parametrize("dialect", [name for name in DIALECTS if name not in LOST])
def test_text_prints_the_numbers_of_a_full_table_in_order(dialect):
    one = report(2)
    wanted = [shape(one.filled.cells[metric, column]) for metric, _, _ in labels.REQUESTS for column in labels.COLUMNS]
    text = as_text(one, dialect).split(labels.HEADINGS[2], 1)[1].split(labels.HEADINGS[3], 1)[0]
    cells = [cell.strip() for cell in re.split(r"[|\n]", text)]
    assert [cell for cell in cells if cell.isdigit()] == wanted


@pytest.mark.parametrize(
    ("dialect", "line"),
    [
        ("A1", "二、上年结转政府信息公开申请数量 | 3 | 3 | |||||||"),  # three cells and seven pipes make ten
        ("A2", "二、上年结转政府信息公开申请数量 |\n3 |\n3 |\n|||||"),
        ("A3", "二、上年结转政府信息公开申请数量\n|\n3\n|\n|\n|\n|\n|\n|\n3\n|"),
        ("A7", "二、上年结转政府信息公开申请数量 | 3 |  |  |  |  |  | 3 |"),
    ],
)
def test_blanks_look_as_the_dialect_prints_them(dialect, line):
    shown = {("requests_carried_in", column): "" for column in labels.COLUMNS}
    shown |= dict.fromkeys((("requests_carried_in", "natural_person"), ("requests_carried_in", "total")), "3")
    assert f"\n{line}\n" in as_text(report(0), dialect, shown)


@pytest.mark.parametrize("dialect", LOST)
def test_lost_tables_leave_no_label(dialect):
    text = as_text(report(2), dialect)
    assert "本年制发件数" not in text
    assert "自然人" not in text


@quick
@given(strategies.reports())
def test_claims_are_printed_in_the_prose(one):
    text = "".join(sentences(one.narrative))
    for claim in one.narrative.claims:
        assert claim.value == 0 or shape(claim.value) in text


@quick
@given(strategies.reports())
def test_prose_agrees_with_the_tables(one):
    cells = one.truth.cells
    for claim in one.narrative.claims:
        if (claim.metric, claim.applicant) in cells:
            assert claim.value == cells[claim.metric, claim.applicant]
    parts = [claim.value for claim in one.narrative.claims if claim.item]
    total = [claim.value for claim in one.narrative.claims if claim.metric == "proactive_items"]
    assert not parts or total == [sum(parts)]


def test_scripts():
    text = as_text(report(4), "A8")
    assert in_script(text, "simplified") == text
    assert "報告" in in_script(text, "traditional")
    haunted = in_script(text, "ghosted")
    assert len(ghosts(in_script(text, "traditional"))) == 24
    assert re.sub(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)", "", haunted) == in_script(text, "traditional")
    with pytest.raises(ValueError, match="runes"):
        in_script(text, "runes")


def test_the_same_seed_prints_the_same_bytes(tmp_path):
    sizes = make(tmp_path / "a", 16, 12)
    make(tmp_path / "b", 16, 12)
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert len(names) == 28
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in names)
    assert sizes[0] / 16 > 60 * 1024


def test_every_identity_can_be_planted():
    assert set(IDENTITIES) == {"T3.ROW", "T3.TOTAL", "T3.FLOW", "T4.REV", "T4.LITD", "T4.LITA"}


def test_no_body_reports_twice_on_a_year():
    found = [(one.who.agency, one.who.fiscal_year) for one, _ in zip(distinct(0), range(300), strict=False)]
    assert len(set(found)) == 300


def test_a_pdf_says_the_same_with_its_font_and_without():
    blocks = ["某县2023年年报", "公开镕件，比上年增加12.5%。", grids(fill(1).cells)[0]]
    both = [as_pdf(blocks, replace(Style(), embeds=embeds)) for embeds in (True, False)]
    assert [b"FontFile2" in data for data in both] == [True, False]
    texts = [pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range() for data in both]
    plumbed = [pdfplumber.open(BytesIO(data)).pages[0].extract_text() for data in both]
    assert "公开镕件，比上年增加12.5%。" in texts[0]
    assert (texts[0], plumbed[0]) == (texts[1], plumbed[1])


def test_an_embedded_font_draws_what_is_printed():
    page = pypdfium2.PdfDocument(as_pdf(["行政许可"], Style(page_numbers="")))[0].get_textpage()
    assert len({page.get_charbox(place)[2] - page.get_charbox(place)[0] for place in range(4)}) > 1
