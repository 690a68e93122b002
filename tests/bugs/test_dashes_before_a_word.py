"""A line of sixty dashes and a word, a blank line of 200,000 spaces, a megabyte of digits: reading never came back."""

import pytest

from transforms.genre import screen
from transforms.model import Paragraph, Refusal
from transforms.read.text import read_text


@pytest.mark.parametrize("line", ["-" * 200 + "x", "= - " * 100 + "----x", "|---" * 100 + "x", "\u2014" * 90 + "1"])
def test_the_line_is_read(line):
    assert [block.text for block in read_text(f"a\n{line}\nb").blocks if isinstance(block, Paragraph)]


def test_blanks_are_passed_over():
    blocks = read_text("a\n" + "\u3000" * 200_000 + "\nb").blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["a", "b"]


def test_digits_without_a_unit_are_no_count():
    with pytest.raises(Refusal):
        screen(read_text("1,234.50" * 100_000))
