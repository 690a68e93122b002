"""Whose figures a report gives: the organ's own, those of all organs of its area, or both.

In: Page and Title. Out: own | aggregate | mixed, signals, notes. Read in the opening only, from the title on.
"""

from transforms.identify.page import Page
from transforms.identify.signals import Signal, spelled
from transforms.identify.title import Title
from transforms.identify.words import words
from transforms.model import Note


def scope_of(page: Page, title: Title) -> tuple[str, list[Signal], list[Note]]:
    """The scope that the opening declares; an opening that declares none is of the organ itself."""
    scope = words().scope
    start = max(page.body, title.start)
    signals = []
    for value, pattern in (("aggregate", scope.aggregate), ("own", scope.own)):
        found = pattern.search(page.text, start, start + scope.opening)
        if found:
            signals.append(Signal("scope", "preamble", value, page.locate(*found.span())))
    if len(signals) > 1:
        return "mixed", signals, [Note("scope_mixed", place=signals[0].at, detail=spelled(signals))]
    return (signals[0].value if signals else "own"), signals, []
