"""The bytes of one file in, its Document out: the format is told by the content, the name only settles a doubt."""

import re
from collections.abc import Callable
from dataclasses import replace

from transforms.model import Document
from transforms.read.archive import EMPTY_ZIP, GZIP, is_tar
from transforms.read.csv import read_csv
from transforms.read.encoding import decode
from transforms.read.html import read_html
from transforms.read.image import PICTURES, read_image
from transforms.read.office import OLE, RTF, read_archive, read_ole, read_rtf, read_zip
from transforms.read.package import ZIP
from transforms.read.pdf import read_pdf
from transforms.read.text import read_text

DECLARED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
TAG = re.compile(
    r"</?(?:html|body|table|tr|td|div|p|span|br|font|strong|h[1-6]|ul|li|meta|title)\b[^<>]*>", re.IGNORECASE
)
INLINE = re.compile(r"</?(?:br|span|font|strong)\b", re.IGNORECASE)
MARKDOWN = re.compile(r"^[ \t]*\|(?:[ \t]*:?-{3,}:?[ \t]*\|)+[ \t]*$", re.MULTILINE)  # below the head of a table
ENOUGH_TAGS = 4
SAMPLE = 50_000
CONTAINERS: dict[bytes, Callable[[bytes], Document]] = {
    ZIP: read_zip,
    OLE: read_ole,
    RTF: read_rtf,
    b"%PDF-": read_pdf,
    **dict.fromkeys((GZIP, EMPTY_ZIP), read_archive),
    **dict.fromkeys(PICTURES, read_image),
}


def read(data: bytes, name: str) -> Document:
    """Read a file; `name` is its path or URL. Raises Refusal with a code of data/notes/read.yml."""
    reader = next((reader for magic, reader in CONTAINERS.items() if data.startswith(magic)), None)
    if reader is not None:
        return reader(data)
    if is_tar(data):
        return read_archive(data)
    decoded = decode(data)
    document = read_decoded(decoded.text, name)
    return replace(document, encoding=decoded.encoding, undecodable=decoded.undecodable)


def read_decoded(text: str, name: str) -> Document:
    """Read the text of a page, of a file of values between commas, or of anything else."""
    return read_html(text) if is_html(text, name) else read_csv(text, name) or read_text(text)


def is_html(text: str, name: str) -> bool:
    """Whether this is the source of a page: it says so, or has tags in it; one is enough in a `.html` file.

    In Markdown a tag within a line says nothing: it breaks the lines of a cell.
    """
    if DECLARED.match(text):
        return True
    found = TAG.findall(text[:SAMPLE])
    if found and MARKDOWN.search(text):
        found = [tag for tag in found if INLINE.match(tag) is None]
    tags = len(found)
    enough = 1 if name.lower().split("?")[0].endswith((".html", ".htm", ".shtml")) else ENOUGH_TAGS
    return tags >= enough
