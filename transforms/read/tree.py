"""The source of a page in, its visible text out: pieces of text, breaks, and data tables, in the order of reading.

lexbor repairs the markup, one walk over its tree collects text. A table closes as one of two things: data, or layout,
whose cells become part of the text around it; tables of one cell or one column are always layout. Hidden elements are
passed over. No recursion: pages nest thousands deep.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from transforms.read.grid import Spanned

BREAK, SOFT = "\x1e", "\x1f"  # between blocks; at a <br>
UNSEEN_TAGS = """
    script style noscript template head select datalist object iframe svg math audio video canvas -comment
"""
BLOCK_TAGS = """
    address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary ul
"""
UNSEEN = frozenset(UNSEEN_TAGS.split())
BLOCKS = frozenset(BLOCK_TAGS.split())
STYLED_AWAY = '[hidden], [style*="none" i], [style*="hidden" i]'
NO_PLACE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
NO_SIGHT = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
CELL_TAGS = re.compile(r"<t[dh][\s>/]", re.IGNORECASE)
CELL_BORDERS = re.compile(r"<(?=/?t[rdh][\s>/])", re.IGNORECASE)
NUMBER = re.compile(r"\s*[-+]?\d[\d,，.．]*\s*[%％]?\s*")
LONGEST_CELL = 200  # a longer one is prose; a table may hold a note of 100 characters for each number in it
SMALL = 20  # items that are copied outwards; longer lists are nested, or deep layouts would take quadratic time

ONE = (1, 1)

Items = list["str | DataTable | Items"]


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table that holds data: its sections of rows of cells, merged cells not yet expanded."""

    sections: list[list[list[Spanned]]]


class OpenCell(NamedTuple):
    """A cell of a table that is being walked through."""

    items: Items
    rows: int
    columns: int


@dataclass(slots=True)
class OpenTable:
    """A table that is being walked through; `outer` is the text that it stands in."""

    outer: Items
    sections: list[list[list[OpenCell]]]
    cells: list[OpenCell]


@dataclass(slots=True)
class Walk:
    """The state of the walk: the text being added to, the open tables, what is not to be looked at, spans by node."""

    items: Items
    hidden: frozenset[int]
    invisible: frozenset[int]
    spans: dict[int, tuple[int, int]]
    tables: list[OpenTable] = field(default_factory=list)
    cells: int = 0


def parsed(source: str) -> tuple[LexborHTMLParser, Items, list[str]]:
    """The parser, the items of its body, and damage: cells that stand outside any table are kept apart by blanks."""
    printed = len(CELL_TAGS.findall(source))
    parser, items, cells = walked(source)
    if printed > cells:
        cells = len(parser.css("td, th"))
    if printed <= cells:
        return parser, items, []
    # The standard drops the tags of such cells, and two numbers would become one.
    parser, items, _ = walked(CELL_BORDERS.sub(" <", source))
    orphans = printed - cells - in_comments(source)
    return parser, items, [f"cells_outside_table:{orphans}"] if orphans > 0 else []


def in_comments(source: str) -> int:
    """Cell tags in comments and scripts, which are no cells."""
    unseen = re.findall(r"<!--.*?-->|<(?:script|style|textarea)\b.*?</", source, re.DOTALL | re.IGNORECASE)
    return sum(len(CELL_TAGS.findall(part)) for part in unseen)


def walked(source: str) -> tuple[LexborHTMLParser, Items, int]:
    """Parse and walk a source; the last value counts the cells met."""
    parser = LexborHTMLParser(source, options=LexborDocumentOptions.WO_EVENTS)
    state = Walk([], *styled_away(parser, source), spans(parser))
    body = parser.body
    if body is not None:
        walk(body, state)
    return parser, state.items, state.cells


def styled_away(parser: LexborHTMLParser, source: str) -> tuple[frozenset[int], frozenset[int]]:
    """The identities of the elements that take no place, and of those that take a place but cannot be seen."""
    if not any(word in source for word in ("none", "NONE", "None", "hidden", "HIDDEN", "Hidden")):
        return frozenset(), frozenset()
    styles = [(node.mem_id, node.attributes) for node in parser.css(STYLED_AWAY)]
    hidden = frozenset(node for node, found in styles if "hidden" in found or NO_PLACE.search(found.get("style") or ""))
    return hidden, frozenset(node for node, found in styles if NO_SIGHT.search(found.get("style") or ""))


def spans(parser: LexborHTMLParser) -> dict[int, tuple[int, int]]:
    """Rows and columns that the merged cells of the page cover, by the identity of the node."""
    merged = parser.css("[rowspan], [colspan]")
    return {node.mem_id: (span(node.attrs.get("rowspan")), span(node.attrs.get("colspan")) or 1) for node in merged}


