"""A ZIP package of XML parts (DOCX, XLSX) in, its parts out: sizes are bounded and no entity is ever resolved.

Raises Refusal: `broken_container`, `encrypted`, `decompression_bomb`, `declares_entities`, `too_deep`.
"""

import posixpath
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from transforms.model import Refusal

ZIP = b"PK\x03\x04"
LARGEST_PART = 32_000_000
LARGEST_DIRECTORY = 4_000_000  # bytes; ten thousand names
SURELY_SMALL = 4_000_000
STEEPEST = 300  # official tables printed by word processors shrink forty-fold, the worst of them a hundredfold
DAMAGED = (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OverflowError, zlib.error, OSError)

# Strict OOXML differs from what word processors write in its namespaces alone.
STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
SIGNS = {"depth": "too_deep", "entity": "declares_entities"}  # words of the parser's complaints
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def opened(data: bytes) -> zipfile.ZipFile:
    """The ZIP file that these bytes are; its list of names is bounded before it is read."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    size = int.from_bytes(data[end + 12 : end + 16], "little") if end >= 0 else 0
    if size > LARGEST_DIRECTORY:
        raise Refusal("decompression_bomb", f"{size:,} bytes of names")
    try:
        return zipfile.ZipFile(BytesIO(data))
    except DAMAGED as error:
        raise Refusal("broken_container", str(error)) from error


def part(package: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one part, empty when the package has none of that name."""
    try:
        info = package.getinfo(name)
    except KeyError:
        return b""
    refuse_steep(info)
    return unpacked(package, info)


def refuse_steep(info: zipfile.ZipInfo) -> None:
    """Raise Refusal when a part is encrypted, too large, or shrank more than documents do."""
    if info.flag_bits & 1:
        raise Refusal("encrypted", info.filename)
    steep = info.file_size > SURELY_SMALL and info.file_size > STEEPEST * info.compress_size
    if steep or info.file_size > LARGEST_PART:
        raise Refusal("decompression_bomb", f"{info.filename}: {info.file_size:,} bytes")


def unpacked(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The bytes of a member; never more than the size it declares."""
    try:
        with package.open(info) as stream:
            return stream.read(info.file_size + 1)
    except (*DAMAGED, RuntimeError) as error:
        raise Refusal("broken_container", f"{info.filename}: {error}") from error


def xml(source: bytes, name: str) -> etree._Element:
    """The root of one part. Entities stay unresolved, and a part that declares any is refused."""
    for strict, usual in STRICT:
        source = source.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        code = next((code for sign, code in SIGNS.items() if sign in str(error)), "broken_container")
        raise Refusal(code, f"{name}: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refusal("declares_entities", name)
    return root


def related(package: zipfile.ZipFile, owner: str) -> dict[str, tuple[str, str]]:
    """What a part refers to, by id: (last word of the type, name of the part). The package itself is owner ``."""
    folder, name = posixpath.split(owner)
    source = part(package, posixpath.join(folder, "_rels", f"{name}.rels"))
    found = {}
    for item in xml(source, name).iter(RELATIONSHIP) if source else ():
        kind = item.get("Type", "").rpartition("/")[2]
        target = posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip("/")
        found[item.get("Id", "")] = (kind, target)
    return found


def main_part(package: zipfile.ZipFile, usual: str) -> str:
    """The name of the part that holds the document: the usual one, or the one that the package declares."""
    if usual in package.NameToInfo:
        return usual
    targets = (target for kind, target in related(package, "").values() if kind == "officeDocument")
    return next(targets, usual)


def kind(data: bytes) -> str:
    """What a ZIP file is by its contents: `docx`, `xlsx`, the name of a format that is not read, or `archive`."""
    with opened(data) as package:
        names = package.NameToInfo
        for sign, name in KINDS.items():
            if sign in names:
                return name
        declared = part(package, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
    if b"wordprocessingml.document" in declared:
        return "docx"
    return "xlsx" if b"spreadsheetml.sheet" in declared else "archive"


KINDS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "XLSB",
    "ppt/presentation.xml": "PPTX",
    "OFD.xml": "OFD",
    "content.xml": "ODT/ODS",
}
