"""The number grammar: a normalised string comes in, what it says as numbers goes out, never a guess.

A cell is read whole or not at all. In prose every number is found and told apart: a date, a document number, a phone
number or an outline digit is no count, and what could be read in two ways is `unreadable`. The words are data
(data/lookups/numbers.yml); here is only how they combine.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from transforms.model import Bound
from transforms.numerals import (
    LARGE,
    Kind,
    Shape,
    UnitGroup,
    Words,
    digits_value,
    point_value,
    scale_factor,
    scaled_value,
    vocabulary,
)

_YEAR = "(?:19|20)[0-9]{2}"
# Digits that stand together are taken together: half of a broken number would be a wrong one.
_ARABIC = rf"[0-9]+(?:(?:, *|\s+|[.'] ?)(?!{_YEAR} ?年)[0-9]+)*"
_CLAUSE = re.compile(r"[^,。;:!?\n]*\Z")
_NEXT_OF_LIST = re.compile(rf" *[,、] *(?!{_YEAR} ?年)[0-9]")
_ITEM_START = re.compile(r"(?:^|[\n。;!?]) *\Z")
_BROKEN = re.compile(r"(?:[0-9](?:\s+|, *)?|[.'] ?)\Z")
_BROKEN_AT = frozenset(" \t\n,.'0123456789")
_LONGEST_BEFORE = 5


@dataclass(frozen=True, slots=True)
class Number:
    """A number as read. `text[start:end]` is `printed`: its words of approximation, digits, scale and unit.

    `value` is NaN where nothing sure can be said (kind `unreadable`, and the shapes that are no quantity). Money is in
    yuan and percentages are in percent; `unit` is the counted word as printed, `元` for money, `%` for percentages.
    """

    value: float
    bound: Bound
    start: int
    end: int
    unit: str
    is_percent: bool
    printed: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The vocabulary compiled: where a number may start, what it may be, and what the words around it mean."""

    start: re.Pattern[str]
    word: re.Pattern[str]
    shape: re.Pattern[str]
    number: re.Pattern[str]
    before: re.Pattern[str]
    before_scale: re.Pattern[str]
    first: re.Pattern[str]
    tails: frozenset[str]
    lists: re.Pattern[str]
    scales: re.Pattern[str]
    bounds: dict[str, Bound]
    groups: dict[str, UnitGroup]


def read_number(text: str) -> Number | None:
    """The number that the whole string is, as in a table cell; None when it is anything else or not sure."""
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    grammar = _grammar()
    before = grammar.first.match(text, start, end)
    match = grammar.number.fullmatch(text, before.end() if before else start, end)
    if match is None or match[0] in vocabulary().lone or _is_damaged(text, start, end):
        return None
    number = _number(text, start, match, before[1] if before else "")
    is_broken = _is_counted(number) and not number.value.is_integer()
    return number if number.kind in ("count", "percent") and not is_broken else None


def find_numbers(text: str) -> list[Number]:
    """Every number in prose from left to right, each with its kind; spans never overlap."""
    found: list[Number] = []
    grammar, place = _grammar(), 0
    while (first := grammar.start.search(text, place)) is not None:
        word = grammar.word.match(text, first.start())
        if word is not None:
            place = word.end()
            continue
        shape = _shape(text, first.start())
        number = shape or _quantity(text, first.start(), place)
        place = number.end
        if shape is not None or not _is_idle(number):
            found.append(number)
    return found


def read_change(text: str) -> Number | None:
    """A signed change, as in a column of increases: a sign or its word; a number without a sign is an increase."""
    words = vocabulary().changes
    printed = text.strip()
    if printed in words["none"]:
        return Number(0.0, "", 0, len(text), "", is_percent=False, printed=printed, kind="count")
    for spelt, sign in ((words["up"], 1), (words["down"], -1)):
        for word in sorted(spelt, key=len, reverse=True):
            number = read_number(printed.removeprefix(word)) if printed.startswith(word) else None
            if number is not None:
                return replace(number, value=sign * number.value + 0.0, start=0, end=len(text), printed=printed)
    return read_number(text)


def _shape(text: str, start: int) -> Number | None:
    """A date, document number, phone number, ordinal or other figure that counts nothing."""
    match = _grammar().shape.match(text, start)
    if match is None:
        return None
    kind: Kind = match.lastgroup  # type: ignore[assignment]
    value = _year(match[0]) if kind == "year" else math.nan
    return Number(value, "", start, match.end(), "", False, match[0], kind)


