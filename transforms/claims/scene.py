"""Where a sentence stands: the report, its paragraph, and the heading above.

In: what reading the paragraphs has shown. Out: the Scene in which each figure of a sentence is judged.
"""

from dataclasses import dataclass

from transforms.claims.claim import SECTION, Told
from transforms.claims.tokens import Sentence
from transforms.model import Note, Paragraph


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of a report as a whole: its year, its title, and whether it speaks for one body alone."""

    fiscal_year: int | None
    is_own_body: bool
    title: str


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a sentence stands: its paragraph, the topic of the heading above (`is_headed`: right above), its report."""

    paragraph: Paragraph
    sentence: Sentence
    report: Report
    heading: str
    is_headed: bool
    told: Told

    def doubt(self, code: str, start: int, end: int) -> None:
        """Note why `plain[start:end]` states nothing for this report."""
        place = self.paragraph.locate(start, end)
        self.told.notes.append(Note(code, SECTION, place, self.paragraph.printed(start, end).strip()))
