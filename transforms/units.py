"""Which units a few words state: those of a label, of a note behind a number, of a line above a table.

In: normalised text that can state a unit (`单位:元`, `以万元计`, `条、件、元`). Out: the units as metrics write them.
What speaks of money, or of a scale, in any other way states `?元` or `?`: a unit that no number can be taken in.
"""

import re
from functools import cache, lru_cache

from transforms.values import label_words, units

UNKNOWN = "?"
_YUAN = "元"
BETWEEN = "、"  # several units said together


@lru_cache(1 << 16)
def stated_units(text: str) -> tuple[str, ...]:
    """The units that a text states, each once, in their order."""
    found = dict.fromkeys(filter(None, map(_unit, _filler().sub(" ", text).split())))
    if _currency().search(text) and not any(is_money(unit) for unit in found):
        found[UNKNOWN + _YUAN] = None
    return tuple(found)


def is_only_units(text: str) -> bool:
    """Whether a text says nothing but units."""
    return bool(stated_units(text)) and all(map(_unit, _filler().sub(" ", text).split()))


def is_money(unit: str) -> bool:
    """Whether a unit counts money."""
    return unit.endswith(_YUAN)


def unit_among(stated: str, money: bool) -> str:
    """Of units said together, the one of money or of things; unknown where two of them are not alike."""
    if BETWEEN not in stated:
        return stated
    own = [unit for unit in stated.split(BETWEEN) if unit and is_money(unit) == money]
    scales = {scale_of(unit) for unit in own}
    return own[0] if len(scales) == 1 else UNKNOWN + _YUAN * money if own else ""


def scale_of(unit: str) -> str:
    """The scale of a unit: 万 of 万元; of one that is not understood it is unlike all others."""
    return UNKNOWN if UNKNOWN in unit else unit[: len(unit) - len(unit.lstrip(label_words()["scales"]))]


def _unit(word: str) -> str:
    """The unit that a word is; unknown where it only looks like one, empty where it is none."""
    spelt = word.translate(_spellings())
    if spelt in units():
        return spelt
    if _money().search(spelt):
        return UNKNOWN + _YUAN
    return UNKNOWN if _scaled().fullmatch(spelt) else ""


@cache
def _spellings() -> dict[int, str]:
    return str.maketrans(label_words()["unit_spellings"])


@cache
def _filler() -> re.Pattern[str]:
    return re.compile(label_words()["unit_filler"])


@cache
def _currency() -> re.Pattern[str]:
    return re.compile(label_words()["currency"])


@cache
def _money() -> re.Pattern[str]:
    return re.compile(label_words()["money_word"].replace("SCALE", f"[{label_words()['scales']}]"))


@cache
def _scaled() -> re.Pattern[str]:
    alternatives = "|".join(sorted(units(), key=len, reverse=True))
    return re.compile(label_words()["scaled_word"].replace("UNIT", alternatives))
