"""Whole-pipeline speed: `python -m tests.bench.run [--html 2000] [--txt 2000]`.

Three tables: reports per second of `gongkai run` as a whole process and of the flow in it, with a Prefect server up as
in production; seconds by stage of the flow; CPU milliseconds per document by step of reading, beside the floors that
were measured for a tight prototype. Read the ratios: absolute times on a shared machine say little.
"""

import argparse
import gc
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

from expectations import docs, engine
from flows import check, publish, report, warehouse
from flows.batch import Item
from flows.cli import GARBAGE
from flows.collect import collect
from flows.orchestration import server
from flows.readers import read_all, readers
from tests.bench.make_pages import make
from transforms.body import body
from transforms.claims import claims
from transforms.extract import extract
from transforms.genre import screen
from transforms.identify import identify
from transforms.model import Paragraph
from transforms.normalise import normalise_document
from transforms.read.reader import read
from transforms.recognise import recognise

FLOORS = {
    "html": {"read": 1.37, "normalise": 0.10, "all": 1.27},
    "txt": {"read": 0.04, "normalise": 0.094, "all": 0.23},
}


def main() -> None:
    arguments = _arguments()
    gc.set_threshold(GARBAGE)  # as the command does
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        make(place / "pages", arguments.html, arguments.txt)
        for kind in ("html", "txt"):
            _bench(kind, place)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--html", type=int, default=2000)
    parser.add_argument("--txt", type=int, default=2000)
    return parser.parse_args()


def _bench(kind: str, place: Path) -> None:
    folder = place / kind
    folder.mkdir()
    for path in (place / "pages").rglob(f"*.{kind}"):
        path.rename(folder / path.name)
    files = sorted(folder.iterdir())
    size = sum(path.stat().st_size for path in files) / len(files) / 1000
    print(f"\n{kind}: {len(files)} files, mean {size:.1f} KB, {os.cpu_count()} cores")
    _whole(folder, place / f"home-{kind}", len(files))
    _stages(folder, place / f"stages-{kind}", len(files))
    _steps(kind, files[:200])


def _whole(folder: Path, home: Path, count: int) -> None:
    with server(home.parent / f"prefect-{folder.name}") as url:
        for name in ("first run", "second run"):
            started = time.monotonic()
            done = subprocess.run(
                [sys.executable, "-c", "from flows.cli import main; main()", "--home", str(home), "run", str(folder)],
                env={**os.environ, "PREFECT_API_URL": url},
                capture_output=True,
                text=True,
                check=True,
            )
            seconds = time.monotonic() - started
            flow = float(re.findall(r"([\d.]+) s\n", done.stdout)[0])
            rates = f"{count / seconds:.0f}/s; flow {flow:.1f} s = {count / flow:.0f}/s"
            print(f"  {name}: process {seconds:.1f} s = {rates}")


@contextmanager
def _timed(name: str, taken: dict[str, float]) -> Iterator[None]:
    started = time.monotonic()
    yield
    taken[name] = taken.get(name, 0.0) + time.monotonic() - started


def _stages(folder: Path, home: Path, count: int) -> None:
    taken: dict[str, float] = {}
    with _timed("import Great Expectations", taken):
        engine.start()
    with _timed("collect", taken):
        arrivals, _ = collect(home, [str(folder)])
        given = [(each.source, each.sha256) for each in arrivals]
        warehouse.record_sources(home, pl.DataFrame(given, schema=["source", "sha256"], orient="row"))
    items = [Item(each.sha256, each.source, each.size) for each in arrivals]
    with _timed("read (all cores)", taken), readers() as pool:
        frames = read_all(pool, home, items, lambda done, total: None)
    with _timed("keep readings", taken):
        warehouse.append(home, "bench", warehouse.Readings(*frames))
    with _timed("load readings", taken):
        loaded = warehouse.readings(home, "bench", set(frames.documents["report_id"]))
    with _timed("check (polars + Great Expectations)", taken):
        checked = check.check(loaded)
    tables = {**checked.tables, "quality.runs": warehouse.runs(home)}
    with _timed("publish", taken):
        publish.publish(home, tables)
    with _timed("data docs", taken):
        docs.write(checked.verdict, home / "docs")
    with _timed("site", taken):
        report.write_site(home, tables)
    total = sum(taken.values())
    print(f"  stages, {total:.1f} s in all:")
    for name, seconds in taken.items():
        print(f"    {name:<36}{seconds:6.2f} s {seconds / total:5.0%} {seconds / count * 1000:7.2f} ms a report")


def _steps(kind: str, files: list[Path]) -> None:
    taken: dict[str, float] = {}
    for path in files:
        _read_one(path.read_bytes(), path.name, taken)
    total = sum(taken.values()) / len(files) * 1000
    print(f"  CPU ms a document by step, {total:.2f} in all (floor of a tight prototype: {FLOORS[kind]['all']}):")
    for name, seconds in taken.items():
        floor = FLOORS[kind].get(name)
        print(f"    {name:<12}{seconds / len(files) * 1000:6.2f}{f'   floor {floor}' if floor else ''}")


def _read_one(data: bytes, source: str, taken: dict[str, float]) -> None:
    def step(name: str, function: Callable[..., Any], *given: Any) -> Any:
        started = time.process_time()
        try:
            return function(*given)
        finally:
            taken[name] = taken.get(name, 0.0) + time.process_time() - started

    printed, _ = step("normalise", normalise_document, step("read", read, data, source))
    document, chrome = step("body", body, printed)
    step("screen", screen, document)
    layouts = step("recognise", recognise, document)
    found = step("identify", identify, document, chrome, source)
    step("extract", extract, document, layouts, found.fiscal_year)
    prose = [block for block in document.blocks if isinstance(block, Paragraph)]
    step("claims", claims, prose, found.fiscal_year)


if __name__ == "__main__":
    main()
