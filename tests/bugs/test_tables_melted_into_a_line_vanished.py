"""A body scraped into one line, blanks kept or not: its tables were absent without a word, with all numbers."""

import pytest

from flows.reading import read_one
from tests.flows.reports import SAMPLES
from transforms.model import Paragraph
from transforms.read.html import read_html

PAGE = read_html((SAMPLES / "county-aggregate-clean.html").read_text("utf-8"))
SECTIONS = ("proactive", "remedies", "requests")


def melted(between: str, line: str) -> bytes:
    """The sample with `between` two cells and `line` between two blocks."""
    blocks = [
        block.text
        if isinstance(block, Paragraph)
        else between.join(
            text for row in block.rows for text in dict.fromkeys((c.at, c.text) for c in row) for text in text[1:]
        )
        for block in PAGE.blocks
    ]
    return line.join(blocks).encode()


def lost(data: bytes) -> list[str]:
    return sorted(note.section for note in read_one(data, "scraped.txt").notes if note.code == "table_unread")


@pytest.mark.parametrize(("between", "line"), [(" ", " "), ("", ""), ("", "\n")])
def test_they_are_told_to_be_lost(between, line):
    assert tuple(lost(melted(between, line))) == SECTIONS


def test_a_long_line_that_names_rows_in_sentences_is_no_table():
    text = (SAMPLES / "prose-2012.txt").read_text("utf-8")
    assert lost(" ".join(text.split()).encode()) == []
