"""The source of a page in, its visible text out: pieces of text, breaks, and data tables, in the order of reading.

lexbor repairs the markup and prints it again well-formed; tags of blocks become marks, those within a line go, and one
pass over what is left, the tags of tables, collects text. A table closes as one of two things: data, or layout, whose
cells become part of the text around it; tables of one cell or one column are always layout. No recursion: pages nest
thousands deep.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from transforms.read.grid import Spanned

BREAK, SOFT = "\x1e", "\x1f"  # between blocks; at a <br>
UNSEEN_TAGS = "script style noscript template select datalist object iframe svg math audio video canvas"
BLOCK_TAGS = """
    p li div ul h[1-6r] ol dl d[dt] a(?:ddress|rticle|side) b(?:lockquote|utton) c(?:aption|enter) d(?:etails|ialog|ir)
    f(?:ieldset|igcaption|igure|ooter|orm) body h(?:eader|group) legend main menu nav pre se(?:arch|ction) summary
"""
UNSEEN = UNSEEN_TAGS.split()
BLOCK = re.compile(rf"</?(?:{'|'.join(BLOCK_TAGS.split())})(?: [^>]*)?>[ \t\n]*")
LINE = re.compile(r"<br(?: [^>]*)?>")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
WITHIN_A_LINE = re.compile(r"<(?!t(?:d|h|r|able|body|head|foot)[ >]|/t(?:d|h|able)>)[^>]*+>")
UNESCAPED = re.compile(r"<(?:xmp|noembed|noframes|plaintext)\b")
HIDING = re.compile(r"[yY]\s*:\s*(?i:none|hidden)| hidden=")
STYLED_AWAY = '[hidden], [style*="none" i], [style*="hidden" i]'
NO_PLACE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
NO_SIGHT = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
CELL_TAGS = re.compile(r"<[tT][dDhH][\s>/]")
CELL_BORDERS = re.compile(r"<(?=/?t[rdh][\s>/])", re.IGNORECASE)
ATTRIBUTE = re.compile(r" (=?[^\s=]*)=\"([^\"]*)\"")
NUMBER = re.compile(r"\s*[-+]?\d[\d,，.．]*\s*[%％]?\s*")
LONGEST_CELL = 200  # a longer one is prose; a table may hold a note of 100 characters for each number in it
SMALL = 20  # items that are copied outwards; longer lists are nested, or deep layouts would take quadratic time

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
    """A table that is being walked through; `outer` is the text that it stands in, `row` the row that is open."""

    outer: Items
    sections: list[list[list[OpenCell]]] = field(default_factory=list)
    row: list[OpenCell] = field(default_factory=list)


@dataclass(slots=True)
class Walk:
    """The state of the walk: the text being added to, the open tables, the number of cells met."""

    items: Items = field(default_factory=list)
    tables: list[OpenTable] = field(default_factory=list)
    cells: int = 0


class Parsed(NamedTuple):
    """The title and the named meta elements of a page, and the items of its body."""

    metadata: tuple[tuple[str, str], ...]
    items: Items
    cells: int


def parsed(source: str) -> tuple[Parsed, list[str]]:
    """The page and its damage: cells that stand outside any table are kept apart by blanks."""
    printed = len(CELL_TAGS.findall(source))
    page = walked(source)
    cells = page.cells
    if printed > cells:
        cells = len(parse(source).css("td, th"))
    if printed <= cells:
        return page, []
    # The standard drops the tags of such cells, and two numbers would become one.
    orphans = printed - cells - in_comments(source)
    return walked(CELL_BORDERS.sub(" <", source)), [f"cells_outside_table:{orphans}"] if orphans > 0 else []


def in_comments(source: str) -> int:
    """Cell tags in comments and scripts, which are no cells."""
    unseen = re.findall(r"<!--.*?-->|<(?:script|style|textarea)\b.*?</", source, re.DOTALL | re.IGNORECASE)
    return sum(len(CELL_TAGS.findall(part)) for part in unseen)


def parse(source: str) -> LexborHTMLParser:
    """The tree of a source."""
    return LexborHTMLParser(source, options=LexborDocumentOptions.WO_EVENTS)


def walked(source: str) -> Parsed:
    """Parse and walk a source."""
    parser = parse(source)
    found = tuple(metadata(parser))
    parser.strip_tags(UNSEEN)
    state = Walk()
    walk(marked(body_of(parser)), state)
    return Parsed(found, state.items, state.cells)


def metadata(parser: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """The title and the named meta elements of the page."""
    for title in parser.tags("title")[:1]:
        yield "title", one_line(title.text())
    for meta in parser.tags("meta"):
        attributes = meta.attributes
        name = attributes.get("name") or attributes.get("property")
        content = attributes.get("content")
        if name and content:
            yield name, one_line(content)


def body_of(parser: LexborHTMLParser) -> str:
    """What can be seen of the body as well-formed source: lower-case tags, `<` and `>` in no text and no attribute."""
    body = parser.body
    source = body.inner_html if body is not None else None
    if body is None or source is None:
        return ""
    if HIDING.search(source) is None and UNESCAPED.search(source) is None:
        return source
    drop_hidden(body)
    for node in body.css("xmp, noembed, noframes, plaintext"):
        node.replace_with(node.text_content or "")
    return body.inner_html or ""


def drop_hidden(body: LexborNode) -> None:
    """Take out the elements that take no place, and empty those that take a place but cannot be seen."""
    for node in body.css(STYLED_AWAY):
        attributes = node.attributes
        style = attributes.get("style") or ""
        if node.mem_id == body.mem_id:
            continue
        if "hidden" in attributes or NO_PLACE.search(style):
            node.decompose(recursive=False)
        elif NO_SIGHT.search(style):
            while (child := node.first_child) is not None:
                child.decompose(recursive=False)


def marked(source: str) -> str:
    """Well-formed source with marks for the blocks and line breaks, and no tags left but those of tables."""
    if "<!--" in source:
        source = COMMENT.sub("", source)
    source = LINE.sub(SOFT, BLOCK.sub(BREAK, source))
    return WITHIN_A_LINE.sub("", source).replace("&nbsp;", "\u00a0")


def walk(source: str, state: Walk) -> None:
    """Go once through what `marked` left: text, and the tags of tables."""
    text, *pieces = source.split("<")
    state.items.append(unescaped(text))
    for piece in pieces:
        tag, _, text = piece.partition(">")
        name, _, attributes = tag.partition(" ")
        TAGS[name](attributes, state)
        if text and not text.isspace():
            state.items.append(unescaped(text))


def unescaped(text: str) -> str:
    """The text that lexbor escaped."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") if "&" in text else text


