"""The format is told by the content."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.read import pages
from transforms.model import Refusal
from transforms.read.reader import read


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        (pages.page("<p>x"), "a.txt", "html"),
        ("\ufeff\n<!-- saved --><HTML><p>x", "a", "html"),
        ("<div><p>一<p>二<br>三</div>", "a.txt", "html"),
        ("<p>一", "a.html", "html"),
        ("<p>一", "a.txt", "text"),
        ("全年公开12条，比上年增长<5%。", "a.txt", "text"),
        ("规章 | 0 |\n许可 | 1 |", "a.htm", "text"),
        (
            "| 结果<br>维持 | 结果<br>纠正 | 其他<br>结果 | 总<br>计 |\n|---|:---:|---|---|\n| 0 | 0 | 0 | 0 |",
            "a.md",
            "text",
        ),
        ("# 表\n<table><tr><td>规章</td></tr></table>\n| 一 | 二 |\n|---|---|\n", "a.md", "html"),
    ],
)
def test_format(text: str, name: str, found: str) -> None:
    assert read(text.encode(), name).format == found


def test_the_encoding_is_kept_with_the_document() -> None:
    document = read(pages.page("<p>本机关全年公开政府信息").encode("gbk"), "a")
    assert (document.encoding, document.undecodable) == ("gb18030", 0)


@settings(max_examples=100)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_by_name(data: bytes) -> None:
    try:
        read(data, "x")
    except Refusal as refusal:
        assert refusal.code
