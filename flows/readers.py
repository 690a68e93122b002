"""A pool of reader processes: files in, frames out, chunk by chunk; the only place where work leaves the process."""

import ctypes
import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path

import polars as pl

from flows.batch import Frames, Item, read_batch

CHUNK = 1_000_000  # bytes of one errand to a reader: long enough that the trip costs nothing, short enough to share out
_MALLOC_OPTIONS = ((-3, 1 << 30), (-1, (1 << 31) - 1), (-2, 1 << 26))  # mmap threshold, trim threshold, top pad
BATCH = 64_000_000  # bytes of one task of the flow

Tell = Callable[[int, int], None]


@contextmanager
def readers() -> Iterator[ProcessPoolExecutor]:
    """Reader processes, one a core. Spawned, not forked: polars holds threads that do not survive a fork."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context, initializer=keep_memory) as pool:
        yield pool


def keep_memory() -> None:
    """Lets glibc keep the memory of one page's tree for the next: to and fro costs a fifth of reading."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        for option in _MALLOC_OPTIONS:
            libc.mallopt(*option)
    gc.freeze()


def read_all(pool: ProcessPoolExecutor, home: Path, items: Sequence[Item], tell: Tell) -> Frames:
    """Reads all items and joins what the readers give; `tell(done)` is called as chunks come in."""
    chunks = portions(items, CHUNK)
    parts: list[Frames] = []
    for chunk, part in zip(chunks, pool.map(partial(read_batch, home), chunks), strict=True):
        parts.append(part)
        tell(len(chunk), len(items))
    return Frames(*(pl.concat(frames) for frames in zip(*parts, strict=True)))


def portions(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """The items cut into runs of about `size` bytes, at least one item each."""
    cuts, filled = [0], 0
    for place, item in enumerate(items):
        if filled >= size:
            cuts.append(place)
            filled = 0
        filled += item.size
    return [items[first:last] for first, last in pairwise([*cuts, len(items)]) if last > first]
