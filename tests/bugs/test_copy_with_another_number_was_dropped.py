"""A body printed twice, one number of the copy another: the copy was dropped around it, the first number published."""

from transforms.body import body
from transforms.model import Document, Paragraph

LINES = [f"line {number} of a table with one cell a line" for number in range(40)]


def texts(lines):
    found, _ = body(Document(tuple(Paragraph(line, f"p{n}", line) for n, line in enumerate(lines)), "", "text"))
    return [block.text for block in found.blocks]


def kept(second):
    return texts([*LINES[:20], "0", *LINES[20:], *second])


def test_a_copy_is_counted_once():
    assert kept([*LINES[:20], "0", *LINES[20:]]) == [*LINES[:20], "0", *LINES[20:]]


def test_a_copy_with_another_number_stays():
    copy = [*LINES[:20], "262266", *LINES[20:]]
    assert kept(copy) == [*LINES[:20], "0", *LINES[20:], *copy]


def test_a_copy_whose_last_number_is_another_stays():
    assert len(texts([*LINES, "7", "the end", *LINES, "8"])) == 2 * len(LINES) + 3


def test_a_copy_whose_number_lost_its_unit_stays():
    first = [*LINES[:20], "640件", *LINES[20:]]
    copy = [*LINES[:20], "806772", *LINES[20:]]
    assert texts([*first, *copy]) == [*first, *copy]
