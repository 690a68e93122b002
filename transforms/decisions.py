"""The file of human decisions about findings and cells: CSV text in, decisions out, and back.

One line is one decision: accept a section as printed though a rule fails, dismiss a false alarm, or correct a cell.
A line that is not as declared raises DecisionError with its number: a file that is half read would publish numbers that
a person has already called wrong.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

Said = Annotated[str, Field(pattern=r"\S")]


class Decision(BaseModel):
    """One decision. `finding_id` and `identity` name the finding of accept and dismiss, the cell's key that of correct.

    What guards a correction is the cell as it was read: `locator`, `printed`, and `read`, its value (None: no number).
    `source` and, for accept and dismiss, `section`, `identity`, `instance` are there for the people who read the file.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    decision: Literal["accept", "dismiss", "correct"]
    report_id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    source: str = ""
    section: str = ""
    identity: str = ""
    instance: str = ""
    finding_id: Annotated[str, Field(pattern=r"^([0-9a-f]{16})?$")] = ""
    metric: str = ""
    applicant: str = ""
    item: str = ""
    origin: Literal["", "table", "prose"] = ""
    locator: str = ""
    printed: str = ""
    read: float | None = None
    value: float | None = None
    who: Said
    decided_on: date
    reason: Said

    @model_validator(mode="after")
    def _says_what_it_is_about(self) -> Self:
        needed = (
            ("section", "metric", "origin", "locator") if self.decision == "correct" else ("identity", "finding_id")
        )
        missing = [name for name in needed if getattr(self, name) == ""]
        if (self.value is None) == (self.decision == "correct"):
            missing.append("value")
        if missing:
            raise ValueError(f"{self.decision} needs, or may not have: {', '.join(missing)}")
        return self

    @property
    def subject(self) -> tuple[str, ...]:
        """What is decided: no two lines may decide the same."""
        if self.decision != "correct":
            return (self.finding_id,)
        return self.report_id, self.section, self.metric, self.applicant, self.item, self.origin, self.locator


COLUMNS = tuple(Decision.model_fields)


class DecisionError(Exception):
    """The file of decisions is not as declared; `line` counts from 1, 0 stands for the file as a whole."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"line {line}: {what}" if line else what)
        self.line = line
        self.what = what


def parse(text: str) -> tuple[Decision, ...]:
    """The decisions of a CSV text with a header, in its order. Raises DecisionError for the first wrong line."""
    found: dict[tuple[str, ...], int] = {}
    decisions = []
    for line, row in _rows(text):
        decision = _decision(line, row)
        if decision.subject in found:
            raise DecisionError(line, f"decides again what line {found[decision.subject]} decides")
        found[decision.subject] = line
        decisions.append(decision)
    return tuple(decisions)


def written(decisions: Iterable[Decision]) -> str:
    """The CSV text of decisions, with its header; numbers as short as they can be."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_text(getattr(decision, name)) for name in COLUMNS] for decision in decisions)
    return out.getvalue()


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and named fields of each line below the header; blank lines are passed over."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    start = 0
    try:
        for fields in reader:
            first, start = start + 1, reader.line_num
            if first == 1:
                _same_header(fields)
            elif fields:
                yield first, _named(first, fields)
    except csv.Error as error:
        raise DecisionError(reader.line_num, str(error)) from error
    if start == 0:
        raise DecisionError(0, "no header")


def _same_header(fields: list[str]) -> None:
    if tuple(fields) != COLUMNS:
        raise DecisionError(1, f"the header must be {','.join(COLUMNS)}")


def _named(line: int, fields: list[str]) -> dict[str, str]:
    if len(fields) != len(COLUMNS):
        raise DecisionError(line, f"{len(fields)} fields, not {len(COLUMNS)}")
    return {name: field for name, field in zip(COLUMNS, fields, strict=True) if field != ""}


def _decision(line: int, row: dict[str, str]) -> Decision:
    try:
        return Decision.model_validate(row)
    except ValidationError as error:
        told = [f"{'.'.join(map(str, each['loc']))} {each['msg']}".strip() for each in error.errors()]
        raise DecisionError(line, "; ".join(told)) from error


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
