"""Publishes the tables that users rely on: home/analytics.duckdb and home/parquet, each old or new, never half.

In: one polars frame per table of data/tables.yml. Out: both, swapped in whole; Parquet first, the database last.
A run killed in between leaves one of them new; both are entire, and the next publish brings them together.
"""

import os
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import polars as pl

from flows import warehouse
from transforms.tables import conform, tables

DATABASE = "analytics.duckdb"
PARQUET = "parquet"
# A log of runs differs from run to run, and the Parquet of the same reports must not.
LOGS = frozenset({"quality.runs"})


class PublishError(Exception):
    """The new files were not fit to take the place of the old ones, which stand untouched."""


class NotPublished(Exception):
    """Nothing was published in this home yet."""


def publish(home: Path, given: Mapping[str, pl.DataFrame]) -> Path:
    """Puts new tables in the place of the old ones and returns the database file; raises TableError, PublishError.

    Needs the lock of `home`: what it finds half-built it takes for the leftovers of a killed run and removes.
    quality.runs is in the database only; the Parquet files are equal byte for byte for equal input.
    """
    if given.keys() != tables().keys():
        raise PublishError(
            f"these tables are given or declared, but not both: {sorted(given.keys() ^ tables().keys())}"
        )
    frames = {name: conform(name, given[name]) for name in tables()}
    sweep(home)
    with ThreadPoolExecutor(1) as aside:
        writing = aside.submit(write_parquet, home / f".parquet-{uuid4().hex}", frames)
        database = build_database(home / f".analytics-{uuid4().hex}.duckdb", frames)
    _swap_directory(writing.result(), home / PARQUET)
    database.replace(home / DATABASE)
    _flush(home)
    return home / DATABASE


def query(home: Path, sql: str) -> pl.DataFrame:
    """The answer of the published database to one SELECT; raises NotPublished, WarehouseError."""
    if not (home / DATABASE).is_file():
        raise NotPublished(f"{home / DATABASE} is not there yet")
    return warehouse.query(home / DATABASE, sql)


def build_database(path: Path, frames: Mapping[str, pl.DataFrame]) -> Path:
    """A complete database file of conformed frames at `path`, on disk for good; raises PublishError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    warehouse.build(path, frames)
    if path.with_name(path.name + ".wal").exists():
        raise PublishError(f"{path.name} was closed with work left in its log")
    _flush(path)
    return path


def write_parquet(folder: Path, frames: Mapping[str, pl.DataFrame]) -> Path:
    """A new folder with <schema>.<table>.parquet for each conformed frame but the logs, on disk for good."""
    folder.mkdir(parents=True)
    for name in sorted(frames.keys() - LOGS):
        path = folder / f"{name}.parquet"
        # One chunk and fixed row groups: otherwise the bytes follow how the frame was put together.
        frames[name].rechunk().write_parquet(path, compression="zstd", row_group_size=122_880)
        _flush(path)
    _flush(folder)
    return folder


def sweep(home: Path) -> None:
    """Removes what killed runs left half-built and the Parquet folder before the present one."""
    home.mkdir(parents=True, exist_ok=True)
    present = (home / PARQUET).resolve()
    for path in [*home.glob(".analytics-*"), *home.glob(".parquet-*")]:
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.resolve() != present:
            shutil.rmtree(path)


def _swap_directory(folder: Path, name: Path) -> None:
    # A folder cannot be renamed over another, a link can. The old folder stays for its readers until the next publish.
    link = folder.with_name(folder.name + ".link")
    link.symlink_to(folder.name)
    if name.is_dir() and not name.is_symlink():
        name.rename(name.with_name(f".parquet-{uuid4().hex}"))
    link.replace(name)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
