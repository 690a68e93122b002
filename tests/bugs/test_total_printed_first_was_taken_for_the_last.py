"""In a text whose header begins with the total, rows of seven numbers were read in the order of the form."""

import pytest

from tests.transforms.printing import found
from transforms.read.text import read_text

ORGANISATIONS = "商业企业      科研机构      社会公益组织      法律服务机构      其他"


@pytest.mark.parametrize(
    ("header", "total"), [("总计      自然人      法人或其他组织", None), ("自然人      法人或其他组织      总计", 9)]
)
def test_only_numbers_in_the_order_of_the_form_are_placed(header, total):
    rows = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开", "（七）总计")
    lines = [header, ORGANISATIONS, *(f"{row}      5      /      0      0      0      1      9" for row in rows)]
    readings, _ = found(read_text("\n".join(lines)))
    assert readings["requests_granted", "total"].value == total
