"""Whose figures a report gives: the organ's own, those of all organs of its area, or both.

In: Page, Title and the agency's name. Out: own | aggregate | mixed or nothing, signals, notes. Read in the opening
only, from the title on.
"""

import re
from collections.abc import Iterator

from transforms.identify.agency import Name
from transforms.identify.page import Page
from transforms.identify.signals import Signal, spelled
from transforms.identify.title import Title
from transforms.identify.words import agencies, words
from transforms.model import Note

_OWN, _AGGREGATE = "own", "aggregate"


def scope_of(page: Page, title: Title, name: Name | None) -> tuple[str, list[Signal], list[Note]]:
    """The scope that the opening declares, or else the one that goes without saying."""
    start = max(page.body, title.start)
    end = start + words().scope.opening
    own = words().scope.own.search(page.text, start, end)
    signals = [*_compiled(page, start, end, name), *([_signal(page, own, _OWN)] if own else [])]
    if len(signals) > 1:
        return "mixed", signals, [Note("scope_mixed", place=signals[0].at, detail=spelled(signals))]
    return (signals[0].value, signals, []) if signals else _undeclared(page, start, end, name)


def _undeclared(page: Page, start: int, end: int, name: Name | None) -> tuple[str, list[Signal], list[Note]]:
    """A government may report on all its organs, and its office too; any other organ reports on itself."""
    governs = name is not None and _governs(name)
    area = words().scope.area.search(page.text, start, end) if governs else None
    if area is not None:
        return _AGGREGATE, [_signal(page, area, _AGGREGATE)], []
    if name is not None and (governs or _counts_for_all(page, start, end, name)):
        return "", [], [Note("scope_unknown", place=name.at, detail=name.printed)]
    return _OWN, [], []


def _counts_for_all(page: Page, start: int, end: int, name: Name) -> bool:
    """Whether the office of a government tells numbers of the whole area without saying whose report this is."""
    office = agencies().office.search(name.body)
    return office is not None and words().scope.counted.search(page.text, start, end) is not None


def _compiled(page: Page, start: int, end: int, name: Name | None) -> Iterator[Signal]:
    """The first sentence that says that this report covers other bodies; below a town there are none."""
    if name is not None and agencies().township.search(name.body):
        return
    scope = words().scope
    publishes = name is None or _governs(name) or agencies().office.search(name.body)
    others = scope.others if publishes else scope.beyond
    for sentence in scope.sentence.finditer(page.text, start, end):
        said = sentence.group()
        if scope.told.search(said) is None or others.search(said) is None:
            continue
        for beside in (scope.cited, scope.inner, scope.own):
            said = beside.sub("", said)
        if scope.told.search(said) and others.search(said):
            yield _signal(page, sentence, _AGGREGATE)
            return


def _governs(name: Name) -> bool:
    """Whether the organ is the government of an area with organs of its own."""
    return agencies().governs.search(name.body) is not None and not agencies().township.search(name.body)


def _signal(page: Page, found: re.Match[str], value: str) -> Signal:
    return Signal("scope", "preamble", value, page.locate(*found.span()))
