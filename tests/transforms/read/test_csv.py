"""Comma- and tab-separated files: a table only where every line has the same number of fields."""

import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.model import Refusal, Table
from transforms.read.csv import fields, read_csv
from transforms.read.reader import read


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("a,b\n1,2\n", "x.csv", [["a", "b"], ["1", "2"]]),
        ("a,b\r\n1,\r\n\r\n", "x.CSV", [["a", "b"], ["1", ""]]),
        ('规章,"3,001"\n"a ""b""",2', "x.csv", [["规章", "3,001"], ['a "b"', "2"]]),
        ("a\tb\n1\t2", "x.tsv", [["a", "b"], ["1", "2"]]),
        ("a;b\n1,5;2", "x.csv", [["a", "b"], ["1,5", "2"]]),
        ('a,"b\nc"\n1,2', "x.csv", [["a", "b\nc"], ["1", "2"]]),
        ("a,b\n1\n", "x.csv", None),  # rows of different width
        ('a,"b\n1,2', "x.csv", None),  # a quote that never closes
        ("收到1,200件\n办结1,100件", "x.txt", None),
        ("甲,1,2,3,4\n" * 5, "x.txt", [["甲", "1", "2", "3", "4"]] * 5),
        ("", "x.csv", None),
        ("a,b", "x.csv", None),
    ],
)
def test_fields(text: str, name: str, expected: list[list[str]] | None) -> None:
    assert fields(text, name) == expected


FIELDS = st.text(alphabet='甲乙1,"; \n', min_size=1, max_size=5).map(lambda text: "x" + text)
ROWS = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(FIELDS, min_size=width, max_size=width), min_size=2, max_size=5)
)


@settings(max_examples=80)
@given(ROWS)
def test_what_a_writer_writes_is_read(rows: list[list[str]]) -> None:
    target = StringIO()
    csv.writer(target, lineterminator="\n").writerows(rows)
    assert fields(target.getvalue(), "a.csv") == rows


def test_a_file_in_gbk_is_one_table_and_its_places_are_known() -> None:
    text = "内容,本年新收,上年结转\n行政许可,12.0,3\n行政处罚,,4\n"
    document = read(text.encode("gbk"), "附件.csv")
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert (document.format, document.encoding, table.order) == ("csv", "gb18030", "grid")
    assert [[cell.text for cell in row] for row in table.rows][2] == ["行政处罚", "", "4"]
    assert table.rows[1][2].at == "t0/r1/c2"


def test_a_million_fields_are_refused() -> None:
    with pytest.raises(Refusal):
        read_csv("1,2,3,4,5\n" * 200_000, "a.csv")
