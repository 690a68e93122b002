"""What is printed on a screen: plain text made safe, aligned tables, in colour only where a terminal shows it."""

import datetime
import sys
import unicodedata
from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.texts import Phrase

PIPE_WIDTH = 240
NULL = "NULL"


def safe(text: str) -> str:
    """`text` without control characters: a report must not be able to steer the reader's terminal."""
    return "".join(c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf") else "\ufffd" for c in text)


def screen() -> Console:
    """Standard output; into a pipe it is wide enough that no table is cut."""
    width = None if sys.stdout.isatty() else PIPE_WIDTH
    return Console(markup=False, highlight=False, emoji=False, width=width, soft_wrap=True)


def errors() -> Console:
    """Standard error, where progress and complaints go."""
    return Console(markup=False, highlight=False, emoji=False, stderr=True, soft_wrap=True)


def both(phrase: Phrase) -> str:
    """Both languages on a line, Chinese first."""
    return f"{phrase.zh}  {phrase.en}"


def as_text(value: object) -> str:
    """A database value as a person writes it: whole numbers without a point, NULL by name."""
    if value is None:
        return NULL
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return safe(str(value))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """Rows under a header; columns that hold only numbers are set to the right."""
    body = list(rows)
    grid = Table(box=SIMPLE_HEAD, pad_edge=False)
    for place, name in enumerate(columns):
        grid.add_column(name, justify="right" if _is_numeric([row[place] for row in body]) else "left")
    for row in body:
        grid.add_row(*(Text(as_text(value), style="dim" if value is None else "") for value in row))
    return grid


def _is_numeric(values: Sequence[object]) -> bool:
    known = [value for value in values if value is not None]
    return bool(known) and all(isinstance(value, int | float) for value in known)
