"""The style sheets of a page in, its tree with what they take out of sight marked as such: a number, a cell, a row.

Sheets in other files are not ours to fetch. Larger elements stay: a script shows what a tab or a menu hides at first.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from transforms.read.faint import GONE, RAISING, REVERSING, WHITE

SMALL_TAGS = "a b bdo big del em font i label s small span strike strong sub sup td th tr u"
SMALL = frozenset(SMALL_TAGS.split())
FAINT_HINTS = (
    "#fff",
    "white",
    "rgb(255",
    "opacity",
    "vertical-align",
    "text-raise",
    "font-size:0",
    "font-size: 0",
    "-999",
    "clip",
    "bidi",
)
HINTS = ("none", "hidden", "collapse", "line-through", *FAINT_HINTS)
COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
AT_RULE = re.compile(
    r"@[^{};]*+(?:;|\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\})"
)  # paper, narrow screens, fonts: not the page
LAST_TAG = re.compile(r"(?:^|[\s>])([a-zA-Z]\w*)[\w.#-]*\s*$")
NAMED = re.compile(r"[\w.#*>\s-]+")  # no states: what shows when a mouse is over it is not gone
SIGHT = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE
)
# What hides or sets off, and the property by which a later rule, or the element itself, takes that back.
KINDS = tuple(
    (found, re.compile(rf"(?<![\w-])(?:{names})\s*:", re.IGNORECASE))
    for found, names in (
        (SIGHT, r"display|visibility|text-decoration[\w-]*"),
        (GONE, "font-size|opacity|left|top|right|text-indent|clip"),
        (RAISING, "vertical-align|mso-text-raise"),
        (REVERSING, "unicode-bidi"),
        (WHITE, r"color|background[\w-]*"),
    )
)


class Rule(NamedTuple):
    """Which elements a rule is for, and the declarations of one kind by which it hides them; none shows them."""

    selector: str
    hiding: str
    kind: int


def hiding(source: str) -> list[Rule]:
    """The rules of a page's style sheets that hide elements or show them, in order; none if nothing is hidden."""
    sheets = "\n".join(_sheets(source, "style") or _sheets(source, "STYLE"))
    small = sheets.lower()
    if not any(hint in small for hint in HINTS):
        return []
    sheets = AT_RULE.sub("", COMMENT.sub("", sheets))
    parted = (rule.partition("{") for rule in sheets.split("}"))
    found = [rule for selectors, _, body in parted for rule in _rules(selectors, body)]
    hidden = {rule.kind for rule in found if rule.hiding}
    return [rule for rule in found if rule.kind in hidden]


def _sheets(source: str, name: str) -> list[str]:
    return [part.partition(">")[2].partition(f"</{name}")[0] for part in source.split(f"<{name}")[1:]]


def _rules(selectors: str, body: str) -> Iterator[Rule]:
    for kind, (hides, shows) in enumerate(KINDS):
        found = ";".join(hidden[0] for hidden in hides.finditer(body))
        if hides is WHITE and "background" in body:  # white on a colour of its own
            found = ""
        if found or shows.search(body):
            for selector in selectors.split(","):
                if NAMED.fullmatch(selector) and _may_be_small(selector):
                    yield Rule(selector.strip(), found, kind)


def _may_be_small(selector: str) -> bool:
    """Whether the elements that a selector is for are small, or it does not say."""
    tag = LAST_TAG.search(selector)
    return tag is None or tag[1].lower() in SMALL


def style_away(parser: LexborHTMLParser, rules: Sequence[Rule]) -> bool:
    """Write the hiding declarations into the small elements that they are for; returns whether there was any.

    Of two rules for an element the later wins; what an element says of itself comes first.
    """
    hidden = {
        (node.mem_id, rule.kind): (place, node)
        for place, rule in enumerate(rules)
        for node in (_chosen(parser, rule.selector) if rule.hiding else ())
        if node.tag in SMALL
    }
    for place, rule in enumerate(rules if hidden else ()):
        for node in () if rule.hiding else _chosen(parser, rule.selector):
            if hidden.get((node.mem_id, rule.kind), (place,))[0] < place:
                del hidden[node.mem_id, rule.kind]
    for (_, kind), (place, node) in hidden.items():
        own = node.attributes.get("style") or ""
        if not KINDS[kind][1].search(own):
            node.attrs["style"] = f"{own};{rules[place].hiding}"
    return bool(hidden)


def _chosen(parser: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """The elements that a selector is for; a browser, too, passes over one that is none."""
    try:
        return parser.css(selector)
    except SelectolaxError:
        return []
