"""Chinese sentences called three metrics by their codes: 同一单元格出现两个不同的数：staff: 5 / 35。"""

import pytest

from transforms.findings import in_chinese


@pytest.mark.parametrize(
    ("detail", "sentence"),
    [
        ("staff: 5 / 35", "政府信息公开指定专职人员数: 5 / 35"),
        ("meetings, staff_full_time", "召开政府信息公开工作会议或专题会议数, 全职人员"),
        ("www.staffing.example", "www.staffing.example"),
    ],
)
def test_they_are_called_by_their_names(detail, sentence):
    assert in_chinese(detail) == sentence
