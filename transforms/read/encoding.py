"""Bytes in, text out: which encoding a page is in, and how many characters did not survive it.

The order is a byte order mark, strict UTF-8, the declared Chinese encoding if it decodes strictly, then a score by
common hanzi: a declaration is wrong too often to come first. Raises Refusal for what is no text at all.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from transforms.forms import DATA
from transforms.model import Refusal

SAMPLE = 18_000
DECLARATION = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
DECLARED = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "cp936", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "big5hkscs", "x-x-big5", "cp950"), "big5hkscs"),
}
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CANDIDATES = ("gb18030", "big5hkscs", "utf-8")
MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP/DOCX/XLSX"),
    (b"PK\x05\x06", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC/XLS/WPS"),
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7Z"),
    (b"\x1f\x8b", "GZIP"),
    (b"{\\rtf", "RTF"),
)
LOST_SHARE = 0.05
LEAST_SCORE = 0.1  # official prose scores 0.3 and more, random bytes below 0.05
CONTROLS = bytes((*range(0x01, 0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)))


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the codec that gave it, and the number of places that it could not read (U+FFFD)."""

    text: str
    encoding: str
    undecodable: int


def decode(data: bytes) -> Decoded:
    """Decode the bytes of one text or web page.

    Raises Refusal: `empty_file`, `format_not_read` (a known binary format), `binary_file`, `unreadable_encoding`.
    """
    encoding = marked(data)
    if not encoding:
        refuse_binary(data)
    text, encoding = lenient(data, encoding) if encoding else settled(data) or lenient(data, scored(data))
    text = text.removeprefix("\ufeff")
    undecodable = text.count("\ufffd") if "\ufffd" in text else 0  # to look first costs a tenth
    decoded = Decoded(text, encoding.removesuffix("-sig"), undecodable)
    refuse_unreadable(decoded)
    return decoded


def marked(data: bytes) -> str:
    """The encoding that a byte order mark names, or an empty string."""
    return next((encoding for mark, encoding in MARKS if data.startswith(mark)), "")


def lenient(data: bytes, encoding: str) -> tuple[str, str]:
    """The text in an encoding that not every byte obeys, and the encoding."""
    return data.decode(encoding, errors="replace"), encoding


def settled(data: bytes) -> tuple[str, str] | None:
    """The text in UTF-8 or in the declared Chinese encoding, and which, when all the bytes obey it."""
    for encoding in expected(data):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return None


def expected(data: bytes) -> Iterator[str]:
    """UTF-8, then the Chinese encodings that the head of a page declares."""
    yield "utf-8"
    for label in DECLARATION.findall(data[:4096]):
        encoding = DECLARED.get(label.decode("ascii").lower(), "")
        if encoding:
            yield encoding


def scored(data: bytes) -> str:
    """The candidate whose reading of a sample has most common hanzi and least breakage.

    Raises Refusal(`unreadable_encoding`) when none of them reads like Chinese.
    """
    sample = data if len(data) <= SAMPLE else data[: SAMPLE // 2] + middle(data)
    best, encoding = max((score(sample.decode(name, errors="replace")), name) for name in CANDIDATES)
    if best < LEAST_SCORE:
        raise Refusal("unreadable_encoding", f"{encoding} {best:.2f}")
    return encoding


def middle(data: bytes) -> bytes:
    """Half a sample from the middle, from a line or tag on: the head of a page is often all script."""
    start = len(data) // 2
    boundary = max(data.find(b"\n", start, start + 4096), data.find(b"<", start, start + 4096))
    start = max(start, boundary)
    return data[start : start + SAMPLE // 2]


@cache
def common_hanzi() -> frozenset[str]:
    """The hanzi that official prose is mostly made of, simplified and traditional."""
    return frozenset((DATA / "lookups" / "common_hanzi.txt").read_text("utf-8").strip())


def score(text: str) -> float:
    """Common hanzi count for, unreadable characters and strange planes against; per character beyond ASCII."""
    wide = [character for character in text if character > "\x7f"]
    common = sum(map(common_hanzi().__contains__, wide))
    broken = text.count("\ufffd") + sum("\ue000" <= character <= "\uf8ff" for character in wide)
    return (common - 2 * broken) / (len(wide) or 1)


def refuse_binary(data: bytes) -> None:
    """Raise Refusal when these bytes are no text."""
    if not data.strip(b" \t\r\n\x00"):
        raise Refusal("empty_file")
    known = next((name for magic, name in MAGIC if data.startswith(magic)), "")
    if known and not (known == "BMP" and b"\x00" not in data[:64]):
        raise Refusal("format_not_read", known)
    if b"\x00" in data[:SAMPLE]:
        raise Refusal("binary_file", f"{data[:SAMPLE].count(0)} NUL")


def refuse_unreadable(decoded: Decoded) -> None:
    """Raise Refusal when too much of the text was lost in decoding."""
    if not decoded.text.strip("\ufeff\x00 \t\r\n"):
        raise Refusal("empty_file")
    wide = sum(character > "\x7f" for character in decoded.text) if decoded.undecodable else 0
    sample = decoded.text[:SAMPLE].encode("utf-8", "surrogatepass")
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    if controls > len(decoded.text[:SAMPLE]) * LOST_SHARE:
        raise Refusal("binary_file", f"{controls} control characters")
    if decoded.undecodable > 3 and decoded.undecodable > wide * LOST_SHARE:
        raise Refusal("unreadable_encoding", f"{decoded.undecodable}/{len(decoded.text)} {decoded.encoding}")
