"""A text of one cell a line with few numbers, all different, was taken for one whose repeated lines were dropped."""

from tests.transforms.printing import found
from transforms.read.text import read_text

LINES = (
    *("信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章", "行政规范性文件", "5", "2", "12"),
    *("信息内容", "本年处理决定数量", "行政许可", "11"),
    *("信息内容", "本年处理决定数量", "行政处罚", "行政强制"),
    *("信息内容", "本年收费金额（单位：万元）", "行政事业性收费"),
)


def test_a_heading_printed_again_would_have_been_dropped_too():
    readings, _ = found(read_text("\n".join(LINES)))
    assert readings["licensing_decisions", ""].value == 11


def test_where_nothing_stands_twice_the_numbers_are_worthless():
    readings, codes = found(read_text("\n".join(dict.fromkeys(LINES))))
    assert {reading.state for reading in readings.values()} == {"lost"}
    assert codes == {"table_deduplicated"}
