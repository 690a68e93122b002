"""Lines outside the tables in, paragraphs out; page numbers and running heads left out.

A line goes on in the next if it is full, or if both are centred lines of one heading.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transforms.read.pdf.ink import Glyph
from transforms.read.pdf.lines import Text, joined, written

PAGE_NUMBER = re.compile(r"(?:[-—–－·~～]\s*\d{1,3}\s*[-—–－·~～]|第\s*\d{1,3}\s*页.{0,12}|\d{1,3}\s*/\s*\d{1,3})")
DIGITS = re.compile(r"\d+")
SENTENCE_END = ("。", "；", "！", "？", "：")
INDENT = 1.2  # heights of a character
ROOM = 2.2  # a line with less room than this at its end is full: two characters may have been kept together
SAME_SIZE = 0.15
CENTRED = 1.0
NEXT_LINE = 2.6
SAME_PLACE = 3.0


class Laid(NamedTuple):
    """A line of prose on its page: characters, text, where it begins and ends, what it stands on, and its height."""

    glyphs: Sequence[Glyph]
    text: Text
    left: float
    right: float
    base: float
    size: float


class Margins(NamedTuple):
    """Where the lines of the document begin and end."""

    left: float
    right: float


def laid(rows: Sequence[Sequence[Glyph]]) -> list[Laid]:
    """Lines with their text."""
    return [
        Laid(row, written(row), row[0].left, row[-1].right, row[0].base, max(glyph.size for glyph in row[:4]))
        for row in rows
    ]


def margins(rows: Sequence[Laid]) -> Margins:
    """The margins that the lines of prose keep."""
    if not rows:
        return Margins(0.0, 0.0)
    return Margins(min(row.left for row in rows), max(row.right for row in rows))


def furniture(pages: Sequence[Sequence[Laid]]) -> set[int]:
    """The ids of page numbers and running lines: first and last lines that stand alike on several pages.

    A running head is kept where it stands first: it may be the only title.
    """
    heads, feet = ([rows[end] for rows in pages if rows] for end in (0, -1))
    dropped = set()
    for edges, kept in ((heads, 1), (feet, 0)):
        places = Counter(map(place_of, edges))
        seen: Counter[tuple[str, int]] = Counter()
        for row in edges:
            seen[place_of(row)] += 1
            if is_page_number(row, places) or (places[place_of(row)] > 1 and seen[place_of(row)] > kept):
                dropped.add(id(row))
    return dropped


def place_of(row: Laid) -> tuple[str, int]:
    """What a line says but for its digits, and how far down it stands."""
    return DIGITS.sub("#", row.text.text), round(row.base / SAME_PLACE)


def is_page_number(row: Laid, places: Counter[tuple[str, int]]) -> bool:
    """Whether a line is a page number by its form, by its value, or because other pages have one there."""
    text = row.text.text
    if not text.isdigit():
        return PAGE_NUMBER.fullmatch(text) is not None
    return places[place_of(row)] > 1 or (row.glyphs[0].page > 1 and int(text) == row.glyphs[0].page)


def paragraphs(rows: Sequence[Laid], sides: Margins) -> Iterator[Text]:
    """The paragraphs that the lines between two tables make."""
    pending: list[Laid] = []
    for row in rows:
        if pending and not continues(pending, row, sides):
            yield text_of(pending, sides)
            pending = []
        pending.append(row)
    if pending:
        yield text_of(pending, sides)


def continues(pending: Sequence[Laid], row: Laid, sides: Margins) -> bool:
    """Whether a line belongs to the paragraph of the lines before it."""
    before = pending[-1]
    if abs(before.size - row.size) > SAME_SIZE * before.size:
        return False
    on_same_page = before.glyphs[0].page == row.glyphs[0].page
    if on_same_page and row.base - before.base > NEXT_LINE * before.size:
        return False
    if on_same_page and is_centred(row, sides):
        return is_heading(pending, sides) and not before.text.text.endswith(SENTENCE_END)
    return is_full(before, sides) and row.left - sides.left < INDENT * row.size


def is_heading(pending: Sequence[Laid], sides: Margins) -> bool:
    """Whether lines are centred, the first perhaps as wide as the page."""
    first = pending[0]
    fills = is_full(first, sides) and first.left - sides.left < INDENT * first.size
    return is_centred(pending[-1], sides) or (len(pending) == 1 and fills)


def is_centred(row: Laid, sides: Margins) -> bool:
    """Whether a line stands in the middle, with room at both sides."""
    before, after = row.left - sides.left, sides.right - row.right
    return min(before, after) > 2 * INDENT * row.size and abs(before - after) < 2 * CENTRED * row.size


def is_full(row: Laid, sides: Margins) -> bool:
    """Whether a line ends at the right margin."""
    return sides.right - row.right < ROOM * row.size


def text_of(pending: Sequence[Laid], sides: Margins) -> Text:
    """The lines of a paragraph as one text. A number goes on in the next line where not one more digit fitted."""
    tight = [sides.right - row.right < row.glyphs[-1].right - row.glyphs[-1].left for row in pending]
    return joined([row.text for row in pending], tight)
