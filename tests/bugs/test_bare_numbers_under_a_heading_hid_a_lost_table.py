"""Numbers without labels under the heading of a table made it look as if something stood there: nothing was said."""

import pytest

from flows.reading import read_one
from tests.flows.reports import SAMPLES

TEXT = (SAMPLES / "text-a1.txt").read_text("utf-8")
ROW = "6 1 0 0 0 0 7"


def told(below):
    """The notes on a report below whose heading of table 3 stands only that."""
    start = TEXT.index("三、")
    end = TEXT.index("四、", start)
    heading = TEXT[start:end].split("\n")[0]
    text = f"{TEXT[:start]}{heading}\n{below}\n{TEXT[end:]}"
    return {(note.code, note.section) for note in read_one(text.encode(), "report.txt").notes}


@pytest.mark.parametrize("below", ["", ROW, f"|{ROW.replace(' ', '|')}|", f"{ROW}\n0 0 0 0 0 0 0", "100%"])
def test_the_table_is_said_to_be_lost(below):
    assert ("table_lost", "requests") in told(below)


def test_words_under_the_heading_are_no_lost_table():
    below = "\n".join(line for line in TEXT.split("\n") if line.startswith("根据"))
    assert below
    assert ("table_lost", "requests") not in told(below)
