"""A row of a long label and seven numbers set wide apart was longer than lines of tables were thought to be: lost."""

from transforms.model import Document, Paragraph, Table
from transforms.recognise import tabulate

LABELS = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
)
LINES = tuple(label + "        ".join(["", "1", "2", "3", "4", "5", "6", "21"]) for label in LABELS)


def test_the_row_is_part_of_the_table():
    lines = tuple(Paragraph(text, f"c{1000 * at}", text) for at, text in enumerate(LINES))
    assert max(map(len, LINES)) > 90
    (table,) = (block for block in tabulate(Document(lines, "", "text")).blocks if isinstance(block, Table))
    assert [row[0].text for row in table.rows] == list(LABELS)
