"""Every rule that binds the numbers of a chain of reports, stated a second time: numbers come in, broken rules go out.

The sums and bounds of the forms are those of tests/corpus/fills.py; bonds.yml writes out the others. Neither shares
code with the pipeline. A number is a key (place, metric, applicant); the places are the tables of the report (`now`),
of the one on the year before (`last`), and the prose (`said`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from tests.corpus import declared, fills, labels

Key = tuple[str, str, str]
Numbers = Mapping[Key, float]
Sum = tuple[tuple[int, Key], ...]
Fault = tuple[str, str]

KINDS = {"tables": ("form_2021", "form_2019"), "sheets": ("sheet_2014", "sheet_2008")}
KINDS["all"] = KINDS["tables"] + KINDS["sheets"]
FACTOR, BASE, TIMES, WITHIN = 5, 20, 10_000, 0.2
_FILE = Path(__file__).parent / "bonds.yml"


@dataclass(frozen=True)
class Bond:
    """One instance of a rule: the left side, and the readings of the right one, of which one must fit."""

    identity: str
    instance: str
    left: Sum
    relation: str
    readings: tuple[Sum, ...]
    zero: bool = False  # judged only where the left side is zero

    @cached_property
    def keys(self) -> frozenset[Key]:
        """Every number that the rule mentions."""
        return frozenset(key for side in (self.left, *self.readings) for _, key in side)

    def holds(self, numbers: Numbers) -> bool | None:
        """Whether the numbers keep it; None where one is missing or the rule does not speak of numbers so small."""
        if not self.keys <= numbers.keys():
            return None
        left, *rights = (sum(sign * numbers[key] for sign, key in side) for side in (self.left, *self.readings))
        if (self.zero and left) or (self.relation == "~" and rights[0] < BASE):
            return None
        return any(_fits(self.relation, round(left, 6), round(right, 6)) for right in rights)

    def breaking(self, key: Key, numbers: Numbers, by: float) -> float:
        """A value of one operand at which a rule that holds does not any more, missed `by` so much; all are there."""
        left, right = (sum(sign * numbers[k] for sign, k in side) for side in (self.left, self.readings[0]))
        if self.zero:
            return 0.0 if key[0] == "said" else numbers[key] + by
        if self.relation == "=":
            return numbers[key] + by
        if self.relation == "<=":
            up = {k: sign for sign, k in self.left} | {k: -sign for sign, k in self.readings[0]}
            return numbers[key] + up[key] * (right - left + by)
        other = right if key == self.left[0][1] else left
        return (FACTOR + 1) * other + BASE * FACTOR * 2 if self.relation == "~" else TIMES * other


def _fits(relation: str, left: float, right: float) -> bool:
    if relation == "=":
        return left == right
    if relation == "<=":
        return left <= right
    if relation == "~":
        return left <= FACTOR * right and right <= FACTOR * left
    return not any(one > 0 and abs(one - TIMES * other) <= WITHIN * TIMES * other for one, other in _both(left, right))


def _both(left: float, right: float) -> tuple[tuple[float, float], tuple[float, float]]:
    return (left, right), (right, left)


def broken(kind: str, numbers: Numbers) -> set[Fault]:
    """The rules, with their instances, that a report of this kind breaks."""
    return {(bond.identity, bond.instance) for bond in bonds(kind) if bond.holds(numbers) is False}


@cache
def bonds(kind: str) -> tuple[Bond, ...]:
    """Everything that binds a report of this kind."""
    sums = (_of_fill(rule) for section, form in declared.parts(kind).items() for rule in fills.rules(section, form))
    return (*sums, *(bond for name, body in _written().items() for bond in _of_text(name, body, kind)))


def _of_fill(rule: fills.Rule) -> Bond:
    """A sum or a bound of forms.yml; prior year and change not below zero is read as less lost than there was."""
    sign = -1 if rule.relation == fills.NOT_BELOW_ZERO else 1
    left, right = (tuple((1, ("now", *key)) for key in side) for side in (rule.left, rule.right))
    relation = "=" if rule.relation == fills.EQUAL else "<="
    return Bond(rule.identity, _instance(rule), tuple((sign, key) for _, key in left), relation, (right,))


def _instance(rule: fills.Rule) -> str:
    metric, applicant = rule.left[0]
    names = {"T3.ROW": metric, "T3.TOTAL": applicant, "T3.FLOW": applicant, "B13": rule.right[0][0]}
    return names.get(rule.identity, metric.removesuffix("_items_change") if rule.identity == "T2C.NONNEG" else "")


def _of_text(name: str, body: Mapping[str, Any], kind: str) -> Iterator[Bond]:
    if kind not in KINDS.get(body["in"], (body["in"],)):
        return
    over = labels.COLUMNS if body.get("over") == "columns" else body.get("over", [""])
    for instance in over:
        left, relation, right = _parted(body["is"].replace("{}", instance))
        readings = tuple(_sum(reading) for reading in right.split(" | "))
        yield Bond(name.split(" ")[0], instance, _sum(left), relation, readings, body.get("zero", False))


def _parted(text: str) -> tuple[str, str, str]:
    relation = next(sign for sign in ("<=", "!~", "~", "=") if f" {sign} " in text)
    left, right = text.split(f" {relation} ")
    return left, relation, right


def _sum(text: str) -> Sum:
    signed = text.replace(" - ", " + -").split(" + ")
    return tuple((-1 if term.startswith("-") else 1, _key(term.removeprefix("-"))) for term in signed)


def _key(text: str) -> Key:
    place, _, name = text.rpartition(" ")
    metric, _, applicant = name.partition("@")
    return place or "now", metric, applicant


@cache
def _written() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return found
