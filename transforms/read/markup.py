"""The source of a page in, its repaired tree out, and what is known of it before it is walked through.

What the container says of the page, what of it nobody sees, and how many cells its source prints.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

# What stands over a text to say how it is read (rt, rp) is no part of it, and its digits are none of a number.
UNSEEN_TAGS = "script style noscript template select datalist object iframe svg math audio video canvas rt rp"
UNSEEN = UNSEEN_TAGS.split()
# The fields of a form that do not show their value, or not as text.
UNSHOWN_TYPES = "hidden password checkbox radio button submit reset image file color range"
UNSHOWN = frozenset(UNSHOWN_TYPES.split())
# Each begins with a literal, which makes it fast. Rules of style sheets end in a brace; a colon may be an entity.
STYLE_HIDING = re.compile(r""":(?<=[yY\s]:)\s*(?i:none|hidden)[^{}"'<>]*["'>]""")
ENTITY_HIDING = re.compile(r";\s*(?i:none|hidden)")
NAME_HIDING = re.compile(r"""(?i:hidden)(?<=[\s"'/].{6})(?=[\s=>/])""", re.DOTALL)
# Text that is crossed out is withdrawn: 12 crossed out before 15 is not 1215.
STRUCK = ("s", "del", "strike")
STRUCK_TAGS = re.compile(r"<(?:s|S|del|DEL|strike|STRIKE)[ >]")
STRUCK_STYLE = re.compile(r"<[^<>]*line-through")
LINE_THROUGH = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)
STYLED_AWAY = '[hidden], [style*="none" i], [style*="hidden" i], s, del, strike, [style*="line-through" i]'
NO_PLACE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
NO_SIGHT = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
HOLDERS = ("div", "section", "article", "main")
MOST_HOLDERS = 8  # the text of each is read
CELL_TAGS = re.compile(r"<[tT][dDhH][\s>/]")


def parse(source: str) -> LexborHTMLParser:
    """The tree of a source."""
    return LexborHTMLParser(source, options=LexborDocumentOptions.WO_EVENTS)


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


def without_unseen(parser: LexborHTMLParser) -> None:
    """Take out of a tree what no page shows as text."""
    if parser.tags("select"):
        with_choices(parser)
    parser.strip_tags(UNSEEN)


def with_inputs(parser: LexborHTMLParser) -> None:
    """Put what fields of a form in a table show in their places, as text."""
    for node in parser.css("td input[value]"):
        if (node.attributes.get("type") or "text").lower() not in UNSHOWN:
            node.replace_with(node.attributes["value"] or "")


def with_choices(parser: LexborHTMLParser) -> None:
    """Put the figures that are chosen in lists in a table in their places, as text; words are for choosing alone."""
    for node in parser.css("td select"):
        chosen = node.css("option[selected]") or node.css("option")[:1]
        text = " ".join(option.text().strip() for option in chosen)
        if any(character.isdigit() for character in text):
            node.replace_with(text)


def styled_away(parser: LexborHTMLParser) -> tuple[list[LexborNode], list[LexborNode]]:
    """The elements that take no place, and those that take a place but cannot be seen."""
    styles = [(node, node.attributes) for node in parser.css(STYLED_AWAY)]
    hidden = [node for node, found in styles if _takes_no_place(node.tag or "", found)]
    invisible = [node for node, found in styles if NO_SIGHT.search(found.get("style") or "")]
    article = _shown_later(invisible, parser.body)
    return hidden, [node for node in invisible if node.mem_id != article]


def _shown_later(invisible: Sequence[LexborNode], page: LexborNode | None) -> int:
    """The identity of the outermost element that holds most of a page, which a script shows when it has loaded.

    0: none. Platforms of articles send their pages so; what is to mislead programs stands inside a number.
    """
    holders = [node for node in invisible if node.tag in HOLDERS][:MOST_HOLDERS]
    most = len(page.text()) / 2 if holders and page is not None else 0
    return next((node.mem_id for node in holders if len(node.text()) > most), 0)


def _takes_no_place(tag: str, found: Mapping[str, str | None]) -> bool:
    style = found.get("style") or ""
    is_gone = "hidden" in found or NO_PLACE.search(style) is not None
    return is_gone or tag in STRUCK or LINE_THROUGH.search(style) is not None


def struck(source: str) -> int:
    """How many times a source seems to cross text out."""
    styled = STRUCK_STYLE.findall(source) if "line-through" in source else ()
    return len(STRUCK_TAGS.findall(source)) + len(styled)


def may_hide(source: str) -> bool:
    """Whether anything in a source looks as if it hid an element: to ask the tree takes much longer."""
    if STYLE_HIDING.search(source) or ENTITY_HIDING.search(source) or struck(source):
        return True
    return ("idden" in source or "IDDEN" in source) and NAME_HIDING.search(source) is not None


def around(nodes: Iterable[LexborNode]) -> set[int]:
    """The identities of all elements that one of these stands in."""
    found: set[int] = set()
    for node in nodes:
        outer = node.parent
        while outer is not None and outer.mem_id not in found:
            found.add(outer.mem_id)
            outer = outer.parent
    return found


def cells_printed(source: str) -> int:
    """How many tags of cells a source has, wherever they stand."""
    return len(CELL_TAGS.findall(source))


def in_comments(source: str) -> int:
    """Cell tags in comments and scripts, which are no cells."""
    unseen = re.findall(r"<!--.*?-->|<(?:script|style|textarea)\b.*?</", source, re.DOTALL | re.IGNORECASE)
    return sum(map(cells_printed, unseen))


def one_line(text: str) -> str:
    """The text with every run of white space, breaks too, as one space: as a browser shows it."""
    return " ".join(text.split())
