"""Where the fault of sums that fail lies: the cell, or the two swapped ones, that would close every sum of the section.

In: residuals and the cells of sections with failing sums. Out: notes `suspect_cell`, which propose and never change. A
cell is suspected when the failing sums are all the known sums through it and one number in its place closes them; it is
the only suspect when every other cell of those sums stands in a sum that closes.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations
from typing import NamedTuple

import polars as pl

from transforms.extract.sums import Key, Values
from transforms.forms import identities, terms
from transforms.model import VALUED

MOST = 9  # suspects that are still worth naming: the longest sum of one direction, of answers, has nine cells
_EXACT = pl.col("state").is_in([state.value for state in VALUED]) & (pl.col("bound") == "")


class Suspect(NamedTuple):
    """A cell, what it says, what would close every sum, and how the one may have become the other."""

    key: Key
    printed: float
    wanted: float
    slip: str


def suspects(residuals: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """Notes (report_id, code, section, place, detail), one for each section whose failing sums a cell explains.

    Args:
        residuals: KEY and outcome, as `reconcile.residuals` gives them. cells: quality.cells.
    """
    failing = residuals.filter((pl.col("outcome") == "fail") & pl.col("identity").is_in(_hard()))
    place = ["report_id", "section"]
    tables = cells.filter((pl.col("origin") == "table") & _EXACT).join(failing.select(place).unique(), on=place)
    rows = []
    for (report, section, form), table in tables.group_by([*place, "form"], maintain_order=True):
        values = {(metric, who): value for metric, who, value in table.select("metric", "applicant", "value").rows()}
        found = explain(str(form), str(section), values)
        if found:
            rows.append((report, "suspect_cell", section, "/".join(filter(None, found[0].key)), told(found)))
    return pl.DataFrame(
        rows, schema=dict.fromkeys(("report_id", "code", "section", "place", "detail"), pl.String), orient="row"
    )


def explain(form: str, section: str, values: Values) -> list[Suspect]:
    """The cells any one of which explains all failing sums, those first whose slip is a common one; else a swap."""
    known = {name: sides for name, sides in _sums(form, section).items() if sides.keys() <= values.keys()}
    residues = {name: sum(weight * values[key] for key, weight in sides.items()) for name, sides in known.items()}
    failing = {name for name, residue in residues.items() if abs(residue) > 1e-6}
    if not failing:
        return []
    through: dict[Key, set[str]] = {}
    for name, sides in known.items():
        for key in sides:
            through.setdefault(key, set()).add(name)
    alone = [
        Suspect(key, values[key], wanted, slip(values[key], wanted))
        for key, names in through.items()
        if names == failing and (wanted := _wanted(key, values[key], known, residues, failing)) is not None
    ]
    found = sorted(alone, key=lambda suspect: suspect.slip == "") or list(_swap(values, known, failing, through))
    return found if len(found) <= MOST else []


def _wanted(
    key: Key, value: float, known: Mapping[str, Mapping[Key, float]], residues: Mapping[str, float], names: set[str]
) -> float | None:
    """The number that closes all these sums in the place of a cell's, if there is one and it can be a count."""
    wanted = {round(value - residues[name] / known[name][key], 6) for name in names}
    found = wanted.pop()
    return found if not wanted and found >= 0 else None


def _swap(
    values: Values, known: Mapping[str, Mapping[Key, float]], failing: set[str], through: Mapping[Key, set[str]]
) -> Iterator[Suspect]:
    """Two cells whose exchange closes every sum: both are named."""
    touched = [key for key, names in through.items() if names & failing]
    for one, other in combinations(touched, 2):
        if values[one] != values[other] and failing <= through[one] ^ through[other]:
            changed = values | {one: values[other], other: values[one]}
            near = through[one] | through[other]
            if all(abs(sum(weight * changed[key] for key, weight in known[name].items())) < 1e-6 for name in near):
                yield Suspect(one, values[one], values[other], "swap")
                yield Suspect(other, values[other], values[one], "swap")


def slip(printed: float, wanted: float) -> str:
    """How a clerk or a reader made `printed` of `wanted`: digits turned round, one wrong, lost or added; else empty."""
    if printed != int(printed) or wanted != int(wanted):
        return ""
    one, other = str(int(printed)), str(int(wanted))
    if len(one) == len(other):
        differ = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        turned = len(differ) == 2 and differ[1] == differ[0] + 1 and sorted(one) == sorted(other)
        return "transposition" if turned else "digit" if len(differ) == 1 else ""
    long, short = (one, other) if len(one) > len(other) else (other, one)
    if long.startswith(short) or long.endswith(short):
        return "join" if len(one) > len(other) else "split"
    one_out = any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
    return ("added" if len(one) > len(other) else "lost") if one_out else ""


def told(found: list[Suspect]) -> str:
    """The suspects in codes, with both numbers."""
    return "; ".join(f"{_name(each.key)}: {each.printed:g} → {each.wanted:g}{_why(each.slip)}" for each in found)


def _why(reason: str) -> str:
    return f" ({reason})" if reason else ""


def _name(key: Key) -> str:
    metric, applicant = key
    return f"{metric}@{applicant}" if applicant else metric


@cache
def _hard() -> tuple[str, ...]:
    """The equations between cells of one table that must hold."""
    return tuple(rule.id for rule in identities().values() if rule.severity in ("error", "critical"))


@cache
def _sums(form: str, section: str) -> dict[str, dict[Key, float]]:
    """Every such equation of a section: operand -> weight, those of the right side negative."""
    found: dict[str, dict[Key, float]] = {}
    for term in terms():
        plain = term.origin == "table" and term.relation == "=" and term.reading == 0 and not term.optional
        exact = term.tolerance == 0 and term.year == 0 and term.identity in _hard()
        if term.form == form and term.section == section and plain and exact:
            sign = 1.0 if term.side == "left" else -1.0
            found.setdefault(f"{term.identity} {term.instance}", {})[term.metric, term.applicant] = sign * term.weight
    return found
