"""The body of a word-processor document in, its visible text out: pieces of text, breaks, and data tables, in order.

What a reader of the printed page cannot see is taken out of the tree first: deleted and hidden text, field codes,
the second copy of a text box. Then one walk collects text as transforms/read/tree.py does for web pages.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from transforms.model import Refusal
from transforms.read.grid import LARGEST_COLSPAN, LARGEST_TABLE
from transforms.read.tree import BREAK, SOFT, Items, OpenCell, OpenTable, settled

Element = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
PARAGRAPH, TABLE, ROW, CELL, RUN, TEXT = (W + name for name in ("p", "tbl", "tr", "tc", "r", "t"))
VAL = W + "val"
SPAN, MERGE, BEFORE = W + "gridSpan", W + "vMerge", f"{W}trPr/{W}gridBefore"
PASSED_THROUGH = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
NEVER_SHOWN = (W + "del", W + "moveFrom", W + "rt", FALLBACK)
ALONE = (1, "")
OFF = ("0", "false", "off")
JOINED = "joined"  # our own mark on a paragraph whose end was deleted or is hidden
RAISED = "^"

BOX = W + "txbxContent"


@dataclass(slots=True)
class Merged:
    """A cell while its table is walked: how many columns and rows it covers, and what is in it."""

    columns: int
    rows: int
    items: Items


@dataclass(frozen=True, slots=True)
class Known:
    """What one pass over the tree finds out: the text of each paragraph; columns and vertical merge of cells."""

    texts: Mapping[Element, str]
    spans: Mapping[Element, tuple[int, str]]


def visible(root: Element, hidden_styles: frozenset[str]) -> Items:
    """The pieces of a document in reading order; the tree is changed. Raises Refusal(`too_many_cells`)."""
    drop_unseen_rows(root)
    drop_hidden(root, hidden_styles)
    join_paragraphs(root)
    etree.strip_elements(root, *NEVER_SHOWN, with_tail=False)
    drop_field_codes(root)
    mark_raised(root)
    move_boxes(root)
    body = root.find(W + "body")
    return [] if body is None else pieces(body, Known(texts(root), spans(root)))


def is_on(toggle: Element | None) -> bool:
    """Whether a property is there and not switched off."""
    return toggle is not None and toggle.get(VAL, "1") not in OFF


def remove(element: Element | None) -> None:
    """Take an element out of its tree, if it is still there."""
    parent = None if element is None else element.getparent()
    if element is not None and parent is not None:
        parent.remove(element)


def drop_unseen_rows(root: Element) -> None:
    """Take out the rows of tables that were deleted with changes tracked, or are hidden."""
    for properties in list(root.iter(W + "trPr")):
        if properties.find(W + "del") is not None or is_on(properties.find(W + "hidden")):
            remove(properties.getparent())


def drop_hidden(root: Element, styles: frozenset[str]) -> None:
    """Take out hidden runs, by their own property or by a style of theirs or their paragraph's."""
    named = [item for item in root.iter(W + "rStyle", W + "pStyle") if item.get(VAL) in styles] if styles else []
    for toggle in (*root.iter(W + "vanish"), *named):
        properties = toggle.getparent()
        owner = None if properties is None else properties.getparent()
        if owner is None or (toggle.tag == W + "vanish" and not is_on(toggle)):
            continue
        if owner.tag == RUN:
            remove(owner)
        elif toggle.tag == W + "pStyle":
            hide_paragraph(owner)


def hide_paragraph(paragraph: Element) -> None:
    """Take out all of a paragraph but the runs that say of themselves that they are not hidden."""
    for run in list(paragraph.iter(RUN)):
        if run.find(f"{W}rPr/{W}vanish") is None:
            remove(run)


def join_paragraphs(root: Element) -> None:
    """Mark the paragraphs whose end is deleted or hidden: the next one goes on in the same line."""
    for mark in root.iter(W + "del", W + "vanish"):
        properties = [element.tag for element in islice(mark.iterancestors(), 2)]
        paragraph = next(mark.iterancestors(PARAGRAPH), None)
        if properties == [W + "rPr", W + "pPr"] and paragraph is not None and is_on(mark):
            paragraph.set(JOINED, "1")


def drop_field_codes(root: Element) -> None:
    """Blank the text of nested field codes; what a field shows stays. Codes end with their paragraph at the latest."""
    codes: list[bool] = []
    if next(root.iter(W + "fldChar"), None) is None:
        return
    for element in root.iter(PARAGRAPH, W + "fldChar", TEXT):
        if element.tag == PARAGRAPH:
            codes = [code for code in codes if not code]
        elif element.tag == TEXT:
            element.text = "" if any(codes) else element.text
        elif element.get(W + "fldCharType") == "begin":
            codes.append(True)
        elif codes and element.get(W + "fldCharType") == "separate":
            codes[-1] = False
        elif codes:
            codes.pop()


def mark_raised(root: Element) -> None:
    """Put a ^ before raised or lowered text: a footnote's 1 behind a 5 must not make 51."""
    for align in root.iter(W + "vertAlign"):
        run = align.getparent().getparent()  # type: ignore[union-attr]
        if run is not None and run.tag == RUN and align.get(VAL) != "baseline":
            first = run.find(TEXT)
            if first is not None:
                first.text = RAISED + (first.text or "")


