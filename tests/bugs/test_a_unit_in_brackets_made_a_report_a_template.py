"""The unit in the header of table 2 was taken for a hole to fill in: reports without a readable count were refused."""

import re

import pytest

from flows.reading import read_one
from tests.flows.reports import SAMPLES
from transforms.model import Refusal

PAGE = (SAMPLES / "township-all-zero.html").read_text("utf-8")


def with_values(text: str) -> bytes:
    """The sample with this in every cell of its tables, and with sentences that count nothing."""
    cells = re.sub(r"(<td[^>]*>)[\d.]+(</td>)", rf"\g<1>{text}\g<2>", PAGE)
    return re.sub(r"\d+(?:\.\d+)?(条|件|次|篇|人|期|个)", r"\1", cells).encode()


@pytest.mark.parametrize("mark", ["/", "\ue601", "四", ""])
def test_a_report_whose_cells_hold_no_digits_is_a_report(mark):
    assert read_one(with_values(mark), "page.html").identification.fiscal_year


def test_what_has_holes_is_a_template_still():
    with pytest.raises(Refusal, match="blank_template"):
        read_one((SAMPLES / "blank-template.html").read_bytes(), "page.html")
