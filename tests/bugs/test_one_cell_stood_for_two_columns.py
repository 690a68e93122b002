"""A cell that was merged over two columns was published twice, once for each: a number may be used but once."""

from tests.transforms.printing import found
from transforms.read.html import read_html

HEADER = ("", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
NEW = ("一、本年新收政府信息公开申请数量", "3", "4", "0", "0", "1", "0", "8")


def read(merged):
    header, new = ("".join(f"<td>{text}</td>" for text in row) for row in (HEADER, NEW))
    merged = f"<td>（一）予以公开</td><td>5</td><td>2</td><td colspan=2>{merged}</td><td></td><td></td><td></td>"
    return found(read_html(f"<table><tr>{header}</tr><tr>{new}</tr><tr>{merged}</tr></table>"))


def test_a_number_over_two_columns_is_in_neither():
    readings, codes = read("0")
    assert readings["requests_granted", "research_institution"].value is None
    assert "numbers_unplaced" in codes


def test_a_mark_over_two_columns_is_in_both():
    readings, _ = read("/")
    assert {readings["requests_granted", who].state for who in ("research_institution", "social_organization")} == {
        "mark"
    }
    assert readings["requests_granted", "natural_person"].value == 5
