"""The XML parts of an XLSX workbook in, its visible sheets out, every cell as it is printed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from zipfile import ZipFile

from lxml import etree

from transforms.model import Refusal
from transforms.read.grid import LARGEST_TABLE
from transforms.read.looks import NO_TEXT, USUAL_LOOK, Look, S, Text, cell_looks, doubted, font, joined
from transforms.read.markup import one_line
from transforms.read.package import main_part, part, related, xml
from transforms.read.shape import UNSURE, Shape, printed
from transforms.read.sheet import Area, Sheet, Spot

Element = etree._Element

LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
CELL, VALUE, FORMULA, INLINE = (S + name for name in ("c", "v", "f", "is"))
USUAL = "xl/workbook.xml"
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
COUNTER = re.compile("[0-9]{1,9}")
LAST_COLUMN = 16_384
TRUE, FALSE = ("1", "true"), ("0", "false")


class Book(NamedTuple):
    """What the sheets of a workbook share.

    Texts that cells refer to by number; the looks of cells; whether formulas are to be worked out anew, so that nobody
    knows what they show.
    """

    strings: Sequence[Text] = ()
    looks: Sequence[Look] = ()
    stale: bool = False


def workbook(package: ZipFile) -> Iterator[Sheet]:
    """The visible sheets in the order of the book."""
    name = main_part(package, USUAL)
    relations = related(package, name)
    parts = dict(relations.values())
    root = xml(part(package, name), name)
    book = Book(
        shared_strings(part(package, parts.get("sharedStrings", ""))),
        cell_looks(part(package, parts.get("styles", ""))),
        any(item.get("fullCalcOnLoad") in TRUE for item in root.iter(S + "calcPr")),
    )
    for sheet in root.iter(S + "sheet"):
        kind, target = relations.get(sheet.get(LINK, ""), ("", ""))
        if kind == "worksheet" and sheet.get("state", "visible") == "visible":
            yield read_sheet(sheet.get("name", ""), xml(part(package, target), target), book)


def shared_strings(source: bytes) -> list[Text]:
    """The texts that cells refer to by number."""
    return [string(item) for item in xml(source, "sharedStrings").iter(S + "si")] if source else []


def string(item: Element) -> Text:
    """A text in one line; reading aids above the characters and what is crossed out are left out."""
    etree.strip_elements(item, S + "rPh", with_tail=False)
    return joined((run.text or "", font(properties(run))) for run in item.iter(S + "t"))


def properties(run: Element) -> Element | None:
    """The font of a piece of a text, if it has one of its own."""
    parent = run.getparent()
    return None if parent is None else parent.find(f"{S}rPr")


def whole(digits: str) -> int:
    """A number of the file's own, such as an index; -1 for anything that is none (², thousands of digits)."""
    return int(digits) if COUNTER.fullmatch(digits) else -1


def read_sheet(name: str, root: Element, book: Book) -> Sheet:
    """The filled cells, merged ranges and hidden rows and columns of one sheet."""
    cells: dict[Spot, str] = {}
    hidden = set()
    row, struck = -1, 0
    if any(view.get("showZeros") in FALSE for view in root.iterfind(f"{S}sheetViews/{S}sheetView")):
        book = book._replace(looks=[look.without_zeros() for look in book.looks or [USUAL_LOOK]])
    for line in root.iterfind(f"{S}sheetData/{S}row"):
        number = whole(line.get("r", ""))
        row = number - 1 if number > 0 else row + 1
        hidden |= {row} if line.get("hidden") in TRUE else set()
        for spot, text in filled(line, row, book):
            struck += text.struck
            cells[spot] = text.shown
        if len(cells) > LARGEST_TABLE:
            raise Refusal("too_many_cells", f"{name}: {len(cells):,}")
    return Sheet(name, cells, merged(root), frozenset(hidden), hidden_columns(root), struck)


def filled(line: Element, row: int, book: Book) -> Iterator[tuple[Spot, Text]]:
    """The filled cells of a row."""
    column = -1
    for cell in line.iterchildren(CELL):
        match = REFERENCE.fullmatch(cell.get("r", ""))
        column = column_number(match[1]) if match else column + 1
        text = cell_text(cell, book)
        if text.shown or text.struck:
            yield (row, column), text


def cell_text(cell: Element, book: Book) -> Text:
    """What a cell shows; a number with U+FFFD behind it, which no number holds, where nobody knows what it shows."""
    look = looked(cell, book.looks)
    return look.seen(valued(cell, book, look.shape))


def valued(cell: Element, book: Book, how: Shape) -> Text:
    """The value of a cell as it is shown; a formula that was never worked out shows itself."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(INLINE)
        return NO_TEXT if inline is None else string(inline)
    value = cell.findtext(VALUE) or ""
    if not value:
        formula = cell.find(FORMULA)
        return Text(f"={formula.text or ''}" if formula is not None and kind != "str" else "")
    if kind == "s":
        return book.strings[whole(value)] if 0 <= whole(value) < len(book.strings) else Text(UNSURE)
    if kind == "b":
        return Text("TRUE" if value == "1" else "FALSE")
    shown = number_text(value, how) if kind == "n" else one_line(value)
    return Text(doubted(shown) if book.stale and cell.find(FORMULA) is not None else shown)


def looked(cell: Element, looks: Sequence[Look]) -> Look:
    """How a cell looks; one that does not say looks like the first."""
    index = whole(cell.get("s", "0"))
    return looks[index] if 0 <= index < len(looks) else USUAL_LOOK


def number_text(value: str, how: Shape) -> str:
    """A number as shown."""
    try:
        return printed(float(value), how)
    except ValueError:
        return one_line(value)


def column_number(letters: str) -> int:
    """The number of a column, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def merged(root: Element) -> list[Area]:
    """The merged ranges."""
    areas = []
    for item in root.iterfind(f"{S}mergeCells/{S}mergeCell"):
        ends = [REFERENCE.fullmatch(end) for end in item.get("ref", "").split(":")]
        if len(ends) == 2 and ends[0] is not None and ends[1] is not None:
            first, last = ((int(end[2]) - 1, column_number(end[1])) for end in (ends[0], ends[1]))
            areas.append((first, last))
    return areas


def hidden_columns(root: Element) -> frozenset[int]:
    """The columns that are hidden."""
    found: set[int] = set()
    for item in root.iterfind(f"{S}cols/{S}col"):
        bounds = span(item)
        if item.get("hidden") in TRUE:
            found.update(bounds)
    return frozenset(found)


def span(item: Mapping[str, str] | Element) -> range:
    """The columns from `min` to `max` (from 1, both in), counted from 0."""
    first, last = (whole(item.get(name) or "") for name in ("min", "max"))
    return range(first - 1, min(last, LAST_COLUMN)) if first > 0 else range(0)
