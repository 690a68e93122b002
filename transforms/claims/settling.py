"""The same quantity stated more than once: alike it is one reading, unlike it is none.

In: the claims of a whole report with their totals. Out: Readings, and Notes on what contradicts itself.
"""

from collections import defaultdict
from collections.abc import Sequence

from transforms.claims.claim import SECTION, Claim
from transforms.model import Note, Reading

Whole = tuple[Claim, str]
_ADMITS = {
    "lower": lambda bound, value: value >= bound,
    "upper": lambda bound, value: value <= bound,
    "about": lambda bound, value: abs(value - bound) <= bound / 10,
}


def settle(stated: Sequence[Whole]) -> tuple[list[Reading], list[Note]]:
    """One reading per quantity and item; every place of a quantity that is stated with two values is unreadable."""
    groups: dict[tuple[str, str], list[Whole]] = defaultdict(list)
    for claim, whole in stated:
        groups[(claim.metric, claim.item)].append((claim, whole))
    readings: list[Reading] = []
    notes: list[Note] = []
    for group in groups.values():
        if len({claim.is_area for claim, _ in group}) > 1 and _best(group) is None:
            notes += [_note("claim_scope", claim) for claim, _ in group]
        elif (best := _best(group)) is not None:
            readings.append(best[0].reading(best[1], True))
        else:
            readings += [claim.reading("", False) for claim, _ in group]
            notes.append(_conflict([claim for claim, _ in group]))
    return readings, notes


def _best(group: Sequence[Whole]) -> Whole | None:
    """The statement that all others agree with; the exact before the approximate, the first before the later."""
    valued = [item for item in group if item[0].value is not None]
    if not valued:
        return group[0]
    exact = [item for item in valued if not item[0].bound] or valued
    best = next((item for item in exact if item[1]), exact[0])
    return best if all(_agrees(best[0], claim) for claim, _ in valued) else None


def _agrees(best: Claim, other: Claim) -> bool:
    if best.value is None or other.value is None or best.value == other.value:
        return True
    return bool(other.bound) and not best.bound and _ADMITS[other.bound](other.value, best.value)


def _conflict(claims: Sequence[Claim]) -> Note:
    values = dict.fromkeys(f"{claim.value:g}" for claim in claims if claim.value is not None)
    return Note("claim_conflict", SECTION, claims[0].locator, f"{claims[0].metric}: {' ≠ '.join(values)}")


def _note(code: str, claim: Claim) -> Note:
    return Note(code, SECTION, claim.locator, claim.paragraph.printed(claim.start, claim.end))
