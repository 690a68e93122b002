"""How a clerk writes numbers: values come in, printed texts go out, and the state that a reader must find for each.

`number` is the shape of a number, `empty` what a share of the zeros is written as (domain.md §10.C and D).
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.corpus.grids import shape

NUMBERS: dict[str, Callable[[float], str]] = {
    "plain": shape,
    "1,234": lambda value: _grouped(value, ","),
    "1，234": lambda value: _grouped(value, "，"),
    "full width": lambda value: shape(value).translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"}),
    "12.0": lambda value: f"{shape(value)}.0" if value == int(value) else shape(value),
    "12件": shape,  # the unit is known to `written` alone
    "padded": lambda value: f"\u3000{shape(value)}\xa0",
}
EMPTY = {"0": "reported", "": "blank"} | dict.fromkeys(("/", "-", "—", "——", "－", "\\", "无", "N/A"), "mark")


@dataclass(frozen=True)
class Hand:
    """How one report is written."""

    number: str = "plain"
    empty: str = "0"
    share: float = 0.0
    money: str = "万元"


def hand(rng: Random, *, full: bool) -> Hand:
    """A hand drawn at random; a `full` one leaves no cell without a number."""
    empty = "0" if full else rng.choice(("0", "0", *EMPTY))
    number = rng.choice(("plain", "plain", *NUMBERS))
    return Hand(number, empty, rng.choice((0.1, 0.5, 1.0)) if empty != "0" else 0.0, rng.choice(("元", "万元", "")))


def written(metric: str, value: float, unit: str, one: Hand, rng: Random) -> str:
    """What stands in a cell."""
    if value == 0 and rng.random() < one.share:
        return one.empty
    if metric.endswith("_change"):
        return _signed(int(value), rng)
    if metric.endswith("_amount"):
        return shape(value) + (one.money if value else "")
    return shape(value) + unit if one.number == "12件" else NUMBERS[one.number](value)


def _grouped(value: float, mark: str) -> str:
    whole, dot, rest = shape(value).partition(".")
    return f"{int(whole):,}".replace(",", mark) + dot + rest


def _signed(value: int, rng: Random) -> str:
    if value == 0:
        return rng.choice(("0", "持平"))
    shapes = ("+{}", "增{}", "增加{}", "{}") if value > 0 else ("-{}", "减{}", "减少{}", "－{}")
    return rng.choice(shapes).format(abs(value))
