"""The source of a page in, its visible text out: pieces of text, breaks, and data tables, in the order of reading.

lexbor repairs the markup, one walk over its tree collects text; a cell or item that prints one text is taken whole. A
table closes as one of two things: data, or layout, whose cells become part of the text around it; tables of one cell or
one column are always layout. Hidden elements are passed over. No recursion: pages nest thousands deep.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from transforms.read.chunk import BLOCKS, BREAK, SHIFTS, SOFT, chunk
from transforms.read.faint import FADING, INLINE, MARK, is_gone, is_set_off, may_be_faint
from transforms.read.grid import Expanded, expand
from transforms.read.markup import (
    around,
    cells_printed,
    in_comments,
    may_hide,
    metadata,
    one_line,
    parse,
    styled_away,
    with_inputs,
    without_unseen,
)
from transforms.read.stylesheet import Rule, style_away
from transforms.read.template import Stamped

CELLS = ("td", "th")
WHOLE = frozenset((*CELLS, "li", "p"))
GRID = frozenset(("table", "tbody", "thead", "tfoot", "tr"))
SHALLOW = 100  # open elements up to which one is tried as a whole: each try reads all that is in it
CELL_BORDERS = re.compile(r"<(?=/?t[rdh][\s>/])", re.IGNORECASE)
NUMBER = re.compile(r"\s*[-+]?\d[\d,，.．]*\s*[%％]?\s*")
LONGEST_CELL = 200  # a longer one is prose; a table may hold a note of 100 characters for each number in it
SMALL = 20  # items that are copied outwards; longer lists are nested, or deep layouts would take quadratic time

CUT = "\ue001"  # the attribute of an empty table that stands for one cut out of the source

Items = list["str | DataTable | Stamped | Items"]
OpenCell = tuple[Items, int, int]  # what stands in a cell, and the rows and columns that it covers


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table that holds data: its sections of rows of cells, merged cells not yet expanded."""

    sections: list[list[list[tuple[str, int, int]]]]

    def expanded(self, at: str) -> Expanded:
        """The rectangle of the table with this locator."""
        return expand(self.sections, at)


@dataclass(slots=True)
class OpenTable:
    """A table that is being walked through; `outer` is the text that it stands in, `row` the row that is open."""

    outer: Items
    sections: list[list[list[OpenCell]]] = field(default_factory=list)
    row: list[OpenCell] = field(default_factory=list)


@dataclass(slots=True)
class Walk:
    """The state of the walk: the text being added to, the open tables, the number of cells met.

    Of elements by identity: which take no place, which take a place but cannot be seen, which are or hold such a one
    or hold a table, so that they are not taken as a whole, and which hold raised or lowered text.
    """

    hidden: frozenset[int]
    invisible: frozenset[int]
    mixed: set[int]
    shifted: set[int]
    cut: Sequence[Stamped]
    items: Items = field(default_factory=list)
    tables: list[OpenTable] = field(default_factory=list)
    cells: int = 0
    found: int = 0


class Parsed(NamedTuple):
    """The title and the named meta elements of a page, the items of its body, its cells, and tables cut out found."""

    metadata: tuple[tuple[str, str], ...]
    items: Items
    cells: int
    found: int


def parsed(source: str, rules: Sequence[Rule]) -> tuple[Parsed, list[str]]:
    """The page and its damage: cells that stand outside any table are kept apart by blanks."""
    printed = cells_printed(source)
    page = walked(source, rules=rules)
    cells = page.cells if printed <= page.cells else len(parse(source).css("td, th"))
    if printed <= cells:
        return page, []
    # The standard drops the tags of such cells, and two numbers would become one.
    orphans = printed - cells - in_comments(source)
    apart = walked(CELL_BORDERS.sub(" <", source), rules=rules)
    return apart, [f"cells_outside_table:{orphans}"] if orphans > 0 else []


def walked(source: str, cut: Sequence[Stamped] = (), rules: Sequence[Rule] = ()) -> Parsed:
    """Parse and walk a source by the rules of its style sheets; tables that were cut out go back to their places."""
    parser = parse(source)
    found = tuple(metadata(parser))
    without_unseen(parser)
    if parser.tags("input"):
        with_inputs(parser)
    styled = style_away(parser, rules)
    hides = styled or may_hide(source) or any(table.template.hides for table in cut)
    hidden, invisible = styled_away(parser) if hides else ([], [])
    unseen, blank = (frozenset(node.mem_id for node in nodes) for nodes in (hidden, invisible))
    mixed = around((*parser.tags("table"), *hidden, *invisible)) | unseen | blank
    state = Walk(unseen, blank, mixed, around(node for tag in SHIFTS for node in parser.tags(tag)), cut)
    if parser.body is not None:
        walk(parser.body, state)
    cells = max(state.cells, len(parser.tags("td")) + len(parser.tags("th")))
    return Parsed(found, state.items, cells, state.found)


def walk(body: LexborNode, state: Walk) -> None:
    """Visit every visible node under the body once, in document order."""
    stack: list[tuple[LexborNode, Closer | None]] = []
    mixed = state.mixed
    node: LexborNode | None = body.first_child
    while node is not None:
        tag = node.tag or ""
        child = None
        if tag == "-text":
            state.items.append(node.text_content or "")
        elif tag == "-comment":
            child = None
        elif tag in GRID or len(stack) >= SHALLOW or node.mem_id in mixed:
            child = enter(node, tag, state)
        else:
            child = (enter_whole if tag in WHOLE else enter_plain)(node, tag, state)
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


