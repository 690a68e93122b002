"""A number in a cell merged over two rows was published for both: a printed cell may be used but once."""

import pytest

from tests.transforms.printing import found
from transforms.read.html import read_html

HEADS = "<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
RULES = "<tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr>"
OTHERS = "<tr><td>行政规范性文件</td><td>3</td><td>1</td><td>40</td></tr>"
LICENSING = (
    "<tr><td>信息内容</td><td colspan=3>本年处理决定数量</td></tr><tr><td>行政许可</td><td colspan=3>12</td></tr>"
)
PENALTY = "<tr><td>行政处罚</td><td colspan=3 rowspan={span}>{printed}</td></tr><tr><td>{other}</td>{own}</tr>"


def read(printed, span=2, other="行政强制", own=""):
    penalty = PENALTY.format(printed=printed, span=span, other=other, own=own)
    return found(read_html(f"<table>{HEADS}{RULES}{OTHERS}{LICENSING}{penalty}</table>"))


def test_a_number_merged_over_two_rows_is_in_neither():
    readings, codes = read("7")
    assert {readings[metric, ""].state for metric in ("penalty_decisions", "coercion_decisions")} == {"unplaced"}
    assert readings["licensing_decisions", ""].value == 12
    assert "numbers_unplaced" in codes


def test_nor_when_nobody_knows_the_other_row():
    readings, _ = read("7", other="行政征收")
    assert readings["penalty_decisions", ""].state == "unplaced"


@pytest.mark.parametrize("printed", ["/", ""])
def test_a_mark_or_a_blank_is_in_both(printed):
    readings, codes = read(printed)
    assert readings["penalty_decisions", ""].state == readings["coercion_decisions", ""].state
    assert "numbers_unplaced" not in codes


def test_a_number_for_each_row_is_read():
    readings, _ = read("7", span=1, own="<td colspan=3>0</td>")
    assert [readings[metric, ""].value for metric in ("penalty_decisions", "coercion_decisions")] == [7, 0]
