"""Numbers of flattened tables went in the form's order although the headers stood in another: the sums hold in both."""

import pytest

from tests.transforms.printing import document, fill, flat, found, proactive_rows, remedies_rows, requests_rows
from transforms.model import State

ROWS = {
    "proactive": lambda: proactive_rows("form_2021", fill("form_2021", "proactive", top=90)),
    "requests": lambda: requests_rows("form_2021", fill("form_2021", "requests")),
    "remedies": lambda: remedies_rows(fill("form_2021", "remedies")),
}


def exchanged(rows, line, one, other):
    """The rows with two headers exchanged."""
    head = list(rows[line])
    head[one], head[other] = head[other], head[one]
    return [*rows[:line], head, *rows[line + 1 :]]


@pytest.mark.parametrize("order", ["rows", "stream"])
@pytest.mark.parametrize(
    ("section", "line", "one", "other"),
    [
        ("proactive", 0, 1, 2),
        ("proactive", 0, 2, 3),
        ("requests", 0, 2, 3),
        ("requests", 0, 1, 7),
        ("remedies", 1, 0, 1),
        ("remedies", 1, 3, 4),
    ],
)
def test_their_numbers_have_no_place(section, line, one, other, order):
    rows = ROWS[section]()
    whole, _ = found(document(flat(rows, order)))
    readings, notes = found(document(flat(exchanged(rows, line, one, other), order)))
    wrong = [key for key, item in readings.items() if item.value is not None and item.value != whole[key].value]
    assert not wrong
    assert "numbers_unplaced" in notes


def test_suits_in_another_order_are_not_exchanged():
    outcomes, numbers = remedies_rows(fill("form_2021", "remedies"))[1:]
    groups = ["行政复议", "复议后起诉", "未经复议直接起诉"]
    readings, _ = found(document(flat([groups, outcomes, numbers])))
    assert {item.state for item in readings.values()} == {State.UNPLACED}


def test_equal_numbers_are_the_same_in_any_order():
    outcomes = remedies_rows(fill("form_2021", "remedies"))[1]
    groups = ["行政复议", "复议后起诉", "未经复议直接起诉"]
    readings, _ = found(document(flat([groups, outcomes, ["0"] * 15])))
    assert {item.value for item in readings.values()} == {0}
