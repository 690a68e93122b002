"""A percentage right behind a part of a total (online 15, 75 % of them) against the share that the part is of it.

In: what a paragraph told. Out: Notes on percentages that no total of the paragraph gives. A clerk rounds, cuts off, or
moves the last digit so that all shares make 100: one unit of the last printed digit is let pass.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, takewhile

from transforms.claims.claim import SECTION, Claim, Told
from transforms.claims.lexicon import guards
from transforms.model import Note

_WHOLE = 100.0
_SLACK = 1e-9


def shares(told: Told) -> list[Note]:
    """One note for each percentage that is not the share of its part in any total that the paragraph states."""
    found = []
    for at, part in enumerate(told.claims):
        printed = _behind().match(part.paragraph.plain, part.end) if _is_exact(part) and part.head else None
        counts = _counted(told.claims[: at + 1])
        if printed and not any(_fits(printed["share"], counts, part, total) for total in told.claims):
            found.append(_note(part, printed))
    return found


def _counted(claims: Sequence[Claim]) -> list[float]:
    """What the share behind the last of these may count: that part, or it and those before it in its list together."""
    run = takewhile(lambda claim: claim.head == claims[-1].head, reversed(claims))
    return list(accumulate(claim.value or 0.0 for claim in run))


def _fits(share: str, counts: Sequence[float], part: Claim, total: Claim) -> bool:
    """Whether this could be the total that the share is of, and is; one that is not exact might be anything."""
    if total.quantity.units != part.quantity.units or total is part:
        return False
    if not _is_exact(total) or not total.value:
        return True
    slack = 10.0 ** -len(share.partition(".")[2]) + _SLACK
    return any(abs(float(share) - _WHOLE * count / total.value) <= slack for count in counts)


def _is_exact(claim: Claim) -> bool:
    return claim.value is not None and not claim.bound


def _note(part: Claim, printed: re.Match[str]) -> Note:
    place = part.paragraph.locate(part.start, printed.end())
    return Note("claim_share", SECTION, place, part.paragraph.printed(part.start, printed.end()))


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(guards().share_behind)
