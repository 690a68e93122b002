"""A reading process as its parent sees it: an errand in, what came of it out, and at which document it is since when.

Never forked from the parent, whose polars holds threads that do not survive it: from the nursery, or spawned.
"""

import time
from collections.abc import Callable, Iterable, Iterator, MutableSequence, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from flows.batch import Frames, Item
from flows.memory import keep_memory
from flows.nursery import context

PLACE, SINCE, COMPUTED = 0, 1, 2
DYING = 5.0  # seconds that a process may take from closing its pipe to its exit code

Read = Callable[[Path, Iterable[Item]], Frames]
Clock = MutableSequence[float]


class Errand(NamedTuple):
    """Documents for one process, and where the first stands among all; `again` after they ended a process before."""

    first: int
    items: Sequence[Item]
    again: bool = False


class Working(NamedTuple):
    """The place in its errand of the document at work, for how many seconds it has been, and the computing before."""

    place: int
    seconds: float
    before: float


class Worker:
    """One reading process."""

    def __init__(self, read: Read) -> None:
        self.clock: Clock = context().RawArray("d", 3)
        self.pipe, theirs = context().Pipe()
        self.errand = Errand(0, ())
        self.process = context().Process(target=serve, args=(read, theirs, self.clock), daemon=True)
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
        # The place first: the other process writes it last.
        place, since, before = self.clock[PLACE], self.clock[SINCE], self.clock[COMPUTED]
        if not since:
            return None
        return Working(int(place), time.monotonic() - since, before)

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
        clock[COMPUTED] = time.process_time()
        clock[SINCE] = time.monotonic()
        clock[PLACE] = place
        yield item
