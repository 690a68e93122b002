"""Text that is crossed out was read with what stands beside it: 12, crossed out, before 345 was published as 12345."""

import pytest

from tests.corpus.docx import FONT, package, paragraph, run
from transforms.read.docx import read_docx
from transforms.read.html import read_html

ROWS = "".join(f"<tr><td>a{row}</td><td>{row}</td></tr>" for row in range(4))
CROSSED = [
    "<s>12</s>345",
    "<del>12</del>345",
    "<STRIKE class=a>12</STRIKE>345",
    "345<s><b>6</b></s>",
    '<span style="color: red; text-decoration: line-through">12</span>345',
]


@pytest.mark.parametrize("printed", CROSSED)
@pytest.mark.parametrize("page", ["<table>{}<tr><td>b</td><td>{}</td></tr></table>", "<p>{}</p><p>{}</p>"])
def test_of_a_page_what_is_not_crossed_out_counts(printed, page):
    document = read_html("<html><body>" + page.format(ROWS, printed) + "</body></html>")
    texts = [cell.text for block in document.blocks for row in getattr(block, "rows", ()) for cell in row]
    texts += [getattr(block, "text", "") for block in document.blocks]
    assert "345" in texts
    assert "struck_out:1" in document.damage


def test_a_page_that_crosses_nothing_out_is_as_it_was():
    document = read_html(
        "<html><head><style>a{text-decoration:none}</style></head><body><p>12345 <u>6</u></p></body></html>"
    )
    assert [block.text for block in document.blocks] == ["12345 6"]
    assert document.damage == ()


@pytest.mark.parametrize("name", ["strike", "dstrike"])
def test_of_a_document_what_is_not_crossed_out_counts(name):
    body = f"<w:p>{run('12', f'<w:rPr><w:{name}/></w:rPr>')}{run('345', FONT)}</w:p>" + paragraph("6")
    document = read_docx(package(body))
    assert [block.text for block in document.blocks] == ["345", "6"]
    assert document.damage == ("struck_out:1",)


def test_a_property_that_is_switched_off_crosses_nothing_out():
    off = '<w:rPr><w:strike w:val="0"/></w:rPr>'
    body = f"<w:p>{run('12', off)}{run('345', FONT)}</w:p>"
    assert [block.text for block in read_docx(package(body)).blocks] == ["12345"]
