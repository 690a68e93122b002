"""Of two cells below one merged header the printed one was read, though the header was divided: 本级 and 下属单位."""

from tests.transforms.printing import found
from transforms.read.html import read_html

LABELS = ("主动公开政府信息数", "主动公开规范性文件数", "制发规范性文件总数", "收到申请数", "当面申请数", "网络申请数")


def read(below):
    heads = "<tr><td rowspan=2>统计指标</td><td colspan=2>统计数</td></tr>" + below
    rows = "".join(f"<tr><td>{name}</td><td></td><td>{33 + place}</td></tr>" for place, name in enumerate(LABELS))
    return found(read_html(f"<table>{heads}{rows}</table>"))


def test_a_number_below_a_part_of_a_header_is_unplaced():
    readings, codes = read("<tr><td>本级</td><td>下属单位</td></tr>")
    assert readings["proactive_items", ""].value is None
    assert codes & {"numbers_unplaced", "leftover_number"}


def test_a_header_over_two_columns_that_nothing_divides_is_one():
    readings, _ = read("<tr><td></td><td></td></tr>")
    assert readings["proactive_items", ""].value == 33
