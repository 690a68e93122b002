"""What requests asked for, in percent of them all: "by subject, land 45%, planning 30%, others 25%".

In: a normalised Paragraph and the fiscal year. Out: Claims, one a subject, or none: shares that do not make up the
whole, or that stand beside another year's, are not read at all.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from transforms.claims.claim import Claim
from transforms.claims.grammar import grammar
from transforms.claims.lexicon import guards
from transforms.forms import load
from transforms.model import Paragraph

Pattern = Annotated[re.Pattern[str], BeforeValidator(re.compile)]
_WHOLE = 100.0
_FEWEST = 2
_PERCENT = "%"


class Words(BaseModel):
    """The whole of shares.yml."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    metric: str
    opens: Pattern
    share: Pattern
    barred: Pattern
    year: Pattern


@cache
def _words() -> Words:
    return Words.model_validate(load("claims/shares.yml"))


def shares(paragraph: Paragraph, fiscal_year: int | None) -> Iterator[Claim]:
    """The shares that a paragraph states; each sentence gives all of its shares or none."""
    if _PERCENT not in paragraph.plain:
        return
    end = -1
    for opening in _words().opens.finditer(paragraph.plain):
        if opening.start() < end:
            continue
        start, end = _sentence(paragraph.plain, opening.start())
        found = list(_words().share.finditer(paragraph.plain, opening.end(), end))
        if _is_of_year(paragraph.plain[start:end], fiscal_year) and _is_whole(paragraph.plain[start:end], found):
            yield from (_claim(paragraph, share) for share in found)


def _sentence(text: str, at: int) -> tuple[int, int]:
    """The span of the sentence around a place; a full stop or a line break ends it."""
    ends = [stop.start() for stop in re.finditer(guards().sentence_ends, text)]
    start = max((end + 1 for end in ends if end < at), default=0)
    return start, min((end for end in ends if end >= at), default=len(text))


def _is_of_year(sentence: str, fiscal_year: int | None) -> bool:
    years = {int(year) for year in _words().year.findall(sentence)}
    return years <= {fiscal_year} and _words().barred.search(sentence) is None


def _is_whole(sentence: str, found: list[re.Match[str]]) -> bool:
    """Whether every share of the sentence has its own subject, and all together make a hundred, as far as rounded."""
    subjects = {share["item"] for share in found}
    if len(subjects) < _FEWEST or len(subjects) != sentence.count(_PERCENT):
        return False
    rounding = sum(0.5 * 0.1 ** len(share["decimals"] or "") for share in found)
    return abs(sum(float(share["value"]) for share in found) - _WHOLE) <= rounding


def _claim(paragraph: Paragraph, share: re.Match[str]) -> Claim:
    return Claim(
        quantity=grammar().quantities[_words().metric],
        metric=_words().metric,
        item=share["item"].strip(),
        value=float(share["value"]),
        bound="",
        paragraph=paragraph,
        start=share.start("share"),
        end=share.end("share"),
        is_area=False,
        family="",
    )
