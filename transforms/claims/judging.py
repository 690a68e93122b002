"""Whether a figure may be claimed for the quantity that its words name.

In: a figure, its naming and where it stands. Out: the code of the note that sets it aside, or nothing.
"""

import re
from dataclasses import dataclass
from functools import cache

from transforms.claims import context
from transforms.claims.claim import SECTION, Thread, Told
from transforms.claims.figures import Naming
from transforms.claims.grammar import Quantity
from transforms.claims.lexicon import UNKNOWN, guards, lexicon
from transforms.claims.tokens import Sentence
from transforms.model import Note, Paragraph

OTHER_TIME = "claim_period"


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a sentence stands: its paragraph, and what is known of the report as a whole."""

    paragraph: Paragraph
    sentence: Sentence
    fiscal_year: int | None
    is_own_body: bool
    told: Told

    def doubt(self, code: str, start: int, end: int) -> None:
        """Note why `plain[start:end]` states nothing for this report."""
        place = self.paragraph.locate(start, end)
        self.told.notes.append(Note(code, SECTION, place, self.paragraph.printed(start, end).strip()))


def objection(scene: Scene, at: int, named: Naming, thread: Thread) -> str:
    """Why the figure at token `at` is not this report's; empty when nothing speaks against it."""
    outside = "".join(token.code for token in named.outside)
    if thread.barred and not outside.strip(context.neutral()) and named.first in _codes(guards().kinds):
        return thread.barred
    if outside.endswith(lexicon().concepts["and"]) or _is_qualified(scene, named, outside):
        return "claim_ambiguous"
    if any(code in outside for code in _codes(named.quantity.not_after)):
        return "claim_population"
    if _is_subset(outside, named, thread) or any(code in _codes(guards().tail) for code in named.behind):
        return "claim_subset"
    return context.set_aside(named.outside) or misplaced(scene, at, named.quantity)


def misplaced(scene: Scene, at: int, quantity: Quantity) -> str:
    """The note for a figure of another time or a wider area than the report's."""
    when = context.period(scene.sentence, at, scene.fiscal_year)
    is_stock = when == "stock" and bool(quantity.stock) or when == "unknown" and quantity.stock == quantity.metric
    if when and not is_stock:
        return OTHER_TIME
    return "claim_scope" if scene.is_own_body and context.covers_area(scene.sentence, at) else ""


def _is_qualified(scene: Scene, named: Naming, outside: str) -> bool:
    """Whether unknown words right before the naming make it another kind, or a total on some occasion only."""
    if not outside.endswith(UNKNOWN):
        return False
    if named.first in _codes(guards().kinds):
        return True
    last = named.outside[-1]
    is_body = re.search(guards().bodies, scene.sentence.text[last.start : last.end]) is not None
    return not is_body and named.quantity.total


def _is_subset(outside: str, named: Naming, thread: Thread) -> bool:
    _, among, rest = outside.partition(lexicon().concepts["among"])
    if not among:
        return False
    is_same = named.quantity.metric in (thread.latest, thread.head.quantity.metric if thread.head else "")
    is_headless = named.quantity.total and thread.head is None
    return is_same or is_headless or bool(rest.strip(context.neutral()))


@cache
def _codes(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(lexicon().concepts[name] for name in names)
