"""The sums of one section, in the form that placing and deriving need: which cells they bind and whether they close."""

from functools import cache
from typing import NamedTuple

from transforms.forms import DeclaredTerm, identities, terms

Key = tuple[str, str]  # metric, applicant
Values = dict[Key, float]


class Sum(NamedTuple):
    """One instance of an identity between table cells: left and right operands."""

    identity: str
    left: tuple[Key, ...]
    right: tuple[Key, ...]

    @property
    def operands(self) -> tuple[Key, ...]:
        """All cells that it binds."""
        return self.left + self.right

    def assessable(self, values: Values) -> bool:
        """Whether every operand is known."""
        return all(key in values for key in self.operands)

    def closes(self, values: Values) -> bool:
        """Whether every operand is known and both sides are equal."""
        if not self.assessable(values):
            return False
        return sum(values[key] for key in self.left) == sum(values[key] for key in self.right)

    def fails(self, values: Values) -> bool:
        """Whether every operand is known and the sides differ."""
        return self.assessable(values) and not self.closes(values)


@cache
def sums(form: str, section: str) -> tuple[Sum, ...]:
    """Every sum between table cells of a section that must hold exactly and whatever rows a locality adds."""
    sides: dict[tuple[str, str], dict[str, list[Key]]] = {}
    soft = set()
    for term in terms():
        if term.form == form and term.section == section:
            instance = (term.identity, term.instance)
            both = sides.setdefault(instance, {"left": [], "right": []})
            both[term.side].append((term.metric, term.applicant))
            if not _is_plain(term):
                soft.add(instance)
    hard = {instance: both for instance, both in sides.items() if instance not in soft}
    return tuple(Sum(identity, tuple(s["left"]), tuple(s["right"])) for (identity, _), s in hard.items())


def _is_plain(term: DeclaredTerm) -> bool:
    """Whether an operand is one of an equation that holds for sure: a warning is no proof of what is not printed."""
    is_sum = term.relation == "=" and term.weight == 1.0 and term.origin == "table" and term.reading == 0
    return is_sum and not term.optional and identities()[term.identity].severity in ("error", "critical")


@cache
def through(form: str, section: str) -> dict[Key, tuple[Sum, ...]]:
    """The sums that bind each cell."""
    found: dict[Key, tuple[Sum, ...]] = {}
    for item in sums(form, section):
        for key in item.operands:
            found[key] = (*found.get(key, ()), item)
    return found
