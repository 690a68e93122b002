"""Pages in, grids and paragraphs out: the shapes of the wild, the rules of the table algorithm, and hostile pages."""

import json
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.read import pages
from transforms.model import Document, Paragraph, Refusal, Table
from transforms.read import tree
from transforms.read.html import read_html, source_span


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def grid(source: str) -> list[list[str]]:
    (table,) = tables(read_html(source))
    return [[cell.text for cell in row] for row in table.rows]


def lines(source: str) -> list[str]:
    return [block.text for block in read_html(source).blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("kind", pages.KINDS)
def test_every_value_of_the_official_table_is_read(kind: str) -> None:
    table = max(tables(read_html(pages.KINDS[kind]())), key=lambda found: len(found.rows))
    # relative to the row: in the broken page a span that runs over shifts the columns of one row
    own = [[cell.text for cell in row if cell.text and f"/r{at}/" in cell.at][-7:] for at, row in enumerate(table.rows)]
    assert tuple(map(tuple, own[3:])) == pages.VALUES
    assert len({len(row) for row in table.rows}) == 1


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><td>a<td>b", [["a", "b"]]),
        ("<tr><td>a</td><td></td></tr>", [["a", ""]]),  # a blank stays a cell
        ("<tr><td rowspan=2>a<td>b<tr><td>c", [["a", "b"], ["a", "c"]]),
        ("<tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e", [["a", "a", "b"], ["c", "d", "e"]]),
        ("<tr><td rowspan=8px>a<td>b<tr><td>c", [["a", "b"], ["a", "c"]]),
        ("<tr><td rowspan=0>a<td>b<tr><td>c", [["a", "b"], ["a", "c"]]),  # to the end of its section
        ("<thead><tr><td rowspan=9>a<td>b</thead><tr><td>c<td>d", [["a", "b"], ["c", "d"]]),
        ("<tr><td rowspan=1000000000>a<td>b<tr><td>c", [["a", "b"], ["a", "c"]]),
        ("<tr><td colspan=999>a<tr><td>b<td>c", [["a", "a"], ["b", "c"]]),  # columns that only spans reach
        ("<tr><td>a<td style='DISPLAY : none'>9<td>b", [["a", "b"]]),
        ("<tr><td>a<td hidden>9<td>b", [["a", "b"]]),
        ("<tr><td>a<td style='visibility:hidden'>9<td>b", [["a", "", "b"]]),  # takes its place, cannot be seen
        ("<tr style='display:none'><td>x<td>y</tr><tr><td>a<td>b", [["a", "b"]]),
        ("<tr><td>a<td><table><tr><td>7</table>", [["a", "7"]]),
        ("<tr><td>商业<br>企业<td>1<p>2</p>", [["商业 企业", "1 2"]]),
        ("<tr><td>a<td><span>1</span><b>2</b>", [["a", "12"]]),
        ("<tr><td>a<td>&nbsp;\n 3 ", [["a", "3"]]),
        ("<tr><td>a<td>b<tr><td>c", [["a", "b"], ["c", ""]]),
        ("<tr><td>a<td>3<p style='display:none'>9</p>", [["a", "3"]]),
        ("<tr><td>a<td><p style='font:x;display:none;color:#fff'>9</p>3", [["a", "3"]]),
        ("<tr><td>a<td><p style='display&#58;none'>9</p>3", [["a", "3"]]),  # a colon by its entity
        ("<tr><td>a<td class='b'hidden>9<td>3", [["a", "3"]]),
        ("<tr><td>a<td><script>9</script><!-- 9 -->3", [["a", "3"]]),
    ],
)
def test_tables_follow_the_standard(rows: str, expected: list[list[str]]) -> None:
    assert grid(f"<table>{rows}</table>") == expected


def test_copies_of_a_merged_cell_are_one_object_at_its_first_place() -> None:
    (table,) = tables(read_html("<table><tr><td>x<td rowspan=2 colspan=2>a<tr><td>y<tr><td>1<td>2<td>3</table>"))
    assert table.rows[0][1] is table.rows[0][2] is table.rows[1][1] is table.rows[1][2]
    assert table.rows[1][2].at == "t0/r0/c1"


