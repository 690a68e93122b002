"""Files built to do harm, and what must become of each: read, or refused by this name. All are made by code.

What is planted in a page stands in a sound report, so that `read` means that the report is read in spite of it.
"""

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tests.corpus import xls
from tests.corpus.docx import as_docx, paragraph, zipped
from tests.corpus.pdf import as_pdf
from tests.corpus.printers import as_html, as_text
from tests.corpus.reports import report

READ = ""
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
SOUND = report(3)


class Case(NamedTuple):
    """A file: its name as a source, how to make it, and the reasons that its documents must have, in order.

    `a or b`: which of them it is depends on the machine.
    """

    name: str
    make: Callable[[], bytes]
    reasons: tuple[str, ...] = (READ,)

    def agrees(self, found: Sequence[str]) -> bool:
        """Whether the documents have these reasons."""
        told = zip(found, self.reasons, strict=False)
        return len(found) == len(self.reasons) and all(one in several.split(" or ") for one, several in told)


def page(planted: str) -> bytes:
    """A sound report with something planted at its end."""
    return as_html(SOUND, "plain").replace("</body>", f"{planted}</body>").encode()


def text(planted: str) -> bytes:
    """The same, flattened."""
    return (as_text(SOUND, "A1") + planted).encode()


def word(planted: str) -> bytes:
    """The same, of a word processor."""
    with zipfile.ZipFile(io.BytesIO(as_docx(SOUND, "plain"))) as sound:
        source = sound.read("word/document.xml").decode()
    return part(source.replace("</w:body>", f"{planted}</w:body>"))


def part(source: str) -> bytes:
    """A word-processor document whose main part is this."""
    return zipped({"word/document.xml": source})


def book(rows: str, tail: str = "") -> bytes:
    """A workbook of one sheet."""
    return zipped(
        {
            "xl/workbook.xml": f'<workbook {SHEET} {LINKS}><sheets><sheet name="a" r:id="r"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships {RELATIONS}><Relationship Id="r" Type="x/worksheet" '
            'Target="s.xml"/></Relationships>',
            "xl/s.xml": f"<worksheet {SHEET}><sheetData>{rows}</sheetData>{tail}</worksheet>",
        }
    )


def pdf(*objects: bytes) -> bytes:
    """A PDF file of these objects, numbered from 1; the first is its catalogue."""
    body, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(places) + 1, b"".join(places))
    return body + table + b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, len(body))


def drawn(content: bytes, box: bytes = b"0 0 600 800", more: bytes = b"") -> bytes:
    """A PDF of one page with this content."""
    packed = zlib.compress(content, 9)
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed)
    sheet = b"<</Type/Page/Parent 2 0 R/MediaBox[%b]/Contents 4 0 R/Resources<<%b>>>>" % (box, more)
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", sheet, stream)


def packed_twice() -> bytes:
    """A PDF whose one stream grows a thousandfold twice."""
    inner = zlib.compress(zlib.compress(b" " * 300_000_000, 9), 9)
    stream = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%b\nendstream" % (len(inner), inner)
    sheet = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>"
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", sheet, stream)


