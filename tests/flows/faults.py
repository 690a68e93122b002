"""Reading that goes wrong as a C library can: the source of an item says how, in the process that reads it."""

import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from flows.batch import Frames, Item, read_batch, refused


def really_read_with_faults(home: Path, items: Iterable[Item]) -> Frames:
    """Reads a batch, and does to its process what the sources ask for."""
    return read_batch(home, map(suffered, items))


def read_with_faults(home: Path, items: Iterable[Item]) -> Frames:
    """The same without reading, which takes the first seconds of a process."""
    parts = [refused(suffered(item), "empty_file", "") for item in items]
    return Frames(*(pl.concat(frames) for frames in zip(*parts, strict=True)))


def suffered(item: Item) -> Item:
    """The item, if its fault lets anything come after it."""
    name, _, mark = Path(item.source).name.partition("@")
    if name in FAULTS and not (mark and Path(mark.replace("+", "/")).exists()):
        if mark:
            Path(mark.replace("+", "/")).touch()
        FAULTS[name]()
    return item


def hang() -> None:
    """Never comes back, and listens to no one."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(1)


def crash() -> None:
    """Dies as of a wild pointer."""
    os.kill(os.getpid(), signal.SIGKILL)


def hog() -> None:
    """Takes a gigabyte and keeps it."""
    held = bytearray(os.urandom(1_000)) * 1_000_000
    hang()
    del held


def die_unbegun(home: Path, items: Iterable[Item]) -> Frames:
    """Dies before any document is asked for."""
    os._exit(3)


FAULTS = {"hang": hang, "crash": crash, "hog": hog, "raise": lambda: 1 / 0}
