"""A printed label becomes the keys that it can be found by, and the unit that it states."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.forms import label_key
from transforms.units import BETWEEN, stated_units
from transforms.values import label_words, units

_BRACKETS = re.compile(r"\([^()]*\)")


class Label(NamedTuple):
    """What a printed label can be compared by, best first, and its unit: 收费总数（元） is 收费总数, in 元.

    `unit` may hold several (see `units.stated_units`): in which, the number itself decides.
    """

    keys: tuple[str, ...]
    unit: str = ""

    @property
    def key(self) -> str:
        """The label as printed, hanzi only."""
        return self.keys[0]


@lru_cache(1 << 16)
def label(text: str) -> Label:
    """The label that a text is: as printed, without its unit, without an explanation between brackets."""
    stated = _unit().search(text)
    bare = text[: stated.start()] if stated else text
    spellings = (text, bare, _BRACKETS.sub(_explained, bare), _BRACKETS.sub(_explained, text))
    keys = dict.fromkeys(map(label_key, spellings))
    return Label(tuple(key for key in keys if key) or ("",), BETWEEN.join(_units(text, stated)))


def _units(text: str, stated: re.Match[str] | None) -> tuple[str, ...]:
    """The units at the end of a label, between its brackets, and those of money or of a scale wherever they stand."""
    ending = stated["unit"] if stated else ""
    if _money_or_scale().search(text) is None:
        return (ending,)
    signs = " ".join(_signs().findall(text))
    return stated_units(" ".join([*_BRACKETS.findall(text), ending, signs]))


def is_slip(left: str, right: str) -> bool:
    """Whether two labels differ by one character put in, left out or exchanged, and by none that bears meaning."""
    if abs(len(left) - len(right)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    skip_left, skip_right = int(len(left) >= len(right)), int(len(right) >= len(left))
    if left[start + skip_left :] != right[start + skip_right :]:
        return False
    changed = left[start : start + skip_left] + right[start : start + skip_right]
    return not set(changed) & set(label_words()["meaning"])


def _explained(brackets: re.Match[str]) -> str:
    restricting = set(brackets[0]) & set(label_words()["restricting"])
    return brackets[0] if restricting else ""


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(label_words()["currency"])


@cache
def _money_or_scale() -> re.Pattern[str]:
    return re.compile(label_words()["money_or_scale"])


@cache
def _unit() -> re.Pattern[str]:
    alternatives = "|".join(sorted(units(), key=len, reverse=True))
    return re.compile(label_words()["unit"].replace("UNIT", alternatives))
