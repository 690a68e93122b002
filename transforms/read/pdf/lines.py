"""Characters in, lines of text out: who stands beside whom, where a space is, what two lines make when they are joined.

A gap between digits is a space, so that two numbers never run together; whether a number goes on in the next line can
only be known where the first line is full.
"""

from collections.abc import Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from transforms.read.pdf.ink import Glyph

SAME_LINE = 0.4  # of a character's height, as all shares below
DIGITS_APART = 0.15
WORDS_APART = 0.5
OVERPRINT = 0.35
ONE_NUMBER = 0.3  # figures on two sides of a ruling that stand closer may be one number: cells keep more free
SHORTER, HIGHER = 0.85, 0.15  # a figure beside another: a footnote's mark is smaller, or stands higher or lower
RAISED = "^"
UNKNOWN = "\ufffd"

BASE, LEFT = itemgetter(3), itemgetter(1)
LEVEL = itemgetter(3, 4)  # where a character stands, and its height

Line = Sequence[Glyph]


class Text(NamedTuple):
    """Printed text and the character behind each of its characters; None behind a space that nothing printed."""

    text: str
    glyphs: tuple[Glyph | None, ...]


EMPTY = Text("", ())


def lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The characters of one page line by line from above, each line from the left."""
    if len(glyphs) == 1:
        return [list(glyphs)]
    rows: list[list[Glyph]] = []
    for _, level in groupby(sorted(glyphs, key=BASE), key=LEVEL):
        stretch = list(level)
        if rows and on_line(stretch[0], rows[-1][0]):
            rows[-1] += stretch
        else:
            rows.append(stretch)
    for row in rows:
        row.sort(key=LEFT)
    return rows


def on_line(glyph: Glyph, first: Glyph) -> bool:
    """Whether a character stands on the line that another one began."""
    return abs(glyph.base - first.base) <= SAME_LINE * min(glyph.size, first.size)


def written(line: Line) -> Text:
    """A line as text, with a space where there is a gap and a ^ where a raised or lowered figure follows another.

    A digit printed over something else is unknown.
    """
    if not line:
        return EMPTY
    before = line[0]
    text, left, right, level, height, _ = before
    texts = [text]
    marks: list[Glyph | None] = [before]
    for glyph in line[1:]:
        text, start, end, base, size, _ = glyph
        if start - left < OVERPRINT * (right - left):
            if text != before.text and (is_figure(text) or is_figure(before.text)):
                texts[-1] = UNKNOWN
            if text == before.text or texts[-1] == UNKNOWN:
                continue
        elif start > right and apart(before, glyph):
            texts.append(" ")
            marks.append(None)
        elif (size != height or base != level) and is_raised(before, glyph):
            texts.append(RAISED)
            marks.append(None)
        texts.append(text)
        marks.append(glyph)
        before, left, right, level, height = glyph, start, end, base, size
    return Text("".join(texts), tuple(marks))


def apart(before: Glyph, after: Glyph) -> bool:
    """Whether there is a space between two neighbours."""
    if after.left <= before.right:
        return False
    narrow = before.text < "\u2e80" and after.text < "\u2e80"
    return after.left - before.right > (DIGITS_APART if narrow else WORDS_APART) * min(before.size, after.size)


def is_raised(before: Glyph, after: Glyph) -> bool:
    """Whether one of two neighbouring digits is a mark at the other."""
    small, large = sorted((before.size, after.size))
    unlike = small < SHORTER * large or abs(before.base - after.base) > HIGHER * large
    return unlike and before.text.isdigit() and after.text.isdigit()


def glued(before: Glyph, after: Glyph) -> bool:
    """Whether two figures stand so close that they are one number, whatever ruling runs between."""
    close = abs(after.left - before.right) < ONE_NUMBER * after.size
    return close and is_figure(before.text) and is_figure(after.text) and on_line(after, before)


def is_figure(text: str) -> bool:
    """Whether a character can be part of a number."""
    return text.isdigit() or text in ".,，．"


def joined(texts: Sequence[Text], full: Sequence[bool]) -> Text:
    """Lines made one; `full[i]` tells that nothing more could stand on line i, so that a number may go on."""
    if len(texts) == 1:
        return texts[0]
    kept = [(text, is_full) for text, is_full in zip(texts, full, strict=True) if text.text]
    if not kept:
        return EMPTY
    words, glyphs = [kept[0][0].text], list(kept[0][0].glyphs)
    for (before, is_full), (after, _) in pairwise(kept):
        if needs_space(before.text[-1], after.text[0], is_full):
            words.append(" ")
            glyphs.append(None)
        words.append(after.text)
        glyphs.extend(after.glyphs)
    return Text("".join(words), tuple(glyphs))


def needs_space(last: str, first: str, is_full: bool) -> bool:
    """Whether the end of a line parts two characters: words of letters, and figures unless the line was full."""
    if not last.isascii() or not first.isascii():
        return last.isdigit() and first.isdigit() and not is_full
    return not (is_full and is_figure(last) and is_figure(first))
