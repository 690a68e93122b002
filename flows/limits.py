"""What one document may cost, as data/limits.yml declares it, and what a process holds at the moment."""

import math
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
    """Seconds of computing, how many times as many by the clock, bytes of resident memory, bytes of a file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seconds: float
    seconds_recognising: float
    patience: float
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


def computed(pid: int) -> float:
    """The seconds of computing that a process has had; endless where the system does not tell: the clock decides."""
    try:
        if (stat := Path(f"/proc/{pid}/stat")).exists():
            fields = stat.read_text("ascii", "replace").rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return clock_seconds(ps(pid, "time"))
    except (OSError, ValueError):
        return math.inf


def clock_seconds(told: str) -> float:
    """Seconds, as `ps` tells them: `1-02:03:04`, `02:03.45`. Raises ValueError when it is neither."""
    days, _, clock = told.rpartition("-")
    hours, minutes, seconds = ["0", "0", *clock.split(":")][-3:]
    return 86_400 * int(days or 0) + 3_600 * int(hours) + 60 * int(minutes) + float(seconds)


def resident(pid: int) -> int:
    """The bytes of memory that a process holds; 0 where the system does not tell (Windows), or the process is gone."""
    try:
        if (statm := Path(f"/proc/{pid}/statm")).exists():
            return int(statm.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
        return int(ps(pid, "rss") or 0) * 1024
    except OSError:
        return 0


def ps(pid: int, column: str) -> str:
    """What `ps` says of a process. Raises OSError where there is none."""
    command = ["ps", "-o", f"{column}=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
