"""What a sentence says of all that it has just counted: 7 staff, all part-time; 1 review, the reply upheld.

In: the Scene and the comma behind a figure. Out: a claim with that figure's value.
"""

import re
from dataclasses import replace

from transforms.claims.claim import Claim, Thread
from transforms.claims.claiming import claim_of
from transforms.claims.context import neutral
from transforms.claims.figures import borders, figure_codes
from transforms.claims.grammar import Quantity, grammar
from transforms.claims.judging import Scene, misplaced
from transforms.claims.lexicon import guards

_INCOMING = ("requests_received", "requests_new")


def said_of_all(scene: Scene, at: int, thread: Thread) -> Claim | None:
    """The claim that the clause behind the comma at token `at` makes about the figure right before it."""
    latest, tokens = _counted(scene, at), scene.sentence.tokens
    last = at + 1
    while last < len(tokens) and scene.sentence.codes[last] not in borders():
        last += 1
    if latest is None or last == at + 1 or scene.sentence.codes[last : last + 1] in figure_codes():
        return None
    span = tokens[at].end, tokens[last - 1].end
    if latest.value != 1 and not re.match(guards().alike, scene.sentence.text[slice(*span)]):
        return None
    quantity = _named(scene.sentence.codes[at + 1 : last].strip(neutral()), scene.sentence.codes[at - 1], thread)
    if quantity is None or not _is_part(quantity, latest, thread) or misplaced(scene, at, quantity):
        return None
    return replace(claim_of(scene, quantity, at - 1, span), value=latest.value)


def _counted(scene: Scene, at: int) -> Claim | None:
    """The claim of the figure right before the token, if it is exact."""
    claims, figure = scene.told.claims, scene.sentence.tokens[at - 1]
    if at == 0 or not claims or not claims[-1].start <= figure.start < claims[-1].end:
        return None
    return claims[-1] if claims[-1].value and not claims[-1].bound and figure.number else None


def _named(codes: str, figure: str, thread: Thread) -> Quantity | None:
    tables = (grammar().last.get(thread.family), grammar().within.get(thread.topic))
    said = next((said for table in tables if table and (said := table.fullmatch(codes + figure))), None)
    return said.quantity if said else None


def _is_part(quantity: Quantity, latest: Claim, thread: Thread) -> bool:
    """Whether the quantity can be the same things as the figure before it: a part of it, or what was done with it."""
    is_under = latest.quantity.metric in quantity.under
    is_handled = latest.quantity.metric in _INCOMING and quantity.topic == thread.topic
    is_opened = bool(latest.quantity.opens) and quantity.family == latest.quantity.opens
    return is_under or is_handled or is_opened
