"""The file of decisions on disk, data/reviews.csv or the user's own: loaded for a run, and added to one by one."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from transforms.decisions import Decision, DecisionError, parse, written
from transforms.forms import DATA

REVIEWS = DATA / "reviews.csv"


class ReviewsError(Exception):
    """The file cannot be read as decisions; the message names file, line and fault. Nothing may be published then."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path}: {what}")
        self.path = path
        self.what = what


def load(path: Path) -> tuple[Decision, ...]:
    """The decisions in a file; raises ReviewsError, also when there is no such file."""
    try:
        # Spreadsheets put a byte order mark before UTF-8; newlines inside of what was printed must stay as they are.
        with path.open(encoding="utf-8-sig", newline="") as file:
            return parse(file.read())
    except (DecisionError, OSError, UnicodeDecodeError) as error:
        raise ReviewsError(path, str(error)) from error


def record(path: Path, decision: Decision) -> None:
    """Adds a decision to the file, which is made if need be; one that decides the same as an earlier takes its line.

    Who records at the same time waits, and who loads sees the file before or after. Raises ReviewsError.
    """
    with _alone(path):
        known = {each.subject: each for each in (load(path) if path.exists() else ())}
        _replace(path, written((known | {decision.subject: decision}).values()))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    # A lock beside the file: one on the file itself would be lost when the file is replaced.
    descriptor = os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _replace(path: Path, text: str) -> None:
    """A new file in the place of the old one, on disk before it gets the name: what people said is said once."""
    arriving = path.with_name(f".{path.name}.arriving")
    with arriving.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    arriving.replace(path)
