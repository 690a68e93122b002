"""In text of one cell a line, a dash for an empty cell was set aside as page chrome, and its row fell out of step.

Where marks were kept, a table of marks and few numbers was taken for one whose repeated lines had been dropped.
"""

from transforms.body import body
from transforms.model import Cell, Document, Paragraph
from transforms.recognise.fragments import is_deduplicated


def test_a_dash_on_a_line_of_text_stays():
    lines = tuple(Paragraph(text, f"c{10 * at}", text) for at, text in enumerate(("规章", "-", "3", "—", "|")))
    kept, _ = body(Document(lines, "", "text"))
    assert [block.plain for block in kept.blocks] == ["规章", "-", "3", "—"]


def test_a_mark_printed_twice_shows_that_nothing_was_dropped():
    cells = [Cell(text, "", text) for text in ("/", "/", "4", "6", "7")]
    assert not is_deduplicated(cells, 6, 10)
    assert is_deduplicated(cells[1:], 6, 10)
