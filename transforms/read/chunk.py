"""An element without tables in it, its text and breaks out, all at once: a menu is no hundred visits to its links.

The element is serialised, which quotes and escapes all that needs it, and cut before each tag. What an element shows is
remembered, and what a tag and the text behind it print: the pages of one site share their chrome.
"""

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

from transforms.read.faint import may_be_faint

BREAK, SOFT = "\x1e", "\x1f"  # between blocks; at a <br>
BLOCK_TAGS = """
    address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary ul
"""
BLOCKS = frozenset(BLOCK_TAGS.split())
SHIFTS = ("sup", "sub")
# What is in these is written as it is, tags and all, which no piece of it could tell.
RAW = frozenset(("xmp", "noembed", "noframes", "plaintext", *SHIFTS))
PIECE = re.compile(r'/?([^\s<>"=/]+)((?: [^\s<>"=]+="[^<>"]*")*+)>([^<>]*+)')
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
COMMENT_IN_VALUE = re.compile(r'="[^"]*<!--')
ESCAPED = {"&lt;": "<", "&gt;": ">", "&nbsp;": "\u00a0", "&amp;": "&"}
LONGEST_REMEMBERED = 2000
PIECES_REMEMBERED = 1 << 13
LONGEST_ELEMENT = 50_000  # characters of an element that is remembered whole
ELEMENTS_REMEMBERED = 128


class NotPlainError(Exception):
    """The element has to be walked through."""


def chunk(node: LexborNode) -> str | None:
    """The text of an element with its breaks; None when it has to be walked through to tell."""
    source = node.html or ""
    return (shown if len(source) <= LONGEST_ELEMENT else shown.__wrapped__)(source)


@lru_cache(ELEMENTS_REMEMBERED)
def shown(source: str) -> str | None:
    """What a serialised element shows, with its breaks; None when it has to be walked through to tell."""
    if "<!--" in source:
        if COMMENT_IN_VALUE.search(source):
            return None
        source = COMMENT.sub("", source)
    first, *pieces = source.split("<")
    show = printed if max(map(len, pieces), default=0) <= LONGEST_REMEMBERED else printed.__wrapped__
    try:
        return "".join([first, *map(show, pieces)])
    except NotPlainError:
        return None


@lru_cache(PIECES_REMEMBERED)
def printed(piece: str) -> str:
    """What a serialised tag, from behind its `<`, and the text after it print. Raises NotPlainError."""
    match = PIECE.fullmatch(piece)
    if match is None or match[1] in RAW or may_be_faint(match[2]):
        raise NotPlainError
    tag, _, text = match.groups()
    if "&" in text:
        for escaped, character in ESCAPED.items():
            text = text.replace(escaped, character)
    return (BREAK if tag in BLOCKS else SOFT if tag == "br" else "") + text
