"""The printed layout of the forms: every declared cell once, headings merged as the forms print them."""

import pytest

from flows.site.drawn import blocks
from flows.site.layout import Heading, headings
from transforms.forms import forms

TABLES = [(form.code, table) for form in forms().values() for table in form.tables]


@pytest.mark.parametrize(("form", "table"), TABLES, ids=[f"{form}-{table.section}" for form, table in TABLES])
def test_every_cell_of_a_form_has_one_place(form, table):
    drawn = blocks(form, table.section)
    places = [place for block in drawn for line in block.lines for place in line.places if place]
    assert sorted(places) == sorted((slot.metric, slot.applicant) for slot in table.slots())


@pytest.mark.parametrize(("form", "table"), TABLES, ids=[f"{form}-{table.section}" for form, table in TABLES])
def test_the_merged_headings_fill_a_rectangle(form, table):
    for block in blocks(form, table.section):
        columns = len(block.lines[0].places)
        assert sum(one.across * one.levels for level in block.head for one in level) == columns * len(block.head)
        stubs = sum(one.across * one.levels for line in block.lines for one in line.stubs)
        assert stubs == block.depth * len(block.lines)


def test_neighbours_share_a_heading_and_a_short_path_takes_the_levels_left():
    paths = [("所有", "甲"), ("所有", "乙", "丙"), ("所有", "乙", "丁"), ("总计",)]
    assert headings(paths) == [
        [(0, Heading("所有", 3, 1)), (3, Heading("总计", 1, 3))],
        [(0, Heading("甲", 1, 2)), (1, Heading("乙", 2, 1))],
        [(1, Heading("丙", 1, 1)), (2, Heading("丁", 1, 1))],
    ]


def test_a_name_repeated_in_its_path_spans_the_levels():
    assert headings([("复议", "复议", "维持"), ("诉讼", "直接", "维持")]) == [
        [(0, Heading("复议", 1, 2)), (1, Heading("诉讼", 1, 1))],
        [(1, Heading("直接", 1, 1))],
        [(0, Heading("维持", 1, 1)), (1, Heading("维持", 1, 1))],
    ]


def test_a_form_that_is_not_declared_has_no_layout():
    assert blocks("form_1999", "requests") == ()
