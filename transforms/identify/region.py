"""The region: from the agency's own name, the numbers that a page carries by law, and the places it speaks of.

In: Page and the agency's name. Out: the GB/T 2260 code or nothing, its level, the signals and the notes. The text is
believed before the container: clones falsify hosts. Strong signals that lie apart give no region.
"""

import re
from collections.abc import Iterator

from transforms.identify.agency import Name
from transforms.identify.page import Page
from transforms.identify.places import ancestors, places, related, settle, spoken
from transforms.identify.signals import Signal, spelled, values
from transforms.identify.words import agencies, words
from transforms.model import Note

_FIELD = "region_code"
_LEVEL_OF = {"省": ("province",), "市": ("prefecture", "county", "province"), "州": ("prefecture",)}
_SPOKEN_OFTEN = 2
_SPOKEN = "places named"
_BARE = ("police filing", _SPOKEN)  # may be a part or a parent of the region meant
_STRONG = ("agency", "text", "site code", "area code")


def region_of(page: Page, name: Name | None) -> tuple[str, list[Signal], list[Note]]:
    """The region of the reporting organ."""
    if name is not None and name.national:
        return "", [], [Note("region_national", detail=name.body)]
    counts = spoken(page.text)
    numbers = list(_numbers(page))
    signals = [
        *numbers,
        *_printed(name, counts, numbers),
        *_in_text(name, counts, numbers, page),
        *_places(name, counts),
    ]
    signals.sort(key=lambda signal: signal.source not in _STRONG)
    strong = [signal for signal in signals if signal.source in _STRONG]
    apart = [one for one in strong if any(not related(one.value, other.value) for other in strong)]
    if apart:
        return "", signals, [Note("region_conflict", place=apart[0].at, detail=spelled(apart))]
    return _chosen(name, signals)


def _chosen(name: Name | None, signals: list[Signal]) -> tuple[str, list[Signal], list[Note]]:
    for source in (*dict.fromkeys(("agency", "text", *(signal.source for signal in signals))),):
        codes = values(signal for signal in signals if signal.source == source)
        code = _fitting(codes[0], name) if len(codes) == 1 and _may_decide(source, codes[0], name) else ""
        if code:
            zone = [Note("region_zone", detail=code)] if _is_of_zone(name) else []
            return code, signals, [*zone, *([Note("region_spoken", detail=code)] if source == _SPOKEN else [])]
    return "", signals, [Note("region_unknown", detail=spelled(signals))]


def _is_of_zone(name: Name | None) -> bool:
    """Whether a functional zone is named, which a county whose name ends like one is not."""
    if name is None:
        return False
    return agencies().zones.search(name.printed if name.kept else name.printed.removeprefix(name.region)) is not None


def _may_decide(source: str, code: str, name: Name | None) -> bool:
    """A name that begins with a region is of no other; a bare number or place must be fitted to a class."""
    if name is not None and name.codes:
        return code in name.codes
    return source not in _BARE or _classed(name)


def _classed(name: Name | None) -> bool:
    """Whether the name says what class of region it is of."""
    return name is not None and bool(name.level or agencies().township.search(name.body))


def _fitting(code: str, name: Name | None) -> str:
    """The region or its ancestor of the class that a bare level word asks for; a city's site may sit in a district."""
    if name is not None and not name.level and _classed(name):
        return "" if code in places().parents else code
    if name is None or not name.level:
        return code
    fits = [up for up in ancestors(code) if _of_class(up, name.level)]
    return fits[0] if fits else ""


def _of_class(code: str, word: str) -> bool:
    region = places().by_code[code]
    return region.name.endswith(word) and region.level in _LEVEL_OF.get(word, ("county", "prefecture", "province"))


def _numbers(page: Page) -> Iterator[Signal]:
    """Codes inside the site's identifier, the police filing and the query of the address."""
    region = words().region
    for source, pattern in (("site code", region.site_code), ("police filing", region.police)):
        for found in pattern.finditer(page.text):
            yield from _coded(source, found.group(1), page.locate(*found.span(1)))
    for name in words().metadata["site_code"]:
        yield from _coded("site code", page.metadata.get(name, "")[:6], "")
    for found in region.area.finditer(page.source):
        yield from _coded("area code", found.group(1), "")


def _coded(source: str, code: str, at: str) -> Iterator[Signal]:
    if code in places().by_code:
        yield Signal(_FIELD, source, code, at)


def _printed(name: Name | None, counts: dict[str, int], numbers: list[Signal]) -> Iterator[Signal]:
    """The region that the agency's name begins with; a name that several regions bear needs the others to be named."""
    if name is None or not name.codes:
        return
    context = {up for code in counts for up in ancestors(code) if code not in name.codes}
    context |= {up for signal in numbers for up in ancestors(signal.value)}
    code = settle(name.codes, {up for up in context if not up.endswith("0000")} or context) or settle(
        name.codes, context
    )
    if code:
        yield Signal(_FIELD, "agency", code, name.at)


def _in_text(name: Name | None, counts: dict[str, int], numbers: list[Signal], page: Page) -> Iterator[Signal]:
    """The short name's body in the text, behind a region of its class that the page names or codes elsewhere too."""
    if name is None or name.codes or not name.body:
        return
    for found in re.finditer(re.escape(name.body), page.text):
        for code in _before(page.text, found.start()):
            known = counts.get(code, 0) >= _SPOKEN_OFTEN or any(related(code, signal.value) for signal in numbers)
            if known and (not name.level or _of_class(code, name.level)):
                yield Signal(_FIELD, "text", code, page.locate(found.start(), found.end()))


def _before(text: str, end: int) -> Iterator[str]:
    for start in range(max(0, end - 12), end - 1):
        codes = places().names.get(text[start:end])
        if codes is not None:
            code = settle(codes, ())
            if code:
                yield code
            return


def _places(name: Name | None, counts: dict[str, int]) -> Iterator[Signal]:
    """The region that the text speaks of most, of the class that the level word asks for."""
    word = name.level if name is not None else ""
    fitting = {code: count for code, count in counts.items() if not word or _of_class(code, word)}
    ranked = sorted(fitting.items(), key=lambda item: -item[1])
    if ranked and ranked[0][1] >= _SPOKEN_OFTEN and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]):
        yield Signal(_FIELD, _SPOKEN, ranked[0][0], "")


def level_of(name: Name | None, code: str) -> str:
    """national | province | prefecture | county | township; empty when neither name nor code says it."""
    if name is not None and name.national:
        return "national"
    if name is not None and agencies().township.search(name.body):
        return "township"
    if not code or (name is not None and name.codes and name.kept and code in places().parents and _zoned(name)):
        return ""
    return places().by_code[code].level


def _zoned(name: Name) -> bool:
    """Whether the name is of a zone or a branch, whose rank its region does not tell."""
    return bool(agencies().zones.search(name.printed) or agencies().branch.search(name.printed))
