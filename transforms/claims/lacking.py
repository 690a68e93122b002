"""What a report must state and does not: the processing fees, in the section of other matters.

In: normalised Paragraphs and the fiscal year. Out: a Note where the section is there and no word of the text is about
fees (国办函〔2020〕109号, in force since 2021). Whether a sentence could be read plays no part.
"""

import re
from collections.abc import Sequence

from transforms.claims.claim import SECTION
from transforms.claims.lexicon import guards
from transforms.model import Note, Paragraph

_SINCE = 2021


def lacking(paragraphs: Sequence[Paragraph], fiscal_year: int | None) -> list[Note]:
    """At most one note, at the heading of the section that should say it."""
    if fiscal_year is None or fiscal_year < _SINCE:
        return []
    if any(re.search(guards().of_fees, paragraph.plain) for paragraph in paragraphs):
        return []
    headed = ((one, found) for one in paragraphs if (found := re.search(guards().fee_section, one.plain)))
    return [Note("claim_fees_unstated", SECTION, one.locate(*found.span()), "") for one, found in headed][-1:]
