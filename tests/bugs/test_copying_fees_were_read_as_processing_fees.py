"""Fees for copies, told behind the notices of processing fees, were read as processing fees collected."""

import pytest

from transforms.claims import claims
from transforms.model import Paragraph

NOTICES = "发出信息处理费收费通知8件,通知金额873元。"
COPIES = "全年共收取检索、复制、邮寄费用344元。"


@pytest.mark.parametrize("lines", [(NOTICES, COPIES), (NOTICES + COPIES,), (COPIES, NOTICES)])
def test_fees_for_copies_are_no_processing_fees(lines):
    readings, _ = claims([Paragraph(line, f"p{i}", line) for i, line in enumerate(lines)], 2013)
    found = {reading.metric: reading.value for reading in readings}
    assert found["fees_collected_yuan"] == 344
    assert "processing_fees_collected_yuan" not in found