def open_table(attributes: str, state: Walk) -> None:
    """Begin a table; text in it that stands in no cell goes to the text around it."""
    state.items.append(BREAK)
    state.tables.append(OpenTable(state.items))


def open_section(attributes: str, state: Walk) -> None:
    """Begin the rows of a head, body or foot."""
    state.tables[-1].sections.append([])


def open_row(attributes: str, state: Walk) -> None:
    """Begin a row."""
    table = state.tables[-1]
    table.row = []
    table.sections[-1].append(table.row)


def open_cell(attributes: str, state: Walk) -> None:
    """Begin a cell; text goes to it until it closes."""
    items: Items = []
    state.items = items
    rows, columns = spans(attributes) if "span=" in attributes else (1, 1)
    state.tables[-1].row.append(OpenCell(items, rows, columns))


def close_cell(attributes: str, state: Walk) -> None:
    """End a cell."""
    state.items = state.tables[-1].outer


def close_table(attributes: str, state: Walk) -> None:
    """Decide what a table is, and add it to the text around it."""
    table = state.tables.pop()
    cells = [cell for section in table.sections for row in section for cell in row]
    state.cells += len(cells)
    state.items = table.outer
    state.items.extend(settled(table, cells))


def settled(table: OpenTable, cells: list[OpenCell]) -> Items:
    """What a table adds to the text around it: data, or the text of its cells; a break behind."""
    data = as_data(table, cells) if len(cells) > 1 else None
    if data is not None:
        return [data, BREAK]
    items: Items = []
    for cell in cells:
        items.extend((BREAK, *cell.items) if len(cell.items) < SMALL else (BREAK, cell.items))
    return [*items, BREAK]


TAGS: dict[str, Callable[[str, Walk], None]] = {
    **dict.fromkeys(("tbody", "thead", "tfoot"), open_section),
    **dict.fromkeys(("td", "th"), open_cell),
    **dict.fromkeys(("/td", "/th"), close_cell),
    "table": open_table,
    "tr": open_row,
    "/table": close_table,
}


def spans(attributes: str) -> tuple[int, int]:
    """Rows and columns that a cell with these attributes covers."""
    found = dict(ATTRIBUTE.findall(f" {attributes}"))
    return span(found.get("rowspan")), span(found.get("colspan")) or 1


def span(value: str | None) -> int:
    """A span by its leading digits (`8px` is 8); 1 when there are none."""
    digits = re.match(r"\s*\+?([0-9]{1,9})", value) if value else None
    return int(digits[1]) if digits else 1


def as_data(table: OpenTable, cells: list[OpenCell]) -> DataTable | None:
    """The table with the texts of its cells; None for layout: blank, one column, tables in it, or mostly prose."""
    if max(len(row) for section in table.sections for row in section) < 2:
        return None
    texts = []
    for cell in cells:
        text = cell_text(cell.items)
        if text is None:
            return None
        texts.append(text)
    if not any(texts) or is_prose(texts):
        return None
    take = iter(texts)
    return DataTable(
        [[[Spanned(next(take), rows, columns) for _, rows, columns in row] for row in part] for part in table.sections]
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
