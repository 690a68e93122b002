"""Reader processes: files in, frames out, errand by errand; the only place where work leaves the process.

A document that takes too long or too much memory, or at which its process dies, is refused by name; its process is
replaced, and the other documents of its errand are read. Limits: data/limits.yml.
"""

import os
import pickle
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from multiprocessing.connection import wait
from pathlib import Path

import polars as pl

from flows.batch import Frames, Item, read_batch, refused
from flows.limits import Limits, allowed_seconds, limits, resident
from flows.worker import Errand, Read, Worker, Working

CHUNK = 1_000_000  # bytes of one errand to a reader: long enough that the trip costs nothing, short enough to share out
LEAST = 2_000  # bytes that a file counts for at least: the size of those that came with an earlier run is not known
BATCH = 64_000_000  # bytes of one task of the flow
TICK = 0.25  # seconds between two looks at the readers

Tell = Callable[[int, int], None]
Waiting = deque[Errand]
Reason = tuple[str, str]  # the code of a note, and its detail
Part = tuple[int, Frames]  # where its first document stands among all, and what reading gave


class ReaderNotStarted(Exception):
    """Two reading processes died before they had begun their first document: the fault is not a document's."""


class Readers:
    """Reading processes, started as they are needed, one a core."""

    def __init__(self, read: Read, given: Limits) -> None:
        self.read, self.limits = read, given
        self.idle: list[Worker] = []
        self.busy: list[Worker] = []

    def employ(self, home: Path, waiting: Waiting) -> None:
        """Gives errands to all who can take one; one that is to be tried again goes to a fresh process."""
        while waiting and len(self.busy) < (os.cpu_count() or 1):
            worker = Worker(self.read) if waiting[0].again or not self.idle else self.idle.pop()
            worker.give(home, waiting.popleft())
            self.busy.append(worker)

    def release(self, worker: Worker) -> None:
        """Notes that a process can take another errand."""
        self.busy.remove(worker)
        self.idle.append(worker)

    def dismiss(self, worker: Worker) -> int:
        """Ends a process; returns its exit code."""
        self.busy.remove(worker)
        return worker.end()


@contextmanager
def readers(read: Read = read_batch, given: Limits | None = None) -> Iterator[Readers]:
    """Reader processes, ended with the block."""
    pool = Readers(read, given or limits())
    try:
        yield pool
    finally:
        for worker in (*pool.idle, *pool.busy):
            worker.end()


def read_all(pool: Readers, home: Path, items: Sequence[Item], tell: Tell) -> Frames:
    """Reads all items and joins what the readers give, in order; `tell(done, total)` is called as errands come in.

    Raises ReaderNotStarted.
    """
    waiting: Waiting = deque(errands(items))
    parts: dict[int, Frames] = {}
    while waiting or pool.busy:
        pool.employ(home, waiting)
        for first, part in (*answers(pool, home, waiting), *stopped(pool, home, waiting)):
            parts[first] = part
            tell(part.documents.height, len(items))
    return Frames(*(pl.concat(frames) for frames in zip(*(parts[first] for first in sorted(parts)), strict=True)))


def answers(pool: Readers, home: Path, waiting: Waiting) -> Iterator[Part]:
    """What the readers have finished, after a tick at the latest."""
    ready = wait([worker.pipe for worker in pool.busy], TICK)
    for worker in [worker for worker in pool.busy if worker.pipe in ready]:
        try:
            answer = worker.take()
        except (EOFError, OSError):
            yield from broken_off(pool, worker, worker.at(), waiting, ("reader_died", ""))
            continue
        errand = worker.errand
        pool.release(worker)
        pool.employ(home, waiting)  # before the frames are unpacked, which takes a while
        yield errand.first, pickle.loads(answer)


def stopped(pool: Readers, home: Path, waiting: Waiting) -> Iterator[Part]:
    """The documents that went over a limit; their processes are ended."""
    for worker in list(pool.busy):
        at = worker.at()
        reason = too_much(pool.limits, home, worker, at) if at is not None and at.seconds > TICK else None
        if reason is not None:
            yield from broken_off(pool, worker, at, waiting, reason)


def too_much(given: Limits, home: Path, worker: Worker, at: Working) -> Reason | None:
    """Which limit the document at work is over, if any, and by how much."""
    item = worker.errand.items[at.place]
    if at.seconds > given.seconds and at.seconds > allowed_seconds(given, home, item.sha256):
        return "took_too_long", f"{at.seconds:.0f}"
    held = resident(worker.process.pid or 0)
    return ("took_too_much_memory", f"{held / 1e9:.1f}") if held > given.memory else None


def broken_off(pool: Readers, worker: Worker, at: Working | None, waiting: Waiting, reason: Reason) -> Iterator[Part]:
    """Parts an errand at the document at which it broke off: refuses that one, and lets the others be read.

    What ended a process the first time, a machine at its limits or memory that earlier documents left behind, need not
    end the next: such a document is tried once more, first in a fresh process.
    """
    errand, ended = worker.errand, pool.dismiss(worker)
    if at is None:
        if errand.again:
            raise ReaderNotStarted(f"exit code {ended}")
        waiting.appendleft(errand._replace(again=True))
        return
    first, guilty, following = errand.first, errand.items[at.place], at.place + 1
    rest = Errand(first + following, errand.items[following:]), Errand(first, errand.items[: at.place])
    waiting.extendleft(part for part in rest if part.items)
    code, detail = reason
    if errand.again:
        yield first + at.place, refused(guilty, code, detail or f"exit code {ended}")
    else:
        waiting.appendleft(Errand(first + at.place, [guilty], again=True))


def errands(items: Sequence[Item]) -> Iterator[Errand]:
    """The items in errands of about CHUNK bytes."""
    first = 0
    for portion in portions(items, CHUNK):
        yield Errand(first, portion)
        first += len(portion)


def portions(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """The items cut into runs of about `size` bytes, at least one item each."""
    cuts, filled = [0], 0
    for place, item in enumerate(items):
        if filled >= size:
            cuts.append(place)
            filled = 0
        filled += max(item.size, LEAST)
    return [items[first:last] for first, last in pairwise([*cuts, len(items)]) if last > first]
