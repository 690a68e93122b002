"""Printed documents in, the grids that were printed out: whatever the rulings, wherever the page breaks."""

from dataclasses import replace
from io import BytesIO

import pdfplumber
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus import markup
from tests.corpus.form import fill
from tests.corpus.grids import Box, Grid, grids
from tests.corpus.pdf import Style, as_pdf
from transforms.model import Document, Paragraph, Table
from transforms.read.html import read_html
from transforms.read.pdf import read_pdf, source_places
from transforms.read.reader import read

PLAIN = Style()
INSIDE = replace(PLAIN, inside=True, middle=False, room=330)
EVEN = {15: (1,) * 15}
STYLES = {
    "lines": PLAIN,
    "lines, font not embedded": replace(PLAIN, embeds=False),
    "thin boxes": replace(PLAIN, rulings="rects"),
    "dots, font not embedded": replace(PLAIN, rulings="dots", embeds=False),
    "heading repeated": replace(PLAIN, repeat=3, room=400),
    "cut in rows, text at top": INSIDE,
    "cut in rows, text in the middle": replace(PLAIN, inside=True, room=290),
    "cut in rows, open there": replace(INSIDE, open_break=True),
    "small pages": replace(PLAIN, room=200),
    "running head": replace(PLAIN, running_head="某县政府信息公开年报", room=350, embeds=False),
    "labels wrapped, numbers broken": replace(PLAIN, columns=EVEN | {10: (0.34, 1.05, 3.9, *(0.5,) * 7)}, pad=2.5),
    "dense": replace(PLAIN, pad=1.5, size=9),
    "label in one line": replace(PLAIN, vertical=False),
    "on its side": replace(PLAIN, turn=1),
    "on its other side": replace(PLAIN, turn=3, room=420, embeds=False),
}
HEADINGS = ("三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题")
LONG = "全年主动公开政府信息12345条，其中通过门户网站公开678条，比上年增加90条，" * 4 + "群众较为满意。"


