"""A reading process as its parent sees it: an errand in, what came of it out, and at which document it is since when.

Spawned, not forked: polars holds threads that do not survive a fork.
"""

import ctypes
import gc
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterable, Iterator, MutableSequence, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from flows.batch import Frames, Item

_MALLOC_OPTIONS = ((-3, 1 << 30), (-1, (1 << 31) - 1), (-2, 1 << 26))  # mmap threshold, trim threshold, top pad
PLACE, SINCE = 0, 1
DYING = 5.0  # seconds that a process may take from closing its pipe to its exit code

Read = Callable[[Path, Iterable[Item]], Frames]
Clock = MutableSequence[float]


class Errand(NamedTuple):
    """Documents for one process, and where the first stands among all; `again` after they ended a process before."""

    first: int
    items: Sequence[Item]
    again: bool = False


class Working(NamedTuple):
    """The place in its errand of the document at work, and for how many seconds it has been."""

    place: int
    seconds: float


class Worker:
    """One reading process."""

    def __init__(self, read: Read) -> None:
        context = multiprocessing.get_context("spawn")
        self.clock: Clock = context.RawArray("d", 2)
        self.pipe, theirs = context.Pipe()
        self.errand = Errand(0, ())
        self.process = context.Process(target=serve, args=(read, theirs, self.clock), daemon=True)
        self.process.start()
        theirs.close()

    def give(self, home: Path, errand: Errand) -> None:
        """Hands out an errand; a process that has died meanwhile shows when its answer is taken."""
        self.errand = errand
        self.clock[SINCE] = self.clock[PLACE] = 0
        with suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send((home, errand.items))

    def take(self) -> bytes:
        """The pickled answer. Raises EOFError or OSError when the process has died."""
        try:
            return self.pipe.recv_bytes()
        except (EOFError, OSError):
            self.process.join(DYING)
            raise

    def at(self) -> Working | None:
        """The document at work; None before the first."""
        place, since = self.clock[PLACE], self.clock[SINCE]  # in this order: the other process writes them backwards
        return Working(int(place), time.monotonic() - since) if since else None

    def end(self) -> int:
        """Ends the process, at whatever it is; returns its exit code, negative for a signal."""
        self.pipe.close()
        self.process.kill()
        self.process.join()
        return self.process.exitcode or 0


def serve(read: Read, pipe: Connection, clock: Clock) -> None:
    """The life of a reading process: errands in, answers out, until its parent is gone."""
    keep_memory()
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        while True:
            home, items = pipe.recv()
            pipe.send(read(home, timed(items, clock)))


def timed(items: Sequence[Item], clock: Clock) -> Iterator[Item]:
    """The items, each marked as begun when it is asked for."""
    for place, item in enumerate(items):
        clock[SINCE] = time.monotonic()
        clock[PLACE] = place
        yield item


def keep_memory() -> None:
    """Lets glibc keep the memory of one page's tree for the next: to and fro costs a fifth of reading."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        for option in _MALLOC_OPTIONS:
            libc.mallopt(*option)
    gc.freeze()