def move_boxes(root: Element) -> None:
    """Put the text of text boxes behind the paragraph, or the whole table, that they are tied to."""
    for box in reversed(list(root.iter(BOX))):
        anchors = list(box.iterancestors(PARAGRAPH, TABLE))
        if anchors:
            holder = etree.Element(W + "sdt")
            holder.extend(list(box))
            anchors[-1].addnext(holder)
            remove(box)


def pieces(parent: Element, known: Known) -> Items:
    """The paragraphs and tables of a body or a cell."""
    items: Items = []
    for child in parent:
        tag = child.tag
        if tag == PARAGRAPH:
            items.append(known.texts.get(child, ""))
            if JOINED not in child.attrib:
                items.append(BREAK)
        elif tag == TABLE:
            items.extend((BREAK, *table(child, known)))
        elif tag in PASSED_THROUGH:
            items.extend(pieces(child, known))
    return items


def children(parent: Element, *tags: str) -> Iterator[Element]:
    """The children of these kinds, also those inside content controls and tracked insertions."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in PASSED_THROUGH:
            yield from children(child, *tags)


SHOWN_AS = {
    W + "tab": " ",
    W + "ptab": " ",
    W + "br": SOFT,
    W + "cr": SOFT,
    W + "noBreakHyphen": "-",
}
TEXTS = (TEXT, M + "t")
SYMBOL = W + "sym"
SHOWN = (*TEXTS, SYMBOL, *SHOWN_AS)


def texts(root: Element) -> dict[Element, str]:
    """What each paragraph shows. Asking each for its own takes twice as long as one pass over all."""
    found: dict[Element, list[str]] = {}
    parts: list[str] = []
    for element in root.iter(PARAGRAPH, *SHOWN):
        tag = element.tag
        if tag == PARAGRAPH:
            parts = found[element] = []
        elif tag in TEXTS:
            parts.append(element.text or "")
        elif tag == SYMBOL:
            parts.append(symbol(element.get(W + "char", "")))
        elif is_in_run(element):
            parts.append(SHOWN_AS[str(tag)])
    return {paragraph: "".join(parts) for paragraph, parts in found.items()}


def spans(root: Element) -> dict[Element, tuple[int, str]]:
    """How many columns a merged cell covers, and its part in a vertical merge: `restart`, `continue` or neither."""
    found: dict[Element, tuple[int, str]] = {}
    for item in root.iter(SPAN, MERGE):
        cell = next(item.iterancestors(CELL), None)
        parent = item.getparent()
        if cell is None or parent is None or parent.getparent() is not cell:
            continue
        columns, merge = found.get(cell, ALONE)
        if item.tag == SPAN:
            columns = number(item, 1)
        else:
            merge = item.get(VAL, "continue")
        found[cell] = columns, merge
    return found


def is_in_run(element: Element) -> bool:
    """Whether an element is part of a run: a tab may also be the definition of a tab stop."""
    parent = element.getparent()
    return parent is not None and parent.tag == RUN


def symbol(code: str) -> str:
    """The character with a hexadecimal code; U+FFFD, which no number holds, when there is none."""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def table(element: Element, known: Known) -> Items:
    """What a table adds to the text around it, its vertical merges as rowspans. Raises Refusal(`too_many_cells`)."""
    rows: list[list[Merged]] = []
    above: dict[int, Merged] = {}
    count = 0
    for row in children(element, ROW):
        own, above = merged_row(row, above, known)
        rows.append(own)
        count += len(own)
        if count > LARGEST_TABLE:
            raise Refusal("too_many_cells", f"{count:,}")
    section: list[list[OpenCell]] = [[(cell.items, cell.rows, cell.columns) for cell in row] for row in rows]
    return settled(OpenTable([], [section]), [cell for row in section for cell in row])


def merged_row(row: Element, above: dict[int, Merged], known: Known) -> tuple[list[Merged], dict[int, Merged]]:
    """The cells that begin in a row, and those that a row below may continue, by column."""
    before = row.find(BEFORE)
    column = 0 if before is None else number(before, 0)
    own = [Merged(column, 1, [])] if column else []
    below: dict[int, Merged] = {}
    for element in children(row, CELL):
        columns, merge = known.spans.get(element, ALONE)
        open_cell = above.get(column)
        if merge == "continue" and open_cell is not None and open_cell.columns == columns:
            open_cell.rows += 1
            below[column] = open_cell
        else:
            cell = Merged(columns, 1, content(element, known))
            own.append(cell)
            if merge:
                below[column] = cell
        column += columns
    return own, below


def content(cell: Element, known: Known) -> Items:
    """What a cell holds; a single paragraph without the break behind it."""
    items = pieces(cell, known)
    return items[:1] if len(items) == 2 and items[1] == BREAK else items


def number(element: Element, default: int) -> int:
    """The value of a counting property, between 0 and LARGEST_COLSPAN; the default when it is none."""
    digits = re.fullmatch(r"[0-9]+", element.get(VAL, ""))
    return min(int(digits[0][:9]), LARGEST_COLSPAN) if digits else default
