"""What a cell says in brackets behind its number was dropped: a sign, a scale, a correction, that it is unknown yet."""

import pytest

from transforms.extract.cell import read_cell
from transforms.model import Cell

IN_FORCE, CHANGE = "normative_documents_in_force", "licensing_items_change"


def read(printed, metric=IN_FORCE, unit=""):
    state, value, bound, _ = read_cell(Cell(printed, "t0/r0/c0", printed), metric, unit)
    return str(state), value, bound


@pytest.mark.parametrize(
    ("printed", "value"),
    [("5(减)", -5), ("5(减少)", -5), ("5(增)", 5), ("-5(减)", -5), ("减5(减)", -5), ("0(持平)", 0)],
)
def test_the_sign_of_a_change_may_stand_behind_it(printed, value):
    assert read(printed, CHANGE) == ("reported", value, "")


@pytest.mark.parametrize("printed", ["+5(减少)", "5(减2)"])
def test_a_change_in_two_directions_is_none(printed):
    assert read(printed, CHANGE)[0] == "unreadable"


@pytest.mark.parametrize(
    "printed",
    [
        "12(应为13)",
        "12(更正为13)",
        "12(实为13)",
        "12(有误)",
        "0(待统计)",
        "0(未统计)",
        "3(预计)",
        "3(暂估)",
        "12(上年)",
    ],
)
def test_a_number_taken_back_is_unreadable(printed):
    assert read(printed)[0] == "unreadable"


@pytest.mark.parametrize(("printed", "bound"), [("12(约)", "about"), ("12(以上)", "lower"), ("12(余)", "lower")])
def test_an_approximation_may_stand_behind_the_number(printed, bound):
    assert read(printed) == ("approximate", 12, bound)


def test_so_may_its_scale():
    assert read("5(万件)") == ("approximate", 50000, "about")
    assert read("5(单位:万件)") == ("approximate", 50000, "about")
    assert read("5000(元)", "administrative_fees_10k_yuan")[0] == "unreadable"
    assert read("5000(单位:元)", "administrative_fees_10k_yuan")[0] == "unreadable"
    assert read("0.5(万元)", "administrative_fees_10k_yuan") == ("reported", 0.5, "")


def test_why_a_nought_is_one_leaves_it():
    assert read("0(未收费)", "administrative_fees_10k_yuan") == ("reported", 0, "")
    assert read("0(未发生)") == ("reported", 0, "")


@pytest.mark.parametrize("printed", ["12(件)", "12(其中简易3)", "12(含上年结转2)", "12(上年10)", "12(其中暂缓公开1)"])
def test_other_notes_leave_the_number_as_it_is(printed):
    assert read(printed) == ("reported", 12, "")


def test_a_scale_in_a_column_of_that_scale_may_count_twice():
    assert read("1.2亿", "procurement_amount", "万元")[0] == "unreadable"
    assert read("1.2亿", "procurement_amount", "元")[1] == 120_000_000
    assert read("0", "procurement_amount", "?元") == ("reported", 0, "")
