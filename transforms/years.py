"""The years that a caption or a header says its numbers are of."""

import re
from functools import cache, lru_cache

from transforms.forms import load


@lru_cache(1 << 14)
def stated_years(text: str) -> tuple[int, ...]:
    """The years that a normalised text names as its own: not a date's, a law's or a form's."""
    return tuple(int(match["year"]) for match in _pattern().finditer(text))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(load("lookups/captions.yml")["year"])
