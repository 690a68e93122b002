"""Chains of reports of one body, clean or with one planted fault: a rule comes in, numbers and sentences go out.

A fault is one changed number, in a table or in a sentence, or what a rule about several reports asks for: a copy, a
restated year, another agency's table. What then fails is told by the second witness of the rules (bonds.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from tests.corpus.agencies import BUREAUS, REGIONS, Who
from tests.corpus.bonds import Bond, Fault, Key, bonds, broken
from tests.corpus.chains import FAMILIES, Cells, Year, chain, closed, numbers
from tests.corpus.saying import Sentence, denial, sentences, stated

PARTS = "N.CATSUM"
TRIES = 300
AREA = ("440100", "广州市")  # the region of aggregates, in which no other chain is
UNSAID = ("XS.ANSWERED",)  # since 2019 an answer is read as a conclusion (XS.CLOSED), whatever the form
SIZES = ("none", "small", "city")
Body = tuple[str, str, str]  # region code, region, bureau


@dataclass(frozen=True)
class Leaf:
    """One report: numbers, sentences, who prints it; `beyond` are the rules about several reports that fail of it."""

    name: str
    year: Year
    who: Who
    said: tuple[Sentence, ...]
    beyond: frozenset[str] = frozenset()
    noted: tuple[tuple[str, str], str] | None = None  # a cell, and what is printed in it


@dataclass(frozen=True)
class Tree:
    """A chain, and what stands beside it. `rule` was planted in the report `at`, by changing the cell `spoilt`."""

    leaves: tuple[Leaf, ...]
    rule: str = ""
    at: str = ""
    spoilt: Key | None = None

    def numbers(self, leaf: Leaf) -> dict[Key, float]:
        """What the rules of a report speak of: its tables, its prose, and the tables of the year before."""
        place = (leaf.who.agency, leaf.who.fiscal_year - 1)
        before = [one.year for one in self.leaves if (one.who.agency, one.who.fiscal_year) == place]
        return numbers(leaf.year, before[0] if before else None, stated(leaf.said, leaf.year.kind))

    def faults(self, leaf: Leaf) -> set[Fault]:
        """Everything that fails of a report; of lists and of rules about several reports no instance is named."""
        parts = set() if all(one.adds_up for one in leaf.said) else {(PARTS, "")}
        return broken(leaf.year.kind, self.numbers(leaf)) | parts | {(rule, "") for rule in leaf.beyond}

    def with_last(self, leaf: Leaf, rule: str, spoilt: Key | None = None) -> "Tree":
        """The chain with another last report, in which a fault was planted."""
        return Tree((*self.leaves[:-1], leaf), rule, leaf.name, spoilt)


def bodies(rng: Random) -> list[Body]:
    """Every body once, in any order; none is of the area of aggregates."""
    found = [(*region, bureau) for region in REGIONS if region != AREA for bureau in BUREAUS]
    return rng.sample(found, len(found))


def taken(free: list[Body], size: str) -> Body:
    """A body that no other chain has: large ones are of cities, which alone make rules."""
    at = next(at for at, (code, _, _) in enumerate(free) if size != "city" or code.endswith("00"))
    return free.pop(at)


def rules(kind: str) -> list[str]:
    """The rules whose faults can be planted in a report of this kind."""
    own = [PARTS, *dict.fromkeys(bond.identity for bond in bonds(kind) if bond.identity not in UNSAID)]
    return own + [rule for rule in BEYOND if kind == "form_2021" or rule in ANY_FORM]


def clean(name: str, kind: str, free: list[Body], rng: Random) -> Tree:
    """A chain of up to four years in which every rule holds."""
    size = rng.choices(SIZES, (2, 4, 4))[0] if FAMILIES[kind] == "tables" else "small"
    length = rng.randint(2, 4)
    return Tree(_leaves(name, kind, size, length, taken(free, size), rng))


def faulty(name: str, kind: str, rule: str, free: list[Body], rng: Random) -> Tree:
    """A chain whose last report, of this kind, has a fault of this rule. Raises RuntimeError if none can be planted."""
    size = "city" if FAMILIES[kind] == "tables" else "small"
    body, other = taken(free, size), taken(free, size)
    plant = BEYOND.get(rule, _plant_parts if rule == PARTS else _plant_bond)
    for _ in range(TRIES):
        tree = Tree(_leaves(name, kind, size, 3 if rule == "R.MISSING" else 2, body, rng))
        planted = plant(tree, rule, other, rng)
        if planted is not None:
            return planted
    raise RuntimeError(f"no fault of {rule} could be planted in {kind}")


def dense(name: str, kind: str, rule: str, free: list[Body], rng: Random) -> Tree:
    """A report in whose sums no number is zero, but for one cell changed so that this sum is broken."""
    size = "city" if FAMILIES[kind] == "tables" else "small"
    body = taken(free, size)
    for _ in range(TRIES):
        (leaf,) = _leaves(name, kind, size, 1, body, rng)
        planted = _plant_bond(Tree((replace(leaf, year=_thickened(leaf.year, rng), said=()),)), rule, body, rng)
        if planted is not None:
            return planted
    raise RuntimeError(f"no fault of {rule} could be planted in {kind}")


def sums(kind: str) -> list[str]:
    """The rules that are equations between the cells of one table."""
    return list(dict.fromkeys(bond.identity for bond in bonds(kind) if is_sum(bond)))


def is_sum(bond: Bond) -> bool:
    """Whether a rule is an equation between the cells of one table."""
    return bond.relation == "=" and all(key[0] == "now" for key in bond.keys) and bond.identity != "B5"


def _thickened(year: Year, rng: Random) -> Year:
    """The same with every cell that stands in a sum raised above zero, and the sums closed again."""
    found = [bond for bond in bonds(year.kind) if is_sum(bond)]
    cells = year.cells
    cells |= {key[1:]: cells[key[1:]] + rng.randint(1, 9) for key in {key for bond in found for key in bond.keys}}
    cells = closed(cells) if ("requests_new", "total") in cells else cells
    for bond in [bond for bond in found if len(bond.readings[0]) == 1] * 2:
        cells[bond.readings[0][0][1][1:]] = sum(cells[key[1:]] for _, key in bond.left)
    return replace(year, sections=year.filled(cells))


def _leaves(name: str, kind: str, size: str, length: int, body: Body, rng: Random) -> tuple[Leaf, ...]:
    code, region, bureau = body
    years = chain(kind, size, length, rng)
    said = [sentences(one.kind, numbers(one, None), rng, rng.choice(("", "requests_received"))) for one in years]
    whos = [who(region + bureau, region, code, year.year, rng) for year in years]
    return tuple(Leaf(f"{name}/{one.year}", one, by, told) for one, by, told in zip(years, whos, said, strict=True))


def who(agency: str, region: str, code: str, year: int, rng: Random, aggregate: bool = False) -> Who:
    """Who reports, in time."""
    published = f"{year + 1}-{rng.choice((1, 1, 1, 2, 3)):02}-{rng.randint(2, 28):02}"
    index = f"{rng.randint(10**7, 10**8 - 1)}X/{year + 1}-{rng.randint(1, 99999):05}"
    return Who(agency, region, code, year, published, index, aggregate)


def _plant_bond(tree: Tree, rule: str, other: Body, rng: Random) -> Tree | None:
    """One operand of one instance of the rule is changed, so that it does not hold any more."""
    last = tree.leaves[-1]
    bond = rng.choice([one for one in bonds(last.year.kind) if one.identity == rule])
    spoken = [key[1] for key in bond.keys if key[0] == "said"]
    if bond.zero:
        last = replace(last, said=(denial(last.year.kind, spoken[0]),))
    elif spoken:
        last = replace(last, said=sentences(last.year.kind, tree.numbers(last), rng, spoken[0]))
    found = tree.with_last(last, rule)
    given = found.numbers(last)
    if not bond.keys <= given.keys():
        return None
    key = rng.choice(sorted(key for key in bond.keys if key[0] != "last"))
    value = bond.breaking(key, given, rng.randint(1, 9))
    spoilt = found.with_last(_changed(last, rule, key, value), rule, key if key[0] == "now" else None)
    sound = value >= 0 or key[1].endswith("_change")
    return spoilt if sound and (rule, bond.instance) in spoilt.faults(spoilt.leaves[-1]) else None


def _changed(leaf: Leaf, rule: str, key: Key, value: float) -> Leaf:
    """A report with another number in one place; one that is carried or jumps takes the sums of its table along."""
    if key[0] == "said":
        return replace(leaf, said=tuple(s.saying(key[1], value) if key[1] in s.values else s for s in leaf.said))
    cell, cells = key[1:], leaf.year.cells
    if rule not in ("XY.CARRY", "XY.JUMP.REQUESTS"):
        return _of(leaf, cells | {cell: value})
    person = (cell[0], "natural_person") if cell[1] == "total" else cell
    moved = cells | {("requests_granted", person[1]): cells["requests_granted", person[1]] + abs(value)}
    if rule == "XY.CARRY":
        moved[person] = cells[person] + abs(value - cells[cell])
    return _of(leaf, closed(moved))


def _of(leaf: Leaf, cells: Cells) -> Leaf:
    return replace(leaf, year=replace(leaf.year, sections=leaf.year.filled(cells)))


def _plant_parts(tree: Tree, rule: str, other: Body, rng: Random) -> Tree | None:
    """A part or the total of a closed list is changed."""
    last = tree.leaves[-1]
    lists = [one for one in last.said if one.closed]
    if not lists:
        return None
    metric = rng.choice(sorted(lists[0].values))
    wrong = lists[0].saying(metric, lists[0].values[metric] + rng.randint(1, 9))
    return tree.with_last(replace(last, said=tuple(wrong if one is lists[0] else one for one in last.said)), rule)


def _plant_copy(tree: Tree, rule: str, other: Body, rng: Random) -> Tree | None:
    """The last report once more: a copy, or with a number that no other rule speaks of changed."""
    last = tree.leaves[-1]
    again = replace(last, name=f"{last.name}_again")
    if rule == "XR.DUPLICATE":  # the name that sorts first is preferred
        return Tree((*tree.leaves, replace(again, beyond=frozenset([rule]))), rule, again.name)
    free = sorted(key[1:] for key in tree.numbers(last) if key[0] == "now" and not _spoken_of(last, key))
    cell = rng.choice(free)
    both = (
        replace(last, beyond=frozenset([rule])),
        replace(_of(again, last.year.cells | {cell: last.year.cells[cell] + 1}), beyond=frozenset([rule])),
    )
    return Tree((*tree.leaves[:-1], *both), rule, last.name)


def _spoken_of(leaf: Leaf, key: Key) -> bool:
    return any(key in bond.keys for bond in bonds(leaf.year.kind))


def _plant_twin(tree: Tree, rule: str, other: Body, rng: Random) -> Tree | None:
    """Another body with the same table 3."""
    last = replace(tree.leaves[-1], beyond=frozenset([rule]))
    code, region, bureau = other
    twin = replace(
        _of(last, last.year.cells | {("licensing_decisions", ""): last.year.cells["licensing_decisions", ""] + 1}),
        name=f"{last.name}-twin",
        who=who(region + bureau, region, code, last.year.year, rng),
        said=(),
    )
    return Tree((*tree.leaves[:-1], last, twin), rule, last.name)


def _plant_copied(tree: Tree, rule: str, other: Body, rng: Random) -> Tree | None:
    """Table 3 is that of the year before."""
    before, last = tree.leaves[-2:]
    if before.year.kind != last.year.kind:
        return None
    table = {key: value for key, value in before.year.cells.items() if key[1]}
    return tree.with_last(replace(_of(last, last.year.cells | table), said=(), beyond=frozenset([rule])), rule)


def _plant_member(tree: Tree, rule: str, other: Body, rng: Random) -> Tree | None:
    """The report of the area that the body belongs to has less than the body, and more than another that it has."""
    last = tree.leaves[-1]
    code, region = AREA
    own = replace(last.who, agency=region + other[2], region=region, region_code=code)
    member = replace(last, who=own, beyond=frozenset([rule]))
    less = chain(last.year.kind, "small", 1, rng)[0]
    area = who(f"{region}人民政府", region, code, last.year.year, rng, aggregate=True)
    whole = Leaf(f"{last.name}-area", replace(less, year=last.year.year), area, ())
    none = chain(last.year.kind, "none", 1, rng)[0]
    idle = who(f"{region}气象台", region, code, last.year.year, rng)
    honest = Leaf(f"{last.name}-idle", replace(none, year=last.year.year), idle, ())
    fits = less.cells["requests_new", "total"] < last.year.cells["requests_new", "total"]
    return Tree((whole, honest, member), rule, member.name) if fits else None


def _plant_power(tree: Tree, rule: str, other: Body, rng: Random) -> Tree | None:
    """A county's bureau that makes rules; what was in force before is left out, so that its stock is not judged."""
    last = tree.leaves[-1]
    if not last.year.cells["rules_in_force", ""]:
        return None
    county = next((code, region) for code, region in rng.sample(REGIONS, len(REGIONS)) if not code.endswith("00"))
    by = who(f"{county[1]}{other[2]}", county[1], county[0], last.year.year, rng)
    return Tree((replace(last, who=by, beyond=frozenset([rule])),), rule, last.name)


