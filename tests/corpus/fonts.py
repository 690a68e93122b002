"""Characters in, a font that a PDF embeds out: only what the document prints, as word processors and printers do it.

The outlines are bars, about as many as a character of a Song face has strokes, and different for each. Widths are those
of the face that it stands for, so that a document is laid out alike with the font and without it.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFStream, PDFString, PDFZCompress

EM, ASCENT, DESCENT = 1000, 859, -141
BARS = 10
MOST_MAPPED = 100  # characters in one block of a ToUnicode map
ON_CURVE, VERSION = 1, 0x00010000
MAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def
/CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange
{}
endcmap CMapName currentdict /CMap defineresource pop end end"""


class Subset(UnicodeCIDFont):
    """A face with the outlines and the meanings of some characters embedded: codes are the numbers of its glyphs."""

    def __init__(self, face: str, characters: Iterable[str]) -> None:
        super().__init__(face)
        self.name = self.fontName = f"SUBSET+{face}"
        self.glyphs = {character: number for number, character in enumerate(sorted(set(characters)), 1)}
        self.widths = [EM // 2, *(round(self.stringWidth(character, EM)) for character in self.glyphs)]

    def formatForPdf(self, text: str) -> str:  # noqa: N802
        """The text as a string of the page."""
        return str(escapePDF(b"".join(struct.pack(">H", self.glyphs[character]) for character in text)))

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802
        """Make the font and its parts objects of the document."""
        internal = f"F{len(doc.fontMapping) + 1}"
        font = {
            "Subtype": PDFName("Type0"),
            "Encoding": PDFName("Identity-H"),
            "ToUnicode": self.stream(doc, "meanings", meanings(self.glyphs)),
            "DescendantFonts": PDFArray([self.descendant(doc)]),
        }
        doc.idToObject["BasicFonts"].dict[internal] = doc.Reference(self.part("Font", font), internal)
        doc.fontMapping[self.name] = f"/{internal}"

    def descendant(self, doc: PDFDocument) -> PDFDictionary:
        """The part of the font that knows widths and outlines."""
        metrics = {"Ascent": ASCENT, "Descent": DESCENT, "CapHeight": ASCENT, "ItalicAngle": 0, "StemV": 80, "Flags": 4}
        outlines = self.stream(doc, "outlines", truetype(self.widths, self.glyphs))
        described = {"FontBBox": PDFArray([0, DESCENT, EM, ASCENT]), "FontFile2": outlines, **metrics}
        system = {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
        entries = {
            "Subtype": PDFName("CIDFontType2"),
            "CIDSystemInfo": PDFDictionary(system),
            "CIDToGIDMap": PDFName("Identity"),
            "W": PDFArray([0, PDFArray(self.widths)]),
            "FontDescriptor": self.part("FontDescriptor", {"FontName": PDFName(self.name), **described}),
        }
        return self.part("Font", entries)

    def part(self, kind: str, entries: Mapping[str, object]) -> PDFDictionary:
        """A dictionary of the font."""
        name = {} if kind == "FontDescriptor" else {"BaseFont": PDFName(self.name)}
        return PDFDictionary({"Type": PDFName(kind), **name, **entries})

    def stream(self, doc: PDFDocument, name: str, content: bytes) -> object:
        """A reference to a packed stream of the document."""
        made = PDFStream(content=content, filters=[PDFZCompress])
        return doc.Reference(made, f"{self.name} {name}")


def embedded(face: str, characters: Iterable[str]) -> str:
    """The name by which a canvas finds the subset of a face with these characters."""
    font = Subset(face, characters)
    pdfmetrics.registerFont(font)
    return font.name


def meanings(glyphs: Mapping[str, int]) -> bytes:
    """The ToUnicode map of the glyphs."""
    blocks = []
    lines = [f"<{number:04X}> <{character.encode('utf-16-be').hex().upper()}>" for character, number in glyphs.items()]
    for first in range(0, len(lines), MOST_MAPPED):
        part = lines[first : first + MOST_MAPPED]
        blocks += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    return MAP.format("\n".join(blocks)).encode()


def truetype(widths: list[int], glyphs: Iterable[str]) -> bytes:
    """The font file of glyphs in their order behind the one that stands for none; sizes in thousandths of an em."""
    drawn = [b"", *map(outline, glyphs, widths[1:])]
    ends = accumulate(map(len, drawn), initial=0)
    count, points, parts = len(drawn), 4 * BARS, BARS
    box = (0, DESCENT, EM, ASCENT)
    head = struct.pack(">4I2H2q4h2H3h", VERSION, 0, 0, 0x5F0F3CF5, 3, EM, 0, 0, *box, 0, 8, 2, 1, 0)
    hhea = struct.pack(">I3hH11hH", VERSION, ASCENT, DESCENT, 0, EM, *(0,) * 11, count)
    tables = {
        b"glyf": b"".join(drawn),
        b"head": head,
        b"hhea": hhea,
        b"hmtx": b"".join(struct.pack(">Hh", wide, 0) for wide in widths),
        b"loca": b"".join(struct.pack(">I", end) for end in ends),
        b"maxp": struct.pack(">I14H", VERSION, count, points, parts, 0, 0, 2, *(0,) * 8),
    }
    return b"".join(packed(tables))


def packed(tables: Mapping[bytes, bytes]) -> Iterator[bytes]:
    """The tables of a font file behind their directory. Nobody checks the sums of an embedded font."""
    place = 12 + 16 * len(tables)
    yield struct.pack(">I4H", VERSION, len(tables), 64, 2, 16 * len(tables) - 64)
    for tag, data in tables.items():
        yield struct.pack(">4s3I", tag, 0, place, len(data))
        place += len(data) + -len(data) % 4
    for data in tables.values():
        yield data + bytes(-len(data) % 4)


def outline(character: str, wide: int) -> bytes:
    """Bars over one another, as long as the bits of the character's code tell; white space has none."""
    if character.isspace():
        return b""
    pitch = EM // BARS
    points = []
    for bar in range(BARS):
        low, reach = DESCENT + bar * pitch + 20, wide - 40 - (ord(character) >> bar & 1) * wide // 4
        points += [(20, low), (20, low + 40), (reach, low + 40), (reach, low)]
    xs, ys = zip(*points, strict=True)
    ends = range(3, 4 * BARS, 4)
    steps = [b - a for line in (xs, ys) for a, b in zip((0, *line), line, strict=False)]
    head = struct.pack(">5h", BARS, min(xs), min(ys), max(xs), max(ys))
    body = struct.pack(f">{BARS}HH{len(points)}B{len(steps)}h", *ends, 0, *(ON_CURVE,) * len(points), *steps)
    return head + body + bytes(-len(head + body) % 4)
