"""Prose into readings: what the sentences of a report state, and notes on what was left out and why.

In: normalised Paragraphs in reading order and the fiscal year. Out: Readings of section `narrative`, and Notes.
The wording is data (data/claims/); a number whose quantity, year or body is not certain is never a reading.
"""

from collections.abc import Sequence

from transforms.claims.bodies import is_own_body, title_of
from transforms.claims.claim import Claim
from transforms.claims.lacking import lacking
from transforms.claims.lists import KINDS, opens_lines, wholes
from transforms.claims.opening import topic_of_list
from transforms.claims.scene import Report
from transforms.claims.settling import settle
from transforms.claims.shares import shares
from transforms.claims.skimming import ends_in_heading, skim
from transforms.claims.telling import tell
from transforms.model import Note, Paragraph, Reading

__all__ = ["claims"]


def claims(paragraphs: Sequence[Paragraph], fiscal_year: int | None) -> tuple[list[Reading], list[Note]]:
    """Every quantity that the prose states for its own year and body, once; `Paragraph.plain` must be normalised.

    Values are in the unit of the metric (data/metrics.yml). A part of a closed list carries the locator of its total.
    """
    plains = [paragraph.plain for paragraph in paragraphs]
    report = Report(fiscal_year, is_own_body(plains), title_of(plains))
    stated: list[tuple[Claim, str]] = []
    notes: list[Note] = []
    topic = under_way = ""
    for i in skim(plains):
        under_way = under_way or topic_of_list(plains, i, fiscal_year)
        under_way = KINDS if i and opens_lines(plains[i - 1], None) else under_way
        told, topic, under_way = tell(paragraphs[i], topic, under_way, report, ends_in_heading(plains, i))
        total_of = wholes(told)
        stated += [(claim, total_of.get(at, "")) for at, claim in enumerate(told.claims)]
        notes += told.notes + shares(told)
    readings, conflicts = settle(stated)
    return readings, list(dict.fromkeys(notes)) + conflicts + lacking(paragraphs, fiscal_year)
