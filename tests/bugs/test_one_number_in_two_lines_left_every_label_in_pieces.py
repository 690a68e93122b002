"""In a table without rulings, one number set in two lines kept every label of the table from being made whole."""

from transforms.read.pdf.lines import Text
from transforms.read.pdf.unruled import Block, whole

SIZE, PITCH = 10.0, 15.0


def block(text, left, base):
    return Block(left, left + SIZE * len(text), base, base, Text(text, (None,) * len(text)))


def labels(numbers):
    """What becomes of a label in two lines, its value in the middle beside it, and of two labels below it."""
    pieces = [block("ab", 0, 100), block("cd", 0, 100 + PITCH), block("ef", 0, 150), block("gh", 0, 150 + PITCH)]
    numbers = [block("7", 200, 100 + PITCH / 2), *numbers]
    return [each.text.text for each in whole([*pieces, *numbers], numbers, SIZE)]


def test_labels_are_made_whole_away_from_rows_that_stand_close():
    assert labels([block("1", 200, 150), block("234", 200, 150 + PITCH)]) == ["ab cd", "ef", "gh"]


def test_without_such_rows_all_are():
    assert labels([block("8", 200, 150 + PITCH / 2)]) == ["ab cd", "ef gh"]
