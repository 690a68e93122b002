"""Reports in, checked tables out, without Prefect: the whole way of a run for tests that look at what it decides."""

from pathlib import Path

import polars as pl

from flows import store, warehouse
from flows.batch import Item, read_batch
from flows.check import Checked, check

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


def checked(home: Path, given: dict[str, bytes]) -> Checked:
    """The tables that a run over these files (source -> bytes) would publish."""
    items = [Item(store.keep(home, data), source, len(data)) for source, data in given.items()]
    warehouse.record_sources(
        home, pl.DataFrame([(i.source, i.sha256) for i in items], schema=["source", "sha256"], orient="row")
    )
    warehouse.append(home, "test", warehouse.Readings(*read_batch(home, items)))
    return check(warehouse.readings(home, "test", set(warehouse.current(home)["report_id"])))