def test_layout_tables_become_paragraphs_around_the_tables_in_them() -> None:
    inner = "<table><tr><td>规章<td>4</table>"
    source = f"<table><tr><td>前言<td>侧栏</tr><tr><td colspan=2>上文{inner}下文</table>"
    document = read_html(source)
    texts = [block.text if isinstance(block, Paragraph) else "table" for block in document.blocks]
    assert texts == ["前言", "侧栏", "上文", "table", "下文"]
    assert [block.at for block in document.blocks] == ["p0", "p1", "p2", "t0", "p3"]


def test_an_article_in_a_table_is_layout_and_a_long_note_in_a_data_table_is_not() -> None:
    article = f"<table><tr><td>标题<td>{pages.FILLER}</table>"
    note = f"<table><tr><td>a<td>1<td>2<td>3<tr><td colspan=4>{pages.FILLER}</table>"
    assert not tables(read_html(article))
    assert len(tables(read_html(note))) == 1


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>甲<p>乙", ["甲", "乙"]),
        ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"]),
        ("甲<br><br>乙", ["甲", "乙"]),
        ("甲。<br>乙", ["甲。", "乙"]),
        ("某局<br>年度报告", ["某局 年度报告"]),  # a title on two lines
        ("甲<br>　　乙", ["甲", "乙"]),
        ("<p>甲<script>x</script><style>y</style><!-- z --><b>乙</b>", ["甲乙"]),
        ("<p>甲<p style='display:none'>假<p>乙", ["甲", "乙"]),
        ("<select>" + "<option>项" * 16000 + "</select>尾", ["尾"]),
    ],
)
def test_prose_is_cut_where_a_browser_breaks(source: str, expected: list[str]) -> None:
    assert lines(source) == expected


def test_numbers_of_cells_outside_a_table_do_not_run_together() -> None:
    document = read_html("<div><tr><td>1</td><td>2</td></tr></div>")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["1 2"]
    assert document.damage == ("cells_outside_table:2",)


def test_metadata_of_the_container() -> None:
    assert read_html(pages.page("x", "题")).metadata == (("title", "题"), ("PubDate", "2024-01-20"))


def test_a_page_that_is_cut_says_so_and_its_last_number_is_not_trusted() -> None:
    whole = pages.page("<table><tr><td>规章<td>123</td></tr></table>")
    cut = whole[: whole.index("123") + 2]
    document = read_html(cut)
    assert {"truncated_html", "unclosed_table:1"} <= set(document.damage)
    assert tables(document)[0].rows[0][1].text == "12\ufffd"
    assert read_html(whole).damage == ()


def test_a_ragged_table_is_named() -> None:
    assert read_html("<table><tr><td>a<td>b<tr><td>c</table>").damage == ("ragged_table:t0",)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("<div>" * 60_000 + "x", "too_deep"),
        ("".join(f"<font size={number}><p>a" for number in range(5000)), "too_deep"),
        ("<table>" + "<tr><td rowspan=65534 colspan=1000>a<td>b" * 2000 + "</table>", "too_many_cells"),
    ],
)
def test_hostile_pages_are_refused_in_time(source: str, code: str) -> None:
    started = time.process_time()
    with pytest.raises(Refusal) as refused:
        read_html(source)
    assert refused.value.code == code
    assert time.process_time() - started < 3


@pytest.mark.parametrize("opening", ["<div>", "<table><tr><td>", "<table><tr><td>x<td>", "<b>", "<ul><li>"])
def test_deep_nests_neither_overflow_nor_lose_text(opening: str) -> None:
    *_, last = read_html(opening * 3000 + "终").blocks
    assert "终" in (last.text if isinstance(last, Paragraph) else last.rows[-1][-1].text)


WORDS = st.text(alphabet="甲乙丙丁0123456789", min_size=1, max_size=4)
LEAVES = WORDS.map(lambda text: f"<span>{text}</span>")


HIDDEN = WORDS.map(lambda text: f"<i style='display:none'>{text}</i>")


def nest(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=3).map("".join)
    row = st.lists(inner, min_size=1, max_size=3).map(lambda cells: "<tr>" + "".join(f"<td>{c}</td>" for c in cells))
    return st.one_of(
        several.map(lambda text: f"<div>{text}</div>"),
        several.map(lambda text: f"<p>{text}"),
        several.map(lambda text: f"<ul><li>{text}</ul>"),
        several.map(lambda text: f"{text}<br>"),
        st.lists(row, min_size=1, max_size=3).map(lambda rows: f"<table>{'</tr>'.join(rows)}</tr></table>"),
    )


