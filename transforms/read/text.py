"""Text flattened by a scraper in, a Document out: paragraphs and tables whose locators are exact spans of the text.

Tables are runs of lines with pipes. Lines of layout (nothing but pipes, rules of dashes) say nothing and are passed
over; a run of some 350 pipes is what an extractor leaves of the three official tables when it loses them.
"""

import re
from collections.abc import Iterator, Sequence

from transforms.model import Block, Cell, Document, Paragraph, Table
from transforms.read.flat import Line, as_table, filled, is_value
from transforms.values import is_page_mark

LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
# Nothing is given back: sixty dashes before a word would be parted in every way that there is.
RULE = re.compile(r"[\s|:]*+(?:[-=_*—－─~]{3,}+[\s|:]*+)++")
LAYOUT_RUN = re.compile(r"\|(?:[ \t\u3000]*\|){20,}")
PIPES = re.compile(r"\|{21,}")
PAUSE = re.compile(r"\|\s*(?:\|\s*)+")
BORDER = " \t|#\u3000\xa0"  # with the mark of a heading in Markdown
BOLD = "*"
LONGEST_LABEL = 60  # hanzi: ghosts of pinyin among them may be many times as long
HANZI = re.compile(r"[\u3400-\u9fff]")
LONGEST_CELL = 200
OFFICIAL_RUN = 340  # the three official tables have 347 places; layout adds a few


def read_text(text: str) -> Document:
    """Read decoded text. Locators are `c120` (paragraphs) and `c120-124` (cells and tables), spans of `text`."""
    lines = [Line(*match.span()) for match in LINE.finditer(text) if not match[0].isspace()]
    found = list(groups(text, lines))
    tables = [table(text, group) for group in found]
    if any(each is not None and each.order == "grid" for each in tables):
        tables = [
            table(text, group, keeps_blanks=True) if each is not None and each.order != "grid" else each
            for group, each in zip(found, tables, strict=True)
        ]
    blocks: list[Block] = []
    for group, own in zip(found, tables, strict=True):
        blocks.extend([own] if own is not None else paragraphs(text, group))
    return Document(tuple(blocks), text, "text", damage=tuple(damage(text)))


def table(text: str, group: Sequence[Line], keeps_blanks: bool = False) -> Table | None:
    """The table that a group of lines holds, if it is one."""
    first = group[0]
    is_several = len(group) > 1 or (text.find("|", *first) >= 0 and len(filled(text, first)) > 1)
    return as_table(text, group, keeps_blanks) if is_several else None


def groups(text: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines that may make a table together; any other line alone. Rules are passed over, page marks in a table."""
    printed = [text[line.start : line.end].strip() for line in lines]
    group: list[Line] = []
    for number, line in enumerate(lines):
        if RULE.fullmatch(printed[number]) and not is_value(printed[number]):
            continue
        if group and is_page_mark(Cell("", "", printed[number])):
            continue
        if is_part(printed, number):
            group.append(line)
            continue
        if group:
            yield group
        group = []
        yield [line]
    if group:
        yield group


def is_part(printed: Sequence[str], number: int) -> bool:
    """Whether a line can belong to a table: it has pipes, or stands beside a line that is only a pipe."""
    line = printed[number]
    if "|" in line:
        return LAYOUT_RUN.search(line) is None and max(map(len, line.split("|"))) <= LONGEST_CELL
    following, after = (*printed[number + 1 : number + 3], "", "")[:2]
    # Where the pipe comes before the cell, a heading stands above a pipe too: the line after that one tells.
    if following == "|" and (after == "|" or "|" not in after):
        return len(HANZI.findall(line)) <= LONGEST_LABEL
    # The last cell of a table has no pipe after it.
    return number > 0 and "|" in printed[number - 1] and is_value(line) and is_part(printed, number - 1)


def paragraphs(text: str, lines: Sequence[Line]) -> Iterator[Paragraph]:
    """What the lines say outside any table: runs of pipes part two blocks of a page, single pipes stay."""
    for line in lines:
        start = line.start
        for pause in (*PAUSE.finditer(text, line.start, line.end), None):
            end = pause.start() if pause is not None else line.end
            yield from trimmed(text, start, end)
            start = pause.end() if pause is not None else end


def trimmed(text: str, start: int, end: int) -> Iterator[Paragraph]:
    """The paragraph between two places, without blanks, pipes and Markdown around it; nothing if that is all."""
    inner = text[start:end].strip(BORDER)
    inner = inner.strip(BORDER + BOLD) or inner
    if inner:
        at = text.index(inner, start)
        yield Paragraph(inner, f"c{at}", inner)


def damage(text: str) -> Iterator[str]:
    """What the runs of pipes show."""
    longest = max(map(len, PIPES.findall(text)), default=0)
    if longest:
        yield f"pipe_run:{longest}"
    if longest >= OFFICIAL_RUN:
        yield "tables_lost_by_extractor"
