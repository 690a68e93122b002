"""The XML parts of an XLSX workbook in, its visible sheets out, every cell as it is printed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple
from zipfile import ZipFile

from lxml import etree

from transforms.model import Refusal
from transforms.read.grid import LARGEST_TABLE
from transforms.read.markup import one_line
from transforms.read.package import main_part, part, related, xml
from transforms.read.sheet import Area, Sheet, Spot, shown_number

Element = etree._Element

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
CELL, VALUE, FORMULA, INLINE = (S + name for name in ("c", "v", "f", "is"))
USUAL = "xl/workbook.xml"
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
COUNTER = re.compile("[0-9]{1,9}")
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
BUILT_IN = {
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), "d"),
}
SCALED = re.compile(r"[0#?],+(?=$|[;.])")
LAST_COLUMN = 16_384


class Shown(NamedTuple):
    """How the numbers of a style are shown: plain, percent, or such that the digits cannot be known for sure."""

    percent: bool
    unsure: bool


PLAIN = Shown(False, False)


def workbook(package: ZipFile) -> Iterator[Sheet]:
    """The visible sheets in the order of the book."""
    name = main_part(package, USUAL)
    relations = related(package, name)
    parts = dict(relations.values())
    strings = shared_strings(part(package, parts.get("sharedStrings", "")))
    styles = number_styles(part(package, parts.get("styles", "")))
    root = xml(part(package, name), name)
    for sheet in root.iter(S + "sheet"):
        kind, target = relations.get(sheet.get(LINK, ""), ("", ""))
        if kind == "worksheet" and sheet.get("state", "visible") == "visible":
            yield read_sheet(sheet.get("name", ""), xml(part(package, target), target), strings, styles)


def shared_strings(source: bytes) -> list[str]:
    """The texts that cells refer to by number."""
    return [string(item) for item in xml(source, "sharedStrings").iter(S + "si")] if source else []


def string(item: Element) -> str:
    """The text of a string, in one line; readings aids above the characters left out."""
    etree.strip_elements(item, S + "rPh", with_tail=False)
    runs = list(item.iter(S + "t"))
    return one_line("".join(raised(run) + (run.text or "") for run in runs))


def raised(run: Element) -> str:
    """A ^ before raised or lowered text: a footnote's 1 behind a 5 must not make 51."""
    parent = run.getparent()
    align = None if parent is None else parent.find(f"{S}rPr/{S}vertAlign")
    return "^" if align is not None and align.get("val") != "baseline" else ""


def number_styles(source: bytes) -> list[Shown]:
    """How each cell style shows numbers."""
    if not source:
        return []
    root = xml(source, "styles")
    own = {item.get("numFmtId", ""): item.get("formatCode", "") for item in root.iter(S + "numFmt")}
    formats = (item.get("numFmtId", "0") for item in root.iterfind(f"{S}cellXfs/{S}xf"))
    return [style(own[code] if code in own else built_in(code)) for code in formats]


def built_in(code: str) -> str:
    """The format behind a number that the standard fixes; blank when it shows numbers plainly."""
    return BUILT_IN.get(whole(code), "")


@cache
def style(code: str) -> Shown:
    """How a number format shows a number; dates, fractions and formats that scale are unsure."""
    bare = QUOTED.sub("", code).lower().replace("general", "")
    unsure = any(letter in "ymdhsbge/" for letter in bare) or SCALED.search(bare) or "!" in bare
    return Shown("%" in bare, bool(unsure))


def whole(digits: str) -> int:
    """A number of the file's own, such as an index; -1 for anything that is none (², thousands of digits)."""
    return int(digits) if COUNTER.fullmatch(digits) else -1


def read_sheet(name: str, root: Element, strings: Sequence[str], styles: Sequence[Shown]) -> Sheet:
    """The filled cells, merged ranges and hidden rows and columns of one sheet."""
    cells: dict[Spot, str] = {}
    hidden = set()
    row = -1
    for line in root.iterfind(f"{S}sheetData/{S}row"):
        number = whole(line.get("r", ""))
        row = number - 1 if number > 0 else row + 1
        hidden |= {row} if line.get("hidden") in ("1", "true") else set()
        cells.update(filled(line, row, strings, styles))
        if len(cells) > LARGEST_TABLE:
            raise Refusal("too_many_cells", f"{name}: {len(cells):,}")
    return Sheet(name, cells, merged(root), frozenset(hidden), hidden_columns(root))


def filled(line: Element, row: int, strings: Sequence[str], styles: Sequence[Shown]) -> Iterator[tuple[Spot, str]]:
    """The filled cells of a row."""
    column = -1
    for cell in line.iterchildren(CELL):
        match = REFERENCE.fullmatch(cell.get("r", ""))
        column = column_number(match[1]) if match else column + 1
        text = cell_text(cell, strings, styles)
        if text:
            yield (row, column), text


def cell_text(cell: Element, strings: Sequence[str], styles: Sequence[Shown]) -> str:
    """What a cell shows; a formula that was never worked out shows itself."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(INLINE)
        return "" if inline is None else string(inline)
    value = cell.findtext(VALUE) or ""
    if not value:
        formula = cell.find(FORMULA)
        return f"={formula.text or ''}" if formula is not None and kind != "str" else ""
    if kind == "s":
        return strings[whole(value)] if 0 <= whole(value) < len(strings) else "\ufffd"
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    return number_text(value, shown_by(cell, styles)) if kind == "n" else one_line(value)


def shown_by(cell: Element, styles: Sequence[Shown]) -> Shown:
    """How a cell's style shows numbers."""
    index = whole(cell.get("s", ""))
    return styles[index] if 0 <= index < len(styles) else PLAIN


def number_text(value: str, how: Shown) -> str:
    """A number as shown; with U+FFFD behind it, which no number holds, when its style shows other digits."""
    try:
        number = float(value)
    except ValueError:
        return one_line(value)
    text = shown_number(number * 100) + "%" if how.percent else shown_number(number)
    return text + "\ufffd" if how.unsure else text


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
        if item.get("hidden") in ("1", "true"):
            found.update(bounds)
    return frozenset(found)


def span(item: Mapping[str, str] | Element) -> range:
    """The columns from `min` to `max` (from 1, both in), counted from 0."""
    first, last = (whole(item.get(name) or "") for name in ("min", "max"))
    return range(first - 1, min(last, LAST_COLUMN)) if first > 0 else range(0)