def _plant_date(tree: Tree, rule: str, other: Body, rng: Random) -> Tree | None:
    """Published before the year was over, or after the deadline."""
    last = tree.leaves[-1]
    day = f"{last.year.year}-12-{rng.randint(10, 28)}" if rule == "R.EARLY" else f"{last.year.year + 1}-05-10"
    return tree.with_last(replace(last, who=replace(last.who, published_on=day), beyond=frozenset([rule])), rule)


def _plant_note(tree: Tree, rule: str, other: Body, rng: Random) -> Tree | None:
    """A cell of table 2 notes a part of its number that is more than it; the year before has one that is not."""
    before, last = tree.leaves
    cell = f"normative_documents_{rng.choice(('issued', 'repealed', 'in_force'))}", ""
    if cell not in before.year.cells:
        return None
    counts = [int(leaf.year.cells[cell]) for leaf in (before, last)]
    notes = [f"{counts[0]}（其中修订{counts[0]}件）", f"{counts[1]}（其中修订{counts[1] + rng.randint(1, 9)}件）"]
    marked = replace(before, noted=(cell, notes[0]))
    return Tree((marked, replace(last, noted=(cell, notes[1]), beyond=frozenset([rule]))), rule, last.name)


def _plant_gap(tree: Tree, rule: str, other: Body, rng: Random) -> Tree | None:
    """A year of the chain is missing."""
    first, _, last = tree.leaves
    return Tree((first, replace(last, beyond=frozenset([rule]))), rule, last.name)


Planter = Callable[[Tree, str, Body, Random], Tree | None]
BEYOND: Mapping[str, Planter] = {
    "XR.DUPLICATE": _plant_copy,
    "XR.RESTATED": _plant_copy,
    "XR.SAME": _plant_twin,
    "XY.COPIED": _plant_copied,
    "XL.MEMBER": _plant_member,
    "R.RULES": _plant_power,
    "R.NOTED": _plant_note,
    "R.EARLY": _plant_date,
    "R.LATE": _plant_date,
    "R.MISSING": _plant_gap,
}
ANY_FORM = ("XR.DUPLICATE", "R.EARLY", "R.LATE")
