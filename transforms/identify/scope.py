"""Whose figures a report gives: the organ's own, those of all organs of its area, or both.

In: Page. Out: own | aggregate | mixed, the signals and the notes. Read in the opening of the body only.
"""

from transforms.identify.page import Page
from transforms.identify.signals import Signal, spelled
from transforms.identify.words import words
from transforms.model import Note


def scope_of(page: Page) -> tuple[str, list[Signal], list[Note]]:
    """The scope that the opening declares; an opening that declares none is of the organ itself."""
    scope = words().scope
    signals = []
    for value, pattern in (("aggregate", scope.aggregate), ("own", scope.own)):
        found = pattern.search(page.text, page.body, page.body + scope.opening)
        if found:
            signals.append(Signal("scope", "preamble", value, page.locate(*found.span())))
    if len(signals) > 1:
        return "mixed", signals, [Note("scope_mixed", place=signals[0].at, detail=spelled(signals))]
    return (signals[0].value if signals else "own"), signals, []
