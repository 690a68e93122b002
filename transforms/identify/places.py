"""The regions of GB/T 2260: codes to names, names to codes, and the region that a compound name begins with.

In: data/lookups/regions.csv. A name may be borne by several regions, so names give tuples of codes; only `settle`
chooses, and only when one is left.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from transforms.forms import DATA, load

_LONGEST = 15
_LINES_REMEMBERED = 1 << 14  # the pages of one site share their menus
_SHORTEST_FREE = 3  # two-character names ending in 区 (城区, 郊区) are also common words
Codes = tuple[str, ...]


@cache
def _class() -> re.Pattern[str]:
    """The last character of a region's name, which says what kind of region it is."""
    return re.compile(f"[{load('lookups/region_classes.yml')}]")


class Region(NamedTuple):
    """A row of regions.csv."""

    code: str
    name: str
    short: str
    level: str
    parent: str
    current: str


class Places(NamedTuple):
    """Regions by code, codes by full name and by short name, and all parents.

    `tails`: the last two characters of full names, with the lengths of these, longest first. `provinces`: those that
    are no single city.
    """

    by_code: dict[str, Region]
    names: dict[str, Codes]
    shorts: dict[str, Codes]
    tails: dict[str, tuple[int, ...]]
    parents: frozenset[str]
    provinces: frozenset[str]


class Mention(NamedTuple):
    """A region's full name in a text: half-open span and the codes that bear the name."""

    start: int
    end: int
    codes: Codes


@cache
def places() -> Places:
    """The table, read once."""
    with (DATA / "lookups" / "regions.csv").open(encoding="utf-8", newline="") as file:
        rows = [Region(**row) for row in csv.DictReader(line for line in file if not line.startswith("#"))]
    names: dict[str, list[str]] = defaultdict(list)
    shorts: dict[str, list[str]] = defaultdict(list)
    for region in rows:
        names[region.name].append(region.code)
        if region.short:
            shorts[region.short].append(region.code)
        if region.short and region.short + region.name[-1] != region.name and region.level != "province":
            names[region.short + region.name[-1]].append(region.code)
    by_code = {region.code: region for region in sorted(rows, key=lambda region: region.current)}
    parents = frozenset(region.parent for region in rows)
    provinces = frozenset(code for code in parents if code.endswith("0000") and not by_code[code].name.endswith("市"))
    return Places(by_code, _frozen(names), _frozen(shorts), _tails(names), parents, provinces)


def _tails(names: Collection[str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in names:
        if 1 < len(name) <= _LONGEST:
            lengths[name[-2:]].add(len(name))
    return {tail: tuple(sorted(found, reverse=True)) for tail, found in lengths.items()}


def _frozen(codes: dict[str, list[str]]) -> dict[str, Codes]:
    return {name: tuple(dict.fromkeys(found)) for name, found in codes.items()}


@cache
def ancestors(code: str) -> tuple[str, ...]:
    """The code itself, then its parents up to the province; empty for a code that no list has."""
    chain = []
    while code in places().by_code:
        chain.append(code)
        code = places().by_code[code].parent
    return tuple(chain)


def related(one: str, other: str) -> bool:
    """Whether the two are the same region or one lies in the other."""
    return one in ancestors(other) or other in ancestors(one)


def path(code: str) -> str:
    """Name by which an organ of the region is known: a city's district takes the city's name before it."""
    region = places().by_code[code]
    parent = places().by_code.get(region.parent)
    if parent is not None and region.level == "county" and region.name.endswith("区") and parent.name.endswith("市"):
        return parent.name + region.name
    return region.name


def mentions(text: str) -> Iterator[Mention]:
    """Full names of regions in `text`, longest first at each place; short names are no evidence in running text."""
    names, tails = places().names, places().tails
    for found in _class().finditer(text):
        end = found.end()
        for length in tails.get(text[max(end - 2, 0) : end], ()):
            codes = names.get(text[end - length : end]) if length <= end else None
            if codes is not None:
                yield Mention(end - length, end, codes)
                break


def spoken(text: str) -> dict[str, int]:
    """How often each region is named beyond doubt: by a name that is its own, or right behind its parent's name."""
    return Counter(chain.from_iterable(map(_spoken_of, text.split("\n"))))


@lru_cache(_LINES_REMEMBERED)
def _spoken_of(line: str) -> tuple[str, ...]:
    """The regions that one line names beyond doubt; no name runs over the end of a line."""
    found = []
    before = Mention(-1, -1, ())
    for mention in mentions(line):
        codes = mention.codes
        if before.end == mention.start:
            codes = tuple(code for code in codes if any(parent in ancestors(code) for parent in before.codes)) or codes
        elif mention.end - mention.start < _SHORTEST_FREE and line[mention.end - 1] == "区":
            continue
        code = settle(codes, ())
        if code:
            found.append(code)
        before = Mention(mention.start, mention.end, codes)
    return tuple(found)


def beginning(name: str, start: int = 0) -> tuple[Codes, int, bool]:
    """The regions that a compound name begins with (from `start`), where its rest begins, whether the last is short.

    Short names count for provinces and prefectures only: many short names of counties are common words.
    """
    codes, end, short = _link(name, start)
    while codes:
        deeper, further, shorter = _link(name, end)
        deeper = within(deeper, codes)
        if not deeper:
            break
        codes, end, short = deeper, further, shorter
    return codes, end, short


def _link(name: str, start: int) -> tuple[Codes, int, bool]:
    codes, end = _longest(name, start, places().names)
    if codes:
        return codes, end, False
    codes, end = _longest(name, start, places().shorts)
    codes = tuple(code for code in codes if places().by_code[code].level != "county")
    return codes, end if codes else start, bool(codes)


def within(codes: Collection[str], parents: Collection[str]) -> Codes:
    """Those of `codes` that lie in one of `parents`."""
    return tuple(code for code in codes if code not in parents and any(up in parents for up in ancestors(code)))


def _longest(text: str, start: int, names: dict[str, Codes]) -> tuple[Codes, int]:
    for end in range(min(len(text), start + _LONGEST), start + 1, -1):
        codes = names.get(text[start:end])
        if codes is not None:
            return codes, end
    return (), start


def settle(codes: Codes, context: Collection[str]) -> str:
    """The one region meant by a name that `codes` bear, given regions that are certain; empty when more are left."""
    left = tuple(code for code in codes if any(related(code, certain) for certain in context)) if context else ()
    return _only(left or codes)


@cache
def _only(codes: Codes) -> str:
    if len({_place(code) for code in codes}) != 1:
        return ""
    return max(codes, key=lambda code: (places().by_code[code].current, code))


def _place(code: str) -> str:
    """Codes of one place over time: no province has two counties of one name, but it may have two such districts."""
    name = places().by_code[code].name
    return code[:4] if name.endswith("区") else code[:2] + places().by_code[code].level
