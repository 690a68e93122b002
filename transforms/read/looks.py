"""The styles of an XLSX workbook in, how its cells look out: formats of numbers, telling fonts.

Text that is crossed out is withdrawn, raised or lowered text is a footnote's mark, white text is not seen.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lxml import etree

from transforms.read.markup import one_line
from transforms.read.package import xml
from transforms.read.shape import BUILT_IN, PLAIN, UNSURE, Section, Shape, shape

Element = etree._Element

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RAISED = "^"
OFF = ("0", "false")
WHITE = (("rgb", "FFFFFFFF"), ("rgb", "00FFFFFF"), ("indexed", "1"), ("indexed", "9"), ("theme", "0"))


class Font(NamedTuple):
    """What of a font changes the meaning of its text."""

    struck: bool = False
    raised: bool = False
    white: bool = False


class Text(NamedTuple):
    """What a cell shows, and how many pieces of its text are crossed out and left out."""

    shown: str
    struck: int = 0


class Look(NamedTuple):
    """How a cell shows a number, and its font."""

    shape: Shape
    font: Font

    def seen(self, text: Text) -> Text:
        """What a cell of this look shows of its text."""
        if self.font is PLAIN_FONT or not text.shown:
            return text
        return Text("", text.struck + 1) if self.font.struck else Text(marked(text.shown, self.font), text.struck)

    def without_zeros(self) -> "Look":
        """The same in a sheet that hides its noughts."""
        first = self.shape[0]
        below = self.shape[1] if len(self.shape) > 1 else first._replace(before=f"-{first.before}")
        return self._replace(shape=(first, below, Section(digits="")))


NO_TEXT = Text("")
PLAIN_FONT = Font()
USUAL_LOOK = Look(PLAIN, PLAIN_FONT)


def cell_looks(source: bytes) -> list[Look]:
    """How each cell style looks."""
    if not source:
        return []
    root = xml(source, "styles")
    own = {item.get("numFmtId", ""): item.get("formatCode", "") for item in root.iter(S + "numFmt")}
    own = {str(number): code for number, code in BUILT_IN.items()} | own
    fonts = [font(item) for item in root.iterfind(f"{S}fonts/{S}font")]
    fills = [is_filled(item) for item in root.iterfind(f"{S}fills/{S}fill")]
    return [
        Look(shape(own.get(style.get("numFmtId", ""), "")), font_of(style, fonts, fills))
        for style in root.iterfind(f"{S}cellXfs/{S}xf")
    ]


def font(properties: Element | None) -> Font:
    """What these properties say of text."""
    if properties is None:
        return PLAIN_FONT
    strike, align, colour = (properties.find(S + name) for name in ("strike", "vertAlign", "color"))
    found = Font(
        strike is not None and strike.get("val") not in OFF,
        align is not None and align.get("val") != "baseline",
        colour is not None and "tint" not in colour.attrib and any(colour.get(name) == to for name, to in WHITE),
    )
    return PLAIN_FONT if found == PLAIN_FONT else found


def font_of(style: Element, fonts: Sequence[Font], fills: Sequence[bool]) -> Font:
    """The font of a cell style; white is seen on what is filled."""
    found = fonts[place] if (place := index(style.get("fontId", "0"))) < len(fonts) else PLAIN_FONT
    filled = (place := index(style.get("fillId", "0"))) < len(fills) and fills[place]
    if found.white and filled:
        found = found._replace(white=False)
    return PLAIN_FONT if found == PLAIN_FONT else found


def is_filled(fill: Element) -> bool:
    """Whether a fill covers the paper."""
    pattern = fill.find(S + "patternFill")
    return len(fill) > 0 and (pattern is None or pattern.get("patternType", "none") != "none")


def index(digits: str) -> int:
    """A place in a list of the file's, from 0."""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 7 else 0


def joined(pieces: Iterable[tuple[str, Font]]) -> Text:
    """A text of pieces with a font each, in one line."""
    found = list(pieces)
    shown = "".join(marked(text, how) for text, how in found if not how.struck)
    return Text(one_line(shown), sum(how.struck for _, how in found))


def marked(text: str, how: Font) -> str:
    """A text with what its font says: ^ before raised digits (a footnote's 1 behind a 5 must not make 51)."""
    if how is PLAIN_FONT or not text:
        return text
    raised = RAISED + text if how.raised else text
    return doubted(raised) if how.white else raised


def doubted(text: str) -> str:
    """A text whose digits are not to be trusted, with U+FFFD behind it, which no number holds; words stay."""
    return text + UNSURE if any(map(str.isdigit, text)) else text
