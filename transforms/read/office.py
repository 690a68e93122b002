"""The bytes of a ZIP or OLE container in, the Document of the office file in it out, or a Refusal by name.

The libraries of a format are imported when its first file comes: most batches have none.
"""

from transforms.model import Document, Refusal
from transforms.read.archive import refuse_archive
from transforms.read.package import kind

RTF = b"{\\rtf"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "needs_libreoffice"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)
DIRECTORY_NAMES = tuple((name.encode("utf-16-le") + b"\0\0", meaning) for name, meaning in STREAMS)


def read_zip(data: bytes) -> Document:
    """Read a DOCX or XLSX file. Raises Refusal for anything else, with the reason that an archive gives."""
    found = kind(data)
    if found == "docx":
        from transforms.read.docx import read_docx

        return read_docx(data)
    if found == "xlsx":
        from transforms.read.xlsx import read_xlsx

        return read_xlsx(data)
    if found == "ODT/ODS":
        raise Refusal("needs_libreoffice", found)
    if found != "archive":
        raise Refusal("format_not_read", found)
    return read_archive(data)


def read_archive(data: bytes) -> Document:
    """Refuse an archive: collecting takes archives apart, so this one lies too deep in others or is damaged."""
    refuse_archive(data)
    raise Refusal("archive_nested")


def read_rtf(data: bytes) -> Document:
    """Refuse a rich text: only LibreOffice can read it."""
    raise Refusal("needs_libreoffice", "RTF")


def read_ole(data: bytes) -> Document:
    """Read an XLS workbook. Raises Refusal for texts of old word processors, `needs_libreoffice`."""
    found = compound_kind(data)
    if found == "xls":
        from transforms.read.xlsx import read_xlsx

        return read_xlsx(data)
    if found == "encrypted":
        raise Refusal("encrypted", "OLE")
    raise Refusal("needs_libreoffice", "DOC/WPS" if found else "OLE")


def compound_kind(data: bytes) -> str:
    """What an OLE file holds, by the names of its streams; blank when none is known."""
    return next((meaning for name, meaning in DIRECTORY_NAMES if name in data), "")