def texts(document: Document) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in table.rows] for table in tables(document)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def prose(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def printed(official: tuple[Grid, ...], style: Style) -> bytes:
    blocks: list[str | Grid] = ["某县2023年政府信息公开工作年度报告"]
    for grid, heading in zip(official, HEADINGS, strict=True):
        blocks += [grid, heading]
    return as_pdf(blocks, style)


def as_page(official: tuple[Grid, ...]) -> list[list[list[str]]]:
    return [texts(read_html(markup.table(grid, "plain")))[0] for grid in official]


@pytest.mark.parametrize("name", STYLES)
@settings(max_examples=4)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_grid_printed_as_pdf_reads_as_the_grid_printed_as_a_page(name: str, seed: int) -> None:
    official = grids(fill(seed).cells)
    document = read_pdf(printed(official, STYLES[name]))
    assert texts(document) == as_page(official)
    assert document.damage == ()
    assert prose(document)[-3:] == list(HEADINGS)


@pytest.mark.parametrize("style", [PLAIN, replace(PLAIN, middle=False), replace(PLAIN, room=350)])
def test_without_rulings_labels_keep_their_values(style: Style) -> None:
    official = grids(fill(9).cells, {("requests_denied_state_secret", "natural_person"): ""})
    found = [row for table in texts(read_pdf(printed(official, replace(style, rulings="none")))) for row in table]
    for row in as_page(official)[1][3:]:
        printed_values = [value for value in row[-7:] if value]
        assert [line[-len(printed_values) - 1 :] for line in found if row[2] in line] == [[row[2], *printed_values]]


@settings(max_examples=10)
@given(seed=st.integers(0, 2**32 - 1), room=st.integers(150, 500), middle=st.booleans(), pad=st.floats(2, 7))
def test_no_page_break_moves_a_value(seed: int, room: int, middle: bool, pad: float) -> None:
    official = grids(fill(seed).cells)
    style = replace(PLAIN, inside=True, room=float(room), middle=middle, pad=pad, repeat=room % 2 * 3)
    # Where the break leaves it open whose a label is, rows may stay cut; values never move.
    for found, table in zip(texts(read_pdf(printed(official, style))), as_page(official), strict=True):
        assert [row[-1] for row in found if row[-1]] == [row[-1] for row in table]


def test_blank_cells_stay_blank_beside_a_page_break() -> None:
    official = grids(fill(3).cells, {("requests_denied_state_secret", "natural_person"): ""})
    blank = grids(fill(3).cells, dict.fromkeys(fill(3).cells, ""))
    for style in (PLAIN, INSIDE, STYLES["small pages"]):
        assert texts(read_pdf(printed(official, style))) == as_page(official)
        assert not any(
            character.isdigit() for row in texts(read_pdf(printed(blank, style)))[1] for character in row[-1]
        )


def test_copies_of_a_merged_cell_are_one_object_over_page_breaks() -> None:
    document = read_pdf(printed(grids(fill(1).cells), STYLES["small pages"]))
    group = [cell for row in tables(document)[1].rows for cell in row if cell.text == "三、本年度办理结果"]
    assert len(group) == 22
    assert len({id(cell) for cell in group}) == 1
    assert group[0].at == "t1/r5/c0"


def test_page_numbers_and_running_heads_are_no_text_of_the_report() -> None:
    style = replace(PLAIN, running_head="某县年报", room=300)
    assert prose(read_pdf(as_pdf(["标题", *[LONG] * 9], style))) == ["某县年报", "标题", *[LONG] * 9]


def test_paragraphs_are_made_whole_over_lines_and_pages() -> None:
    blocks = [
        "某市某区人民政府办公室关于二〇二三年政府信息公开工作情况的年度报告",
        "一、总体情况",
        *[LONG] * 12,
        "二、其他",
    ]
    document = read_pdf(as_pdf(blocks))
    assert prose(document) == blocks
    assert document.format == "pdf"
    assert LONG[:20] in document.text


@pytest.mark.parametrize("at", ["t0/r2/c1", "t1/r6/c3", "t2/r3/c14", "p0"])
@pytest.mark.parametrize("name", ["lines", "lines, font not embedded", "on its side"])
def test_each_place_is_found_again_on_its_page(at: str, name: str) -> None:
    data = printed(grids(fill(11).cells), STYLES[name])
    document = read_pdf(data)
    wanted = {cell.at: cell.text for table in tables(document) for row in table.rows for cell in row} | {
        block.at: block.text for block in document.blocks if isinstance(block, Paragraph)
    }
    number, box = source_places(data)(at)
    page = pypdfium2.PdfDocument(data)[number - 1]
    assert page.get_textpage().get_text_bounded(*box).strip() == wanted[at]


def test_part_of_a_paragraph_is_found_again() -> None:
    data = as_pdf(["标题", "全年收到申请1234件。", LONG])
    number, (left, bottom, right, top) = source_places(data)("p1/6-10")
    page = pypdfium2.PdfDocument(data)[number - 1].get_textpage()
    assert page.get_text_bounded(left + 1, bottom, right - 1, top) == "1234"


@pytest.mark.parametrize("at", ["p9", "t0/r0/c9", "t5/r0/c0", "c12-14", "p0/0-0", "t0/r1/c1"])
def test_what_cannot_be_shown_is_an_error(at: str) -> None:
    data = as_pdf(["标题", LONG, ((Box("规章"), Box("1")), (Box("许可"), Box("")))])
    with pytest.raises(LookupError):
        source_places(data)(at)


@pytest.mark.parametrize("name", ["lines", "lines, font not embedded", "thin boxes", "heading repeated"])
def test_the_oracle_sees_the_same_cells(name: str) -> None:
    data = printed(grids(fill(5).cells), STYLES[name])
    with pdfplumber.open(BytesIO(data)) as document:
        found = [row for page in document.pages for table in page.extract_tables() for row in table]
    values = [[(cell or "").replace("\n", "") for cell in row[-7:]] for row in found if len(row) == 10]
    ours = [[cell.text for cell in row[-7:]] for row in tables(read_pdf(data))[1].rows]
    assert [row for row in values if all(map(str.isdigit, row))] == [row for row in ours if all(map(str.isdigit, row))]


def test_the_format_is_told_by_the_content() -> None:
    assert read(as_pdf(["标题", LONG]), "report.txt").format == "pdf"
