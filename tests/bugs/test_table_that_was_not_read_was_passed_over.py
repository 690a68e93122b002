"""Tables whose labels stand on the page, in a shape that nobody reads, were absent without a word."""

from tests.transforms.printing import found
from transforms.read.html import read_html
from transforms.read.text import read_text

ENDINGS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def test_a_record_turned_on_its_side_is_lost_and_said_to_be():
    rows = [("", *ENDINGS), *((name, *"12306") for name in ("行政复议", "未经复议直接起诉", "复议后起诉"))]
    cells = ("".join(f"<td>{text}</td>" for text in row) for row in rows)
    readings, codes = found(read_html(f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"))
    assert {reading.state for reading in readings.values()} == {"lost"}
    assert codes == {"table_unread"}


def test_labels_with_their_numbers_glued_on_are_too():
    lines = (
        "本年制发件数 本年废止件数 现行有效件数",
        "规章0 0 1",
        "行政规范性文件2 0 9",
        "行政许可12",
        "行政处罚0",
        "行政强制3",
    )
    assert found(read_text("\n".join(f"{line} 。" for line in lines)))[1] == {"table_unread"}


def test_a_menu_is_no_table():
    lines = ("规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费")
    assert found(read_text("\n".join(f"{line}目录 {line}" for line in lines))) == ({}, set())
