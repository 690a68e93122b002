"""One web page in, a Document out: paragraphs and rectangular data tables in the order in which they are read.

Locators are `p3`, and `t1/r2/c3` in the expanded grid; `source_span` finds them again in the source.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

from transforms.model import Block, Document, Paragraph, Refusal, Table
from transforms.read.chunk import BREAK, ELEMENTS_REMEMBERED, LONGEST_ELEMENT, SOFT
from transforms.read.markup import one_line, struck
from transforms.read.repeated import read_repeated
from transforms.read.source import place
from transforms.read.stylesheet import hiding
from transforms.read.tree import Items, flat, parsed

SENTENCE_END = ("。", "；", "！", "？", "：", ";", "!", "?", ":")
INDENTS = ("\u3000", "\u00a0", "\u2003")
TAGS_UNCHECKED = 10_000
DEEPEST = 5_000
LARGEST_REPAIR = 10_000_000
MOST_ATTRIBUTES = 3_000
LONGEST_TAG = 2 * MOST_ATTRIBUTES  # characters that so many attributes take at least
ATTRIBUTE = r"""[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*"|'[^']*'|[^\s>]++))?+"""
CROWDED = re.compile(rf"<[a-zA-Z][^\s/>]*+(?:{ATTRIBUTE}){{{MOST_ATTRIBUTES}}}")
SCRIPT = re.compile(r"<(script|style)\b.*?</\1", re.IGNORECASE | re.DOTALL)
PREFORMATTED = re.compile(r"<pre\b.*?(?:</pre|\Z)", re.IGNORECASE | re.DOTALL)
TEXT = re.compile(r">[^<]+")
PRINTED_TAGS = re.compile(r">[^<>]*&lt;table\b", re.IGNORECASE)
SHORT = 100

shared_paragraph = lru_cache(1 << 14)(Paragraph)  # the pages of one site print their menus in the same places
NESTING = re.compile(
    r"<(/?)(?:div|span|font|b|i|u|a|em|strong|table|ul|ol|dl|section|center|blockquote)\b", re.IGNORECASE
)


def read_html(text: str) -> Document:
    """Read the decoded source of a page.

    Locators are `p3` and `t1/r2/c3`. Raises Refusal `too_deep`, `too_many_attributes` and `too_many_cells` for pages
    built to do harm.
    """
    refuse_deep(text)
    refuse_crowded(text)
    cut = is_truncated(text)
    # A page that ends in the middle of a text may have lost digits: the mark keeps the last number from being read.
    source = unescaped(text) + "\ufffd" if cut and not text.rstrip().endswith(">") else unescaped(text)
    source = with_lines(source)
    rules = hiding(source)
    repeated = None if rules else read_repeated(source)
    page, orphans = (repeated, []) if repeated is not None else parsed(source, rules)
    blocks, ragged = assemble(page.items)
    damage = [*page_damage(text, cut), *orphans, *(f"ragged_table:{at}" for at in ragged)]
    return Document(tuple(blocks), text, "html", metadata=page.metadata, damage=tuple(damage))


def unescaped(text: str) -> str:
    """A page that stands within a string of JSON or of a program, or prints its tags as text, as it was meant."""
    if "&lt;t" in text and "<td" not in text and PRINTED_TAGS.search(text):
        text = unescape(text)
    if "\\" not in text or text.count('=\\"') <= text.count('="'):
        return text
    return text.replace('\\"', '"').replace("\\/", "/").replace("\\n", "\n").replace("\\t", "\t")


def with_lines(source: str) -> str:
    """The source, as long as it was, with the line ends that a browser shows as such made breaks."""
    if "<pre" not in source and "<PRE" not in source:
        return source
    return PREFORMATTED.sub(lambda pre: TEXT.sub(lambda text: text[0].replace("\n", BREAK), pre[0]), source)


def source_span(text: str, at: str) -> tuple[int, int]:
    """The half-open span of the page's source that prints a cell (`t4/r7/c3`) or part of a paragraph (`p12/34-38`).

    Reads the page again. Raises LookupError when nothing is printed there or the place cannot be shown for sure.
    """
    return place(text, read_html(text), at)


def assemble(items: Items) -> tuple[list[Block], list[str]]:
    """Number the paragraphs and tables; the second value are the locators of ragged tables."""
    blocks: list[Block] = []
    ragged: list[str] = []
    pending: list[str] = []
    tables = 0
    for piece in (*flat(items), None):
        if isinstance(piece, str) and not is_apart(piece):
            pending.append(piece)
            continue
        if pending:
            blocks += paragraphs.__wrapped__("".join(pending), len(blocks) - tables)
            pending.clear()
        if isinstance(piece, str):
            blocks += paragraphs(piece, len(blocks) - tables)
        elif piece is not None:
            at = f"t{tables}"
            rows, uneven = piece.expanded(at)
            blocks.append(Table(rows, at))
            ragged.extend([at] if uneven else [])
            tables += 1
    return blocks, ragged


def is_apart(text: str) -> bool:
    """Whether a text is worth remembering, and what stands around it does not change its paragraphs."""
    return SHORT < len(text) <= LONGEST_ELEMENT and text[0] == text[-1] == BREAK


@lru_cache(ELEMENTS_REMEMBERED)
def paragraphs(text: str, first: int) -> tuple[Paragraph, ...]:
    """The paragraphs of a text between two tables, numbered from `first`."""
    return tuple(
        [
            (shared_paragraph if len(line) <= SHORT else Paragraph)(line, f"p{number}", line)
            for number, line in enumerate(prose(text), first)
        ]
    )


def prose(text: str) -> list[str]:
    """The paragraphs of a text between two tables."""
    lines: list[str] = []
    for part in text.split(BREAK):
        if SOFT in part:
            lines += filter(None, map(one_line, broken_lines(part)))
        elif line := " ".join(part.split()):
            lines.append(line)
    return lines


def broken_lines(text: str) -> Iterator[str]:
    """A line break ends a paragraph when another follows, a sentence ends before it, or an indent comes after it."""
    pending: list[str] = []
    for line in text.split(SOFT):
        ended = pending and (not pending[-1].strip() or pending[-1].rstrip().endswith(SENTENCE_END))
        if ended or not line.strip() or line.lstrip(" \t\r\n").startswith(INDENTS):
            yield " ".join(pending)
            pending = []
        pending.append(line)
    yield " ".join(pending)


def is_truncated(text: str) -> bool:
    """Whether a page that was opened is never closed."""
    tail = text[-5000:]
    if "</html" in tail:
        return False
    head, tail = text[:5000].lower(), tail.lower()
    opened = "<html" in head or "<body" in head
    return opened and "</html" not in tail and "</body" not in tail


def page_damage(text: str, cut: bool) -> Iterator[str]:
    """What the source shows of damage on the way to us."""
    if cut:
        yield "truncated_html"
    opened, closed = text.count("<table") + text.count("<TABLE"), text.count("</table")
    if opened > closed:
        closed += text.count("</TABLE")
    if opened > closed:
        yield f"unclosed_table:{opened - closed}"
    if crossed := struck(text):
        yield f"struck_out:{crossed}"


def refuse_deep(text: str) -> None:
    """Raise Refusal before parsing what would take the parser quadratic time: very deep nests, unclosed formatting."""
    tags = text.count("<")
    if tags * tags <= LARGEST_REPAIR:
        return
    if tags <= TAGS_UNCHECKED and (tags - text.count("</") - text.count("<!--")) * tags <= LARGEST_REPAIR:
        return
    opened = {tag: text.count(f"<{tag}") for tag in ("font", "strong", "span")}
    unclosed = sum(opened.values())
    if unclosed * tags > LARGEST_REPAIR:
        unclosed = sum(max(0, count - text.count(f"</{tag}")) for tag, count in opened.items())
    if unclosed * tags > LARGEST_REPAIR:
        raise Refusal("too_deep", str(unclosed))
    depth = deepest = 0
    for match in NESTING.finditer(text) if tags > TAGS_UNCHECKED else ():
        depth += -1 if match[1] else 1
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise Refusal("too_deep", str(deepest))


def refuse_crowded(text: str) -> None:
    """Raise Refusal for a tag of thousands of attributes: the parser compares each with all before it."""
    start = 0
    while start + LONGEST_TAG < len(text):
        last = text.rfind(">", start, start + LONGEST_TAG)
        if last < 0:
            break
        start = last + 1
    else:
        return
    if CROWDED.search(SCRIPT.sub("", text)):
        raise Refusal("too_many_attributes", f"{MOST_ATTRIBUTES:,}")
