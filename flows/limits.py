"""What one document may cost, as data/limits.yml declares it, and what a process holds at the moment."""

import os
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from flows.store import raw_path
from transforms.forms import load
from transforms.read.image import PICTURES

RECOGNISED = (b"%PDF-", *PICTURES)


class Limits(BaseModel):
    """Seconds by the clock, bytes of resident memory, bytes of a file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seconds: float
    seconds_recognising: float
    memory: int
    file: int


@cache
def limits() -> Limits:
    """The limits as declared."""
    return Limits.model_validate(load("limits.yml"))


def allowed_seconds(given: Limits, home: Path, sha256: str) -> float:
    """How long a document may take: longer where its characters may have to be recognised."""
    if find_spec("rapidocr") is None:
        return given.seconds
    with raw_path(home, sha256).open("rb") as file:
        start = file.read(16)
    return given.seconds_recognising if start.startswith(RECOGNISED) else given.seconds


def resident(pid: int) -> int:
    """The bytes of memory that a process holds; 0 where the system does not tell (Windows), or the process is gone."""
    try:
        if (statm := Path(f"/proc/{pid}/statm")).exists():
            return int(statm.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
        told = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return int(told.stdout or 0) * 1024
    except OSError:
        return 0