def walk(body: LexborNode, state: Walk) -> None:
    """Visit every visible node under the body once, in document order."""
    stack: list[tuple[LexborNode, Closer | None]] = []
    node: LexborNode | None = body.first_child
    while node is not None:
        tag = node.tag or ""
        child = None
        if tag == "-text":
            state.items.append(node.text_content or "")
        elif tag not in UNSEEN:
            child = enter(node, tag, state)
        if child is not None:
            stack.append((node, CLOSERS.get(tag)))
            node = child
            continue
        following = node.next
        while following is None and stack:
            node, close = stack.pop()
            if close is not None:
                close(state)
            following = node.next
        node = following


def enter(node: LexborNode, tag: str, state: Walk) -> LexborNode | None:
    """Open an element; returns its first child, if that can be seen. An element without one is closed again."""
    if state.hidden and node.mem_id in state.hidden:
        return None
    if tag in OPENERS:
        OPENERS[tag](node, state)
    child = None if state.invisible and node.mem_id in state.invisible else node.first_child
    if child is None and tag in CLOSERS:
        CLOSERS[tag](state)
    return child


def open_table(node: LexborNode, state: Walk) -> None:
    """Begin a table; text in it that stands in no cell goes to the text around it."""
    state.items.append(BREAK)
    state.tables.append(OpenTable(state.items, [], []))


def open_section(node: LexborNode, state: Walk) -> None:
    """Begin the rows of a head, body or foot."""
    state.tables[-1].sections.append([])


def open_row(node: LexborNode, state: Walk) -> None:
    """Begin a row."""
    state.tables[-1].sections[-1].append([])


def open_cell(node: LexborNode, state: Walk) -> None:
    """Begin a cell; text goes to it until it closes."""
    table = state.tables[-1]
    state.items = []
    cell = OpenCell(state.items, *(state.spans.get(node.mem_id, ONE) if state.spans else ONE))
    table.sections[-1][-1].append(cell)
    table.cells.append(cell)
    state.cells += 1


def close_cell(state: Walk) -> None:
    """End a cell."""
    state.items = state.tables[-1].outer


def open_block(node: LexborNode, state: Walk) -> None:
    """Begin a paragraph."""
    state.items.append(BREAK)


def close_block(state: Walk) -> None:
    """End a paragraph."""
    state.items.append(BREAK)


def break_line(node: LexborNode, state: Walk) -> None:
    """A line break, which may or may not end a paragraph."""
    state.items.append(SOFT)


def close_table(state: Walk) -> None:
    """Decide what a table is, and add it to the text around it."""
    table = state.tables.pop()
    state.items = table.outer
    data = as_data(table) if len(table.cells) > 1 else None
    if data is not None:
        state.items.append(data)
    else:
        for cell in table.cells:
            state.items.extend((BREAK, *cell.items) if len(cell.items) < SMALL else (BREAK, cell.items))
    state.items.append(BREAK)


Closer = Callable[[Walk], None]
OPENERS: dict[str, Callable[[LexborNode, Walk], None]] = {
    **dict.fromkeys(BLOCKS, open_block),
    **dict.fromkeys(("tbody", "thead", "tfoot"), open_section),
    **dict.fromkeys(("td", "th"), open_cell),
    "table": open_table,
    "tr": open_row,
    "br": break_line,
}
CLOSERS: dict[str, Closer] = {
    **dict.fromkeys(BLOCKS, close_block),
    **dict.fromkeys(("td", "th"), close_cell),
    "table": close_table,
}


def span(value: str | None) -> int:
    """A span by its leading digits (`8px` is 8); 1 when there are none."""
    digits = re.match(r"\s*\+?([0-9]{1,9})", value) if value else None
    return int(digits[1]) if digits else 1


def as_data(table: OpenTable) -> DataTable | None:
    """The table with the texts of its cells; None for layout: blank, one column, tables in it, or mostly prose."""
    if max(len(row) for section in table.sections for row in section) < 2:
        return None
    texts = []
    for cell in table.cells:
        text = cell_text(cell.items)
        if text is None:
            return None
        texts.append(text)
    if not any(texts) or is_prose(texts):
        return None
    take = iter(texts)
    return DataTable(
        [[[Spanned(next(take), cell.rows, cell.columns) for cell in row] for row in part] for part in table.sections]
    )


def is_prose(texts: list[str]) -> bool:
    """Whether the cells hold an article rather than data."""
    longest = max(map(len, texts))
    if longest <= LONGEST_CELL:
        return False
    return longest > 100 * sum(NUMBER.fullmatch(text) is not None for text in texts)


def cell_text(items: Items) -> str | None:
    """The text of a cell on one line; None when a data table stands in it."""
    if len(items) == 1 and isinstance(items[0], str):
        return one_line(items[0])
    pieces = list(flat(items))
    words = [piece for piece in pieces if isinstance(piece, str)]
    return one_line("".join(words)) if len(words) == len(pieces) else None


def one_line(text: str) -> str:
    """The text with every run of white space, breaks too, as one space: as a browser shows it."""
    return " ".join(text.split())


def flat(items: Items) -> Iterator[str | DataTable]:
    """The pieces of nested lists in order."""
    stack = [iter(items)]
    while stack:
        for item in stack[-1]:
            if isinstance(item, list):
                stack.append(iter(item))
                break
            yield item
        else:
            stack.pop()
