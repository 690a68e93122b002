"""A table with blanks at the ends of its rows alone, or with rows of two columns, was read without its blanks."""

from tests.transforms.printing import found
from transforms.read.text import read_text

ISSUED = (
    "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |",
    "| 规章 | 0 | 0 |  |",
    "| 行政规范性文件 | 31 | 4 | 102 |",
)
NEW = (
    "| | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |",
    "| 一、本年新收政府信息公开申请数量 | 3 | {} | 0 | 0 | 0 | 0 | 3 |",
    "| 二、上年结转政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
)
CHANGES = "信息内容 上一年项目数量 本年增/减 处理决定数量 行政许可 32 增37 ~ 其他对外管理服务事项 ~ 减2 5"
FEES = "信息内容 上一年项目数量 本年增/减 行政事业性收费 4 ~ 信息内容 处理决定数量 行政处罚 ~ 行政强制 7"


def issued(blank):
    text = "\n".join((*ISSUED, "三、收到和处理政府信息公开申请情况", *NEW)).format(blank)
    return found(read_text(text))[0]["rules_issued", ""].value


def test_a_blank_before_a_number_in_another_table_shows_that_blanks_were_kept():
    assert issued("") == 0
    assert issued("0") is None


def test_rows_have_as_many_places_as_their_own_heading():
    """One cell a line, a line with a pipe after each (`~` is a blank)."""
    lines = (line for word in f"{CHANGES} {FEES}".split() for line in ((word, "|") if word != "~" else ("|",)))
    readings, _ = found(read_text("\n".join(lines)), 2020)
    values = {key: readings[key, ""].value for key in ("licensing_items_change", "other_service_decisions")}
    assert values == {"licensing_items_change": 37, "other_service_decisions": 5}
    assert readings["administrative_fee_items_prior_year", ""].value == 4
