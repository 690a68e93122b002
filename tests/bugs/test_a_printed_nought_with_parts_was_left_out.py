"""A total printed as 0 beside a part that is more was left out, as a denial in words is, and no rule of sums saw it."""

from transforms.claims import claims
from transforms.model import Paragraph


def told(text):
    readings, _ = claims([Paragraph(text, "p0", text)], 2022)
    return {reading.metric: (reading.value, bool(reading.whole)) for reading in readings}


def test_a_printed_nought_stays_for_the_rule():
    found = told("因政府信息公开被申请行政复议0件,其中结果维持0件,结果纠正3件。")
    assert found["reconsideration_total"] == (0, False)
    assert found["reconsideration_corrected"] == (3, True)


def test_a_denial_beside_a_part_is_of_a_few_ways():
    assert "requests_received" not in told("全年未收到政府信息公开申请。收到信函申请3件。")
