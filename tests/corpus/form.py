"""Random fills of the form of 2021: a seed comes in, the 200 numbers of a consistent report go out.

A second, plain statement of the form's identities (`broken`) tells which of them a set of numbers breaks; it shares no
code with the pipeline, so that it can judge it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

from tests.corpus import labels

Key = tuple[str, str]
Cells = Mapping[Key, int | float]
Fault = tuple[str, str]

KEYS: tuple[Key, ...] = (
    *((metric, "") for _, _, rows in labels.PROACTIVE for _, metrics in rows for metric in metrics),
    *((metric, column) for metric, _, _ in labels.REQUESTS for column in labels.COLUMNS),
    *((metric, "") for metric in labels.REMEDIES),
)
REMEDY_BLOCKS = {
    "T4.REV": "reconsideration",
    "T4.LITD": "litigation_direct",
    "T4.LITA": "litigation_after_reconsideration",
}
IDENTITIES = ("T3.ROW", "T3.TOTAL", "T3.FLOW", *REMEDY_BLOCKS)

# how requests spread over applicants and outcomes; people ask most, and most is granted or not held
APPLICANT_WEIGHTS = (80, 10, 1, 2, 4, 3)
OUTCOME_WEIGHTS = (45, 8, 0.2, 0.5, 0.5, 4, 2, 3, 2, 2, 18, 3, 2, 4, 3, 0.5, 1, 1, 3, 0.3, 4)


@dataclass(frozen=True)
class Filled:
    """The 200 numbers of one report by (metric, applicant), and how large the body is: none, small or city."""

    cells: Cells
    size: str


def fill(seed: int) -> Filled:
    """A consistent fill: every identity of tables 3 and 4 holds; about 60 % have no request at all."""
    rng = Random(seed)
    size = rng.choices(("none", "small", "city"), (60, 28, 12))[0]
    requests = {"none": _no_requests, "small": _few_requests, "city": _many_requests}[size](rng)
    cells: dict[Key, int | float] = dict(_proactive(rng, size))
    cells.update(_flows(rng, requests, size))
    cells.update(_remedies(rng, size))
    return Filled(cells, size)


def broken(cells: Cells) -> set[Fault]:
    """The identities that the numbers break, each with its instance: metric, applicant or (table 4) nothing."""
    rows = {("T3.ROW", metric) for metric, _, _ in labels.REQUESTS if not _row_closes(cells, metric)}
    totals = {("T3.TOTAL", column) for column in labels.COLUMNS if not _total_closes(cells, column)}
    flows = {("T3.FLOW", column) for column in labels.COLUMNS if not _flow_closes(cells, column)}
    remedies = {(identity, "") for identity, block in REMEDY_BLOCKS.items() if not _block_closes(cells, block)}
    return rows | totals | flows | remedies


def plant(filled: Filled, rng: Random) -> tuple[Filled, str, str]:
    """One fault of a random kind; returns the changed fill with the identity and the instance that it breaks."""
    return plant_identity(filled, rng, rng.choice(IDENTITIES))


def plant_identity(filled: Filled, rng: Random, identity: str) -> tuple[Filled, str, str]:
    """One fault that breaks `identity`; numbers only grow, so none becomes negative."""
    changed = dict(filled.cells)
    instance = _PLANTERS[identity](changed, rng, identity)
    return replace(filled, cells=changed), identity, instance


def _row_closes(cells: Cells, metric: str) -> bool:
    return sum(cells[metric, who] for who in labels.APPLICANTS) == cells[metric, "total"]


def _total_closes(cells: Cells, column: str) -> bool:
    return sum(cells[outcome, column] for outcome in labels.OUTCOMES) == cells["requests_concluded", column]


def _flow_closes(cells: Cells, column: str) -> bool:
    entered = cells["requests_new", column] + cells["requests_carried_in", column]
    return entered == cells["requests_concluded", column] + cells["requests_carried_out", column]


def _block_closes(cells: Cells, block: str) -> bool:
    parts = [cells[f"{block}_{ending}", ""] for ending in labels.ENDINGS]
    return sum(parts[:-1]) == parts[-1]


def _no_requests(rng: Random) -> dict[Key, int]:
    return {}


def _few_requests(rng: Random) -> dict[Key, int]:
    counts: dict[Key, int] = {}
    for _ in range(rng.randint(1, 40)):
        applicant = rng.choices(labels.APPLICANTS, APPLICANT_WEIGHTS)[0]
        outcome = rng.choices(labels.OUTCOMES, OUTCOME_WEIGHTS)[0]
        counts[outcome, applicant] = counts.get((outcome, applicant), 0) + 1
    return counts


def _many_requests(rng: Random) -> dict[Key, int]:
    scale = rng.uniform(200, 6000) / sum(APPLICANT_WEIGHTS) / sum(OUTCOME_WEIGHTS)
    return {
        (outcome, applicant): round(scale * share * weight * rng.uniform(0.4, 1.6))
        for outcome, weight in zip(labels.OUTCOMES, OUTCOME_WEIGHTS, strict=True)
        for applicant, share in zip(labels.APPLICANTS, APPLICANT_WEIGHTS, strict=True)
    }


def _flows(rng: Random, outcomes: Mapping[Key, int], size: str) -> Iterator[tuple[Key, int]]:
    """Table 3 from its outcomes: carried numbers are drawn, what is new follows from the flow, totals from the rows."""
    columns = [_column(rng, outcomes, who, size) for who in labels.APPLICANTS]
    for who, column in zip(labels.APPLICANTS, columns, strict=True):
        yield from (((metric, who), value) for metric, value in column.items())
    for metric, _, _ in labels.REQUESTS:
        yield (metric, "total"), sum(column[metric] for column in columns)


def _column(rng: Random, outcomes: Mapping[Key, int], who: str, size: str) -> dict[str, int]:
    column = {outcome: outcomes.get((outcome, who), 0) for outcome in labels.OUTCOMES}
    concluded = sum(column.values())
    carried = 0 if size == "none" else max(1, concluded // 12)
    carried_in = rng.randint(0, min(concluded, carried))
    carried_out = rng.choice((0, rng.randint(0, carried)))
    return column | {
        "requests_concluded": concluded,
        "requests_carried_in": carried_in,
        "requests_carried_out": carried_out,
        "requests_new": concluded + carried_out - carried_in,
    }


def _proactive(rng: Random, size: str) -> Iterator[tuple[Key, int | float]]:
    """Table 2, where no sum is promised: only what was issued is still in force or was repealed."""
    top = {"none": 6, "small": 40, "city": 600}[size]
    for kind, ceiling in (("rules", 12 if size == "city" else 0), ("normative_documents", top)):
        issued, repealed = rng.randint(0, ceiling), rng.randint(0, ceiling)
        in_force = max(0, issued - repealed) + rng.randint(0, 3 * ceiling)
        yield (f"{kind}_issued", ""), issued
        yield (f"{kind}_repealed", ""), repealed
        yield (f"{kind}_in_force", ""), in_force
    for metric in ("licensing_decisions", "penalty_decisions", "coercion_decisions"):
        yield (metric, ""), rng.choice((0, rng.randint(0, top * top)))
    yield ("administrative_fees_10k_yuan", ""), rng.choice((0, 0, rng.randint(1, top), round(rng.uniform(0, top), 4)))


def _remedies(rng: Random, size: str) -> Iterator[tuple[Key, int]]:
    top = {"none": 0, "small": 2, "city": 60}[size]
    reviewed = 0
    for block in REMEDY_BLOCKS.values():
        ceiling = min(top, reviewed // 4) if block == "litigation_after_reconsideration" else top
        parts = [rng.randint(0, ceiling) for _ in range(4)]
        for ending, value in zip(labels.ENDINGS, (*parts, sum(parts)), strict=True):
            yield (f"{block}_{ending}", ""), value
        reviewed = reviewed or sum(parts)


def _wrong_digit(value: int | float, rng: Random) -> int:
    """The number with its last digit typed higher, or one more digit when it ends in nine."""
    number = int(value)
    last = number % 10
    return number * 10 + rng.randint(1, 9) if last == 9 else number - last + rng.randint(last + 1, 9)


def _plant_row(cells: dict[Key, int | float], rng: Random, identity: str) -> str:
    metric = rng.choice(labels.REQUESTS)[0]
    applicant = rng.choice(labels.APPLICANTS)
    cells[metric, applicant] = _wrong_digit(cells[metric, applicant], rng)
    return metric


def _plant_column(cells: dict[Key, int | float], rng: Random, identity: str) -> str:
    """The same surplus in a column and in the total column: rows close, the column's sum does not."""
    metric = rng.choice(labels.OUTCOMES) if identity == "T3.TOTAL" else "requests_carried_out"
    applicant = rng.choice(labels.APPLICANTS)
    surplus = rng.randint(1, 9)
    cells[metric, applicant] += surplus
    cells[metric, "total"] += surplus
    return applicant


def _plant_remedy(cells: dict[Key, int | float], rng: Random, identity: str) -> str:
    metric = f"{REMEDY_BLOCKS[identity]}_{rng.choice(tuple(labels.ENDINGS))}"
    cells[metric, ""] = _wrong_digit(cells[metric, ""], rng)
    return ""


_PLANTERS: Mapping[str, Callable[[dict[Key, int | float], Random, str], str]] = {
    "T3.ROW": _plant_row,
    "T3.TOTAL": _plant_column,
    "T3.FLOW": _plant_column,
    **dict.fromkeys(REMEDY_BLOCKS, _plant_remedy),
}
