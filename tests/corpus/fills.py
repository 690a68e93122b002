"""Fills of every form: a random source comes in, the numbers of each section and the rules that bind them go out.

The rules are a second statement of the identities, from forms.yml and the notices; they share no code with the
pipeline, so that they can judge it. A planted fault breaks one of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from tests.corpus import declared, labels
from tests.corpus.form import REMEDY_BLOCKS, Cells, Filled, Key, fill

EQUAL, AT_MOST, NOT_BELOW_ZERO = "=", "<=", ">=0"


@dataclass(frozen=True)
class Section:
    """The numbers of one section of a report, in one form, by (metric, applicant)."""

    name: str
    form: str
    cells: Cells


@dataclass(frozen=True)
class Rule:
    """One instance of an identity. `>=0` asks that left and right together are not negative."""

    identity: str
    left: tuple[Key, ...]
    right: tuple[Key, ...]
    relation: str = EQUAL

    def holds(self, cells: Cells) -> bool:
        """Whether these numbers keep it."""
        left, right = (sum(cells[key] for key in keys) for keys in (self.left, self.right))
        return {EQUAL: left == right, AT_MOST: left <= right, NOT_BELOW_ZERO: left + right >= 0}[self.relation]


def sections(kind: str, rng: Random) -> tuple[tuple[Section, ...], str]:
    """Consistent numbers for all sections of a kind of report, and the size of its body."""
    if kind.startswith("sheet"):
        return (Section("sheet", kind, dict(_sheet(kind, rng))),), rng.choice(("small", "city"))
    filled = fill(rng.getrandbits(32))
    cells = {"form_2021": filled.cells, "form_2019": dict(_of_2019(filled, rng))}
    found = [Section(name, form, _own(name, form, cells[form])) for name, form in declared.parts(kind).items()]
    return tuple(found), filled.size


def broken(section: Section) -> list[Rule]:
    """The rules that a section breaks."""
    return [rule for rule in rules(section.name, section.form) if not rule.holds(section.cells)]


def plant(section: Section, rng: Random) -> tuple[Section, Rule]:
    """The section with one fault, and the rule that it breaks; numbers grow or, where only that shows, fall."""
    by_identity: dict[str, list[Rule]] = {}
    for rule in rules(section.name, section.form):
        by_identity.setdefault(rule.identity, []).append(rule)
    rule = rng.choice(by_identity[rng.choice(sorted(by_identity))])
    changed = replace(section, cells={**section.cells, **_fault(rule, section.cells, rng)})
    return changed, rule


@cache
def rules(name: str, form: str) -> tuple[Rule, ...]:
    """All rules of a section of a form; table 2 of 2021 has none."""
    if name == "requests":
        return tuple(_requests_rules([metric for metric, _, _ in declared.requests(form)]))
    if name == "remedies":
        return tuple(_remedies_rules())
    if name == "sheet":
        return tuple(_sheet_rules(form))
    stocks = declared.written_out().get(form, {}).get("stocks", ())
    names = [((f"{stock}_items_change", ""), (f"{stock}_items_prior_year", "")) for stock in stocks]
    return tuple(Rule("T2C.NONNEG", (change,), (prior,), NOT_BELOW_ZERO) for change, prior in names)


def _own(name: str, form: str, cells: Cells) -> Cells:
    return {key: cells[key] for key in _keys(name, form)}


def _keys(name: str, form: str) -> list[Key]:
    if name == "proactive":
        return [(metric, "") for _, _, rows in declared.proactive(form) for _, metrics in rows for metric in metrics]
    if name == "requests":
        return [(metric, who) for metric, _, _ in declared.requests(form) for who in labels.COLUMNS]
    return [(metric, "") for metric in labels.REMEDIES]


def _requests_rules(metrics: Sequence[str]) -> Iterator[Rule]:
    for metric in metrics:
        yield Rule("T3.ROW", tuple((metric, who) for who in labels.APPLICANTS), ((metric, "total"),))
    for who in labels.COLUMNS:
        yield Rule("T3.TOTAL", tuple((metric, who) for metric in metrics[2:-2]), (("requests_concluded", who),))
        flows = [(f"requests_{name}", who) for name in ("new", "carried_in", "concluded", "carried_out")]
        yield Rule("T3.FLOW", tuple(flows[:2]), tuple(flows[2:]))


def _remedies_rules() -> Iterator[Rule]:
    for identity, block in REMEDY_BLOCKS.items():
        keys = [(f"{block}_{ending}", "") for ending in labels.ENDINGS]
        yield Rule(identity, tuple(keys[:-1]), (keys[-1],))


def _sheet_rules(form: str) -> Iterator[Rule]:
    for identity, total, addends in _sheet_sums(form):
        yield Rule(identity, tuple((metric, "") for metric in addends), ((total, ""),))
    for identity, pairs in declared.written_out()[form]["bounds"].items():
        yield from (Rule(identity, ((less, ""),), ((more, ""),), AT_MOST) for less, more in pairs)


def _sheet_sums(form: str) -> Iterator[tuple[str, str, list[str]]]:
    for identity, body in declared.written_out()[form]["sums"].items():
        yield from ((identity, total, addends) for total, addends in body.items())


def _sheet(form: str, rng: Random) -> Iterator[tuple[Key, float]]:
    """A sheet: leaves are drawn, totals follow from the innermost out, what is at most another is drawn below it."""
    top = rng.choice((0, 3, 12, 90, 2500))
    cells = {line.metric: _drawn(line, top, rng) for line in declared.lines(form) if line.metric}
    for less, more in (pair for pairs in declared.written_out()[form]["bounds"].values() for pair in pairs):
        cells[less] = rng.randint(0, int(cells[more]))
    for _ in range(2):
        cells |= {total: sum(cells[metric] for metric in addends) for _, total, addends in _sheet_sums(form)}
    return (((metric, ""), value) for metric, value in cells.items())


def _drawn(line: declared.Line, top: int, rng: Random) -> float:
    if line.unit == "万元":
        return rng.choice((0, rng.randint(0, top), round(rng.uniform(0, top), rng.randint(1, 4))))
    wide = line.metric.startswith("proactive") or "visits" in line.metric
    return rng.choice((0, rng.randint(0, top))) if not wide else rng.randint(0, 40 * top + 9)


def _of_2019(filled: Filled, rng: Random) -> Iterator[tuple[Key, float]]:
    """A fill of the form of 2019 from one of 2021: one row of all other handling, and a table 2 of its own."""
    others = [metric for metric, group, _ in labels.REQUESTS if group == labels.OTHER]
    yield from filled.cells.items()
    yield from (
        (("requests_other", who), sum(filled.cells[metric, who] for metric in others)) for who in labels.COLUMNS
    )
    top = {"none": 4, "small": 60, "city": 3000}[filled.size]
    for metric, _ in _keys("proactive", "form_2019"):
        yield (metric, ""), rng.choice((0, rng.randint(0, top)))
    for stock in declared.written_out()["form_2019"]["stocks"]:
        prior = rng.randint(0, top)
        yield (f"{stock}_items_prior_year", ""), prior
        yield (f"{stock}_items_change", ""), rng.choice((0, rng.randint(-prior, top)))
    yield ("procurement_amount", ""), rng.choice((0, rng.randint(1, 10**7), round(rng.uniform(0, 9000), 4)))


def _fault(rule: Rule, cells: Cells, rng: Random) -> Cells:
    """The changed cells of one fault that breaks the rule."""
    if rule.relation == AT_MOST:
        return {rule.left[0]: cells[rule.right[0]] + rng.randint(1, 9)}
    if rule.relation == NOT_BELOW_ZERO:
        return {rule.left[0]: -cells[rule.right[0]] - rng.randint(1, 9)}
    key = rng.choice(rule.left + rule.right)
    if rule.identity in ("T3.TOTAL", "T3.FLOW") and key[1] != "total" and rng.random() < 0.5:
        surplus, whole = rng.randint(1, 9), (key[0], "total")
        return {key: cells[key] + surplus, whole: cells[whole] + surplus}
    return {key: _mistyped(int(cells[key]), rng)}


def _mistyped(number: int, rng: Random) -> int:
    """The number with a digit typed wrong, typed twice, or left out."""
    digits = str(number)
    place = rng.randrange(len(digits))
    other = rng.choice([digit for digit in "123456789" if digit != digits[place]])
    made = (
        digits[:place] + other + digits[place + 1 :],
        digits[:place] + other + digits[place:],
        digits[:place] + digits[place + 1 :],
    )
    found = int(rng.choice(made) or 0)
    return found if found != number else number + 1
