"""The same quantity stated more than once: alike it is one reading, unlike it is none.

In: the claims of a whole report with their totals. Out: Readings, and Notes on what contradicts itself.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from transforms.claims.claim import SECTION, Claim
from transforms.claims.lexicon import guards
from transforms.claims.lists import SHARE
from transforms.model import Note, Reading

Whole = tuple[Claim, str]
_WHOLE, _ROUNDING = 100.0, 0.5  # per cent
_ADMITS = {
    "lower": lambda bound, value: value >= bound,
    "upper": lambda bound, value: value <= bound,
    "about": lambda bound, value: abs(value - bound) <= bound / 10,
}


def settle(stated: Sequence[Whole]) -> tuple[list[Reading], list[Note]]:
    """One reading per quantity and item; every place of a quantity that is stated with two values is unreadable."""
    doubtful = _of_two_bodies(stated)
    notes = [_note("claim_scope", stated[i][0]) for i in sorted(doubtful)]
    beyond = _beyond_the_whole(stated) - doubtful
    beyond |= _nothing_of_something(stated) - doubtful
    notes += [_note("claim_conflict", stated[i][0]) for i in sorted(beyond)]
    doubtful |= beyond
    readings: list[Reading] = []
    for group in _grouped([item for i, item in enumerate(stated) if i not in doubtful]):
        if (best := _best(group)) is not None:
            readings.append(best[0].reading(best[1], True))
        else:
            readings += [claim.reading("", False) for claim, _ in group]
            notes.append(_conflict([claim for claim, _ in group]))
    return readings, notes


def _grouped(stated: Sequence[Whole]) -> list[list[Whole]]:
    """The statements about one quantity and item together."""
    groups: dict[tuple[str, str], list[Whole]] = defaultdict(list)
    for claim, whole in stated:
        groups[(claim.metric, claim.item)].append((claim, whole))
    return list(groups.values())


def _of_two_bodies(stated: Sequence[Whole]) -> set[int]:
    """The statements that two bodies are given unlike, and what else is said where one sentence speaks of both."""
    mixed = [claim for group in _grouped(stated) if _is_mixed(group) for claim, _ in group]
    both = {_place(claim) for claim in mixed if claim.is_area} & {_place(claim) for claim in mixed if not claim.is_area}
    named = {(claim.metric, claim.item) for claim in mixed}
    return {i for i, (claim, _) in enumerate(stated) if (claim.metric, claim.item) in named or _place(claim) in both}


def _beyond_the_whole(stated: Sequence[Whole]) -> set[int]:
    """The shares of what was asked for, where they come to more than all of it: one of them is wrong."""
    told = {i: claim for i, (claim, _) in enumerate(stated) if claim.metric == SHARE}
    shares = {claim.item: claim.value or 0.0 for claim in told.values()}
    return set(told) if sum(shares.values()) > _WHOLE + _ROUNDING * len(shares) else set()


def _nothing_of_something(stated: Sequence[Whole]) -> set[int]:
    """Totals that words deny although a part of them is some: the denial was of a few ways only.

    A 0 that is printed is a number, which the rules hold against its parts.
    """
    some = {total for claim, _ in stated if claim.value for total in claim.quantity.under}
    noughts = ((i, claim) for i, (claim, _) in enumerate(stated) if claim.value == 0 and claim.metric in some)
    return {i for i, claim in noughts if not re.search(r"\d", claim.paragraph.plain[claim.start : claim.end])}


def _is_mixed(group: Sequence[Whole]) -> bool:
    """Whether a body and its area are given different values: which of them the report is about is not known."""
    return len({claim.is_area for claim, _ in group}) > 1 and _best(group) is None


def _place(claim: Claim) -> tuple[str, int, str]:
    """The sentence of a claim and what it is about."""
    before = claim.paragraph.plain[: claim.start]
    return claim.paragraph.at, len(re.findall(guards().sentence_ends, before)), claim.quantity.topic


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
