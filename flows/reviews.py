"""The file of decisions on disk, data/reviews.csv or the user's own: loaded for a run, and added to one by one."""

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
    """Adds a decision to the file, which is made if need be, in the place of an earlier one on the same subject."""
    before = load(path) if path.exists() else ()
    others = [known for known in before if known.subject != decision.subject]
    arriving = path.with_name(f".{path.name}.arriving")
    arriving.write_text(written([*others, decision]), encoding="utf-8", newline="")
    arriving.replace(path)
