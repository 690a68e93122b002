"""A whole page in, the report in it out: page chrome set aside, and a body that is printed twice counted once.

Works on normalised documents. What is set aside is kept: identification reads breadcrumbs, metadata, footers. What is
chrome is declared in data/lookups/chrome.yml: lines that are chrome by themselves, and the items of long menus.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import groupby
from typing import Annotated, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict

from transforms.forms import forms, label_key, load
from transforms.model import Block, Document, Paragraph, Table
from transforms.values import marks

SENTENCE = re.compile(r"[。！？；]")
SIGNS = r"[\W\d_]"
DOUBLE_CHARACTERS = 200  # a run that is printed again: so long, or at least five blocks of half as much
DOUBLE_BLOCKS = 5
DOUBLE_CELLS = 12
UNIT = 2  # characters of the longest unit of a cell
CANDIDATES = 8
LINES_REMEMBERED = 1 << 14  # the pages of one site share their chrome

Pattern = Annotated[re.Pattern[str], BeforeValidator(re.compile)]
AnyOf = Annotated[re.Pattern[str], BeforeValidator(lambda found: re.compile("|".join(f"(?:{one})" for one in found)))]
Literals = Annotated[
    re.Pattern[str], BeforeValidator(lambda words: re.compile("|".join(sorted(map(re.escape, words), key=len)[::-1])))
]
Key = str | int | tuple[tuple[str, ...], ...]
NUMBERS = re.compile(r"\d[\d.,]*")


class Run(NamedTuple):
    """So many blocks from `place` on that repeat those from `first` on."""

    first: int
    place: int
    length: int


class Menu(BaseModel):
    """What an item of a menu is made of, what it never holds, how long a menu is, and what stays of it at its ends."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    item: Pattern
    never: Pattern
    least: int
    first: int
    last: int


