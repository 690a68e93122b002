"""Of the row of a record, which has no label, blanks before the first number were passed over: it fell out of step."""

from tests.transforms.printing import found
from transforms.read.text import read_text

ENDINGS = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计"
HEADERS = ("行政复议 | 行政诉讼 |", f"{ENDINGS} | 未经复议直接起诉 | 复议后起诉 |", f"{ENDINGS} | {ENDINGS} |")


def printed(*numbers):
    text = "\n".join((*HEADERS, " | ".join(numbers) + " |"))
    return [reading.printed for reading in found(read_text(text))[0].values()]


def test_they_are_places_of_the_row():
    numbers = ["", "", "3", "", "", "1", "", "", "", "", "", "2", "", "", "6"]
    assert printed(*numbers) == numbers


def test_with_a_place_too_many_and_blanks_at_both_ends_nothing_is_placed():
    numbers = ["", "", "3", "4", "5", "1", "", "", "", "", "", "2", "", "", "", ""]
    assert set(printed(*numbers)) == {"3 4 5 1 2"}
