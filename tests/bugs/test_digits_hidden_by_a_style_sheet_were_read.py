"""What a page's own style sheet hides was read with what stands beside it: a hidden 1 before 5 was published as 15."""

import pytest

from transforms.read.html import read_html

PAGE = """<html><head><style>{sheet}</style></head><body><table>
<tr><td>a</td><td>4</td></tr><tr id="r"><td>b</td><td class="v"><span class="x gone">1</span>5</td></tr></table>
<div class="gone">text</div></body></html>"""
HIDING = [
    ".gone{display:none}",
    "a, span.gone { color:red; DISPLAY : none !important }",
    ".v .gone{visibility:hidden}",
    ".gone{text-decoration:line-through}",
    "<!-- @media print{.v{color:red}} /* } */ .gone{display:none} -->",
    ".gone{display:inline} .gone{display:none}",
]
SHOWING = [
    "@media print{.gone{display:none}}",
    "@media (max-width:9px){.v{color:red} .gone{display:none}}",
    ".gone:hover{display:none}",
    ".gone{display:none} .v .x{display:inline}",
    ".other{display:none}",
    "..{display:none}",
    ".gone{text-decoration:none}",
]


def texts(sheet):
    document = read_html(PAGE.format(sheet=sheet))
    cells = [cell.text for block in document.blocks for row in getattr(block, "rows", ()) for cell in row]
    return cells, document.blocks[-1].text


@pytest.mark.parametrize("sheet", HIDING)
def test_what_a_style_sheet_hides_in_a_cell_does_not_count(sheet):
    assert texts(sheet) == (["a", "4", "b", "5"], "text")


@pytest.mark.parametrize("sheet", SHOWING)
def test_what_it_shows_or_hides_at_times_alone_counts(sheet):
    assert texts(sheet) == (["a", "4", "b", "15"], "text")


def test_a_hidden_row_does_not_count_and_an_element_has_the_last_word():
    assert texts("#r{display:none}")[0] == ["a", "4"]
    own = PAGE.replace('class="x gone"', 'class="gone" style="display:inline"').format(sheet=".gone{display:none}")
    assert read_html(own).blocks[0].rows[1][1].text == "15"