class Chrome(BaseModel):
    """The declared chrome: what lines hold, begin with, or are made of."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    holding: Literals
    opening: AnyOf
    whole: AnyOf
    words: Literals
    labels: frozenset[str]
    stated: Pattern
    times: Pattern
    longest: int
    longest_value: int
    menu: Menu


@cache
def chrome() -> Chrome:
    """The chrome declared in data/lookups/chrome.yml."""
    return Chrome(**load("lookups/chrome.yml"))


@cache
def chrome_line() -> re.Pattern[str]:
    """Matches a line that is chrome by its words."""
    declared = chrome()
    words = rf"{SIGNS}*+(?:(?>{declared.words.pattern}){SIGNS}*+)++|[\W_]+"
    whole = rf"(?:{words}|{declared.whole.pattern})\Z"
    return re.compile(rf"{whole}|{declared.opening.pattern}|(?s:.*?)(?:{declared.holding.pattern})")


@cache
def form_words() -> frozenset[str]:
    """The headings and labels of all declared forms, hanzi only."""
    tables = [table for form in forms().values() for table in form.tables]
    words = [word for table in tables for row in table.rows for word in (*row.labels, *row.under)]
    words += [word for table in tables for column in table.columns for word in (*column.labels, *column.under)]
    words += [word for table in tables for word in (*table.headings, *table.captions, *table.beside, *table.passed)]
    return frozenset(map(label_key, words))


def body(document: Document) -> tuple[Document, tuple[Paragraph, ...]]:
    """The document without its chrome and without a second copy of its body, and the chrome in reading order.

    A second copy adds the damage `body_printed_twice`. Copies that differ in any character but white space all stay.
    """
    lines = [squeezed(block.plain or block.text) if isinstance(block, Paragraph) else "" for block in document.blocks]
    aside = set(chrome_places(lines))
    if document.format == "text":  # a table of one cell a line, whose empty cells hold a mark
        aside -= {place for place in aside if lines[place] in marks()}
    if document.format == "html":
        aside.update(menu_places(lines))
    kept = [place for place in range(len(lines)) if place not in aside]
    copies = copied_places(keys([document.blocks[place] for place in kept], [lines[place] for place in kept]))
    once = tuple([document.blocks[place] for number, place in enumerate(kept) if number not in copies])
    damage = (*document.damage, "body_printed_twice") if copies else document.damage
    around = [document.blocks[place] for place in sorted(aside)]
    set_aside = tuple([block for block in around if isinstance(block, Paragraph)])
    return replace(document, blocks=once, damage=damage), set_aside


def chrome_places(lines: Sequence[str]) -> Iterator[int]:
    """The places of squeezed paragraphs that belong to the page rather than to the report; tables are empty lines."""
    before, labels = "", chrome().labels
    for place, line in enumerate(lines):
        if line and (is_chrome(line) or (before in labels and is_value(line))):
            yield place
        before = line


def menu_places(lines: Sequence[str]) -> Iterator[int]:
    """The places within long menus of a page; both ends stay, for a title may follow on a menu and a menu on a name."""
    menu = chrome().menu
    place = 0
    for found, run in groupby(lines, is_item):
        length = len(list(run))
        if found and length >= menu.least:
            yield from range(place + menu.first, place + length - menu.last)
        place += length


@lru_cache(LINES_REMEMBERED)
def is_item(line: str) -> bool:
    """Whether a squeezed line may be an item of a menu: short, without number or sentence, nothing that a form says."""
    menu = chrome().menu
    return (
        menu.item.fullmatch(line) is not None
        and menu.never.search(line) is None
        and label_key(line) not in form_words()
    )


@lru_cache(LINES_REMEMBERED)
def squeezed(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


@lru_cache(LINES_REMEMBERED)
def is_chrome(line: str) -> bool:
    """Whether a squeezed line is page chrome."""
    if len(line) > chrome().longest or not (line in chrome().labels or chrome_line().match(line)):
        return False
    return is_unstated(line) and not chrome().times.fullmatch(line)


def is_value(line: str) -> bool:
    """Whether a line can be the value of the metadata label on the line before it."""
    return line not in chrome().labels and len(line) <= chrome().longest_value and is_unstated(line)


def is_unstated(line: str) -> bool:
    """Whether a line holds no sentence and no number of items."""
    return SENTENCE.search(line) is None and chrome().stated.search(line) is None


def keys(blocks: Sequence[Block], lines: Sequence[str]) -> list[Key]:
    """What must be equal in two copies of a block: all but white space, and every cell in its place.

    A table whose shape no other has can have no copy: its place is its key.
    """
    tables = [block for block in blocks if isinstance(block, Table)]
    shapes = Counter(map(shape, tables))
    return [
        line if isinstance(block, Paragraph) else contents(block) if shapes[shape(block)] > 1 else place
        for place, (block, line) in enumerate(zip(blocks, lines, strict=True))
    ]


def shape(table: Table) -> tuple[int, ...]:
    """How many cells each row of a table has."""
    return tuple(map(len, table.rows))


def contents(table: Table) -> Key:
    """The cells of a table without white space."""
    return tuple(tuple("".join((cell.plain or cell.text).split()) for cell in row) for row in table.rows)


def copied_places(keys: Sequence[Key]) -> set[int]:
    """The places of blocks that repeat a run of blocks printed before, where no number beside the run is another."""
    stretches = list(repeats(keys))
    earlier: dict[Key, list[int]] = defaultdict(list)
    for place, found in enumerate(keys if stretches else ()):
        earlier[found].append(place)
    runs = [run for start, end in stretches for run in copied_within(keys, earlier, start, end)]
    return {place for run in runs if not is_disputed(keys, run) for place in range(run.place, run.place + run.length)}


def is_disputed(keys: Sequence[Key], run: Run) -> bool:
    """Whether the line before or behind has other numbers in the copy: which are right is not ours to say."""
    first, place, length = run
    beside = [(first - 1, place - 1)] if first else []
    if place + length < len(keys):
        beside.append((first + length, place + length))
    return any(differs_in_numbers(keys[one], keys[other]) for one, other in beside)


def differs_in_numbers(one: Key, other: Key) -> bool:
    """Whether two lines are alike but for their numbers, of which one may stand without its unit."""
    if not isinstance(one, str) or not isinstance(other, str) or one == other or NUMBERS.search(one) is None:
        return False
    words, others = NUMBERS.sub("", one), NUMBERS.sub("", other)
    return words == others or (
        NUMBERS.search(other) is not None and "" in (words, others) and len(words + others) <= UNIT
    )


def repeats(keys: Sequence[Key]) -> Iterator[tuple[int, int]]:
    """The stretches of blocks printed before that are long enough to hold a second copy."""
    seen: set[Key] = set()
    start = 0
    for place, found in enumerate((*keys, None)):
        if found is not None and found in seen:
            continue
        if start < place and is_double(keys[start:place]):
            yield start, place
        start = place + 1
        if found is not None:
            seen.add(found)


def copied_within(keys: Sequence[Key], earlier: dict[Key, list[int]], start: int, end: int) -> Iterator[Run]:
    """The copies in a stretch; `earlier` has all places of a key."""
    copied = start
    for place in range(start, end):
        if place >= copied:
            candidates = [first for first in earlier[keys[place]][:CANDIDATES] if first < place]
            runs = [Run(first, place, common_run(keys, first, place)) for first in candidates]
            longest = max(runs, key=lambda run: run.length, default=Run(0, place, 0))
            if is_double(keys[place : place + longest.length]):
                copied = place + longest.length
                yield longest


def common_run(keys: Sequence[Key], first: int, second: int) -> int:
    """How many blocks from `second` on repeat those from `first` on; 0 within a run that began before."""
    if first > 0 and keys[first - 1] == keys[second - 1]:
        return 0
    run = 0
    while second + run < len(keys) and first + run < second and keys[first + run] == keys[second + run]:
        run += 1
    return run


def is_double(run: Sequence[Key]) -> bool:
    """Whether a repeated run is too long to be chance."""
    characters = sum(len(item) for item in run if isinstance(item, str))
    cells = sum(sum(map(bool, row)) for item in run if isinstance(item, tuple) for row in item)
    long = characters >= DOUBLE_CHARACTERS or (len(run) >= DOUBLE_BLOCKS and 2 * characters >= DOUBLE_CHARACTERS)
    return long or cells >= DOUBLE_CELLS
