"""The sums of one section, in the form that placing and deriving need: which cells they bind and whether they close."""

from functools import cache
from typing import NamedTuple

from transforms.forms import terms

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
    """Every exact identity between table cells of a section."""
    sides: dict[tuple[str, str], dict[str, list[Key]]] = {}
    for term in terms():
        if term.form == form and term.section == section and term.origin == "table" and term.weight == 1.0:
            both = sides.setdefault((term.identity, term.instance), {"left": [], "right": []})
            both[term.side].append((term.metric, term.applicant))
    return tuple(Sum(identity, tuple(s["left"]), tuple(s["right"])) for (identity, _), s in sides.items())


@cache
def through(form: str, section: str) -> dict[Key, tuple[Sum, ...]]:
    """The sums that bind each cell."""
    found: dict[Key, tuple[Sum, ...]] = {}
    for item in sums(form, section):
        for key in item.operands:
            found[key] = (*found.get(key, ()), item)
    return found
