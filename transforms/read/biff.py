"""An XLS workbook in, what its library does not tell out: how cells look, which texts are marked, what is hidden.

Layout after [MS-XLS]: a workbook is a run of records, those that all sheets share first, then each sheet's.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from transforms.model import Refusal
from transforms.read.compound import SHEET, STRINGS, records, workbook_stream
from transforms.read.looks import PLAIN_FONT, USUAL_LOOK, Font, Look, Text, joined
from transforms.read.shape import BUILT_IN, shape
from transforms.read.sheet import Spot

END, GO_ON, FONT, FORMAT, STYLE, ABOUT, WORKED_OUT = 0x0A, 0x3C, 0x31, 0x41E, 0xE0, 0x85, 0x1C1
ROW, COLUMNS, VIEW, MANY, FORMULA, SHARED_TEXT = 0x208, 0x7D, 0x23E, 0xBD, 0x06, 0xFD
SINGLE = frozenset((FORMULA, 0x203, 0x204, 0x205, 0x27E, 0xD6, SHARED_TEXT))
EIGHTH = 0x600  # the version of the format from 1997 on
HIDDEN_ROW, HIDDEN_COLUMN, SHOWS_ZEROS, ANEW, CROSSED_OUT = 0x20, 0x01, 0x10, 0x02, 0x08
WHITE = (1, 9)
RICH, EXTENDED, WIDE = 0x08, 0x04, 0x01
BLANK_RESULT = b"\x03\0\0\0\0\0\xff\xff"


@dataclass(slots=True)
class OldSheet:
    """Of one sheet: the style and the shared text of cells, formulas without a result, and what is hidden."""

    styles: dict[Spot, int] = field(default_factory=dict)
    texts: dict[Spot, int] = field(default_factory=dict)
    stale: set[Spot] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    shows_zeros: bool = True


class OldBook(NamedTuple):
    """What the sheets share (looks by style, the texts that hold marks by number) and the sheets in their order."""

    looks: Sequence[Look]
    marked: Mapping[int, Text]
    sheets: Sequence[OldSheet]

    def look(self, sheet: OldSheet, spot: Spot) -> Look:
        """How a cell looks."""
        style = sheet.styles.get(spot, -1)
        found = self.looks[style] if 0 <= style < len(self.looks) else USUAL_LOOK
        return found if sheet.shows_zeros else found.without_zeros()


@dataclass(slots=True)
class Shared:
    """The records that all sheets share, as they come."""

    version: int = EIGHTH
    fonts: list[Font] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    styles: list[bytes] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    strings: list[bytes] = field(default_factory=list)
    worked_out: bool = False

    def font(self, number: int) -> Font:
        """The font with a number; there is none with the number 4."""
        place = number - (number > 4)
        return self.fonts[place] if place < len(self.fonts) else PLAIN_FONT


def old_book(data: bytes) -> OldBook:
    """What the records of a workbook say. Raises Refusal(`broken_container`)."""
    stream = workbook_stream(data)
    try:
        shared = common(stream)
        marked = dict(marked_texts(shared)) if any(font is not PLAIN_FONT for font in shared.fonts) else {}
        looks = [old_look(style, shared) for style in shared.styles]
        sheets = [old_sheet(stream, start, shared.worked_out) for start in shared.starts]
    except (struct.error, IndexError) as error:
        raise Refusal("broken_container", f"XLS: {error}") from error
    return OldBook(looks, marked, sheets)


def common(stream: bytes) -> Shared:
    """What all sheets share."""
    shared = Shared()
    last = 0
    for kind, body in records(stream):
        if kind == END:
            break
        if kind == SHEET:
            shared.version = struct.unpack_from("<H", body)[0]
        elif kind == FONT:
            shared.fonts.append(old_font(body))
        elif kind == FORMAT:
            shared.formats[struct.unpack_from("<H", body)[0]] = code(body, shared.version)
        elif kind == STYLE:
            shared.styles.append(body)
        elif kind == ABOUT:
            shared.starts.append(struct.unpack_from("<I", body)[0])
        elif kind == STRINGS or (kind == GO_ON and last == STRINGS):
            shared.strings.append(body)
        shared.worked_out |= kind == WORKED_OUT
        last = last if kind == GO_ON else kind
    return shared


def old_font(body: bytes) -> Font:
    """What a font says of its text."""
    _, flags, colour, _, raised = struct.unpack_from("<5H", body)
    found = Font(bool(flags & CROSSED_OUT), raised != 0, colour in WHITE)
    return PLAIN_FONT if found == PLAIN_FONT else found


def code(body: bytes, version: int) -> str:
    """The code of a number format."""
    if version < EIGHTH:
        return body[3 : 3 + body[2]].decode("gb18030", "replace")
    length, flags = struct.unpack_from("<HB", body, 2)
    return body[5 : 5 + 2 * length].decode("utf-16-le", "replace") if flags & WIDE else body[5:].decode("latin-1")


def old_look(style: bytes, shared: Shared) -> Look:
    """How the cells of a style look; white is seen on what is filled."""
    number, form = struct.unpack_from("<HH", style)
    font = shared.font(number)
    if font.white and len(style) >= 18 and struct.unpack_from("<I", style, 14)[0] >> 26:
        font = font._replace(white=False)
    return Look(shape(shared.formats.get(form, "")), PLAIN_FONT if font == PLAIN_FONT else font)


def old_sheet(stream: bytes, start: int, worked_out: bool) -> OldSheet:
    """What the records of one sheet say; a chart in it has records of its own, which are passed over."""
    sheet = OldSheet()
    depth = 0
    for kind, body in records(stream, start):
        depth += (kind == SHEET) - (kind == END)
        if depth < 1:
            break
        if depth == 1 and kind in SINGLE:
            one_cell(kind, body, sheet, worked_out)
        elif depth == 1 and kind == MANY:
            row, column = struct.unpack_from("<HH", body)
            for place in range((len(body) - 6) // 6):
                sheet.styles[row, column + place] = struct.unpack_from("<H", body, 4 + 6 * place)[0]
        elif depth == 1:
            hide(kind, body, sheet)
    return sheet


def one_cell(kind: int, body: bytes, sheet: OldSheet, worked_out: bool) -> None:
    """Keep the style of a cell, the number of its text, and whether anybody knows what its formula gives."""
    row, column, style = struct.unpack_from("<HHH", body)
    sheet.styles[row, column] = style
    if kind == SHARED_TEXT:
        sheet.texts[row, column] = struct.unpack_from("<I", body, 6)[0]
    elif kind == FORMULA:
        anew = struct.unpack_from("<H", body, 14)[0] & ANEW
        if anew or (body[6:14] == BLANK_RESULT and not worked_out):
            sheet.stale.add((row, column))


def hide(kind: int, body: bytes, sheet: OldSheet) -> None:
    """Keep what a record says to hide: a row, columns, noughts."""
    if kind == ROW and struct.unpack_from("<H", body, 12)[0] & HIDDEN_ROW:
        sheet.hidden_rows.add(struct.unpack_from("<H", body)[0])
    elif kind == COLUMNS and struct.unpack_from("<H", body, 8)[0] & HIDDEN_COLUMN:
        first, last = struct.unpack_from("<HH", body)
        sheet.hidden_columns.update(range(first, last + 1))
    elif kind == VIEW:
        sheet.shows_zeros = bool(struct.unpack_from("<H", body)[0] & SHOWS_ZEROS)


def marked_texts(shared: Shared) -> Iterator[tuple[int, Text]]:
    """The shared texts of which a part is crossed out, raised or white, by number."""
    if not shared.strings:
        return
    strings = Strings(shared.strings)
    _, count = struct.unpack("<II", strings.take(8))
    for number in range(count):
        text, runs = strings.next()
        starts = [0, *(2 * start for start, _ in runs), len(text)]
        fonts = [PLAIN_FONT, *(shared.font(font) for _, font in runs)]
        if any(font is not PLAIN_FONT for font in fonts):
            pieces = (text[first:last].decode("utf-16-le", "replace") for first, last in pairwise(starts))
            yield number, joined(zip(pieces, fonts, strict=True))


@dataclass(slots=True)
class Strings:
    """The shared texts, read one after the other from the parts that hold them."""

    parts: Sequence[bytes]
    part: int = 0
    place: int = 0

    def take(self, size: int) -> bytes:
        """So many bytes. Raises IndexError at the end."""
        taken = b""
        while len(taken) < size:
            self.turn()
            piece = self.parts[self.part][self.place : self.place + size - len(taken)]
            self.place += len(piece)
            taken += piece
        return taken

    def turn(self) -> bool:
        """Go on to the next part where one is read; whether it was."""
        turned = False
        while self.place >= len(self.parts[self.part]):
            self.part, self.place, turned = self.part + 1, 0, True
        return turned

    def next(self) -> tuple[bytes, list[tuple[int, int]]]:
        """The next text in UTF-16, and where in it which font begins."""
        length, flags = struct.unpack("<HB", self.take(3))
        runs = struct.unpack("<H", self.take(2))[0] if flags & RICH else 0
        more = struct.unpack("<I", self.take(4))[0] if flags & EXTENDED else 0
        text = self.characters(length, flags & WIDE)
        found = [struct.unpack("<HH", self.take(4)) for _ in range(runs)]
        self.take(more)
        return text, found

    def characters(self, count: int, wide: int) -> bytes:
        """So many characters in UTF-16; each further part says anew how wide they are."""
        pieces: list[bytes] = []
        while count:
            if self.turn():
                wide = self.take(1)[0] & WIDE
            size = min(count, max(1, (len(self.parts[self.part]) - self.place) >> wide))
            piece = self.take(size << wide)
            pieces.append(piece if wide else piece.decode("latin-1").encode("utf-16-le"))
            count -= size
        return b"".join(pieces)
