"""A rule as declared: the sum that must hold, its wording, its limits, and an example of each outcome.

In: the `identities` of data/forms/*.yml. Out: frozen Identity; transforms/forms.py makes the terms of its instances.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from transforms.model import Severity


class Declared(BaseModel):
    """Anything that a file under data/ declares: unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Term(Declared):
    """One operand of a sum. What is left empty is filled by the instance of the identity, as is `{}` in `metric`.

    An `optional` operand counts where its row is printed and is left out where it is not. That of `year` -1 stands in
    the report of the same agency and scope on the year before, whatever its form.
    """

    metric: str = ""
    applicant: str = ""
    origin: Literal["table", "prose"] = "table"
    weight: float = 1.0
    optional: bool = False
    year: Literal[-1, 0] = 0


Years = tuple[int | None, int | None]
Cells = dict[str, float]
"""Cells of an example by name: `metric` or `metric@applicant`, after `prose/` or `last/` where they stand there."""


class Match(Declared):
    """What to say when one of several readings fits."""

    zh: str
    en: str


class Identity(Declared):
    """A sum that must hold: left side = one of the `readings` of the right side, within `tolerance`.

    `relation` `<=` asks that left be at most right; `~` that neither be more than `factor` times the other, where right
    is at least `base`; `!~` that neither be `factor` times the other, give or take a share of `within`. `each` repeats
    the sum for every metric or every applicant of its section, `over` for every name that it lists with its wording;
    `parts` means prose parts against their total; `when_left` restricts it to claims of that value. `fiscal_years` date
    the rule, `off` switches it off. `matches` says of each reading what it means that it fits. The cells of the example
    `holds` pass, and with those of `breaks` in their place fail, for the first instance.
    """

    id: str
    section: str
    severity: Severity
    zh: str
    en: str
    basis: str = ""
    relation: Literal["=", "<=", "~", "!~"] = "="
    factor: float = 0.0
    base: float = 0.0
    within: float = 0.0
    fiscal_years: Years = (None, None)
    off: bool = False
    each: Literal["", "metric", "applicant"] = ""
    over: dict[str, str] = {}
    parts: bool = False
    when_left: float | None = None
    tolerance: float = 0.0
    left: tuple[Term, ...] = ()
    readings: tuple[tuple[Term, ...], ...] = ()
    matches: tuple[Match, ...] = ()
    holds: Cells = {}
    breaks: Cells = {}