@settings(max_examples=80)
@given(st.recursive(LEAVES, nest, max_leaves=12))
def test_every_visible_character_is_in_a_block_in_order(source: str) -> None:
    shown = []
    for block in read_html(source).blocks:
        if isinstance(block, Paragraph):
            shown.append(block.text)
        else:
            assert len({len(row) for row in block.rows}) == 1
            shown.extend({cell.at: cell.text for row in block.rows for cell in row}.values())
    visible = "".join(re.findall("<span>(.*?)</span>", source))
    assert "".join("".join(shown).split()) == visible


@settings(max_examples=80)
@given(st.recursive(LEAVES | HIDDEN, nest, max_leaves=12))
def test_an_element_taken_as_a_whole_reads_as_one_walked_through(source: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree, "SHALLOW", 0)
        walked = read_html(source)
    assert read_html(source) == walked


SOUP = """
    <p> </p> <div> </div> <b> </b> <font> </font> <a> </a> <li> <ul> </ul> <br> </br>
    <h1> <sup> </sup> <hr> <pre> <xmp> </xmp>
    <table> <tr> <td> </td> </tr> </table> <tbody> <caption> <table/> <script> </script> <textarea> </textarea> <form>
    <button> <svg> <math> <mi> <select> <template> <o:p> <body> </body> <html> </html> <noframes> </noframes> <p/>
    <!-- --> --> <!--x--> <!--<td>--> <? <i&nbsp;x> <b"a="1"> <p&nbsp;="x> <a&nbsp;t="<!--"> <a&nbsp;t="-->">
    <i&nbsp;b=>
    <td&nbsp;title="</table>"> <a&nbsp;t='"'> <b&nbsp;hidden> <p&nbsp;style="display:none"> <td&nbsp;colspan=2>
    <p&nbsp;class=a>
    &amp; &lt; &nbsp; &#12; &lt;b&gt; &quot; " ' > < 甲 乙。 12 3,4 0 &#31; &#160;
"""
TOKENS = st.lists(st.sampled_from([token.replace("&nbsp;", " ", 1) for token in SOUP.split()]), max_size=40)
soup = TOKENS.map("".join)


@settings(max_examples=300)
@given(soup)
def test_an_element_taken_at_once_with_its_breaks_reads_as_one_walked_through(source: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree, "chunk", lambda node: None)
        walked = read_html(source)
    assert read_html(source) == walked


@settings(max_examples=60)
@given(st.text(alphabet="<>/=\"'&; \nabtdrhplespan1甲", max_size=80))
def test_no_markup_breaks_the_reader(source: str) -> None:
    read_html(source)


@pytest.mark.parametrize("kind", ["word_pasted", "layout_tables", "nested"])
def test_each_cell_is_found_again_in_the_source(kind: str) -> None:
    source = pages.KINDS[kind]()
    table = max(tables(read_html(source)), key=lambda found: len(found.rows))
    for row in table.rows[5::9]:
        for cell in row[-7:]:
            start, end = source_span(source, cell.at)
            assert source[start:end] == cell.text


def test_part_of_a_paragraph_is_found_again_in_the_source() -> None:
    source = "<body><p>公开<b>12</b>条</p><p>收到12件&nbsp;答复12件</p></body>"
    start, end = source_span(source, "p1/2-4")
    assert (source[start:end], start) == ("12", source.index("12件"))
    start, end = source_span(source, "p0/2-5")
    assert source[start:end] == "12</b>条"


def test_a_page_in_a_string_reads_as_the_page() -> None:
    body = pages.table().replace("<tr>", '<tr class="a">')
    in_string = f"let content = {json.dumps(body, ensure_ascii=False)}"
    (expected,) = (block for block in read_html(body).blocks if isinstance(block, Table))
    (found,) = (block for block in read_html(in_string).blocks if isinstance(block, Table))
    assert found.rows == expected.rows
    for cell in {cell.at: cell for row in found.rows for cell in row if cell.text.isdigit()}.values():
        start, end = source_span(in_string, cell.at)
        assert in_string[start:end] == cell.text


@pytest.mark.parametrize("at", ["p9", "t0/r0/c1", "t5/r0/c0", "c12-14", "p0/0-0"])
def test_what_cannot_be_shown_is_an_error(at: str) -> None:
    with pytest.raises(LookupError):
        source_span("<body><p>甲</p><table><tr><td>a<td><tr><td>b<td>c</table></body>", at)
