"""Where a number stands in the original file: a locator in, character and byte span, line and column out.

Locators: `c120-124` a half-open character span of the decoded text, `c120` where a paragraph starts in it;
`t4/r7/c3` and `p12/34-38` of web pages go through the page's own source.
"""

import codecs
import re
from dataclasses import dataclass

from transforms.model import Document
from transforms.read.encoding import MARKS
from transforms.read.html import source_span

_SPAN = re.compile(r"c(\d+)(?:-(\d+))?")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the original: half-open characters `start:end` and bytes `first:last`; line and column from 1."""

    start: int
    end: int
    first: int
    last: int
    line: int
    column: int
    text: str  # the whole line
    width: int  # characters of the stretch that stand on this line


def find(data: bytes, document: Document, at: str) -> Place | None:
    """The place that `at` names in a file's bytes, None when it names none."""
    span = _span(document, at)
    if span is None or span[1] > len(document.text):
        return None
    start, end = span
    first, last = byte_span(data, document, start, end)
    begin = document.text.rfind("\n", 0, start) + 1
    stop = document.text.find("\n", start)
    stop = len(document.text) if stop < 0 else stop
    line = document.text[begin:stop].rstrip("\r")
    width = min(end, stop) - start
    return Place(start, end, first, last, document.text.count("\n", 0, start) + 1, start - begin + 1, line, width)


def byte_span(data: bytes, document: Document, start: int, end: int) -> tuple[int, int]:
    """The bytes behind the characters `start:end`, counted by decoding again as the reader did."""
    ends = _ends(data, document.encoding, end)
    return ends[start], max(ends[start], ends[end])


def _ends(data: bytes, encoding: str, count: int) -> list[int]:
    """Where the first `count` characters end, after the place where the first begins (behind a byte order mark)."""
    # Byte by byte, because a damaged file cannot be encoded back to the bytes that it had.
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    head = next((mark for mark, _ in MARKS if data.startswith(mark)), b"")
    decoder.decode(head)
    ends = [len(head)]
    for position in range(len(head), len(data)):
        if len(ends) > count:
            break
        ends.extend([position + 1] * len(decoder.decode(data[position : position + 1])))
    return ends + [len(data)] * (count + 1 - len(ends))


def _span(document: Document, at: str) -> tuple[int, int] | None:
    plain = _SPAN.fullmatch(at)
    if plain is not None:
        start = int(plain[1])
        return start, int(plain[2]) if plain[2] else start
    if document.format != "html":
        return None
    try:
        return source_span(document.text, at)
    except LookupError:
        return None