def _year(printed: str) -> float:
    """The year that begins a shape: four digits or numerals, or two that stand for a year since 2000."""
    value = digits_value(printed[:4])
    return 2000.0 + int(printed[:2]) if value is None else value


def _quantity(text: str, start: int, place: int) -> Number:
    """The number whose digits begin at `start`; its words of approximation begin at `place` or later."""
    grammar = _grammar()
    match = grammar.number.match(text, start)
    assert match is not None  # every start of a number is a number
    is_bare = grammar.scales.fullmatch(match["digits"] or "") is not None
    before = None
    if text[start - 1 : start] in grammar.tails:
        pattern = grammar.before_scale if is_bare else grammar.before
        before = pattern.search(text, max(place, start - _LONGEST_BEFORE), start)
    number = _number(text, before.start() if before else start, match, before[1] if before else "")
    if _is_damaged(text, start, number.end) or _is_doubtful(text, number, match):
        return replace(number, value=math.nan, kind="unreadable")
    is_loose = number.kind == "count" and not number.unit and not number.bound
    is_figure = match["digits"].isascii() and number.value.is_integer() if is_loose else True
    return number if is_figure else replace(number, kind="other")


def _number(text: str, start: int, match: re.Match[str], before: str) -> Number:
    grammar = _grammar()
    unit, group = match["unit"] or "", grammar.groups.get(match["unit"] or "", "count")
    words = (before, match["more"], match["extra"], match["after"])
    bounds = {grammar.bounds[word] for word in words if word}
    if not bounds and group != "money" and _is_rounded(match):
        bounds = {"about"}
    bound: Bound = bounds.pop() if len(bounds) == 1 else "about" if bounds else ""
    value = _value(match, bound)
    is_percent = match["percent"] is not None or match["share"] is not None
    kind: Kind = "percent" if is_percent else "other" if group == "measure" else "count"
    printed = text[start : match.end()]
    if value is None:
        return Number(math.nan, bound, start, match.end(), unit, is_percent, printed, "unreadable")
    return Number(value, bound, start, match.end(), "%" if is_percent else unit, is_percent, printed, kind)


def _value(match: re.Match[str], bound: Bound) -> float | None:
    share, digits, scale = match["share"], match["digits"], match["scale"]
    if _grammar().scales.fullmatch(share or digits):
        factor = scale_factor((share or digits) + (scale or "")) if bound or share else None
        return None if factor is None else float(factor)
    if share is not None:
        return point_value(share)
    return digits_value(digits) if scale is None else scaled_value(digits, scale)


def _is_rounded(match: re.Match[str]) -> bool:
    """Whether the number is printed in thousands or ten thousands: 1.17万 says nothing of the last digits."""
    digits = match["digits"] or " "
    if _grammar().scales.fullmatch(digits):
        return False
    return vocabulary().scales.get((match["scale"] or digits)[-1], 0) >= (LARGE if match["scale"] is None else 1)


def _is_counted(number: Number) -> bool:
    """Whether the number is said to count things, which come in whole numbers."""
    return number.kind == "count" and number.unit != "" and _grammar().groups[number.unit] == "count"


def _is_damaged(text: str, start: int, end: int) -> bool:
    """Whether a lost character stands at either side: a digit may be lost with it."""
    return any(character in vocabulary().damage for character in text[max(start - 1, 0) : start] + text[end : end + 1])


def _is_doubtful(text: str, number: Number, match: re.Match[str]) -> bool:
    """Whether the prose around the number allows another reading of it."""
    start, digits = match.start(), match["digits"] or ""
    before = text[start - 1 : start]
    if digits[:1] in vocabulary().scales and before in tuple(vocabulary().vague):
        return True
    if before in _BROKEN_AT and _BROKEN.search(text, max(0, start - _LONGEST_BEFORE), start):
        return True
    is_whole = match["scale"] is not None and number.value.is_integer()
    if "." in digits and ((_is_counted(number) and not is_whole) or _ITEM_START.search(text, 0, start)):
        return True
    return "," in digits and _is_list(text, number, digits)


def _is_list(text: str, number: Number, digits: str) -> bool:
    """Whether 123,456 can be two numbers: not with a leading zero, nor before its unit outside a list."""
    if any(group[0] == "0" for group in digits.split(",")):
        return False
    clause = _CLAUSE.search(text, 0, number.start)
    in_list = clause is not None and _grammar().lists.search(clause[0]) is not None
    return not number.unit or in_list or _is_followed(text, number)


