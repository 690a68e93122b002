"""What a style crosses out, raises or whitens counted (1215 for 15); a cell with a picture of a number was blank."""

import pytest

from tests.corpus.docx import NAMESPACES, package, run
from transforms.model import Document, Table
from transforms.numbers import read_number
from transforms.read.docx import read_docx

STYLES = {
    "gone": "<w:rPr><w:strike/></w:rPr>",
    "heir": '<w:basedOn w:val="gone"/>',
    "back": '<w:basedOn w:val="gone"/><w:rPr><w:strike w:val="0"/></w:rPr>',
    "mark": '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
    "high": '<w:rPr><w:position w:val="8"/></w:rPr>',
    "pale": '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>',
    "loop": '<w:basedOn w:val="loop"/>',
}
SHADE = '<w:shd w:val="clear" w:fill="1F4E78"/>'


def styled(body: str) -> Document:
    """A document with these styles."""
    styles = "".join(f'<w:style w:styleId="{name}">{inner}</w:style>' for name, inner in STYLES.items())
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="s" Type="x/styles" Target="styles.xml"/></Relationships>'
    )
    parts = {
        "word/styles.xml": f"<w:styles {NAMESPACES}>{styles}</w:styles>",
        "word/_rels/document.xml.rels": relations,
    }
    return read_docx(package(body, parts))


def of(style: str) -> str:
    return f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>'


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def second(inner: str, properties: str = "") -> str:
    """What is read of a cell, beside others that keep the table a table."""
    row = "<w:tr>" + cell(f"<w:p>{run('a')}</w:p>") + "{}</w:tr>"
    rows = row.format(cell(inner, properties)) + row.format(cell(f"<w:p>{run('2')}</w:p>"))
    found = [block for block in styled(f"<w:tbl>{rows}</w:tbl>").blocks if isinstance(block, Table)]
    return found[0].rows[0][1].text


@pytest.mark.parametrize(("style", "expected"), [("gone", "15"), ("heir", "15"), ("back", "1215"), ("loop", "1215")])
def test_styles_cross_out(style: str, expected: str) -> None:
    document = styled(f"<w:p>{run('12', of(style))}{run('15')}</w:p>")
    assert [block.text for block in document.blocks] == [expected]
    assert document.damage == (("struck_out:1",) if expected == "15" else ())


def test_the_style_of_a_paragraph_crosses_out_all_but_what_says_otherwise() -> None:
    kept = run("5", '<w:rPr><w:strike w:val="0"/></w:rPr>')
    assert second(f'<w:p><w:pPr><w:pStyle w:val="gone"/></w:pPr>{run("12")}{kept}</w:p>') == "5"


@pytest.mark.parametrize(
    "properties",
    [
        of("mark"),
        of("high"),
        '<w:rPr><w:position w:val="8"/></w:rPr>',
        '<w:rPr><w:position w:val="-4"/></w:rPr>',
        '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>',
        of("pale"),
    ],
)
def test_digits_that_are_raised_or_white_are_no_part_of_a_number(properties: str) -> None:
    assert read_number(second(f"<w:p>{run('5')}{run('1', properties)}</w:p>")) is None


def test_a_line_that_stands_higher_as_a_whole_is_read() -> None:
    high = '<w:rPr><w:position w:val="8"/></w:rPr>'
    assert second(f"<w:p>{run('5', high)}{run('1', high)}</w:p>") == "51"


def test_white_on_a_ground_is_seen() -> None:
    white = '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
    assert second(f"<w:p>{run('51', white)}</w:p>", SHADE) == "51"
    assert second(f"<w:p>{run('51', white.replace('/></w', '/>' + SHADE + '</w'))}</w:p>") == "51"
    assert second(f"<w:p>{run('b', white)}</w:p>") == "b"


BOX = f"<w:r><w:pict><v:textbox><w:txbxContent><w:p>{run('23')}</w:p></w:txbxContent></v:textbox></w:pict></w:r>"
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> EQ \\o\\ac(O,5)</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
LISTED = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr></w:pPr>'


@pytest.mark.parametrize(
    "inner",
    [BOX, FIELD, LISTED.format(1), "<w:r><w:drawing/></w:r>", "<w:r><w:object/></w:r>"],
)
def test_a_cell_that_shows_no_text_but_something_is_neither_blank_nor_a_number(inner: str) -> None:
    text = second(f"<w:p>{inner}</w:p>")
    assert text
    assert read_number(text) is None
    assert second(f"<w:p>{inner}</w:p><w:p>{run('7')}</w:p>") == "7"


@pytest.mark.parametrize("inner", ["", LISTED.format(0), FIELD.replace("EQ", "PAGE")])
def test_a_cell_that_shows_nothing_is_blank(inner: str) -> None:
    assert second(f"<w:p>{inner}</w:p>") == ""


def test_numbers_in_a_table_within_a_cell_stay_in_it() -> None:
    inner = (
        f"<w:tbl><w:tr>{cell('<w:p>' + run('1') + '</w:p>')}{cell('<w:p>' + run('5') + '</w:p>')}</w:tr></w:tbl><w:p/>"
    )
    assert second(inner) == "1 5"


MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


@pytest.mark.parametrize(
    "formula",
    [
        "<m:sSup><m:e><m:r><m:t>5</m:t></m:r></m:e><m:sup><m:r><m:t>1</m:t></m:r></m:sup></m:sSup>",
        "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>5</m:t></m:r></m:den></m:f>",
    ],
)
def test_a_formula_is_no_number(formula: str) -> None:
    assert read_number(second(f"<w:p><m:oMath {MATH}>{formula}</m:oMath></w:p>")) is None
    assert second(f"<w:p><m:oMath {MATH}><m:r><m:t>51</m:t></m:r></m:oMath></w:p>") == "51"
