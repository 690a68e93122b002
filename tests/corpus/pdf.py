"""Reports and tables as PDF: paragraphs and grids of boxes come in, the bytes of a ruled document go out.

Everything is laid out on one endless galley first and cut into pages then, so that a page may end anywhere, inside a
row too. The font is embedded as far as it is used, or left to the reader of the PDF, who knows it by name. The same
bytes come out each time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.corpus.fonts import embedded
from tests.corpus.grids import Box, Grid

FONT = "STSong-Light"
PAGE = (595.0, 842.0)
SIDE, TOP, BOTTOM = 70.0, 72.0, 72.0
DIGITS = "0123456789,.%-"
Block = str | Grid


@dataclass(frozen=True)
class Style:
    """How a document is set. `rulings`: lines, rects (thin filled boxes), boxes (a drawn box a cell), dots, none.

    `columns` are shares of the width by number of columns. `inside` cuts pages within rows, `repeat` prints so many
    heading rows again, `open_break` leaves out the ruling at a page break, `vertical` sets the label of the results
    one character a line, `room` is the height of a page's text. `turn` lays the pages on
    their side, and `embeds` takes the font along.
    """

    size: float = 10.5
    pad: float = 4.0
    leading: float = 1.45
    rulings: str = "lines"
    middle: bool = True
    columns: Mapping[int, tuple[float, ...]] = field(default_factory=dict)
    inside: bool = False
    repeat: int = 0
    open_break: bool = False
    vertical: bool = True
    page_numbers: str = "- {} -"
    running_head: str = ""
    room: float = PAGE[1] - TOP - BOTTOM
    turn: int = 0
    embeds: bool = True


SHARES = {
    4: (1.6, 1, 1, 1),
    10: (0.34, 1.05, 2.3, 0.72, 0.72, 0.72, 0.72, 0.72, 0.72, 0.72),
}


@dataclass(frozen=True)
class Said:
    """A line of text on the galley: its left end and baseline."""

    text: str
    x: float
    base: float
    size: float


@dataclass(frozen=True)
class Ruling:
    """A ruling on the galley."""

    x: float
    y: float
    to_x: float
    to_y: float


@dataclass
class Galley:
    """What is laid out so far, how far down, and where a page may end."""

    said: list[Said] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    cuts: list[float] = field(default_factory=lambda: [0.0])
    heads: list[tuple[float, float, float]] = field(default_factory=list)  # table from, to, end of its heading
    down: float = 0.0
    font: str = FONT


def as_pdf(blocks: Sequence[Block], style: Style | None = None) -> bytes:
    """The blocks as a document: the first text is its title, the others are paragraphs; grids are tables."""
    style = style or Style()
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    galley = Galley()
    for number, block in enumerate(blocks):
        if isinstance(block, str):
            _set_paragraph(galley, block, style, is_title=number == 0)
        else:
            _set_table(galley, block, style)
        galley.down += style.size * 0.6
    if style.embeds:
        galley.font = embedded(FONT, _characters(galley, style))
    return _printed(galley, style)


def _characters(galley: Galley, style: Style) -> str:
    """All that is printed, page numbers and running head too."""
    return "".join((*(line.text for line in galley.said), style.page_numbers, style.running_head, DIGITS))


def wrap(text: str, room: float, size: float) -> list[str]:
    """The text in lines of this width: a number stays whole if it fits a line, all else breaks anywhere."""
    lines = [""]
    for word in _words(text):
        if pdfmetrics.stringWidth(lines[-1] + word, FONT, size) <= room:
            lines[-1] += word
        elif pdfmetrics.stringWidth(word, FONT, size) <= room:
            lines.append(word)
        else:
            for character in word:
                if lines[-1] and pdfmetrics.stringWidth(lines[-1] + character, FONT, size) > room:
                    lines.append("")
                lines[-1] += character
    return [line for line in lines if line] or [""]


def _words(text: str) -> Iterator[str]:
    word = ""
    for character in text:
        if character in DIGITS:
            word += character
            continue
        if word:
            yield word
            word = ""
        yield character
    if word:
        yield word


def _set_paragraph(galley: Galley, text: str, style: Style, is_title: bool) -> None:
    size = style.size * (1.6 if is_title else 1.15)
    room = PAGE[0] - 2 * SIDE
    indent = 0.0 if is_title else 2 * size
    lines = wrap("\u3000\u3000" + text if indent else text, room, size)
    for line in lines:
        galley.down += size * style.leading
        printed = line.lstrip("\u3000")
        wide = pdfmetrics.stringWidth(printed, FONT, size)
        x = SIDE + (room - wide) / 2 if is_title else SIDE + (indent if printed != line else 0)
        galley.said.append(Said(printed, x, galley.down, size))
        galley.cuts.append(galley.down + size * 0.4)


def _set_table(galley: Galley, grid: Grid, style: Style) -> None:
    galley.down += style.size
    places = list(placed(grid))
    xs = _columns(max(column + box.colspan for box, _, column in places), style)
    ys = _rows(places, xs, len(grid), style, galley.down)
    for box, row, column in places:
        _set_box(galley, box, (xs[column], ys[row], xs[column + box.colspan], ys[row + box.rowspan]), style)
    galley.heads.append((ys[0], ys[-1], ys[style.repeat] if _is_headed(grid, style) else ys[0]))
    galley.cuts.extend(_inner_cuts(ys) if style.inside else ys[1:])
    galley.down = ys[-1]


def _is_headed(grid: Grid, style: Style) -> bool:
    """Whether the rows that are printed again on each page hold no number."""
    return 0 < style.repeat < len(grid) and not any(box.key for row in grid[: style.repeat] for box in row)


def placed(grid: Grid) -> Iterator[tuple[Box, int, int]]:
    """Every box with the row and the column of its upper left corner in the expanded grid."""
    taken: set[tuple[int, int]] = set()
    for row, boxes in enumerate(grid):
        column = 0
        for box in boxes:
            while (row, column) in taken:
                column += 1
            yield box, row, column
            taken |= {(row + r, column + c) for r in range(box.rowspan) for c in range(box.colspan)}
            column += box.colspan


def _columns(count: int, style: Style) -> list[float]:
    shares = style.columns.get(count) or SHARES.get(count) or (1.0,) * count
    room = PAGE[0] - 2 * SIDE
    return [SIDE + room * sum(shares[:place]) / sum(shares) for place in range(count + 1)]


def _lines(box: Box, wide: float, style: Style) -> list[str]:
    if style.vertical and box.rowspan > 9:
        return list(box.text)
    return wrap(box.text, wide - 2 * style.pad, style.size)


def _rows(
    places: Sequence[tuple[Box, int, int]], xs: Sequence[float], count: int, style: Style, top: float
) -> list[float]:
    pitch = style.size * style.leading
    heights = [pitch + 2 * style.pad] * count
    for box, row, column in sorted(places, key=lambda place: place[0].rowspan):
        needed = pitch * len(_lines(box, xs[column + box.colspan] - xs[column], style)) + 2 * style.pad
        short = needed - sum(heights[row : row + box.rowspan])
        if short > 0:
            heights[row + box.rowspan - 1] += short
    return [top + sum(heights[:place]) for place in range(count + 1)]


def _set_box(galley: Galley, box: Box, sides: tuple[float, float, float, float], style: Style) -> None:
    left, top, right, bottom = sides
    lines = _lines(box, right - left, style)
    pitch = style.size * style.leading
    first = (top + bottom - pitch * len(lines)) / 2 if style.middle else top + style.pad
    for place, line in enumerate(lines):
        wide = pdfmetrics.stringWidth(line, FONT, style.size)
        x = (left + right - wide) / 2 if box.key is not None else left + style.pad
        base = first + pitch * place + style.size * 1.05
        if line:
            galley.said.append(Said(line, x, base, style.size))
    corners = (
        (left, top, right, top),
        (left, bottom, right, bottom),
        (left, top, left, bottom),
        (right, top, right, bottom),
    )
    galley.rulings.extend(Ruling(*corner) for corner in corners)


def _inner_cuts(ys: Sequence[float]) -> Iterator[float]:
    """Heights within rows, well away from their rulings."""
    for step in range(int(ys[0]) + 8, int(ys[-1]) - 8):
        if min(abs(step - y) for y in ys) >= 6:
            yield float(step)


def _pages(galley: Galley, style: Style) -> list[tuple[float, float]]:
    """From where to where each page shows the galley: it ends where no line of text is cut in two."""
    spans = [(line.base - line.size * 0.8, line.base + line.size * 0.12) for line in galley.said]
    possible = [cut for cut in galley.cuts if not any(low < cut < high for low, high in spans)]
    cuts, start = [], 0.0
    while start + style.room < galley.down:
        fitting = [cut for cut in possible if start + 40 < cut <= start + style.room]
        end = max(fitting, default=min(cut for cut in (*possible, galley.down) if cut > start + style.room))
        cuts.append((start, end))
        start = end
    return [*cuts, (start, galley.down + style.size)]


def _printed(galley: Galley, style: Style) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=PAGE, invariant=1)
    for number, (start, end) in enumerate(_pages(galley, style), 1):
        if style.turn:
            canvas.setPageRotation(90 * style.turn)
        _turned(canvas, style.turn)
        _frame(canvas, style, number, galley.font)
        again = next((head for head in galley.heads if head[0] < start < head[1] and start > head[2]), None)
        shift = 0.0
        if again is not None and style.repeat:
            _show(canvas, galley, style, again[0], again[2], 0.0)
            shift = again[2] - again[0]
        _show(canvas, galley, style, start, end, shift)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _turned(canvas: Canvas, turn: int) -> None:
    """Lay what follows on its side, as a wide table on a page that is shown turned."""
    if turn == 1:
        canvas.translate(PAGE[0], 0)
        canvas.rotate(90)
    if turn == 3:
        canvas.translate(0, PAGE[1])
        canvas.rotate(-90)


def _frame(canvas: Canvas, style: Style, number: int, font: str) -> None:
    canvas.setFont(font, 9)
    if style.page_numbers:
        canvas.drawCentredString(PAGE[0] / 2, BOTTOM / 2, style.page_numbers.format(number))
    if style.running_head:
        canvas.drawString(SIDE, PAGE[1] - TOP / 2, style.running_head)


def _show(canvas: Canvas, galley: Galley, style: Style, start: float, end: float, shift: float) -> None:
    """Print the galley between two heights at the top of the page, `shift` further down."""

    def down(y: float) -> float:
        return PAGE[1] - TOP - (y - start + shift)

    for line in galley.said:
        if start <= line.base - line.size / 2 < end:
            canvas.setFont(galley.font, line.size)
            canvas.drawString(line.x, down(line.base), line.text)
    for ruling in _cut(dict.fromkeys(galley.rulings), start, end, style):
        _rule(canvas, style, replace(ruling, y=down(ruling.y), to_y=down(ruling.to_y)))


def _cut(rulings: Sequence[Ruling] | Mapping[Ruling, None], start: float, end: float, style: Style) -> Iterator[Ruling]:
    """The rulings of a page; what the break cuts is closed there unless the style leaves it open."""
    for ruling in rulings:
        if ruling.y == ruling.to_y:
            if start <= ruling.y <= end:
                yield ruling
            continue
        top, bottom = max(ruling.y, start), min(ruling.to_y, end)
        if top < bottom:
            yield replace(ruling, y=top, to_y=bottom)
    if not style.open_break:
        crossed = [r for r in rulings if r.y != r.to_y]
        for edge in (start, end):
            xs = [r.x for r in crossed if r.y < edge < r.to_y]
            if xs:
                yield Ruling(min(xs), edge, max(xs), edge)


def _rule(canvas: Canvas, style: Style, ruling: Ruling) -> None:
    left, right = sorted((ruling.x, ruling.to_x))
    low, high = sorted((ruling.y, ruling.to_y))
    if style.rulings == "lines":
        canvas.setLineWidth(0.5)
        canvas.line(left, low, right, high)
    elif style.rulings == "rects":
        canvas.rect(left - 0.24, low - 0.24, right - left + 0.48, high - low + 0.48, stroke=0, fill=1)
    elif style.rulings == "dots":
        canvas.setLineWidth(0.5)
        canvas.setDash(1, 2)
        canvas.line(left, low, right, high)
