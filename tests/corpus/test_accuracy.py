"""A small run of the corpus: nothing wrong is published, and no pinned floor is missed."""

import pytest

from tests.corpus import accuracy
from tests.corpus.run import measure


@pytest.fixture(scope="module")
def measured():
    return measure(90, 7, processes=1)


def test_nothing_wrong_is_published(measured):
    assert measured.whole.filter(measured.whole["wrong"] > 0)["examples"].to_list() == []
    assert measured.damaged.filter(measured.damaged["wrong"] > 0)["examples"].to_list() == []


def test_nothing_is_below_its_floor(measured):
    assert accuracy.below(measured) == []


def test_every_format_and_form_is_in_it(measured):
    assert measured.whole["format"].n_unique() >= 5
    assert measured.whole["kind"].n_unique() == 6
    assert measured.alike["same"].sum() == len(measured.alike)


def test_a_worse_result_is_named(measured):
    worse = measured._replace(whole=measured.whole.with_columns(wrong=1))
    assert any("wrong and published" in line for line in accuracy.below(worse))
