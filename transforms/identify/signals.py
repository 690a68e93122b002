"""A signal: what one place of a page says about one field, and the choice among several.

Out: `Signal`, and `agreed`, which takes the value of the best source or says that equals disagree.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from transforms.model import Note


class Signal(NamedTuple):
    """One thing that the page says: field, where it was said (kind of place), the value, and its locator."""

    field: str
    source: str
    value: str
    at: str


def values(signals: Iterable[Signal]) -> tuple[str, ...]:
    """The different values, in order."""
    return tuple(dict.fromkeys(signal.value for signal in signals))


def spelled(signals: Iterable[Signal]) -> str:
    """Signals for a person to read: source=value, …"""
    return ", ".join(dict.fromkeys(f"{signal.source}={signal.value}" for signal in signals))


def agreed(signals: Sequence[Signal], code: str) -> tuple[str, tuple[Note, ...]]:
    """The value of the first source that speaks; a source that says two things gives none and a note `code`."""
    for source in dict.fromkeys(signal.source for signal in signals):
        said = [signal for signal in signals if signal.source == source]
        if len(values(said)) > 1:
            return "", (Note(code, place=said[0].at, detail=spelled(said)),)
        return said[0].value, ()
    return "", ()
