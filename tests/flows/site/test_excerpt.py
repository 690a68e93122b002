"""The lines of an original that print numbers: in the source where that is sure, else as read."""

import pytest

from flows.site.excerpt import AROUND, excerpt, text_spans
from tests.flows.reports import SAMPLES
from transforms.model import Cell, Document, Paragraph, Table
from transforms.read.html import source_span
from transforms.read.reader import read
from transforms.read.source import printed

TEXT = "云岭县自然资源局\n政府网站公开信息24条，微信36条。\r\n表三 自然人 3 总计 4\n"


def text_document(text):
    return Document(blocks=(), text=text, format="text")


def at(needle, text=TEXT):
    return f"c{text.index(needle)}-{text.index(needle) + len(needle)}"


def marked(lines):
    return {mark: piece.text for line in lines for piece in line.pieces for mark in piece.marks}


def test_numbers_of_a_text_stand_marked_in_their_lines():
    lines = excerpt(text_document(TEXT), {1: at("24"), 2: at("36"), 3: at("4\n")[:-2] + str(TEXT.rindex("4") + 1)})
    assert [line.number for line in lines] == [2, 3]
    assert marked(lines) == {1: "24", 2: "36", 3: "4"}
    assert "".join(piece.text for piece in lines[0].pieces) == "政府网站公开信息24条，微信36条。"


def test_two_cells_printed_in_one_place_share_its_mark():
    (line,) = excerpt(text_document(TEXT), {1: at("24"), 2: at("24")})
    assert [piece.marks for piece in line.pieces if piece.marks] == [(1, 2)]


def test_marks_that_overlap_print_no_character_twice():
    start = TEXT.index("24条")
    (line,) = excerpt(text_document(TEXT), {1: f"c{start}-{start + 3}", 2: f"c{start + 1}-{start + 4}"})
    assert "".join(piece.text for piece in line.pieces) == "政府网站公开信息24条，微信36条。"


def test_a_long_line_is_cut_to_what_stands_around_its_marks():
    text = "一" * 500 + "12" + "二" * 500 + "34" + "三" * 500
    (line,) = excerpt(text_document(text), {1: at("12", text), 2: at("34", text)})
    whole = "".join(piece.text for piece in line.pieces)
    assert whole == "…" + "一" * AROUND + "12" + "二" * AROUND + "…" + "二" * AROUND + "34" + "三" * AROUND + "…"


def test_of_much_markup_between_numbers_what_it_prints_is_kept():
    markup = "<span style='font-size:9pt'>" * 5
    text = f"<td>1</td>{markup}<td>信访举报</td>{markup}<td>2</td>"
    last = text.rindex("2")
    (line,) = excerpt(text_document(text), {1: "c4-5", 2: f"c{last}-{last + 1}"})
    assert "".join(piece.text for piece in line.pieces) == "<td>1 信访举报 2</td>"


@pytest.mark.parametrize("wrong", ["c9000-9001", "t1/r2/c3", "p3/1-2", "nonsense"])
def test_a_locator_that_fits_nothing_has_no_line(wrong):
    assert excerpt(text_document(TEXT), {1: wrong}) == []


PAGES = sorted(path for path in SAMPLES.glob("*.html") if path.name not in ("blank-template.html", "guide.html"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_cells_of_a_page_are_placed_where_tracing_places_them(path):
    document = read(path.read_bytes(), path.name)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    cells = {cell.at: cell.text for table in tables for row in table.rows for cell in row if cell.text.strip()}
    spans = text_spans(document, cells)
    for where in sorted(spans)[::40]:
        assert spans[where] == source_span(document.text, where)
    for where in sorted(cells.keys() - spans)[:5]:  # hidden text within: neither can say for sure
        with pytest.raises(LookupError):
            source_span(document.text, where)


def test_a_table_that_the_source_has_twice_is_placed_by_what_stands_around_it():
    table = "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    page = f"<html><body><p>之一</p>{table}<p>之二</p>{table}<p>完</p></body></html>"
    document = read(page.encode(), "page.html")
    first, second = (f"t{number}/r1/c1" for number in (0, 1))
    spans = text_spans(document, [first, second])
    assert spans[first] == source_span(document.text, first) != spans[second] == source_span(document.text, second)


def test_formats_without_lines_show_the_row_and_the_paragraph_as_read():
    row = tuple(Cell(text, f"t0/r1/c{column}") for column, text in enumerate(["自然人", "3", ""]))
    blocks = (Paragraph("本年收到申请26件。", "p0", "本年收到申请26件。"), Table((row,), "t0"))
    lines = excerpt(Document(blocks=blocks, text="", format="pdf"), {1: "t0/r1/c1", 2: "p0/6-9"})
    assert [(line.number, line.at) for line in lines] == [(0, "p0/6-9"), (0, "t0/r1/c1")]
    assert marked(lines) == {1: "3", 2: "26件"}


def test_every_visible_character_of_a_source_has_its_own_place():
    text = "<td title='a>b'>一 &lt;2&nbsp;<!-- 3 -->４<script>5</script></td><"
    source = printed(text)
    assert source.characters == "一<2４<"
    assert [text[first:last] for first, last in source.spans] == ["一", "&lt;", "2", "４", "<"]
