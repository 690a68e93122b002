"""DOCX files give the grid that was printed, whatever the word processor left around it; hostile ones are refused."""

import time
import zipfile
from io import BytesIO

import docx as python_docx
import pytest
from hypothesis import given, settings

from tests.corpus import printers
from tests.corpus.docx import KINDS, NAMESPACES, as_docx, coded, hidden, package, run, tracked, values, zipped
from tests.corpus.grids import grids
from tests.corpus.reports import Report, report
from tests.strategies import reports
from transforms.model import Document, Paragraph, Refusal, Table
from transforms.read.docx import read_docx, source_places
from transforms.read.html import read_html

CELL = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def lines(body: str) -> list[str]:
    return [block.text for block in read_docx(package(body)).blocks if isinstance(block, Paragraph)]


def grid(body: str) -> list[list[str]]:
    (table,) = tables(read_docx(package(body)))
    return [[cell.text for cell in row] for row in table.rows]


def tc(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{inner}</w:p></w:tc>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def shown(document: Document, cut: int = 0) -> list[list[list[tuple[str, str]]]]:
    """The official tables as texts and places within them."""
    official = [table for table in tables(document) if len(table.rows) > 2]
    return [
        [[(cell.text, cell.at.partition("/")[2]) for cell in row[cut:]] for row in table.rows]
        for table in official[-3:]
    ]


@settings(max_examples=25)
@given(reports())
def test_the_same_report_as_a_page_and_as_a_file_has_the_same_tables(printed: Report) -> None:
    page = shown(read_html(printers.as_html(printed, "plain")))
    for kind in KINDS:
        found = shown(read_docx(as_docx(printed, kind)), cut=1 if kind == "sliced" else 0)
        if kind == "sliced":  # the column that gridBefore fills moves every place by one
            assert [[[text for text, _ in row] for row in table] for table in found] == [
                [[text for text, _ in row] for row in table] for table in page
            ]
        else:
            assert found == page, kind


@settings(max_examples=10)
@given(reports())
def test_the_prose_is_the_same_in_every_kind(printed: Report) -> None:
    expected = [block.text for block in read_docx(as_docx(printed, "plain")).blocks if isinstance(block, Paragraph)]
    for kind in ("split", "tracked", "hidden", "coded"):
        found = [block.text for block in read_docx(as_docx(printed, kind)).blocks if isinstance(block, Paragraph)]
        assert found == expected, kind


def test_a_file_of_another_writer_is_read_as_its_own_reader_reads_it() -> None:
    written = python_docx.Document()
    table = written.add_table(4, 5)
    for row, column in ((row, column) for row in range(4) for column in range(5)):
        table.cell(row, column).text = f"{row}.{column}"
    table.cell(0, 0).merge(table.cell(2, 0)).text = "高"
    table.cell(0, 1).merge(table.cell(0, 4)).text = "宽"
    table.cell(2, 3).merge(table.cell(3, 4)).text = "块"
    target = BytesIO()
    written.save(target)
    (found,) = tables(read_docx(target.getvalue()))
    assert [[cell.text for cell in row] for row in found.rows] == [[c.text for c in row.cells] for row in table.rows]
    assert found.rows[2][3] is found.rows[3][4]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (tbl(tc(run("a")) + tc(run("b"))), [["a", "b"]]),
        (tbl(tc(run("a")) + tc("")), [["a", ""]]),  # a blank stays a cell
        (tbl(tc(run("a"), '<w:gridSpan w:val="2"/>') + tc(run("b")), tc("") * 3), [["a", "a", "b"], ["", "", ""]]),
        (
            tbl(tc(run("a"), '<w:vMerge w:val="restart"/>') + tc(run("1")), tc("", "<w:vMerge/>") + tc(run("2"))),
            [["a", "1"], ["a", "2"]],
        ),
        # a merge that goes on under nothing, or under a cell of another width, begins anew
        (tbl(tc(run("a")) + tc(run("1")), tc(run("b"), "<w:vMerge/>") + tc(run("2"))), [["a", "1"], ["b", "2"]]),
        # text in a cell that only continues a merge is not printed
        (
            tbl(tc(run("a"), '<w:vMerge w:val="restart"/>') + tc(run("1")), tc(run("9"), "<w:vMerge/>") + tc(run("2"))),
            [["a", "1"], ["a", "2"]],
        ),
        (tbl(tc(run("a")) + tc(tracked("12"))), [["a", "12"]]),
        (tbl(tc(run("a")) + tc(hidden("12"))), [["a", "12"]]),
        (tbl(tc(run("a")) + tc(coded("12"))), [["a", "12"]]),
        (
            tbl(tc(run("a")) + tc(run("5") + run("1", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'))),
            [["a", "5^1"]],
        ),
        (tbl(tc(run("a")) + tc(run("1") + "<w:r><w:tab/></w:r>" + run("2"))), [["a", "1 2"]]),
        (tbl(tc(run("a")) + tc(run("1") + "<w:r><w:br/></w:r>" + run("2"))), [["a", "1 2"]]),
        (tbl(tc(run("a")) + tc('<w:r><w:sym w:font="x" w:char="0037"/></w:r>')), [["a", "7"]]),
        (tbl(tc(run("a")) + f"<w:tc><w:p>{run('1')}</w:p><w:p>{run('2')}</w:p></w:tc>"), [["a", "1 2"]]),
        (tbl(tc(run("a")) + f"<w:tc>{tbl(tc(run('7')))}<w:p/></w:tc>"), [["a", "7"]]),
        (tbl(f"<w:sdt><w:sdtContent>{tc(run('a'))}</w:sdtContent></w:sdt>" + tc(run("b"))), [["a", "b"]]),
        (
            tbl("<w:trPr><w:hidden/></w:trPr>" + tc(run("x")) * 2, tc(run("a")) + tc(run("b"))),
            [["a", "b"]],
        ),
        (tbl(tc(run("a")) + tc("<w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>" + run("12"))), [["a", "12"]]),
    ],
)
def test_tables_show_what_is_printed(body: str, expected: list[list[str]]) -> None:
    assert grid(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<w:p>{run('甲')}</w:p><w:p>{run('乙')}</w:p>", ["甲", "乙"]),
        (f"<w:p>{run('甲。')}<w:r><w:br/></w:r>{run('乙')}</w:p>", ["甲。", "乙"]),
        (f"<w:p>{run('某局')}<w:r><w:br/></w:r>{run('年度报告')}</w:p>", ["某局 年度报告"]),
        (
            f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('收到1')}</w:p><w:p>{run('2件')}</w:p>",
            ["收到12件"],  # the end of the first paragraph was deleted
        ),
        (
            f"<w:p>{run('甲')}<w:r><w:pict><w:txbxContent><w:p>{run('框')}</w:p></w:txbxContent></w:pict></w:r>"
            f"{run('乙')}</w:p><w:p>{run('丙')}</w:p>",
            ["甲乙", "框", "丙"],
        ),
        (tbl(tc(run("独栏")), tc(run("布局"))), ["独栏", "布局"]),
        (f"<w:p><w:ruby><w:rt>{run('gong')}</w:rt><w:rubyBase>{run('公')}</w:rubyBase></w:ruby></w:p>", ["公"]),
    ],
)
def test_prose_shows_what_is_printed(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_text_of_a_hidden_style_is_not_shown() -> None:
    styles = (
        f'<w:styles {NAMESPACES}><w:style w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r" Type="x/styles" Target="styles.xml"/></Relationships>'
    )
    body = f"<w:p>{run('甲')}{run('9', '<w:rPr><w:rStyle w:val=' + chr(34) + 'b' + chr(34) + '/></w:rPr>')}</w:p>"
    hidden_line = f"<w:p><w:pPr><w:pStyle w:val='a'/></w:pPr>{run('8')}</w:p>"
    data = package(body + hidden_line, {"word/styles.xml": styles, "word/_rels/document.xml.rels": relations})
    assert [block.text for block in read_docx(data).blocks if isinstance(block, Paragraph)] == ["甲"]


def test_the_strict_namespace_is_read_too() -> None:
    source = package(values([["a", "1"], ["b", "2"]]))
    with zipfile.ZipFile(BytesIO(source)) as archive:
        text = archive.read("word/document.xml").decode()
    strict = text.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert [len(table.rows) for table in tables(read_docx(zipped({"word/document.xml": strict})))] == [2]


def test_each_value_is_found_again_in_the_xml() -> None:
    printed = report(3)
    data = as_docx(printed, "plain")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    found, find = 0, source_places(data)
    for row in tables(read_docx(data))[1].rows[3::6]:
        for cell in row[-7:]:
            part, span = find(cell.at)
            assert part == "word/document.xml"
            if span:
                start, end = map(int, span.split("-"))
                assert xml[start:end] == cell.text
                found += 1
    assert found
    with pytest.raises(LookupError):
        find("c12-14")


ENTITY = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&x;</d>'


def drawn(*rows: str, widths: tuple[int, ...]) -> str:
    columns = "".join(f'<w:gridCol w:w="{size}"/>' for size in widths)
    return tbl(*rows).replace("<w:tbl>", f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>")


TWO = '<w:gridSpan w:val="2"/>'


@pytest.mark.parametrize(
    ("widths", "expected"),
    [
        ((900, 60, 900), [["a", "b"], ["1", "2"]]),  # a sliver: the edges were drawn by hand
        ((900, 400, 900), [["a", "b", "b"], ["1", "1", "2"]]),  # a column of its own
        ((60, 900, 900), [["a", "b", "b"], ["1", "1", "2"]]),  # the first cell would vanish: left as drawn
    ],
)
def test_edges_drawn_by_hand_make_no_columns(widths: tuple[int, ...], expected: list[list[str]]) -> None:
    body = drawn(tc(run("a")) + tc(run("b"), TWO), tc(run("1"), TWO) + tc(run("2")), widths=widths)
    assert grid(body) == expected


NESTED = "<w:tbl><w:tr><w:tc>"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (package(tbl(f"{CELL * 10}") * 1).replace(b"PK\x01\x02", b"PK\x09\x09"), "broken_container"),
        (package(f"<w:tbl>{('<w:tr>' + CELL * 10 + '</w:tr>') * 100_000}</w:tbl>"), "decompression_bomb"),
        (package(f"<w:tbl>{('<w:tr>' + CELL * 10 + '</w:tr>') * 21_000}</w:tbl>"), "too_many_cells"),
        (package(tbl(*[tc("", '<w:gridSpan w:val="1000000000"/>') + CELL] * 2000)), "too_many_cells"),
        (package(NESTED * 20_000 + "</w:tc></w:tr></w:tbl>" * 20_000), "too_deep"),
        (zipped({"word/document.xml": b" " * 300_000_000}), "decompression_bomb"),
        (zipped({"word/document.xml": ENTITY}), "declares_entities"),
        (package("<w:p><w:r><w:drawing/></w:r></w:p>"), "needs_ocr"),
        (package('<w:altChunk r:id="rId9"/>'), "format_not_read"),
        (package("<w:p/>"), "empty_file"),
    ],
)  # fmt: skip
def test_hostile_and_blank_files_are_refused_in_time(data: bytes, code: str) -> None:
    started = time.process_time()
    with pytest.raises(Refusal) as refused:
        read_docx(data)
    assert refused.value.code == code
    assert time.process_time() - started < 10


def test_a_huge_span_covers_no_more_columns_than_there_are() -> None:
    body = tbl(tc(run("a"), '<w:gridSpan w:val="1000000000"/>'), tc(run("1")) + tc(run("2")))
    assert grid(body) == [["a", "a"], ["1", "2"]]


def test_seventy_nested_tables_lose_no_text() -> None:
    body = ""
    for number in range(70):
        body = tbl(f"<w:tc>{body}<w:p>{run(str(number))}</w:p></w:tc>")
    assert lines(body) == [str(number) for number in range(70)]


def test_the_grids_printed_hold_every_number() -> None:
    printed = report(5)
    expected = [box.text for part in grids(printed.filled.cells) for row in part for box in row if box.key]
    found = [cell.text for table in tables(read_docx(as_docx(printed, "split"))) for row in table.rows for cell in row]
    assert not set(expected) - set(found)
