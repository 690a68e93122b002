"""What one run did, as plain data: counts, what was held and refused with the reasons, and where to look."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Summary:
    """A finished run; `held_rows` are (source, section, zh, en), `rejected_rows` (source, code, zh, en).

    `decided_rows` are (source, status, zh, en): what people have decided, and what became of it. `gone` are sources
    below a folder that was given, published though their files are no longer there.
    """

    run_id: str
    outcome: Literal["published", "stopped"]
    detail: str
    seconds: float
    sources: int
    read: int
    reused: int
    published: int
    partly_held: int
    held: int
    rejected: int
    lost_sections: int
    facts: int
    findings: int
    held_rows: tuple[tuple[str, str, str, str], ...]
    rejected_rows: tuple[tuple[str, str, str, str], ...]
    decided_rows: tuple[tuple[str, str, str, str], ...]
    analytics: Path
    site: Path
    gone: tuple[str, ...] = ()
