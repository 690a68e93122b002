"""A table printed with its columns as labels (`规章 | 本年制发件数 | 2`) was in no layout, and nothing said so."""

from tests.transforms.printing import document, found, grid
from transforms.model import State

ROWS = ("规章", "行政规范性文件")
COLUMNS = ("本年制发件数", "本年废止件数", "现行有效件数")


def printed(number):
    return found(document(grid([[row, column, number] for row in ROWS for column in COLUMNS])))


def test_its_cells_are_lost():
    readings, notes = printed("4")
    assert readings["rules_issued", ""].state is State.LOST
    assert "table_unread" in notes


def test_without_a_number_nothing_is():
    assert printed("") == ({}, set())
