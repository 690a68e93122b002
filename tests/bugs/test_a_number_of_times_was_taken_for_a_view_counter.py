"""In a table with one cell a line the cells 次 and 1252次 were set aside as page chrome, and their rows were lost."""

import pytest

from transforms.body import body
from transforms.model import Document, Paragraph


def aside(*lines):
    _, found = body(Document(tuple(Paragraph(line, f"p{n}", line) for n, line in enumerate(lines)), "", "text"))
    return [block.text for block in found]


@pytest.mark.parametrize("cell", ["次", "1252次", "0次", "(37次)"])
def test_times_are_a_cell(cell):
    assert aside("label", cell) == []


def test_times_behind_a_label_of_views_are_a_counter():
    assert aside("浏览次数:", "37次") == ["浏览次数:", "37次"]
