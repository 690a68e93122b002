"""The bytes of one file in, its Document out: the format is told by the content, the name only settles a doubt."""

import re
from dataclasses import replace

from transforms.model import Document
from transforms.read.encoding import decode
from transforms.read.html import read_html
from transforms.read.text import read_text

DECLARED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
TAG = re.compile(
    r"</?(?:html|body|table|tr|td|div|p|span|br|font|strong|h[1-6]|ul|li|meta|title)\b[^<>]*>", re.IGNORECASE
)
ENOUGH_TAGS = 4
SAMPLE = 50_000


def read(data: bytes, name: str) -> Document:
    """Read a file; `name` is its path or URL.

    Raises Refusal: `empty_file`, `binary_file`, `format_not_read`, `unreadable_encoding`, `too_deep`, `too_many_cells`.
    """
    decoded = decode(data)
    document = read_html(decoded.text) if is_html(decoded.text, name) else read_text(decoded.text)
    return replace(document, encoding=decoded.encoding, undecodable=decoded.undecodable)


def is_html(text: str, name: str) -> bool:
    """Whether this is the source of a page: it says so, or has tags in it; one is enough in a `.html` file."""
    if DECLARED.match(text):
        return True
    tags = sum(1 for _ in TAG.finditer(text[:SAMPLE]))
    enough = 1 if name.lower().split("?")[0].endswith((".html", ".htm", ".shtml")) else ENOUGH_TAGS
    return tags >= enough
