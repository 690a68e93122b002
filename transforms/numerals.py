"""What printed digits are worth: Chinese numerals and digit groups come in, a value or None goes out.

The characters are data (data/lookups/numbers.yml). What can be read in two ways has no value: 1 234, 12,34, 05.
"""

import re
from decimal import Decimal
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from transforms.forms import load
from transforms.model import Bound

_PLAIN = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,9})?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){1,4}|(?:'[0-9]{3}){1,4})(?:\.[0-9]{1,9})?")
_PART = re.compile(r"([0-9]+)([^0-9]*)")
LARGE = 10_000

Kind = Literal["count", "percent", "year", "date", "document_number", "phone", "ordinal", "other", "unreadable"]
UnitGroup = Literal["count", "money", "measure"]


class Words(BaseModel):
    """Words of one meaning, and the neighbours that would make them part of another word."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    words: tuple[str, ...]
    bound: Bound = ""
    unless_after: str = ""
    unless_before: str = ""


class Shape(BaseModel):
    """Patterns of one kind of number that counts nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Kind
    patterns: tuple[str, ...]


class Vocabulary(BaseModel):
    """All that data/lookups/numbers.yml declares."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    digits: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    inner: str
    damage: str
    lone: tuple[str, ...]
    vague: str
    joints: str
    percent_of: str
    point: str
    before: tuple[Words, ...]
    before_scale: tuple[Words, ...]
    after_digits: tuple[Words, ...]
    after_unit: tuple[Words, ...]
    units: dict[UnitGroup, tuple[Words, ...]]
    shapes: tuple[Shape, ...]
    words: tuple[str, ...]
    lists: tuple[str, ...]
    changes: dict[Literal["up", "down", "none"], tuple[str, ...]]


@cache
def vocabulary() -> Vocabulary:
    """The declared words of numbers."""
    return Vocabulary.model_validate(load("lookups/numbers.yml"))


def digits_value(printed: str) -> float | None:
    """`printed` in ASCII digits (with a point or groups of three) or in Chinese numerals; None when not sure."""
    if not printed[0].isascii():
        return spoken_value(printed)
    if _PLAIN.fullmatch(printed) or _GROUPED.fullmatch(printed):
        return float(printed.replace(",", "").replace("'", ""))
    return None


def point_value(printed: str) -> float | None:
    """A Chinese numeral with a decimal point in words, or any other digits."""
    whole, point, places = printed.partition(vocabulary().point)
    value = digits_value(whole)
    decimals = places.translate(_standard())
    if not point or value is None:
        return value
    return float(f"{value:.0f}.{decimals}") if decimals.isdigit() else None


def scaled_value(digits: str, scale: str) -> float | None:
    """Digits with their scale: `1.17` and `万`, `12` and `万3千`; None when the parts do not nest."""
    first = re.split("[0-9]", scale, maxsplit=1)[0]
    high, factor = digits_value(digits), scale_factor(first)
    if high is None or factor is None:
        return None
    low = _nested(scale[len(first) :], factor)
    if low is None or (low and not high.is_integer()):
        return None
    return float(Decimal(repr(high)) * factor + low)


def scale_factor(scales: str) -> int | None:
    """One scale, or a small one before a large one: ten million is a thousand times ten thousand."""
    factors = [vocabulary().scales.get(character, 0) for character in scales]
    if 0 in factors:
        return None
    if len(factors) == 1:
        return factors[0]
    is_nested = len(factors) == 2 and factors[0] < factors[1] and factors[1] >= LARGE
    return factors[0] * factors[1] if is_nested else None


def spoken_value(printed: str) -> float | None:
    """Chinese numerals, positional or spoken; None when not sure."""
    standard = printed.translate(_standard())
    value = _positional(standard) if standard.isdigit() else _spoken(standard)
    return None if value is None else float(value)


def _nested(rest: str, above: int) -> int | None:
    """The worth of what follows a scale: each part below the one before; bare digits must fill their places."""
    total = 0
    for digits, scales in _PART.findall(rest):
        factor = scale_factor(scales) if scales else 1
        if factor is None or int(digits) * factor >= above or (not scales and 10 ** len(digits) != above):
            return None
        total, above = total + int(digits) * factor, factor
    return total


def _positional(digits: str) -> int | None:
    """Digit for digit. Two digits without a zero are a guess: seven-eight is seven or eight."""
    if len(digits) == 1:
        return int(digits)
    is_sure = digits[0] != "0" and len(digits) <= 15 and (len(digits) > 2 or "0" in digits)
    return int(digits) if is_sure else None


def _spoken(text: str) -> int | None:
    for scale, factor in _descending():
        head, found, tail = text.partition(scale)
        if found:
            high, low = _head(head, factor), _tail(tail, factor)
            return None if high is None or low is None else high * factor + low
    return int(text) if len(text) == 1 else None


def _head(text: str, factor: int) -> int | None:
    if not text:
        return 1 if factor == 10 else None
    if factor < LARGE and len(text) > 1:
        return None
    value = _spoken(text)
    return value if value is not None and 0 < value < factor else None


def _tail(text: str, factor: int) -> int | None:
    """What follows a scale: nothing, a zero and less, the next digit alone (two hundred five: 250), the rest."""
    if not text:
        return 0
    if text[0] == "0":
        value, limit = _spoken(text[1:]), factor // 10
    elif len(text) == 1 and text.isdigit() and factor > 10:
        value, limit = int(text) * factor // 10, factor
    else:
        value, limit = _spoken(text), factor
    return value if value is not None and 0 < value < max(limit, 10) else None


@cache
def _standard() -> dict[int, str]:
    words = vocabulary()
    canonical = {factor: scale for scale, factor in reversed(words.scales.items())}
    digits = {character: str(value) for character, value in words.digits.items()}
    tens = {character: f"{value // 10}{canonical[10]}" for character, value in words.tens.items()}
    scales = {character: canonical[factor] for character, factor in words.scales.items()}
    return str.maketrans(digits | tens | scales)


@cache
def _descending() -> tuple[tuple[str, int], ...]:
    canonical = {factor: scale for scale, factor in reversed(vocabulary().scales.items())}
    return tuple((canonical[factor], factor) for factor in sorted(canonical, reverse=True))
