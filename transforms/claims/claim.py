"""The nouns of prose claims: a Claim as stated, the Thread of what is talked about, and all that a paragraph Told.

In: what a sentence says. Out: Readings, in the unit of their metric.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from transforms.claims.grammar import Quantity
from transforms.forms import metrics
from transforms.model import Bound, Note, Paragraph, Reading, State

SECTION = "narrative"
_TEN_THOUSAND = 10_000


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that a sentence states, its place in the paragraph's `plain`, and the total it is listed under.

    `value` is None for a blank in a template. `is_area` says that the sentence speaks of a whole area.
    """

    quantity: Quantity
    metric: str
    item: str
    value: float | None
    bound: Bound
    paragraph: Paragraph
    start: int
    end: int
    is_area: bool
    family: str
    head: "Claim | None" = field(default=None, repr=False)

    @property
    def locator(self) -> str:
        """Where it is printed."""
        return self.paragraph.locate(self.start, self.end)

    @property
    def state(self) -> State:
        """Reported, approximate when a word says so, or blank."""
        if self.value is None:
            return State.BLANK
        return State.APPROXIMATE if self.bound else State.REPORTED

    def reading(self, whole: str, is_readable: bool) -> Reading:
        """The claim as a row of the cells frame; what contradicts itself keeps its place but loses its value."""
        return Reading(
            section=SECTION,
            form="",
            metric=self.metric,
            applicant="total" if self.metric.startswith("requests_") else "",
            item=self.item,
            origin="prose",
            state=self.state if is_readable else State.UNREADABLE,
            value=self.value if is_readable else None,
            bound=self.bound if is_readable else "",
            unit=metrics()[self.metric].unit,
            printed=self.paragraph.printed(self.start, self.end),
            locator=self.locator,
            whole=whole,
        )


class Thread(NamedTuple):
    """What the paragraph is talking about: its topic, the last total, the family and metric of the last figure.

    `barred` is the note of a figure that another body or case owned; bare figures that follow it share its fate.
    `since` is the index of the token after the last total in the sentence at hand. `away` is the topic of a figure
    of somebody else, which goes on when the sentence returns to the reporter; `whole` that of a part of somebody's,
    which goes on behind a semicolon.
    """

    topic: str = ""
    head: Claim | None = None
    family: str = ""
    latest: str = ""
    barred: str = ""
    since: int = 0
    away: str = ""
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """All that one paragraph says: claims and notes, and what decides whether a list of parts is closed.

    `loose` are the places of figures that nobody claims, `marks` of words that open, divide or leave open a list
    (with their codes); `ends` maps the start of each claim to the end of its sentence.
    """

    claims: list[Claim] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    loose: list[int] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    ends: dict[int, int] = field(default_factory=dict)


def in_unit_of(metric: str, value: float, is_money: bool) -> float:
    """`value` in the unit of the metric; money comes in yuan."""
    return value / _TEN_THOUSAND if is_money and metrics()[metric].unit != "元" else value