def tarred(names: dict[str, bytes], links: dict[str, str] | None = None, mode: str = "w") -> bytes:
    """A TAR file of these members and symbolic links."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in names.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for name, aim in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, aim
            archive.addfile(info)
    return target.getvalue()


def overlapping() -> bytes:
    """A ZIP file whose thousand members are all the same stretch of ten megabytes of zeros."""
    plain = zipped({"a": b"\0" * 10_000_000})
    directory, end = plain.index(b"PK\x01\x02"), plain.index(b"PK\x05\x06")
    entries = plain[directory:end] * 1_000
    closing = plain[end : end + 8] + struct.pack("<HHII", 1_000, 1_000, len(entries), directory) + b"\0\0"
    return plain[:directory] + entries + closing


def many_bombs() -> bytes:
    """A ZIP file of ZIP files, each just below the limit of one."""
    inner = zipped({"a": b"\0" * 9_900_000})
    return stored({f"{number}.zip": inner + bytes(number) for number in range(90)})


def stored(members: dict[str, bytes]) -> bytes:
    """A ZIP file that compresses nothing."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def laughs(root: str) -> str:
    """The billion laughs."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">{levels}]><{root}>&l9;</{root}>'


def outside(aim: str) -> str:
    """A document that asks for a file or an address."""
    return f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "{aim}">]><a>&x;</a>'


def number(row: int, column: int) -> bytes:
    """A cell of an XLS sheet."""
    return xls.record(0x203, struct.pack("<HHHd", row, column, 0, 1.0))


def old_book(*records: bytes) -> bytes:
    """An XLS file with these records."""
    return xls.contained(xls.record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + b"".join(records))


def png(wide: int, high: int) -> bytes:
    """The head of a picture of this size."""
    head = b"IHDR" + struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


def flat_rows(count: int) -> str:
    """The rows of a workbook, three cells each."""
    return "".join(f"<row><c><v>{n}</v></c><c><v>1</v></c><c><v>2</v></c></row>" for n in range(count))


# One case a line.
# ruff: noqa: E501
CASES = (
    Case("span-of-a-billion.html", lambda: page("<table><tr><td rowspan=1000000000 colspan=1000000000>1<td>2</table>")),
    Case("span-of-nonsense.html", lambda: page("<table><tr><td rowspan=-1 colspan=1e9>1<td rowspan=0 colspan=NaN>2</table>")),
    Case("spans-over-spans.html", lambda: page("<table>" + "<tr><td rowspan=65534 colspan=1000>a<td>b" * 2_000 + "</table>"), ("too_many_cells",)),
    Case("million-cells.html", lambda: page("<table>" + ("<tr>" + "<td>1" * 1_000) * 1_000 + "</table>"), ("too_many_cells",)),
    Case("20000-nested-divs.html", lambda: page("<div>" * 20_000), ("too_deep",)),
    Case("4000-nested-divs.html", lambda: page("<div>" * 4_000)),
    Case("500000-nested-divs.html", lambda: page("<div>" * 500_000), ("too_deep",)),
    Case("2000-nested-tables.html", lambda: page("<table><tr><td>1<td>" * 2_000)),
    Case("unclosed-formatting.html", lambda: page("".join(f"<font size={n}><p>a" for n in range(5_000))), ("too_deep",)),
    Case("unclosed-of-every-kind.html", lambda: page("".join(f"<{'abius'[n % 5]} id=n{n}><p>a" for n in range(20_000))), ("too_deep",)),
    Case("select-of-16000.html", lambda: page("<select>" + "<option>a" * 16_000 + "</select>")),
    Case("100000-attributes.html", lambda: page("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">a</p>"), ("too_many_attributes",)),
    Case("100000-bare-attributes.html", lambda: page("<p " + "/".join(f"a{n}" for n in range(100_000)) + ">a</p>"), ("too_many_attributes",)),
    Case("attribute-of-5-mb.html", lambda: page(f"<p title='{'a' * 5_000_000}'>a</p>")),
    Case("million-angles.html", lambda: page("<" * 1_000_000)),
    Case("open-comments.html", lambda: page("<!--" * 200_000)),
    Case("entities.html", lambda: page("<p>" + "&amp;&#x4e00;&nbsp;&zwnj;" * 100_000)),
    Case("million-breaks.html", lambda: page("<br>" * 1_000_000)),
    Case("digits-of-2-mb.html", lambda: page(f"<p>{'1' * 2_000_000}</p>")),
    Case("list-of-digits.html", lambda: page(f"<p>{'1,' * 200_000}</p>")),
    Case("blanks-of-2-mb.html", lambda: page(f"<p>1{' ' * 2_000_000}2</p><pre>{' ' * 2_000_000}</pre>")),
    Case("hidden-by-style.html", lambda: page("<p style='display:none'>1</p>" * 50_000)),
    Case("styles-that-nearly-hide.html", lambda: page("<p style='" + "y: " * 300_000 + "'>1</p>")),
    Case("nearly-tags.html", lambda: page("&lt;tr" + ">" * 1_000_000).replace(b"<td", b"<dd")),
    Case("numerals.txt", lambda: text("\u4e00" * 300_000)),
    Case("outline-digits.txt", lambda: text("(\u4e00)\u3001" * 60_000)),
    Case("years.txt", lambda: text("2022\u5e74" * 60_000)),
    Case("pipes-of-1-mb.txt", lambda: text("|" * 1_000_000)),
    Case("line-of-cells.txt", lambda: text("\n" + "1 | " * 100_000)),
    Case("lines-of-a-pipe.txt", lambda: text("\n" + "1\n|\n" * 30_000)),
    Case("lines-of-three.txt", lambda: text("\n" + "1 | 2 | 3\n" * 30_000)),
    Case("blanks-of-1-mb.txt", lambda: text("\n" + " " * 1_000_000 + "\n")),
    Case("dashes-before-a-word.txt", lambda: text("\n" + "-" * 300 + "x\n" + "=" * 100_000 + "x\n")),
    Case("rules-of-dashes.txt", lambda: text("\n" + "-|- " * 60_000)),
    Case("brackets.txt", lambda: text("\n" + "((\u300a[" * 200_000)),
    Case("nul-and-marks.txt", lambda: text("\ufeff\u200b\u202e\u0301" * 200_000)),
    Case("million-rows.csv", lambda: b"a,b\n" + b"1,2\n" * 1_000_000, ("too_many_cells",)),
    Case("open-quote.csv", lambda: b'a,b\n"' + b"1,2\n" * 100_000, ("no_body",)),
    Case("bomb.zip", lambda: zipped({"a": b"\0" * 60_000_000}), ("decompression_bomb",)),
    Case("bomb.gz", lambda: gzip.compress(b"\0" * 60_000_000), ("decompression_bomb",)),
    Case("bomb.tgz", lambda: tarred({"a": b"\0" * 60_000_000}, mode="w:gz"), ("decompression_bomb",)),
    Case("overlapping.zip", overlapping, ("decompression_bomb",)),
    Case("10001-names.zip", lambda: zipped({str(n): b"" for n in range(10_001)}), ("too_many_members",)),
    Case("archive-in-archive-in-archive.zip", lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c.zip": zipped({"d": b"1"})})})}), ("archive_nested",)),
    Case("out-of-the-folder.zip", lambda: zipped({"../../../a.html": page(""), "/etc/b.html": page("<p>b"), "c:\\d\\..\\e.html": page("<p>c")}), (READ, READ, READ)),
    Case("out-of-the-folder.tar", lambda: tarred({"../../a.html": page("<p>d")}, {"etc": "/etc", "b.html": "/etc/passwd"})),
    Case("laughs.docx", lambda: part(laughs("a")), ("declares_entities",)),
    Case("reads-a-file.docx", lambda: part(outside("file:///etc/passwd")), ("declares_entities",)),
    Case("asks-an-address.docx", lambda: part(outside("http://127.0.0.1:9/a")), ("declares_entities",)),
    Case("leads-out.docx", lambda: zipped({"[Content_Types].xml": "wordprocessingml.document", "_rels/.rels": f'<Relationships {RELATIONS}><Relationship Id="r" Type="x/officeDocument" Target="../../../../etc/passwd"/></Relationships>'}), ("broken_container",)),
    Case("deep.docx", lambda: word("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000), ("too_deep",)),
    Case("nested-tables.docx", lambda: word("<w:tbl><w:tr><w:tc>" * 80 + paragraph("1") + "</w:tc></w:tr></w:tbl>" * 80)),
    Case("part-of-100-mb.docx", lambda: part(" " * 100_000_000), ("decompression_bomb",)),
    Case("spans.docx", lambda: word("<w:tbl>" + "<w:tr>" + "<w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>" * 5_000 + "</w:tr></w:tbl>"), ("too_many_cells",)),
    Case("million-cells.docx", lambda: word("<w:tbl>" + ("<w:tr>" + "<w:tc/>" * 500 + "</w:tr>") * 1_000 + "</w:tbl>"), ("too_many_cells",)),
    Case("text-boxes.docx", lambda: word("<w:p><w:r><w:txbxContent>" * 60 + "</w:txbxContent></w:r></w:p>" * 60)),
    Case("far-cell.xlsx", lambda: book('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), ("too_many_cells",)),
    Case("million-cells.xlsx", lambda: book(flat_rows(300_000)), ("too_many_cells",)),
    Case("merges.xlsx", lambda: book(flat_rows(100), "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 60_000 + "</mergeCells>"), ("too_many_cells",)),
    Case("laughs.xlsx", lambda: zipped({"xl/workbook.xml": laughs("workbook")}), ("declares_entities",)),
    Case("far-cell.xls", lambda: old_book(number(0, 0), number(65_535, 65_535)), ("too_many_cells",)),
    Case("billion-strings.xls", lambda: old_book(xls.record(0xFC, struct.pack("<II", 1, 0x7FFFFFFF))), ("broken_container",)),
    Case("stream-of-100-mb.pdf", lambda: drawn(b" " * 100_000_000), ("no_text_layer",)),
    Case("packed-twice.pdf", packed_twice, ("no_text_layer",)),
    Case("million-rulings.pdf", lambda: drawn(b"0 0 m 600 0 l S\n" * 1_000_000), ("too_many_objects",)),
    Case("grid-of-rulings.pdf", lambda: drawn(b"".join(b"0 %d m 600 %d l S %d 0 m %d 800 l S\n" % (n, n, n, n) for n in range(600)) * 3), ("no_text_layer",)),
    Case("million-characters.pdf", lambda: drawn(b"BT /F 1 Tf " + (b"(" + b"a" * 1_000 + b") Tj ") * 1_000 + b"ET", more=b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"), ("too_many_objects",)),
    Case("page-without-end.pdf", lambda: drawn(b"BT ET", box=b"-1e30 -1e30 1e30 1e30"), ("no_text_layer",)),
    Case("pages-in-a-circle.pdf", lambda: pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 100000/Kids[2 0 R 2 0 R]>>"), ("too_many_pages",)),
    Case("form-in-itself.pdf", lambda: pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 4 0 R>>>>>>", b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 10/Resources<</XObject<</X 4 0 R>>>>>>stream\n/X Do /X Do\nendstream"), ("took_too_much_memory or took_too_long",)),
    Case("deep-arrays.pdf", lambda: pdf(b"[" * 500_000), ("broken_container",)),
    Case("10000-pages.pdf", lambda: pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 10000/Kids[" + b"3 0 R " * 10_000 + b"]>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"), ("too_many_pages",)),
    Case("cut.pdf", lambda: as_pdf([SOUND.title, "1"])[:-900], ("broken_container",)),
    Case("poster.png", lambda: png(60_000, 60_000), ("needs_ocr",)),
    Case("deep.rtf", lambda: b"{\\rtf1" + b"{" * 1_000_000, ("needs_libreoffice or conversion_failed",)),
    Case("directory-in-a-circle.doc", lambda: xls.contained(b"")[:1100] + b"\0" * 4_000, ("needs_libreoffice",)),
)  # fmt: skip
