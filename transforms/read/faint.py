"""An element of a page in; whether its text is set off from what stands beside it, or is not seen at all.

Raised and lowered text, links to footnotes and numbers in white are no digits of the number before them: what is
printed is kept behind the mark that `sup` gets, and `40^1` is no number. Nobody sees text of no size or opacity.
"""

import re

from selectolax.lexbor import LexborNode

MARK = "^"
CELLS = ("td", "th")  # their alignment raises nothing
INLINE_TAGS = "a b bdo big em font i label small span strong u"
INLINE = INLINE_TAGS.split()
FADING = frozenset((*INLINE, *CELLS))
# By at least two points, pixels or percent: word processors move whole words by one to fit them to a line.
RAISING = re.compile(
    r"(?:vertical-align|mso-text-raise)\s*:\s*(?:(?:super|sub)\b|-?(?:[2-9]|\d\d+)(?:\.\d+)?(?:pt|px|%)|-?[\d.]+e[mx])",
    re.IGNORECASE,
)
# Digits that are written backwards to be shown forwards.
REVERSING = re.compile(r"unicode-bidi\s*:\s*(?:bidi|isolate)-override", re.IGNORECASE)
FOOTNOTE = re.compile(r"#_?(?:ftn|edn|fn|footnote|endnote|note|cite)", re.IGNORECASE)
WHITE_NAMES = r"#?f{3}(?:f{3})?(?![\da-f])|white\b|rgba?\(\s*255\s*,\s*255\s*,\s*255\b"
WHITE = re.compile(rf"(?<![\w-])color\s*:\s*(?:{WHITE_NAMES})", re.IGNORECASE)
NUMBER = re.compile(r"[\s\d,.%％０-９]*[\d０-９][\s\d,.%％０-９]*")
GONE = re.compile(
    r"font-size\s*:\s*0*\.?0+(?![\d.])|(?<![\w-])opacity\s*:\s*0*\.?0+(?![\d.])"
    r"|(?:left|top|right|text-indent)\s*:\s*-(?:[5-9]\d\d|\d{4})|clip\s*:\s*rect\((?:\s*[01](?:px)?[\s,]*){4}\)",
    re.IGNORECASE,
)
SIZE = re.compile("font-size", re.IGNORECASE)
FAINT = re.compile(
    rf"""\bdir=["']?rtl|{REVERSING.pattern}|{RAISING.pattern}|{FOOTNOTE.pattern}|{WHITE.pattern}|{GONE.pattern}|\bcolor=["']?(?:{WHITE_NAMES})""",
    re.IGNORECASE,
)


def may_be_faint(tags: str) -> bool:
    """Whether anything in tags looks like text that has to be set off or is not seen."""
    return FAINT.search(tags) is not None


def is_set_off(node: LexborNode) -> bool:
    """Whether an element is raised, reversed, a link to a footnote, or a number in white on no ground of a colour."""
    found = node.attributes
    style = found.get("style") or ""
    if (node.tag == "bdo" and found.get("dir") == "rtl") or REVERSING.search(style):
        return any(map(str.isdigit, node.text()))
    if FOOTNOTE.search(found.get("href") or "") or (node.tag not in CELLS and RAISING.search(style)):
        return bool(node.text().strip())
    is_white = WHITE.search(style) or WHITE.search(f"color:{found.get('color') or ''}")
    return bool(is_white) and NUMBER.fullmatch(node.text()) is not None and not _is_on_colour(node)


def _is_on_colour(node: LexborNode | None) -> bool:
    """Whether an element or one around it says that its ground is of some colour."""
    while node is not None:
        found = node.attributes
        if "bgcolor" in found or "background" in (found.get("style") or "").lower():
            return True
        node = node.parent
    return False


def is_gone(node: LexborNode) -> bool:
    """Whether the text of an element has no size, no opacity, or a place off the screen."""
    found = GONE.search(node.attributes.get("style") or "")
    if found is None or not SIZE.match(found[0]):
        return found is not None
    return len(SIZE.findall(node.html or "")) == 1  # else a part has a size of its own
