"""Blanks that the sums prove: a total not added up, and zeros that nobody wrote. All else stays blank.

A blank total is the sum of its six applicants when those are printed. Blank applicants are zero when the printed ones
already make up the printed total and every other sum through them closes too. Counts are never negative, so both are
forced, not guessed.
"""

from collections.abc import Mapping, Sequence

from transforms.extract.sums import Key, Sum, Values, sums, through
from transforms.model import Reading, State

_BLANK = State.BLANK  # a member of an enum is slow to look up
_EXACT = (State.REPORTED, State.INFERRED)


def derive(form: str, section: str, readings: Sequence[Reading]) -> list[Reading]:
    """The readings with every proven blank filled, state `derived`."""
    blank = {(item.metric, item.applicant) for item in readings if item.state is _BLANK and item.locator}
    proven = _proven(form, section, exact_values(readings), blank) if blank else {}
    if not proven:
        return list(readings)
    return [
        item._replace(state=State.DERIVED, value=proven[key])
        if (key := (item.metric, item.applicant)) in proven
        else item
        for item in readings
    ]


def exact_values(readings: Sequence[Reading]) -> Values:
    """The values known for sure, by metric and applicant."""
    return {
        (item.metric, item.applicant): item.value
        for item in readings
        if item.state in _EXACT and item.value is not None
    }


def _proven(form: str, section: str, known: Values, blank: set[Key]) -> Values:
    totals: Values = {}
    zeros: Values = {}
    for item in sums(form, section):
        if blank.isdisjoint(item.left) and blank.isdisjoint(item.right):
            continue
        totals.update(_total(item, known, blank))
        zeros.update(_zeros(item, known, blank))
    bound = through(form, section)
    return _settled({**totals, **{key: 0.0 for key in zeros if key not in totals}}, set(totals), known, bound)


def _total(item: Sum, known: Values, blank: set[Key]) -> Values:
    """The single right operand, blank while all left ones are printed."""
    if len(item.right) != 1 or item.right[0] not in blank or not all(key in known for key in item.left):
        return {}
    return {item.right[0]: sum(known[key] for key in item.left)}


def _zeros(item: Sum, known: Values, blank: set[Key]) -> Values:
    """Blank left operands, when the printed ones already reach the single printed right operand."""
    if len(item.right) != 1 or item.right[0] not in known or not all(key in known or key in blank for key in item.left):
        return {}
    reached = sum(known[key] for key in item.left if key in known)
    return {key: 0.0 for key in item.left if key in blank} if reached == known[item.right[0]] else {}


def _settled(tentative: Values, totals: set[Key], known: Values, bound: Mapping[Key, tuple[Sum, ...]]) -> Values:
    """Withdraws what some sum contradicts (or, for a zero, does not confirm) until nothing more changes."""
    while True:
        values = {**known, **tentative}
        kept = {key: value for key, value in tentative.items() if _holds(bound[key], values, key in totals)}
        if len(kept) == len(tentative):
            return kept
        tentative = kept


def _holds(items: tuple[Sum, ...], values: Values, is_total: bool) -> bool:
    if is_total:
        return not any(item.fails(values) for item in items)
    return all(item.closes(values) for item in items)
