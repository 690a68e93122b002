"""A row with a cell too few was filled up with a blank at its end: the total stood under the column before it."""

import pytest

from tests.transforms.printing import found
from transforms.read.html import read_html

HEADER = ("", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
NEW = ("一、本年新收政府信息公开申请数量", "3", "4", "0", "0", "1", "0", "8")
GRANTED = ("（一）予以公开", "5", "2", "0", "0", "0", "0", "7")


def read(*rows):
    cells = ("".join(f"<td>{text}</td>" for text in row) for row in rows)
    return found(read_html(f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"))


@pytest.mark.parametrize("lost", range(1, 8))
def test_no_number_is_put_in_a_column_that_it_may_not_be_of(lost):
    readings, codes = read(HEADER, NEW, (*GRANTED[:lost], *GRANTED[lost + 1 :]))
    assert readings["requests_new", "total"].value == 8
    own = {
        who: r.value for (metric, who), r in readings.items() if metric == "requests_granted" and r.value is not None
    }
    assert set(own.items()) <= {("total", 7)}
    assert own or "numbers_unplaced" in codes


def test_a_whole_row_is_placed():
    readings, _ = read(HEADER, NEW, GRANTED)
    assert readings["requests_granted", "natural_person"].value == 5
