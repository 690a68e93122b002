"""A table walked from memory gives what a walk of its own gives, whatever numbers it holds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import strategies
from tests.corpus.form import KEYS
from tests.corpus.printers import as_html, as_text
from tests.corpus.reports import report
from transforms.model import Cell, Table
from transforms.normalise import normalise_document
from transforms.read.reader import read
from transforms.recognise import memory, recognise, tabulate

PRINTED = st.sampled_from(
    ["0", "1", "2", "3", "17", "1,234", "12.0", "", "/", "—", "无", "5件", "4 5", "待定", "-1", "50%", "①"]
)


def document(told, kind, shown):
    return normalise_document(read(as_html(told, kind, shown=shown).encode(), "report"))[0]


def text(told, dialect, shown):
    return tabulate(normalise_document(read(as_text(told, dialect, shown=shown).encode(), "report"))[0])


@settings(max_examples=40)
@given(
    strategies.reports(),
    strategies.reports(),
    strategies.html_kinds,
    st.dictionaries(st.sampled_from(KEYS), PRINTED, max_size=60),
    st.dictionaries(st.sampled_from(KEYS), PRINTED, max_size=60),
)
def test_memory_changes_nothing(first, second, kind, shown, other):
    told = document(second, kind, other)
    memory.forget()
    alone = recognise(told)
    memory.forget()
    recognise(document(first, kind, shown))
    assert recognise(told) == alone


@settings(max_examples=40)
@given(
    strategies.reports(),
    strategies.reports(),
    strategies.text_dialects,
    st.dictionaries(st.sampled_from(KEYS), PRINTED, max_size=60),
    st.dictionaries(st.sampled_from(KEYS), PRINTED, max_size=60),
)
def test_memory_changes_nothing_in_texts(first, second, dialect, shown, other):
    memory.forget()
    alone = recognise(text(second, dialect, other))
    memory.forget()
    recognise(text(first, dialect, shown))
    assert recognise(text(second, dialect, other)) == alone


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["1", "甲项", "2", "乙项"], ["01", "甲项", "2", "乙项"]),  # a number with a leading nought is an ordinal
        (["甲项", "1", "乙项", "2"], ["甲项", "2", "乙项", "2"]),  # whether a number stands twice
        ([cell for n in range(9) for cell in (str(n), "甲项")], [cell for n in range(9) for cell in ("5", "甲项")]),
    ],
)
def test_what_numbers_decide_in_a_stream_is_in_its_skeleton(one, other):
    tables = [
        Table((tuple(Cell(each, f"c{at}", each) for at, each in enumerate(row)),), "c0", "stream")
        for row in (one, other)
    ]
    assert memory.skeleton(tables[0]) != memory.skeleton(tables[1])


def test_tables_that_differ_in_numbers_have_one_skeleton():
    pages = [document(report(3), "plain", shown) for shown in ({}, {KEYS[20]: "7", KEYS[190]: "12"})]
    official = [[block for block in page.blocks if isinstance(block, Table)][-2:] for page in pages]
    assert official[0] != official[1]
    assert [memory.skeleton(table) for table in official[0]] == [memory.skeleton(table) for table in official[1]]
