"""Lines that end in a word for nothing did not count as rows of a table: a table of such lines was passed over."""

from tests.transforms.printing import found
from transforms.read.text import read_text

LINES = (
    "信息内容      上一年项目数量      本年增/减      处理决定数量",
    "行政许可      3       －2      无",
    "其他对外管理服务事项      无       +4      无",
    "行政处罚      4       无      无",
    "行政强制      无       无      无",
)


def test_it_is_read():
    readings, _ = found(read_text("\n".join(LINES)), 2020)
    assert readings["licensing_items_prior_year", ""].value == 3
    assert readings["licensing_decisions", ""].state == "mark"
