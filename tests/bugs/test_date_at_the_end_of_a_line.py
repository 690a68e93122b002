"""A date at the end of a line with ghost pinyin took the line break along, and the report was lost: `IndexError`."""

from transforms.body import body
from transforms.identify import identify
from transforms.normalise import normalise_document
from transforms.read.reader import read

PAGE = """诸暨市司法局2022年政府信息公开工作年度报告
文(wen)章(zhang)来源:司法局 发(fa)布时(shi)间(jian):2023-01-09

一、概(gai)述
本局公(gong)开信息12条,收到申请3件。
"""


def test_the_date_ends_with_its_line() -> None:
    printed, _ = normalise_document(read(PAGE.encode(), "report.txt"))
    document, chrome = body(printed)
    found = identify(document, chrome, "report.txt")
    (signal,) = [signal for signal in found.signals if signal.field == "published_on"]
    start = PAGE.index("2023-01-09")
    assert (signal.value, signal.at) == ("2023-01-09", f"c{start}-{start + 10}")
