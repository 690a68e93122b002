"""A cell of thousands of digits and signs in a flattened table was searched for its end from each of them, twice."""

import re

import pytest

from transforms.recognise.strange import is_glued

AS_IT_WAS = re.compile(r"\d[^\u3400-\u9fff]*[\u3400-\u9fff]?[^\u3400-\u9fff]*$")


@pytest.mark.parametrize(
    "label", ["行政许可12", "行政许可 12[1]", "许可12件", "许可12件 3", "12许可", "许可", "1许", "1许可2", ""]
)
def test_digits_at_the_end_of_a_label_are_told_as_before(label):
    assert is_glued(label) == bool(AS_IT_WAS.search(label))


def test_a_long_cell_is_searched_once():
    assert not is_glued("1 - " * 20_000 + "许可")
