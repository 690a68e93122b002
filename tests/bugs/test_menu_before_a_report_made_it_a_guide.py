"""A report with hardly a number in its tables was refused as a guide, for the menu above it names guides."""

import pytest

from flows.reading import read_one
from tests.corpus.cases import case


@pytest.mark.parametrize("number", [1376, 2076])
def test_the_page_is_read(number):
    one = case(number, 0)
    assert read_one(one.file(), "a.html").identification.agency.endswith(one.paper.who.agency)
