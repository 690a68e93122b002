"""The style sheets of a page in, its tree with what they take out of sight marked as such: a number, a cell, a row.

Sheets in other files are not ours to fetch. Larger elements stay: a script shows what a tab or a menu hides at first.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

SMALL_TAGS = "a b big del em font i label s small span strike strong sub sup td th tr u"
SMALL = frozenset(SMALL_TAGS.split())
HINTS = ("none", "hidden", "collapse", "line-through")
COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
AT_RULE = re.compile(
    r"@[^{};]*+(?:;|\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\})"
)  # paper, narrow screens, fonts: not the page
NAMED = re.compile(r"[\w.#*>\s-]+")  # no states: what shows when a mouse is over it is not gone
HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE
)
SHOWING = re.compile(r"(?:display|visibility|text-decoration)[\w-]*\s*:", re.IGNORECASE)


class Rule(NamedTuple):
    """Which elements a rule is for, and the declaration by which it hides them; none shows them."""

    selector: str
    hiding: str


def hiding(source: str) -> list[Rule]:
    """The rules of a page's style sheets that hide elements or show them, in order; none if nothing is hidden."""
    sheets = "\n".join(_sheets(source, "style") or _sheets(source, "STYLE"))
    small = sheets.lower()
    if not any(hint in small for hint in HINTS):
        return []
    sheets = AT_RULE.sub("", COMMENT.sub("", sheets))
    parted = (rule.partition("{") for rule in sheets.split("}"))
    found = [rule for selectors, _, body in parted for rule in _rules(selectors, body)]
    return found if any(rule.hiding for rule in found) else []


def _sheets(source: str, name: str) -> list[str]:
    return [part.partition(">")[2].partition(f"</{name}")[0] for part in source.split(f"<{name}")[1:]]


def _rules(selectors: str, body: str) -> Iterator[Rule]:
    hides = HIDING.search(body)
    if hides or SHOWING.search(body):
        for selector in selectors.split(","):
            if NAMED.fullmatch(selector):
                yield Rule(selector.strip(), hides[0] if hides else "")


def style_away(parser: LexborHTMLParser, rules: Sequence[Rule]) -> bool:
    """Write the hiding declarations into the small elements that they are for; returns whether there was any.

    Of two rules for an element the later wins; what an element says of itself comes first.
    """
    hidden = {
        node.mem_id: (place, node)
        for place, rule in enumerate(rules)
        for node in (_chosen(parser, rule.selector) if rule.hiding else ())
        if node.tag in SMALL
    }
    for place, rule in enumerate(rules if hidden else ()):
        for node in () if rule.hiding else _chosen(parser, rule.selector):
            if hidden.get(node.mem_id, (place,))[0] < place:
                del hidden[node.mem_id]
    for place, node in hidden.values():
        own = node.attributes.get("style") or ""
        if not SHOWING.search(own):
            node.attrs["style"] = f"{own};{rules[place].hiding}"
    return bool(hidden)


def _chosen(parser: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """The elements that a selector is for; a browser, too, passes over one that is none."""
    try:
        return parser.css(selector)
    except SelectolaxError:
        return []
