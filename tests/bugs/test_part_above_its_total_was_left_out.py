"""A part that a sentence prints as more than its total was left out: the rule that is broken never saw it."""

import pytest

from transforms.claims import claims
from transforms.model import Paragraph


def told(text):
    readings, notes = claims([Paragraph(text, "p0", text)], 2021)
    return {reading.metric: reading.value for reading in readings}, [note.code for note in notes]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("全年办结政府信息公开申请30件,其中延期办结45件。", {"requests_closed": 30, "requests_closed_extended": 45}),
        (
            "全年收到政府信息公开申请6件,其中当面申请1件,网络申请14件。",
            {"requests_received": 6, "requests_received_in_person": 1, "requests_received_online": 14},
        ),
    ],
)
def test_what_is_said_to_be_a_part_is_told_as_printed(text, parts):
    assert told(text) == (parts, [])


def test_what_is_not_said_to_be_a_part_is_no_part():
    values, codes = told("全年办结政府信息公开申请30件,延期办结45件。")
    assert "requests_closed_extended" not in values
    assert "claim_conflict" in codes
