"""Bytes in many encodings, declared rightly, wrongly or not at all, give back their text."""

import pytest

from transforms.model import Refusal
from transforms.read.encoding import decode

PROSE = "本机关全年收到政府信息公开申请十二件，均已按时办结并答复，没有收取任何费用。"
TRADITIONAL = "本機關全年收到政府資訊公開申請十二件，均已按時辦結並答復，沒有收取任何費用。"


def declared(charset: str, prose: str = PROSE) -> str:
    return f'<html><head><meta charset="{charset}"></head><body>{prose * 5}</body></html>'


@pytest.mark.parametrize(
    ("text", "codec", "found"),
    [
        (PROSE, "utf-8", "utf-8"),
        (PROSE, "utf-8-sig", "utf-8"),
        (PROSE, "utf-16", "utf-16"),
        (declared("gb2312"), "gbk", "gb18030"),
        (declared("GBK", PROSE + "㐂𠮷镕"), "gb18030", "gb18030"),  # four-byte characters under a smaller label
        (declared("utf-8"), "gbk", "gb18030"),  # the declaration is wrong
        (declared("gb2312"), "utf-8", "utf-8"),
        (PROSE * 3, "gbk", "gb18030"),
        (TRADITIONAL * 3, "big5", "big5hkscs"),
        (declared("big5", TRADITIONAL), "big5", "big5hkscs"),
        ("x" * 5000 + PROSE, "gbk", "gb18030"),  # nothing but script at the head
    ],
)
def test_the_text_comes_back(text: str, codec: str, found: str) -> None:
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.undecodable) == (text, found, 0)


@pytest.mark.parametrize("codec", ["utf-8", "gbk"])
def test_a_broken_byte_is_counted_and_the_rest_is_read(codec: str) -> None:
    data = (PROSE * 20).encode(codec)
    decoded = decode(data[:-1])
    assert decoded.undecodable == 1
    assert decoded.text.startswith(PROSE * 19)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n\t", "empty_file"),
        (b"\xef\xbb\xbf\n", "empty_file"),
        (b"\x00" * 40, "empty_file"),
        (b"%PDF-1.4 \xff\xff", "format_not_read"),
        (b"PK\x03\x04rest", "format_not_read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "format_not_read"),
        (b"\x89PNG\r\n\x1a\n", "format_not_read"),
        (b"some\x00thing", "binary_file"),
        (bytes(range(1, 32)) * 20, "binary_file"),
        (bytes((number * 89 + 7) % 127 + 129 for number in range(4000)), "unreadable_encoding"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        decode(data)
    assert refused.value.code == code
