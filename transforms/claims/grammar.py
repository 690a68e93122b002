"""Quantities and their patterns: data/claims/quantities.yml compiled into a few expressions over concept characters.

In: the declared file. Out: Grammar, which names the quantity that a clause states.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from transforms.claims.lexicon import BLANK, NOUGHT, UNKNOWN, lexicon
from transforms.forms import DeclarationError, load

_SYMBOL = re.compile(r"[A-Za-z][a-z_0-9]*|[()|?*+]|_|\s+")
_LITERAL = "()|?*+"
_REMEMBERED = 20_000


class Quantity(BaseModel):
    """One thing that prose can state; the keys are explained in quantities.yml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    metric: str
    topic: str
    units: str
    total: bool = False
    list: bool = False
    kinds: bool = False
    family: str = ""
    opens: str = ""
    ends: int = 9999
    named: tuple[str, ...] = ()
    is_channel: bool = False
    rest: bool = False
    twin: bool = False
    falls: str = ""
    divided: str = ""
    stock: str = ""
    under: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    headed: str = ""
    before: dict[int, str] = {}
    since: dict[int, str] = {}
    say: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    nought: tuple[str, ...] = ()

    def metric_in(self, year: int | None) -> str:
        """The code under which the quantity is published for a fiscal year."""
        if year is None:
            return self.metric
        earlier = [code for limit, code in self.before.items() if year < limit]
        later = [code for first, code in self.since.items() if year >= first]
        return (earlier + later + [self.metric])[0]


class Said(NamedTuple):
    """A quantity that a run of codes states, and from where to where."""

    quantity: Quantity
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Patterns:
    """Alternatives of one expression, compiled when it is first asked; each named group is one quantity.

    The same few runs of codes come back in every report, so answers are remembered.
    """

    alternatives: str
    groups: dict[str, Quantity]

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """What searches; few pages need all of the grammar."""
        return re.compile(self.alternatives)

    @lru_cache(maxsize=_REMEMBERED)  # noqa: B019  # patterns live as long as the process
    def search(self, codes: str) -> Said | None:
        """The first and longest run of `codes` that states a quantity."""
        return self._said(self.expression.search(codes))

    @lru_cache(maxsize=_REMEMBERED)  # noqa: B019
    def fullmatch(self, codes: str) -> Said | None:
        """The quantity that all of `codes` states."""
        return self._said(self.expression.fullmatch(codes))

    def _said(self, match: re.Match[str] | None) -> Said | None:
        if match is None or match.lastgroup is None:
            return None
        return Said(self.groups[match.lastgroup], match.start(), match.end())


@dataclass(frozen=True, slots=True)
class Grammar:
    """`say` needs no context, `within` is by topic, `last` by family, `zero` and `done` follow a negation,
    `alike` what says `all of them`,
    `nought` a figure that is 0 ends."""

    say: Patterns
    zero: Patterns
    done: Patterns
    alike: Patterns
    nought: Patterns
    within: dict[str, Patterns]
    last: dict[str, Patterns]
    quantities: dict[str, Quantity]


@cache
def grammar() -> Grammar:
    """The declared quantities, read once."""
    found = {metric: Quantity(metric=metric, **body) for metric, body in load("claims/quantities.yml").items()}
    every = tuple(found.values())
    topics = dict.fromkeys(quantity.topic for quantity in every)
    families = dict.fromkeys(quantity.family for quantity in every if quantity.last)
    return Grammar(
        _patterns((quantity, quantity.say) for quantity in every),
        _patterns((quantity, quantity.zero) for quantity in every),
        _patterns((quantity, quantity.done) for quantity in every),
        _patterns((quantity, quantity.alike) for quantity in every),
        _patterns((quantity, quantity.nought) for quantity in every),
        {topic: _patterns((q, q.within) for q in every if q.topic == topic) for topic in topics},
        {family: _patterns((q, q.last) for q in every if q.family == family) for family in families},
        found,
    )


def _patterns(declared: Iterable[tuple[Quantity, tuple[str, ...]]]) -> Patterns:
    groups: dict[str, Quantity] = {}
    branches: list[str] = []
    for quantity, patterns in declared:
        for pattern in patterns:
            name = f"q{len(groups)}"
            groups[name] = quantity
            branches.append(f"(?P<{name}>{_expression(pattern, quantity)})")
    return Patterns("|".join(branches) or r"(?!)", groups)


def _expression(pattern: str, quantity: Quantity) -> str:
    symbols = _SYMBOL.findall(pattern)
    if "".join(symbols) != pattern:
        raise DeclarationError(f"data/claims/quantities.yml: {quantity.metric}: {pattern} is not a pattern")
    return "".join(_symbol(symbol, quantity) for symbol in symbols).replace("(", "(?:")


def _symbol(symbol: str, quantity: Quantity) -> str:
    if symbol in _LITERAL or symbol.isspace():
        return symbol.strip()
    if symbol == "_":
        return UNKNOWN
    if symbol == "N":
        return _figure_class(quantity.units)
    if symbol not in lexicon().concepts:
        raise DeclarationError(f"data/claims/quantities.yml: {quantity.metric}: no concept {symbol}")
    return lexicon().concepts[symbol]


def _figure_class(units: str) -> str:
    codes = "".join(lexicon().units[unit] for unit in lexicon().classes[units])
    return f"[{codes}{NOUGHT}{BLANK}]"