def enter_whole(node: LexborNode, tag: str, state: Walk) -> LexborNode | None:
    """Take all that an element prints if it is one text; otherwise open it."""
    text = node.text(separator=SOFT, skip_empty=True)
    if SOFT in text or (text[-1:].isdigit() and may_be_faint(node.html or "")):
        return (enter if tag in CELLS else enter_plain)(node, tag, state)
    if tag in CELLS:
        state.tables[-1].row.append(([text], *spans(node)))
        state.cells += 1
    else:
        state.items.extend((BREAK, text, BREAK))
    return None


def enter_plain(node: LexborNode, tag: str, state: Walk) -> LexborNode | None:
    """Take all that an element without tables and hidden parts prints, with its breaks; otherwise open it."""
    text = None if node.mem_id in state.shifted else chunk(node)
    if text is None:
        return enter(node, tag, state)
    state.items.append(text)
    return None


def enter(node: LexborNode, tag: str, state: Walk) -> LexborNode | None:
    """Open an element; returns its first child, if that can be seen. An element without one is closed again."""
    if state.hidden and node.mem_id in state.hidden:
        return None
    if tag in OPENERS:
        OPENERS[tag](node, state)
    is_unseen = (state.invisible and node.mem_id in state.invisible) or (tag in FADING and is_gone(node))
    child = None if is_unseen else node.first_child
    if child is None and tag in CLOSERS:
        CLOSERS[tag](state)
    return child


def shift(node: LexborNode, state: Walk) -> None:
    """Set raised or lowered text off: the mark of a footnote after 5 is not the second digit of 51."""
    state.items.append(MARK)


def set_off(node: LexborNode, state: Walk) -> None:
    """Set off what is raised by a style, a link to a footnote, or in white."""
    if is_set_off(node):
        shift(node, state)


def open_table(node: LexborNode, state: Walk) -> None:
    """Begin a table; text in it that stands in no cell goes to the text around it."""
    state.items.append(BREAK)
    place = node.attributes.get(CUT) if state.cut else None
    if place is not None:
        state.items.append(state.cut[int(place)])
        state.found += 1
    state.tables.append(OpenTable(state.items))


def open_section(node: LexborNode, state: Walk) -> None:
    """Begin the rows of a head, body or foot."""
    state.tables[-1].sections.append([])


def open_row(node: LexborNode, state: Walk) -> None:
    """Begin a row."""
    table = state.tables[-1]
    table.row = []
    table.sections[-1].append(table.row)


def open_cell(node: LexborNode, state: Walk) -> None:
    """Begin a cell; text goes to it until it closes."""
    items: Items = []
    state.items = items
    state.tables[-1].row.append((items, *spans(node)))
    state.cells += 1
    set_off(node, state)


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
    state.items.extend(settled(table, [cell for section in table.sections for row in section for cell in row]))


def settled(table: OpenTable, cells: list[OpenCell]) -> Items:
    """What a table of these cells adds to the text around it: data, or the text of its cells; a break behind."""
    data = as_data(table, cells) if len(cells) > 1 else None
    if data is not None:
        return [data, BREAK]
    items: Items = []
    for found, _, _ in cells:
        items.extend((BREAK, *found) if len(found) < SMALL else (BREAK, found))
    return [*items, BREAK]


Closer = Callable[[Walk], None]
OPENERS: dict[str, Callable[[LexborNode, Walk], None]] = {
    **dict.fromkeys(BLOCKS, open_block),
    **dict.fromkeys(("tbody", "thead", "tfoot"), open_section),
    **dict.fromkeys(CELLS, open_cell),
    "table": open_table,
    "tr": open_row,
    "br": break_line,
    **dict.fromkeys(INLINE, set_off),
    **dict.fromkeys(SHIFTS, shift),
}
CLOSERS: dict[str, Closer] = {
    **dict.fromkeys(BLOCKS, close_block),
    **dict.fromkeys(CELLS, close_cell),
    "table": close_table,
}


def spans(node: LexborNode) -> tuple[int, int]:
    """Rows and columns that a cell covers."""
    attributes = node.attributes
    if "rowspan" not in attributes and "colspan" not in attributes:
        return 1, 1
    return span(attributes.get("rowspan")), span(attributes.get("colspan")) or 1


def span(value: str | None) -> int:
    """A span by its leading digits (`8px` is 8); 1 when there are none."""
    digits = re.match(r"\s*\+?([0-9]{1,9})", value) if value else None
    return int(digits[1]) if digits else 1


def as_data(table: OpenTable, cells: list[OpenCell]) -> DataTable | None:
    """The table with the texts of its cells; None for layout: blank, one column, tables in it, or mostly prose."""
    if max(len(row) for section in table.sections for row in section) < 2:
        return None
    texts = []
    for items, _, _ in cells:
        text = cell_text(items)
        if text is None:
            return None
        texts.append(text)
    if not any(texts) or is_prose(texts):
        return None
    take = iter(texts)
    return DataTable(
        [[[(next(take), rows, columns) for _, rows, columns in row] for row in part] for part in table.sections]
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


def flat(items: Items) -> Iterator[str | DataTable | Stamped]:
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
