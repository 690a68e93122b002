"""The reporting agency: where it is named, what its name consists of, and its name in full.

In: Page, titles. Out: Name (region part, level word, body) for each place, best place first; `full` and `key` put a
name together once its region is known. Short forms are expanded by data/lookups/agencies.yml only.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.identify.page import Page
from transforms.identify.places import Codes, beginning, path, places, within
from transforms.identify.title import Title
from transforms.identify.words import agencies, words

_LENGTH = range(1, 41)
_REGION = range(3, 13)  # characters of a region's full name that is no common word
_CRUMB = re.compile("[>»›＞]")
_LONGEST_LINE = 100
_VALUE = re.compile(r"[\s:：\]】|]*([^\n|:：]{2,40}?)(?=\s+[^\s|:：]{2,8}\s*[:：]|\s*(?:[|:：\n]|$)|(?<=.{40}))")
_BRACKET = re.compile(r"[(（]([^()（）]{2,12})[)）]")
_CLOSING = 3  # lines
STRONG = ("title", "preamble", "signature")
CLOSING = "closing line"
NATIONAL = "000000"


class Name(NamedTuple):
    """A printed name taken apart: `codes` of the regions it begins with, or `level` word, then the organ's own name.

    `kept`: the region is part of the organ's own name (上海海关, a zone, a branch), so the name stays as printed.
    `national`: a body of the State Council.
    """

    printed: str
    codes: Codes
    level: str
    body: str
    region: str
    kept: bool
    national: bool
    source: str = ""
    at: str = ""


def names(page: Page, titles: list[Title]) -> Iterator[Name]:
    """The agency's name wherever the page gives it, best place first (domain handbook §11)."""
    for title in titles[:1]:
        yield from _named(title.name, "title", title.at)
    for pattern in words().preamble:
        for found in pattern.finditer(page.text, page.body):
            yield from _named(found["agency"], "preamble", page.locate(*found.span("agency")))
    yield from _signatures(page)
    yield from _publishers(page)
    yield from _contacts(page)
    for title in titles[1:]:
        if title.zone != "chrome":  # links to the reports of others
            yield from _named(title.name, "other title", title.at)
    yield from _crumbs(page)
    yield from _closing(page)


def _closing(page: Page) -> Iterator[Name]:
    """A name alone near the end of the body, without a date."""
    for index in range(max(len(page.pieces) - _CLOSING, 0), len(page.pieces)):
        line = page.line(index)
        if line.start >= page.body:
            yield from _named(line.text, CLOSING, line.at)


def _signatures(page: Page) -> Iterator[Name]:
    """Lines above a date that are a name and nothing else; undated ones may be the site's own footer."""
    for index, _ in page.matches(words().date_line, page.body):
        if index:
            line = page.line(index - 1)
            yield from _named(line.text, "signature", line.at)


def _publishers(page: Page) -> Iterator[Name]:
    for label in words().fields["publisher"].finditer(page.text):
        value = _VALUE.match(page.text, label.end())
        if value and not agencies().publishes.search(value.group(1)):
            yield from _named(value.group(1), "publisher", page.locate(*value.span(1)))
    for name in words().metadata["publisher"]:
        printed = page.metadata.get(name, "")
        if not agencies().publishes.search(printed):
            yield from _named(printed, f"meta {name}", "")


def _contacts(page: Page) -> Iterator[Name]:
    """Whom a report says to ask, where it shows that this is the reporting organ; one that writes for it is not."""
    kinds = {found["kind"] for found in words().itself.finditer(page.text, page.body)}
    for found in words().contact.finditer(page.text, page.body):
        for name in _named(found["agency"], "contact", page.locate(*found.span("agency"))):
            spoken = page.text.count(name.body, page.body) > 1 or any(kind in name.body for kind in kinds)
            if spoken and not name.body.startswith(agencies().government):
                yield name


def _crumbs(page: Page) -> Iterator[Name]:
    for line in map(page.line, dict.fromkeys(index for index, _ in page.matches(_CRUMB))):
        for crumb in reversed(_CRUMB.split(line.text)[:-1]):
            yield from _named(crumb, "breadcrumb", line.at)


def _named(printed: str, source: str, at: str) -> Iterator[Name]:
    name = _organ(printed) if len(printed) < _LONGEST_LINE else None
    if name is not None:
        yield name._replace(source=source, at=at)


@lru_cache(1 << 14)
def _organ(printed: str) -> Name | None:
    """The organ that a printed name is of, without the office inside it that writes its report."""
    name = "".join(printed.split())
    inner = agencies().inner.search(name)
    if inner is None or beginning(name, inner.start())[0]:  # an office for a region is a branch, not inside
        return taken_apart(name)
    return taken_apart(name[: inner.start()])


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(
        f"(?:(?P<organ>{'|'.join(agencies().endings)})(?:[(（][^()（）]+[)）])?|[{agencies().level_words}])$"
    )


@cache
def _national() -> re.Pattern[str]:
    national = agencies().national
    prefixes = (*national.bodies, *national.prefixes, *agencies().carried)
    return re.compile("|".join(sorted(prefixes, key=len, reverse=True)))


