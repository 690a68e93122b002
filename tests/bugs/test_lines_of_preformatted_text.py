"""The line ends of `<pre>` were taken for spaces, and a table set in it for one long sentence."""

import pytest

from tests.transforms.printing import found
from transforms.model import Paragraph
from transforms.read.html import read_html

LINES = (
    "信息内容   上一年项目数量   本年增/减   处理决定数量",
    "行政许可   3   -2   7",
    "行政处罚   4   0   8",
    "行政强制   1   0   9",
)


@pytest.mark.parametrize("page", ["<pre>{}</pre>", "<PRE class='x'>{}", "<div><pre><b\nid='y'>{}</b></pre></div>"])
def test_a_table_in_it_is_read(page):
    document = read_html(page.format("\n".join(LINES)))
    assert [block.text.split() for block in document.blocks if isinstance(block, Paragraph)] == [
        x.split() for x in LINES
    ]
    assert found(document, 2020)[0]["coercion_decisions", ""].value == 9


def test_elsewhere_a_line_end_is_a_space():
    (block,) = read_html("<p>one\ntwo</p>").blocks
    assert block.text == "one two"
