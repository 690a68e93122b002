"""In flattened tables a number with a note, a mark or a break in it was taken for words, and its cell for blank."""

import pytest

from tests.transforms.printing import found
from transforms.model import State
from transforms.read.text import read_text

ROWS = (
    "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |",
    "规章 | 0 | 0 | 0 |",
    "行政规范性文件 | 3 | 1 | 40 |",
    "第二十条第（五）项",
    "信息内容 | 本年处理决定数量 |",
    "行政许可 | {} |",
    "第二十条第（六）项",
    "信息内容 | 本年处理决定数量 |",
    "行政处罚 | 7 |",
    "行政强制 | 0 |",
)
BROKEN = ("12[1]", "12 34", "&nbsp;12", "12;", "12.", "（12）", "&gt;12", "12/13", "12注1", "共12件", "见附件1")
DIALECTS = {
    "pipes": lambda rows: rows,
    "no pipes at the end": lambda rows: [row.rstrip(" |") for row in rows],
    "spaces": lambda rows: [" ".join(row.replace("|", " ").split()) for row in rows],
    "a cell a line": lambda rows: [cell.strip() for row in rows for cell in row.split("|") if cell.strip()],
}


def printed(number, dialect="pipes", row=5):
    rows = [text.format("12") for text in ROWS]
    rows[row] = ROWS[5].format(number) if row == 5 else number
    return found(read_text("\n".join(DIALECTS[dialect](rows))))


@pytest.mark.parametrize("dialect", ["pipes", "no pipes at the end", "a cell a line"])
@pytest.mark.parametrize("number", ["12（其中简易3）", "12件（折合）"])
def test_a_number_before_a_note_is_read(number, dialect):
    assert printed(number, dialect)[0]["licensing_decisions", ""].value == 12


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("number", BROKEN)
def test_what_cannot_be_read_is_never_blank(number, dialect):
    readings, notes = printed(number, dialect)
    assert readings["licensing_decisions", ""].state in (State.UNREADABLE, State.UNPLACED)
    assert notes & {"cell_unreadable", "numbers_unplaced"}
    assert readings["penalty_decisions", ""].value == 7


def test_it_keeps_its_place_among_others():
    readings, _ = printed("行政规范性文件 | 3 | 1[2] | 40 |", row=2)
    metrics = ("normative_documents_issued", "normative_documents_repealed", "normative_documents_in_force")
    assert [readings[metric, ""].value for metric in metrics] == [3, None, 40]


def test_words_behind_a_full_row_are_no_part_of_it():
    readings, _ = printed("12 | 其中简易3件")
    assert readings["licensing_decisions", ""].value == 12


def test_an_ordinal_before_the_next_label_is_no_number_of_a_row():
    readings, _ = printed("12 | （2）")
    assert readings["licensing_decisions", ""].value == 12


@pytest.mark.parametrize("number", ["12[1]", "（12）", "12。", "12注1"])
def test_the_last_line_of_a_table_belongs_to_it(number):
    readings, notes = printed(f"行政强制 | {number} |", "a cell a line", row=-1)
    assert readings["coercion_decisions", ""].state is State.UNREADABLE
    assert "cell_unreadable" in notes


def test_a_number_too_many_leaves_the_row_without_places():
    assert printed("12 | 3[1]")[0]["licensing_decisions", ""].state is State.UNPLACED


def test_a_year_behind_a_label_is_no_number():
    readings, notes = printed("行政强制（2022年） |", "a cell a line", row=-1)
    assert readings["coercion_decisions", ""].state is State.BLANK
    assert "cell_unreadable" not in notes
