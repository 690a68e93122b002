"""Cells and notes of a batch of readings as Parquet parts under home/readings; which part holds a report is in DuckDB.

A part is written whole beside its name and then renamed, and is never changed. One that no document names is unused.
"""

from pathlib import Path
from uuid import uuid4

import polars as pl

from transforms.tables import conform, frame_schema

FOLDER = "readings"
TABLES = {"cells": "quality.cells", "notes": "core.notes"}


def write(home: Path, cells: pl.DataFrame, notes: pl.DataFrame) -> str:
    """The name of a new part that holds these frames. Raises TableError when one is not as declared."""
    part = uuid4().hex
    (home / FOLDER).mkdir(parents=True, exist_ok=True)
    for name, frame in (("cells", cells), ("notes", notes)):
        # Readers give each report in key order: with the reports in order too, checking the key costs next to nothing.
        ordered = conform(TABLES[name], frame.sort("report_id", maintain_order=True))
        arriving = _path(home, part, name).with_suffix(".arriving")
        ordered.write_parquet(arriving, compression="zstd", compression_level=1)
        arriving.replace(_path(home, part, name))
    return part


def read(home: Path, wanted: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Cells and notes of the reports `wanted` (report_id, part), each in order of its key."""
    cells, notes = (_read(home, name, wanted) for name in TABLES)
    return cells, notes


def _read(home: Path, name: str, wanted: pl.DataFrame) -> pl.DataFrame:
    found = [pl.DataFrame(schema=frame_schema(TABLES[name]))]
    for (part,), reports in wanted.group_by("part", maintain_order=True):
        held = pl.read_parquet(_path(home, str(part), name))
        found.append(held.join(reports, on="report_id", how="semi", maintain_order="left"))
    return conform(TABLES[name], pl.concat(found).sort("report_id", maintain_order=True))


def _path(home: Path, part: str, name: str) -> Path:
    return home / FOLDER / f"{part}.{name}.parquet"
