"""A title broken inside its last words is one title, and each of its characters is where it is printed."""

import pytest

from flows.reading import read_one
from transforms.model import Document, Paragraph
from transforms.titles import titled

BODY = """一、总体情况
2023年，本镇主动公开政府信息31条，收到政府信息公开申请4件。
二、主动公开政府信息情况
| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
| 规章 | 0 | 0 | 0 |
| 行政规范性文件 | 1 | 0 | 2 |
三、收到和处理政府信息公开申请情况
均已办结。
"""
BROKEN = [
    ("临澧县新安镇人民政府2023年政府信息公开工作", "年度报告"),
    ("2023年临澧县新安镇人民政府政府信息", "公开工作年度报告"),
    ("临澧县新安镇人民政府2023年度政府", "信息公开工作年度报告"),
    ("临澧县新安镇人民政府政府信息公开", "2023年度报告"),
]
WHOLE = [
    ("临澧县新安镇人民政府", "信息公开工作年度报告"),
    ("政府信息公开", "年报"),
    ("临澧县新安镇2023年政府信息公开工作", "一、总体情况"),
    ("根据要求，编制2023年政府信息公开工作", "年度报告"),
]


def pages(first, rest):
    paragraphs = "".join(f"<p>{line}</p>" for line in BODY.splitlines() if "|" not in line)
    return {
        "text": f"正文\n{first}\n{rest}\n{BODY}",
        "paragraphs": f"<html><body><p>{first}</p><p>{rest}</p>{paragraphs}</body></html>",
        "break": f"<html><body><p>{first}<br>{rest}</p>{paragraphs}</body></html>",
    }


@pytest.mark.parametrize("kind", ["text", "paragraphs", "break"])
@pytest.mark.parametrize(("first", "rest"), BROKEN)
def test_a_broken_title_names_agency_and_year(first, rest, kind):
    found = read_one(pages(first, rest)[kind].encode(), "page").identification
    assert (found.agency, found.fiscal_year) == ("临澧县新安镇人民政府", 2023)


@pytest.mark.parametrize(("first", "rest"), BROKEN)
def test_its_characters_stay_where_they_are_printed(first, rest):
    text = f"{first} \n\n{rest}"
    document = Document((Paragraph(first, "c0", first), Paragraph(rest, f"c{text.index(rest)}", rest)), text, "text")
    (title,) = titled(document).blocks
    assert title.plain == first + rest
    start, end = map(int, title.locate(len(first), len(title.plain)).removeprefix("c").split("-"))
    assert text[start:end] == rest


@pytest.mark.parametrize(("first", "rest"), WHOLE)
def test_two_lines_that_are_no_title_stay_two(first, rest):
    text = f"{first}\n{rest}"
    document = Document((Paragraph(first, "c0", first), Paragraph(rest, f"c{len(first) + 1}", rest)), text, "text")
    assert titled(document) is document
