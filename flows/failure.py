"""What around a run can end it (disk, database, server), and the reason in a line; not faults of the program."""

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from httpx import HTTPError
from polars.exceptions import ComputeError

from flows.orchestration import ServerFailed
from flows.publish import PublishError
from flows.store import RawDamaged
from flows.warehouse import WarehouseError

# Polars has no error of its own for a disk that refuses what it writes.
SURROUNDINGS = (OSError, WarehouseError, PublishError, RawDamaged, ServerFailed, HTTPError, ComputeError)
FULL = 4_000_000  # bytes


def reason(error: BaseException, home: Path) -> str:
    """What came first, as the system says it: a full disk makes the server fail, and then the run."""
    there = next(each for each in (home.resolve(), *home.resolve().parents) if each.exists())
    if shutil.disk_usage(there).free < FULL:
        return f"{os.strerror(errno.ENOSPC)}: {home}"
    known = [each for each in _chain(error) if isinstance(each, OSError | WarehouseError | PublishError)]
    return str(known[-1] if known else error).partition("\n")[0]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
