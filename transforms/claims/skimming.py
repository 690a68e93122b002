"""Which paragraphs are worth reading: most of a page is navigation, and states nothing.

In: the plain texts of a report. Out: for each, whether anything in it could be a statement or a heading.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, chain

from transforms.claims.lexicon import HEADINGS, guards, lexicon, trie_pattern


@cache
def triggers() -> tuple[re.Pattern[str], ...]:
    """What a sentence that states something must contain: one of these."""
    # one by one, because each begins with a few letters that the engine can leap to
    return tuple(re.compile(trigger) for trigger in guards().trigger)


@cache
def headings() -> re.Pattern[str]:
    """The words that open a topic."""
    codes = {lexicon().concepts[name] for name in HEADINGS}
    return re.compile(trie_pattern(tuple(word for word, code in lexicon().meaning.items() if code in codes)))


def skim(plains: Sequence[str]) -> list[int]:
    """The indices of the paragraphs to read; all are searched as one text."""
    starts = [0, *accumulate(len(plain) + 1 for plain in plains)][:-1]
    text, found = "\n".join(plains), set[int]()
    for match in chain.from_iterable(pattern.finditer(text) for pattern in (headings(), *triggers())):
        found.update(range(bisect_right(starts, match.start()) - 1, bisect_left(starts, match.end())))
    return sorted(found)


def ends_in_heading(plains: Sequence[str], upto: int) -> bool:
    """Whether the last text before a paragraph ends with the words of a heading."""
    before = next((plain for plain in reversed(plains[:upto]) if plain.strip()), "").rstrip(" :。")
    return any(match.end() == len(before) for match in headings().finditer(before))
