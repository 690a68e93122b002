"""What a report says beside its tables: sentences drawn from said.yml, each with the numbers that it states."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.corpus.bonds import KINDS, Key, Numbers, bonds
from tests.corpus.grids import shape

SENTENCES = (2, 5)
_SLOT = re.compile(r"\{(\w+)\}")
_FILE = Path(__file__).parent / "said.yml"


@dataclass(frozen=True)
class Sentence:
    """A wording with numbers in it; `closed` is the total that the others must make, `zero` what it denies."""

    text: str
    values: Mapping[str, float]
    closed: str = ""
    zero: tuple[str, ...] = ()

    @property
    def metrics(self) -> frozenset[str]:
        """What it speaks of."""
        return frozenset((*self.values, *self.zero))

    @property
    def printed(self) -> str:
        """As the clerk wrote it."""
        return self.text.format(**{metric: shape(value) for metric, value in self.values.items()})

    @property
    def adds_up(self) -> bool:
        """Whether the parts of a closed list make its total."""
        parts = sum(value for metric, value in self.values.items() if metric != self.closed)
        return not self.closed or parts == self.values[self.closed]

    def saying(self, metric: str, value: float) -> "Sentence":
        """The same with one number changed."""
        return replace(self, values={**self.values, metric: value})


def stated(sentences: Sequence[Sentence], kind: str) -> dict[Key, float]:
    """The numbers of the prose by the keys that the rules of this kind of report know."""
    known = _known(kind)
    said = {metric: value for one in sentences for metric, value in one.values.items()}
    said |= dict.fromkeys((metric for one in sentences for metric in one.zero), 0.0)
    return {known[metric]: value for metric, value in said.items() if metric in known}


def sentences(kind: str, tables: Numbers, rng: Random, about: str = "") -> tuple[Sentence, ...]:
    """Some sentences that agree with the tables, no quantity in two of them; one of them `about` a metric, if named."""
    truths = _truths(kind, tables)
    drawn = [_filled(body, truths, rng) for body in _wordings(kind)]
    rng.shuffle(drawn)
    drawn.sort(key=lambda one: about not in one.metrics)
    found: list[Sentence] = []
    for one in drawn[: 4 * SENTENCES[1]]:
        free = not any(one.metrics & other.metrics for other in found)
        true = not any(truths.get(metric) for metric in one.zero)
        if free and true and len(found) < rng.randint(*SENTENCES):
            found.append(one)
    return tuple(found)


def denial(kind: str, metric: str) -> Sentence:
    """The sentence that says there was none of a quantity. Raises StopIteration where there is no such wording."""
    return next(Sentence(b["text"], {}, zero=tuple(b["zero"])) for b in _wordings(kind) if metric in b.get("zero", ()))


def _filled(body: Mapping[str, Any], truths: Mapping[str, float], rng: Random) -> Sentence:
    metrics = _SLOT.findall(body["text"])
    values = {metric: truths[metric] if metric in truths else _free(metric, truths, rng) for metric in metrics}
    return Sentence(body.get("under", "") + body["text"], values, body.get("closed", ""), tuple(body.get("zero", ())))


def _free(metric: str, truths: Mapping[str, float], rng: Random) -> float:
    """A number that no table holds: small, and fit for the bounds of prose."""
    if metric == "requests_closed_extended":
        return rng.randint(0, int(truths["requests_closed"]))
    most = {"processing_fee_notices": (6, 9), "processing_fees_noticed_yuan": (600, 900)}
    return rng.randint(*most.get(metric, (1, 6)))


def _truths(kind: str, tables: Numbers) -> dict[str, float]:
    """What the tables say of every quantity of the prose, in its first meaning."""
    found = {}
    for bond in bonds(kind):
        (_, left), right = bond.left[0], bond.readings[0]
        if left[0] == "said" and bond.relation == "=" and all(key in tables for _, key in right):
            found.setdefault(left[1], round(sum(sign * tables[key] for sign, key in right), 6))
    return found


@cache
def _known(kind: str) -> dict[str, Key]:
    return {key[1]: key for bond in bonds(kind) for key in bond.keys if key[0] == "said"}


@cache
def _wordings(kind: str) -> list[dict[str, Any]]:
    groups = [name for name, kinds in KINDS.items() if kind in kinds] + [kind]
    found: list[dict[str, Any]] = [body for name in groups for body in _written().get(name, ())]
    return found


@cache
def _written() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return found