def _is_followed(text: str, number: Number) -> bool:
    """Whether the next number of a list follows: one of the same unit, or of none."""
    joint = _NEXT_OF_LIST.match(text, number.end)
    following = _grammar().number.match(text, joint.end() - 1) if joint else None
    return following is not None and (following["unit"] or number.unit) == number.unit


def _is_idle(number: Number) -> bool:
    """A Chinese numeral that is part of a word, or a scale that is part of a unit."""
    if number.printed[0].isascii() or number.kind not in ("count", "other", "unreadable") or number.bound:
        return False
    if _grammar().scales.match(number.printed) and number.kind == "unreadable":
        return True
    return not number.unit and (math.isnan(number.value) or len(number.printed) == 1)


@cache
def _grammar() -> _Grammar:
    words = vocabulary()
    counted = [spelt for group in words.units.values() for spelt in group]
    unit, more = _alternatives(counted), _alternatives(words.after_digits)
    numerals = "".join((set(words.digits) | set(words.scales) | set(words.tens)) - set(words.inner))
    spoken = f"[{numerals}][{numerals}{words.inner}]*"
    scales = "".join(words.scales)
    names = {"{N}": "[0-9]+", "{Y}": _YEAR, "{U}": f"(?:{unit})", "{A}": f"(?:{more})", "{C}": spoken}
    centuries = "".join(character for character, value in words.digits.items() if value in (1, 2))
    names["{CY}"] = f"[{centuries}][{''.join(words.digits)}]{{3}}"
    before, before_scale = _alternatives(words.before), _alternatives(words.before + words.before_scale)
    heads = {word[0] for spelt in counted + list(words.after_digits) for word in spelt.words}
    all_words = [*words.before, *words.before_scale, *words.after_digits, *words.after_unit]
    return _Grammar(
        start=re.compile(
            f"[0-9{numerals}](?:(?<=[0-9])|(?=[{numerals}{words.inner}{''.join(heads)}{re.escape(words.joints)} ]))"
        ),
        word=re.compile("|".join(_named(pattern, names) for pattern in words.words)),
        shape=re.compile("|".join(_shape_pattern(shape, names) for shape in words.shapes)),
        number=re.compile(
            rf"(?:{words.percent_of}(?P<share>[0-9]+(?:\.[0-9]+)?|{spoken}(?:{words.point}{spoken})?)|"
            rf"(?P<digits>{_ARABIC}|{spoken})(?: ?(?P<more>{more}))?(?P<scale>[{scales}][{scales}0-9]*)?"
            rf"(?P<extra>{more})?)(?: ?(?P<percent>%)| ?(?P<unit>{unit}))?(?P<after>{_alternatives(words.after_unit)})?"
        ),
        before=re.compile(rf"({before}) ?\Z"),
        before_scale=re.compile(rf"({before_scale}) ?\Z"),
        first=re.compile(rf"({before}|(?:{_alternatives(words.before_scale)})(?=[{scales}])) ?"),
        tails=frozenset({" "} | {word[-1] for spelt in words.before + words.before_scale for word in spelt.words}),
        lists=re.compile("|".join(words.lists)),
        scales=re.compile(f"[{scales.replace('十', '').replace('拾', '')}]+"),
        bounds={word: spelt.bound for spelt in all_words for word in spelt.words},
        groups={word: group for group, spelts in words.units.items() for spelt in spelts for word in spelt.words},
    )


def _named(pattern: str, names: dict[str, str]) -> str:
    for name, meaning in names.items():
        pattern = pattern.replace(name, meaning)
    return pattern


def _shape_pattern(shape: Shape, names: dict[str, str]) -> str:
    return f"(?P<{shape.kind}>{'|'.join(_named(pattern, names) for pattern in shape.patterns)})"


def _alternatives(groups: Iterable[Words]) -> str:
    """The words, longest first, each kept from being a part of another word."""
    spelt = [(word, group) for group in groups for word in group.words]
    return "|".join(_bounded(word, group) for word, group in sorted(spelt, key=lambda pair: -len(pair[0])))


def _bounded(word: str, group: Words) -> str:
    behind = f"(?<![{group.unless_after}])" if group.unless_after else ""
    ahead = f"(?![{group.unless_before}])" if group.unless_before else ""
    return f"{behind}{re.escape(word)}{ahead}"
