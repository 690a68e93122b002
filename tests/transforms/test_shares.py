"""Percentages of the prose: the share of a part passes in any rounding, another number is noted, the rest is left."""

from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.test_claims import told

RECEIVED = "收到政府信息公开申请{}件，其中网络申请{}件，占{}%。"
HOLD = (
    "收到政府信息公开申请20件，其中网络申请15件，占75%，信函申请5件，占25%。",
    "收到政府信息公开申请30件，其中网络申请20件，占66.67%，信函申请10件（占33.33%）。",
    "收到政府信息公开申请20件，其中网络申请15件、信函申请3件，占90%。",
    "收到政府信息公开申请20件，办结18件，其中予以公开9件，占45%。",
    "主动公开信息76条，其中涉及民生的20条，占26.3%，其他56条，占73.7%。",
)
BREAK = (
    "收到政府信息公开申请20件，其中网络申请15件，占70%，信函申请5件，占25%。",
    "收到政府信息公开申请20件，办结18件，其中予以公开9件，占40%。",
    "主动公开信息76条，其中涉及民生的20条，占36.3%，其他56条，占73.7%。",
)
LEFT = (
    "收到政府信息公开申请20件，其中网络申请15件，约占70%。",
    "收到政府信息公开申请20件，其中网络申请15件，占办结总数的70%。",
    "收到政府信息公开申请20余件，其中网络申请15件，占70%。",
    "收到政府信息公开申请20件，同比增长70%。",
    "从申请内容看，涉及土地征收的占45%，其他占55%。",
)


def noted(text):
    return [note.code for note in told(text, 2022)[1]].count("claim_share")


@pytest.mark.parametrize("text", [*HOLD, *LEFT])
def test_a_share_that_is_right_or_of_something_else_is_not_noted(text):
    assert noted(text) == 0


@pytest.mark.parametrize("text", BREAK)
def test_a_share_that_no_total_of_the_paragraph_gives_is_noted(text):
    assert noted(text) == 1


@given(st.integers(2, 5000), st.data(), st.integers(0, 2))
def test_a_share_may_be_rounded_or_cut_off_and_no_more(total, data, digits):
    part = data.draw(st.integers(1, total - 1))
    exact, unit = 100 * part / total * 10**digits, 10**-digits
    for rounded in (floor(exact), round(exact), ceil(exact)):
        assert noted(RECEIVED.format(total, part, f"{rounded * unit:.{digits}f}")) == 0
    wrong = (ceil(exact) + data.draw(st.integers(2, 9))) * unit
    assert noted(RECEIVED.format(total, part, f"{wrong:.{digits}f}")) == 1
