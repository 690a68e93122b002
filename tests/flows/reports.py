"""Reports in, checked tables out, without Prefect: the whole way of a run for tests that look at what it decides."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from flows import store, warehouse
from flows.batch import Item, read_batch
from flows.check import Checked, check
from transforms.decisions import Decision

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


def checked(home: Path, given: dict[str, bytes], decisions: Sequence[Decision] = ()) -> Checked:
    """The tables that a run over these files (source -> bytes) would publish, with what people have decided."""
    return check(readings(home, given), decisions=decisions)


def readings(home: Path, given: dict[str, bytes]) -> warehouse.Readings:
    """What is read in these files (source -> bytes), by way of the raw store and the warehouse."""
    items = [Item(store.keep(home, data), source, len(data)) for source, data in given.items()]
    warehouse.record_sources(
        home, pl.DataFrame([(i.source, i.sha256) for i in items], schema=["source", "sha256"], orient="row")
    )
    warehouse.append(home, "test", warehouse.Readings(*read_batch(home, items)))
    return warehouse.readings(home, "test", set(warehouse.current(home)["report_id"]))
