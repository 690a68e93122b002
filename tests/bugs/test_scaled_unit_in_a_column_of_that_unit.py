"""12.5万元 in the column of 万元 could not be read, and 12万 in it was published as 120000 of them."""

import pytest

from transforms.extract.cell import read_cell
from transforms.model import Cell, State

FEES = "administrative_fees_10k_yuan"


def test_the_unit_of_the_column_may_stand_in_the_cell():
    read = read_cell(Cell("12.5万元", "", "12.5万元"), FEES)
    assert (read.state, read.value) == (State.REPORTED, 12.5)


@pytest.mark.parametrize("text", ["12万", "12.5元", "3千", "1亿元", "12万件"])
def test_what_may_mean_another_unit_is_no_number(text):
    assert read_cell(Cell(text, "", text), FEES).state is State.UNREADABLE
