"""One run at a time on one home: a lock in home/.lock that the system gives back however the run ends, kill -9 too."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_held: set[Path] = set()


class HomeBusy(Exception):
    """Another run works in this home; `pid` is its process, 0 when it did not say."""

    def __init__(self, home: Path, pid: int) -> None:
        super().__init__(f"another run{f' (process {pid})' if pid else ''} is at work in {home}; wait until it ends")
        self.home = home
        self.pid = pid


@contextmanager
def one_run(home: Path) -> Iterator[None]:
    """Holds the lock of `home` (made when missing) while the block runs; raises HomeBusy at once when it is taken."""
    home.mkdir(parents=True, exist_ok=True)
    path = home.resolve() / ".lock"
    # The lock belongs to the process: a second open and close of the file in this process would give it back.
    if path in _held:
        raise HomeBusy(home, os.getpid())
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(descriptor, home)
        _held.add(path)
        yield
    finally:
        _held.discard(path)
        os.close(descriptor)


def _take(descriptor: int, home: Path) -> None:
    # lockf and not flock: a flock lives on in forked workers that outlast a killed run.
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        said = os.read(descriptor, 32).decode("ascii", "replace").strip()
        raise HomeBusy(home, int(said) if said.isdecimal() else 0) from error
    os.truncate(descriptor, 0)
    os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))