@lru_cache(1 << 14)
def taken_apart(printed: str) -> Name | None:
    """A printed name as region, level word and body; None when it is no organ's name."""
    ending = _endings().search(printed) if len(printed) in _LENGTH else None
    if ending is None or agencies().phrase.search(printed) or agencies().unit.search(printed):
        return None
    national = _prefix(printed)
    codes, end, short = beginning(printed, national)
    local = agencies().local.search(printed, national) if national else None
    if local is not None and not codes:
        codes, end, short = _county(printed, national, local.start())
    codes, end, kept = _hosted(printed, codes, end)
    rest = printed[end:]
    if (not rest and codes) or printed in tuple(agencies().level_words):  # who prints only the region is its government
        return Name(printed, codes, rest, agencies().government, printed[:end], kept, False)
    if ending["organ"] is None:
        return None
    level = _level_word(rest) if end == 0 else ""
    body = printed[:national] + _expanded(rest[len(level) :])
    kept = kept or short or national > 0
    state = national > 0 and not codes and local is None and printed[:national] not in agencies().carried
    return Name(printed, codes, level, body, printed[national:end], kept, state)


def _prefix(printed: str) -> int:
    """Length of the words before the region: a body of the State Council, or a prefix that stays; 0 for none."""
    found = _national().match(printed)
    return found.end() if found else 0


def _county(printed: str, start: int, end: int) -> tuple[Codes, int, bool]:
    """The counties whose short name stands before the word for a local branch (国家统计局海盐调查队)."""
    codes = places().shorts.get(printed[start:end], ())
    return codes, end if codes else start, bool(codes)


def _hosted(printed: str, codes: Codes, end: int) -> tuple[Codes, int, bool]:
    """A zone or branch behind the region: a district named in it (高新区(滨江), 西湖区分局) is its host."""
    branch = agencies().branch.search(printed, end)
    zone = agencies().zones.search(printed, end)
    if not codes or (branch is None and zone is None):
        return codes, end, False
    bracket = _BRACKET.match(printed, zone.end()) if zone is not None else branch
    if bracket is None and zone is not None:
        return _host(printed, codes, end, zone)
    if bracket is None:
        return codes, end, True
    inner = bracket.group(1)
    districts = within((*places().names.get(inner, ()), *places().shorts.get(inner, ())), codes)
    return (districts, bracket.end() if zone is not None else end, True) if districts else (codes, end, True)


def _host(printed: str, codes: Codes, end: int, zone: re.Match[str]) -> tuple[Codes, int, bool]:
    """A zone behind a mere province lies in the county that it is called by, or nobody knows where."""
    own = printed[end : zone.start()]
    if not own or agencies().wide.search(zone.group()):
        return codes, end, True
    counties = within(places().shorts.get(own, ()), codes)
    lost = not counties and not set(codes) - places().provinces
    return ((), 0, True) if lost else (counties or codes, end, True)


def _level_word(rest: str) -> str:
    """The bare 市/区/县 of a short name (区经信局); 市场监管局 has none."""
    if rest[:1] not in agencies().level_words or agencies().no_level.match(rest):
        return ""
    return rest[:1] if _endings().search(rest[1:]) and len(rest) > 2 else ""


def _expanded(body: str) -> str:
    known = agencies().short_forms.get(body)
    if known is not None:
        return known
    for ending, spelled in agencies().spelled.items():
        body = body.removesuffix(ending) + spelled if body.endswith(ending) else body
    for ending, completion in agencies().complete.items():
        if body.endswith(ending):
            return body + completion
    return body


def is_of_two_places(name: Name) -> bool:
    """Whether a region and then one that does not lie in it begin a name: a word beside the title got into it."""
    inner = (places().names.get(name.body[:end], ()) for end in _REGION)
    return bool(name.codes) and not name.kept and any(codes and not within(codes, name.codes) for codes in inner)


def full(name: Name, code: str) -> str:
    """The name in full: the region's own path where the page prints less; as printed where nothing tells more."""
    if name.national or _prefix(name.body):
        return name.printed  # a local branch (国家税务总局杭州市税务局) keeps its region inside
    if name.kept or not code:
        return (name.region or name.level) + name.body
    return path(code) + name.body


def key(name: Name, code: str) -> str:
    """A stable identifier: region code and the organ's own name; empty while the region is unknown."""
    if name.national:
        return f"{NATIONAL}/{name.body}"
    return f"{code}/{name.body}" if code else ""


def alike(one: Name, other: Name) -> bool:
    """Whether two names can be of the same organ; a government and the office that writes for it can."""
    return (one.body in other.body or other.body in one.body) and not apart(one, other)


def apart(one: Name, other: Name) -> bool:
    """Whether two names begin with different regions."""
    return bool(one.codes and other.codes and not set(one.codes) & set(other.codes))


def shortened(one: Name, other: Name) -> bool:
    """Whether one name's characters stand in the other in this order (教体局), or it is a town's office."""
    short, long = sorted((one.body, other.body), key=len)
    rest = iter(long)
    stems = [short.removesuffix(completion) for completion in agencies().complete.values()]
    return all(character in rest for character in short) or any(stem and long.startswith(stem) for stem in stems)
