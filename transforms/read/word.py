"""The body of a word-processor document in, its visible text out: pieces of text, breaks, and data tables, in order.

What a reader of the printed page cannot see is taken out of the tree first (transforms/read/unseen.py); then one walk
collects text as transforms/read/tree.py does for web pages.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from transforms.model import Refusal
from transforms.read.chunk import BREAK, SOFT
from transforms.read.grid import LARGEST_COLSPAN, LARGEST_TABLE
from transforms.read.looks import RAISED
from transforms.read.shape import UNSURE
from transforms.read.tree import NUMBER, DataTable, Items, OpenCell, OpenTable, settled
from transforms.read.unseen import CELL, JOINED, PARAGRAPH, ROW, RUN, TABLE, TEXT, drop_unseen
from transforms.read.wordstyles import VAL, Element, Styles, W

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
SPAN, MERGE, BEFORE = W + "gridSpan", W + "vMerge", f"{W}trPr/{W}gridBefore"
PASSED_THROUGH = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
ALONE = (1, "")
SLIVER = 120  # twentieths of a point; half the width of the narrowest column that a number fits in


@dataclass(slots=True)
class Merged:
    """A cell while its table is walked: how many columns and rows it covers, and what is in it."""

    columns: int
    rows: int
    items: Items


@dataclass(frozen=True, slots=True)
class Known:
    """What one pass over the tree finds out: the text of each paragraph; columns and vertical merge of cells.

    `more` are the cells that show something besides their text.
    """

    texts: Mapping[Element, str]
    spans: Mapping[Element, tuple[int, str]]
    more: frozenset[Element] = frozenset()


def visible(root: Element, styles: Styles) -> Items:
    """The pieces of a document in reading order; the tree is changed. Raises Refusal(`too_many_cells`)."""
    more = drop_unseen(root, styles)
    body = root.find(W + "body")
    return [] if body is None else pieces(body, Known(texts(root), spans(root), more))


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
# Of a formula, what stands above, below or before something else.
SHIFTED = frozenset(M + name for name in ("sup", "sub", "num", "den", "deg", "e", "lim"))
SHOWN = (*TEXTS, SYMBOL, *SHOWN_AS, *SHIFTED)


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
        elif tag in SHIFTED:
            parts.append(RAISED)
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
    columns = columns_of(element, known)
    count = 0
    for row in children(element, ROW):
        own, above = merged_row(row, above, known, columns)
        rows.append(own)
        count += len(own)
        if count > LARGEST_TABLE:
            raise Refusal("too_many_cells", f"{count:,}")
    section: list[list[OpenCell]] = [[(cell.items, cell.rows, cell.columns) for cell in row] for row in rows]
    return settled(OpenTable([], [section]), [cell for row in section for cell in row])


def columns_of(element: Element, known: Known) -> list[int]:
    """The column that begins at each edge of the declared grid; edges nearer than SLIVER are one.

    Rows whose edges were drawn by hand differ by some points: each difference is a column of the grid, and a value
    would stand under two headings. Nothing is taken together when a cell would vanish by it.
    """
    widths = [width(column) for column in element.iterfind(f"{W}tblGrid/{W}gridCol")]
    if not any(0 < size < SLIVER for size in widths):
        return []
    columns = [0, *accumulate(size == 0 or size >= SLIVER for size in widths)]
    for row in children(element, ROW):
        edge = before(row)
        for cell in children(row, CELL):
            start, edge = edge, edge + known.spans.get(cell, ALONE)[0]
            if edge >= len(columns) or columns[edge] == columns[start]:
                return []
    return columns


def width(column: Element) -> int:
    """The width of a grid column in twentieths of a point, 0 when it is not stated."""
    value = column.get(W + "w", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 0


def before(row: Element) -> int:
    """How many columns of the grid a row leaves out at its beginning."""
    skipped = row.find(BEFORE)
    return 0 if skipped is None else number(skipped, 0)


def merged_row(
    row: Element, above: dict[int, Merged], known: Known, snapped: Sequence[int]
) -> tuple[list[Merged], dict[int, Merged]]:
    """The cells that begin in a row, and those that a row below may continue, by column."""
    edge = before(row)
    column = snapped[edge] if snapped else edge
    own = [Merged(column, 1, [])] if column else []
    below: dict[int, Merged] = {}
    for element in children(row, CELL):
        columns, merge = known.spans.get(element, ALONE)
        edge += columns
        columns = snapped[edge] - column if snapped else columns
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
    """What a cell holds; a single paragraph without the break behind it. What is no text is U+FFFD, not a blank."""
    items = pieces(cell, known)
    if len(items) == 2 and items[1] == BREAK:
        return [UNSURE] if cell in known.more and not str(items[0]).strip() else items[:1]
    items = [" ".join(bare) if (bare := numbers_in(item)) else item for item in items]
    blank = cell in known.more and not any(not isinstance(item, str) or item.strip() for item in items)
    return [*items, UNSURE] if blank else items


def numbers_in(item: object) -> list[str]:
    """What a table within a cell holds if there are numbers alone in it; such a table names nothing."""
    if not isinstance(item, DataTable):
        return []
    found = [text for section in item.sections for row in section for text, _, _ in row if text]
    return found if all(map(NUMBER.fullmatch, found)) else []


def number(element: Element, default: int) -> int:
    """The value of a counting property, between 0 and LARGEST_COLSPAN; the default when it is none."""
    digits = re.fullmatch(r"[0-9]+", element.get(VAL, ""))
    return min(int(digits[0][:9]), LARGEST_COLSPAN) if digits else default
