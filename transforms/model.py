"""The nouns that cross every border: cells, tables, documents, readings, and the frames made of them."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NamedTuple


class State(StrEnum):
    """What is known of a declared cell; only the first four carry a value. Blank is not zero."""

    REPORTED = "reported"
    APPROXIMATE = "approximate"
    INFERRED = "inferred"
    DERIVED = "derived"
    BLANK = "blank"
    MARK = "mark"
    UNPLACED = "unplaced"
    UNREADABLE = "unreadable"
    ABSENT = "absent"
    LOST = "lost"


VALUED = (State.REPORTED, State.APPROXIMATE, State.INFERRED, State.DERIVED)

Bound = Literal["", "lower", "upper", "about"]
Order = Literal["grid", "rows", "stream"]
Severity = Literal["critical", "error", "warning", "info"]
Cause = Literal["source", "reading", "undetermined"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell as printed. Copies made by expanding a merged cell are the same object, so they share `at`.

    `at` is a locator: `t3/r7/c2` (table, row, column of the expanded grid, from 0) where the format has tables,
    `c120-124` (half-open character span of the decoded text) where it has none.
    `plain` is `text` after normalisation; readers leave it equal to `text`.
    """

    text: str
    at: str
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. `order` says how much of the layout survived on the way to us.

    grid: rectangular, columns known. rows: rows known, but blank cells were dropped, so columns are not.
    stream: only the order of the non-blank cells is known (a single row holds them all).
    """

    rows: tuple[tuple[Cell, ...], ...]
    at: str
    order: Order = "grid"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line or block of prose. `at` is `p12` (twelfth paragraph) or `c120` (starts at character 120).

    `plain` is the normalised text; `origins[i]` is the index in `text` of `plain[i]`, empty when they run in step.
    """

    text: str
    at: str
    plain: str = ""
    origins: tuple[int, ...] = ()

    def locate(self, start: int, end: int) -> str:
        """Locator of `plain[start:end]`: a span of `text` for `p…`, of the whole decoded text for `c…`."""
        first, last = self.printed_span(start, end)
        if self.at.startswith("c"):
            base = int(self.at[1:])
            return f"c{base + first}-{base + last}"
        return f"{self.at}/{first}-{last}"

    def printed(self, start: int, end: int) -> str:
        """The text as printed behind `plain[start:end]`."""
        first, last = self.printed_span(start, end)
        return self.text[first:last]

    def printed_span(self, start: int, end: int) -> tuple[int, int]:
        """`plain[start:end]` as a half-open span of `text`."""
        if not self.origins:
            return start, end
        return self.origins[start], (self.origins[end - 1] + 1 if end > start else self.origins[start])


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader saw: blocks in reading order and what the container said.

    `text` is the decoded original that `c…` locators point into. `metadata` are name-value pairs of the container
    (html `<title>` as `title`, `<meta name=…>` by name). `damage` are codes of what went wrong before us.
    """

    blocks: tuple[Block, ...]
    text: str
    format: str
    encoding: str = ""
    undecodable: int = 0
    metadata: tuple[tuple[str, str], ...] = ()
    damage: tuple[str, ...] = ()


class Slot(NamedTuple):
    """A declared cell: where it stands in the form and which number it is."""

    row: str
    column: str
    metric: str
    applicant: str


class Placed(NamedTuple):
    """A printed cell in the place that its labels give it; `unit` is the one printed beside it or in its labels."""

    slot: Slot
    cell: Cell
    unit: str = ""


class Loose(NamedTuple):
    """A row whose numbers came without their columns: `cells` in printed order, blanks dropped.

    `shuffled` says that the columns are printed in another order than the form's, so that no sum proves a place.
    """

    slots: tuple[Slot, ...]
    cells: tuple[Cell, ...]
    shuffled: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """One table of one form as found in one printed table; `leftovers` hold numbers that no declared cell claims.

    `local` are the numbers of rows that a tolerant form does not know, each after its label. `damage` is the code of
    what makes the whole printed table worthless; then nothing is placed.
    """

    form: str
    section: str
    at: str
    placed: tuple[Placed, ...]
    loose: tuple[Loose, ...]
    leftovers: tuple[Cell, ...]
    local: tuple[tuple[Cell, Cell], ...] = ()
    damage: str = ""


class Reading(NamedTuple):
    """One declared cell as found: a table cell or a prose claim (a row of the `cells` frame without report_id)."""

    section: str
    form: str
    metric: str
    applicant: str
    item: str
    origin: Literal["table", "prose"]
    state: State
    value: float | None
    bound: Bound
    unit: str
    printed: str
    locator: str
    whole: str = ""  # prose: locator of the total that this number is a part of, when the list of parts is closed


class Refusal(Exception):
    """This file gives no report; `code` is declared in data/notes/ with its sentences, `detail` says what was seen."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reading itself has to say; `code` is declared in data/notes/*.yml with severity and sentences."""

    code: str
    section: str = ""
    place: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Identification:
    """Who reports about when, with every signal kept: `signals` are (field, source, value, locator)."""

    agency: str = ""
    agency_printed: str = ""
    agency_id: str = ""
    region_code: str = ""
    level: str = ""
    scope: str = ""
    fiscal_year: int | None = None
    title: str = ""
    published_on: str = ""
    document_date: str = ""
    index_number: str = ""
    signals: tuple[tuple[str, str, str, str], ...] = ()
    notes: tuple[Note, ...] = field(default=())
