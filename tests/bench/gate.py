"""What the gate costs as reports become more: `python -m tests.bench.gate [--reports 2000 20000]`.

Reports read once are multiplied: copies under other agencies, all their numbers times the number of the copy, so that
sums hold and no two are alike. Each size is judged in a process of its own: seconds, ms a report, peak memory.
"""

import argparse
import multiprocessing
import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from expectations import docs, engine
from flows import check
from flows.batch import Frames, Item, read_batch
from flows.collect import collect
from flows.warehouse import Readings
from tests.bench.make_pages import make

READ = 200


def main() -> None:
    """Prints a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, nargs="+", default=[2_000, 6_000, 20_000])
    sizes = parser.parse_args().reports
    with TemporaryDirectory() as name:
        frames = _read(Path(name))
        print(f"{'reports':>8}{'cells':>11}{'seconds':>9}{'ms a report':>13}{'peak GB':>9}")
        for size in sizes:
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                cells, seconds, peak = pool.apply(judged, (frames, size))
            print(f"{size:>8,}{cells:>11,}{seconds:>9.1f}{seconds / size * 1000:>13.2f}{peak / 1e6:>9.2f}")


def judged(frames: Frames, size: int) -> tuple[int, float, int]:
    """The cells of so many reports; the seconds to judge them and write the data docs; kilobytes at the peak."""
    readings = multiplied(frames, size)
    engine.start()
    started = time.monotonic()
    with TemporaryDirectory() as name:
        docs.write(check.check(readings).verdict, Path(name))
    seconds = time.monotonic() - started
    return readings.cells.height, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def multiplied(frames: Frames, size: int) -> Readings:
    """So many reports of as many agencies, as the warehouse gives them."""
    copies = range(1, size // frames.documents.height + 1)
    documents = pl.concat(_copied(frames.documents, copy) for copy in copies)
    cells = pl.concat(_copied(frames.cells, copy).with_columns(pl.col("value") * copy) for copy in copies)
    notes = pl.concat(_copied(frames.notes, copy) for copy in copies)
    named = documents.with_columns(source="report_id", agency_id=pl.format("{} {}", "agency_id", "report_id"))
    return Readings(named.sort("report_id"), cells.sort("report_id", maintain_order=True), notes.sort("report_id"))


def _copied(frame: pl.DataFrame, copy: int) -> pl.DataFrame:
    return frame.with_columns(report_id=pl.format(f"{copy:05}{{}}", pl.col("report_id").str.slice(5)))


def _read(place: Path) -> Frames:
    make(place / "pages", READ, 0)
    arrivals, _ = collect(place / "home", [str(place / "pages")])
    return read_batch(place / "home", [Item(each.sha256, each.source, each.size) for each in arrivals])


if __name__ == "__main__":
    main()
