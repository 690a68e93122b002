"""A whole page in, the report in it out: page chrome set aside, and a body that is printed twice counted once.

Works on normalised documents. What is set aside is kept: identification reads breadcrumbs, metadata, footers. What is
chrome is declared in data/lookups/chrome.yml.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from transforms.forms import load
from transforms.model import Block, Document, Paragraph

SENTENCE = re.compile(r"[。！？；]")
SIGNS = r"[\W\d_]"
DOUBLE_CHARACTERS = 200  # a run that is printed again: so long, or at least five blocks of half as much
DOUBLE_BLOCKS = 5
DOUBLE_CELLS = 12
CANDIDATES = 8

Pattern = Annotated[re.Pattern[str], BeforeValidator(re.compile)]
AnyOf = Annotated[re.Pattern[str], BeforeValidator(lambda found: re.compile("|".join(f"(?:{one})" for one in found)))]
Literals = Annotated[
    re.Pattern[str], BeforeValidator(lambda words: re.compile("|".join(sorted(map(re.escape, words), key=len)[::-1])))
]
Key = str | tuple[tuple[str, ...], ...]


class Chrome(BaseModel):
    """The declared chrome: what lines hold, begin with, or are made of."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    holding: Literals
    opening: AnyOf
    whole: AnyOf
    words: Literals
    labels: frozenset[str]
    stated: Pattern
    longest: int
    longest_value: int


@cache
def chrome() -> Chrome:
    """The chrome declared in data/lookups/chrome.yml."""
    return Chrome(**load("lookups/chrome.yml"))


@cache
def only_words() -> re.Pattern[str]:
    """Matches a line made of declared words and signs."""
    return re.compile(rf"{SIGNS}*+(?:(?>{chrome().words.pattern}){SIGNS}*+)++|[\W_]+")


def body(document: Document) -> tuple[Document, tuple[Paragraph, ...]]:
    """The document without its chrome and without a second copy of its body, and the chrome in reading order.

    A second copy adds the damage `body_printed_twice`. Copies that differ in any character but white space all stay.
    """
    aside = set(chrome_places(document.blocks))
    kept = [block for place, block in enumerate(document.blocks) if place not in aside]
    set_aside = tuple(
        block for place, block in enumerate(document.blocks) if place in aside and isinstance(block, Paragraph)
    )
    copies = copied_places(kept)
    once = tuple(block for place, block in enumerate(kept) if place not in copies)
    damage = (*document.damage, "body_printed_twice") if copies else document.damage
    return replace(document, blocks=once, damage=damage), set_aside


def chrome_places(blocks: Sequence[Block]) -> Iterator[int]:
    """The places of paragraphs that belong to the page rather than to the report."""
    lines = [squeezed(block) if isinstance(block, Paragraph) else "" for block in blocks]
    for place, line in enumerate(lines):
        before = lines[place - 1] if place else ""
        if line and (is_chrome(line) or is_value_of(before, line)):
            yield place


def squeezed(paragraph: Paragraph) -> str:
    """The normalised text without any white space."""
    return "".join((paragraph.plain or paragraph.text).split())


def is_chrome(line: str) -> bool:
    """Whether a squeezed line is page chrome."""
    declared = chrome()
    if len(line) > declared.longest or SENTENCE.search(line) or declared.stated.search(line):
        return False
    return (
        line in declared.labels
        or only_words().fullmatch(line) is not None
        or declared.holding.search(line) is not None
        or declared.opening.match(line) is not None
        or declared.whole.fullmatch(line) is not None
    )


def is_value_of(label: str, line: str) -> bool:
    """Whether a line is the value of the metadata label on the line before it."""
    declared = chrome()
    if label not in declared.labels or line in declared.labels or len(line) > declared.longest_value:
        return False
    return SENTENCE.search(line) is None and declared.stated.search(line) is None


def copied_places(blocks: Sequence[Block]) -> set[int]:
    """The places of blocks that repeat a run of blocks printed before."""
    keys = [key(block) for block in blocks]
    seen: dict[Key, list[int]] = {}
    copies: set[int] = set()
    for place, found in enumerate(keys):
        if place not in copies:
            run = max((common_run(keys, first, place) for first in seen.get(found, [])), default=0)
            if is_double(keys[place : place + run]):
                copies.update(range(place, place + run))
        earlier = seen.setdefault(found, [])
        if len(earlier) < CANDIDATES:
            earlier.append(place)
    return copies


def key(block: Block) -> Key:
    """What must be equal in two copies of a block: all but white space, and every cell in its place."""
    if isinstance(block, Paragraph):
        return squeezed(block)
    return tuple(tuple("".join((cell.plain or cell.text).split()) for cell in row) for row in block.rows)


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
    cells = sum(sum(map(bool, row)) for item in run if not isinstance(item, str) for row in item)
    long = characters >= DOUBLE_CHARACTERS or (len(run) >= DOUBLE_BLOCKS and 2 * characters >= DOUBLE_CHARACTERS)
    return long or cells >= DOUBLE_CELLS
