"""The abstract of the project: collect -> read -> check -> publish -> report, as one Prefect flow.

A report reaches `analytics` through `check` and `publish` alone; a run whose gate stops leaves the last good tables.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import polars as pl
from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture

from expectations import engine
from flows import publish as publishing
from flows import report, reviews, warehouse
from flows.batch import Frames, Item
from flows.check import Checked, check
from flows.collect import Arrival, Missing, collect, opened
from flows.lock import one_run
from flows.notify import tell
from flows.orchestration import settings
from flows.outcome import Summary
from flows.readers import BATCH, Readers, Tell, portions, read_all, readers
from flows.summarise import run_row, summarise, summary_markdown
from flows.version import code_version
from transforms.decisions import Decision
from transforms.tables import conform

_told: ContextVar[Callable[[int, int], None]] = ContextVar("progress", default=lambda done, total: None)


class GateStopped(Exception):
    """The validation itself failed: nothing was published. The message says which expectations, `summary` the rest."""

    def __init__(self, summary: Summary) -> None:
        super().__init__(summary.detail)
        self.summary = summary


def run(sources: Sequence[str], home: Path, full: bool, decided: Path, progress: Callable[[int, int], None]) -> Summary:
    """Runs the flow here and now, with the server of PREFECT_API_URL if one is set. Raises HomeBusy, ReviewsError."""
    # What stops a run is said at once, before a server is started; the flow asks again for itself.
    reviews.load(decided)
    with one_run(home):
        pass
    token = _told.set(progress)
    try:
        with settings(home):
            return gongkai(list(sources), str(home), full, str(decided))
    except GateStopped as stopped:
        return stopped.summary
    finally:
        _told.reset(token)


@flow(name="gongkai", validate_parameters=True, on_failure=[tell], on_crashed=[tell])
def gongkai(
    sources: list[str], home: str = "data/home", full: bool = False, decided: str = str(reviews.REVIEWS)
) -> Summary:
    """Brings every report that the sources name into home/analytics.duckdb, checked, and as people have decided."""
    base, started, clock = Path(home), datetime.now(UTC), time.monotonic()
    with one_run(base), ThreadPoolExecutor(1) as aside:
        aside.submit(engine.start)  # takes seconds to import, in which reports are collected and read
        decisions = reviews.load(Path(decided))
        arrivals, missing = collect_sources(base, sources)
        fresh = unread(base, arrivals, full)
        read_new(base, fresh)
        checked = check_all(base, decisions)
        run_id = f"{started:%Y%m%dT%H%M%S}-{uuid4().hex[:6]}"
        seconds = time.monotonic() - clock
        summary = summarise(run_id, base, arrivals, missing, len(fresh), checked, seconds)
        summary = replace(summary, gone=_gone(base, sources, checked))
        row = run_row(summary, started, code_version())
        if summary.outcome == "stopped":
            warehouse.log_run(base, row)
            raise GateStopped(summary)
        # The log says "published" of what is: a run that fails while publishing leaves no row.
        publish_all(base, checked, row)
        warehouse.log_run(base, row)
        write_pages(base, checked, summary)
    return summary


def _gone(home: Path, sources: Sequence[str], checked: Checked) -> tuple[str, ...]:
    published = set(checked.tables["analytics.reports"]["source"])
    away = warehouse.gone(home, [source for source in sources if Path(source).is_dir()])
    return tuple(source for source in away if source in published)


@task(retries=2, retry_delay_seconds=[1, 5], cache_policy=NO_CACHE)
def collect_sources(home: Path, sources: Sequence[str]) -> tuple[list[Arrival], list[Missing]]:
    """Keeps the bytes of every file given and notes which source holds them now; a busy disk is tried again."""
    arrivals, missing = collect(home, sources)
    given = [(arrival.source, arrival.sha256) for arrival in arrivals]
    sources_now = pl.DataFrame(given, schema={"source": pl.String, "sha256": pl.String}, orient="row")
    warehouse.record_sources(home, sources_now, opened(arrivals, missing))
    return arrivals, missing


def unread(home: Path, arrivals: Sequence[Arrival], full: bool) -> list[Item]:
    """The reports in force that this code has not read yet; with `full`, also all those that arrived now."""
    known = warehouse.known(home, code_version())
    given = {arrival.report_id: arrival for arrival in arrivals}
    current = warehouse.current(home)
    wanted = [
        row
        for row in current.iter_rows(named=True)
        if row["report_id"] not in known or (full and row["report_id"] in given)
    ]
    return [Item(row["sha256"], row["source"], _size(given, row["report_id"])) for row in wanted]


def _size(given: dict[str, Arrival], report_id: str) -> int:
    return given[report_id].size if report_id in given else 0


def read_new(home: Path, items: Sequence[Item]) -> None:
    """Reads what is new, a batch of some tens of megabytes a task, so that orchestration costs next to nothing."""
    tell = _counter(_told.get(), len(items))
    if items:
        with readers() as pool:
            kept: PrefectFuture[None] | None = None
            for batch in portions(items, BATCH):
                frames = read_files(pool, home, batch, tell)
                if kept is not None:
                    kept.result()
                kept = keep_readings.submit(home, frames)  # while the next batch is read
            if kept is not None:
                kept.result()


def _counter(tell: Callable[[int, int], None], total: int) -> Callable[[int, int], None]:
    done = 0

    def count(more: int, _: int) -> None:
        nonlocal done
        done += more
        tell(done, total)

    return count


@task(name="read", cache_policy=NO_CACHE, persist_result=False)
def read_files(pool: Readers, home: Path, items: Sequence[Item], tell: Tell) -> Frames:
    """Reads one batch with the pool; nothing to try again, for a file that cannot be read says so in its row."""
    return read_all(pool, home, items, tell)


@task(retries=2, retry_delay_seconds=[1, 5], cache_policy=NO_CACHE)
def keep_readings(home: Path, frames: Frames) -> None:
    """Adds what was read to the warehouse; a warehouse open elsewhere is tried again."""
    warehouse.append(home, code_version(), warehouse.Readings(*frames))


@task(cache_policy=NO_CACHE, persist_result=False)
def check_all(home: Path, decisions: Sequence[Decision]) -> Checked:
    """Judges every report in force, in one validation; needs the sum of all, so it is done anew in each run."""
    current = set(warehouse.current(home)["report_id"])
    readings = warehouse.readings(home, code_version(), current)
    return check(readings, _published_before(home, len(current)), decisions)


def _published_before(home: Path, current: int) -> int:
    """The reports of the last publish, no more than are in force: what an archive no longer holds is not missed."""
    last = warehouse.runs(home).filter(pl.col("outcome") == "published").sort("started_at").tail(1)
    return min(current, int(last.select(pl.sum_horizontal("reports_published", "reports_held")).sum().item()))


@task(retries=1, retry_delay_seconds=5, cache_policy=NO_CACHE)
def publish_all(home: Path, checked: Checked, row: pl.DataFrame) -> Path:
    """Swaps the new tables in for the old, whole; `row` is this run's in the log."""
    runs = pl.concat([warehouse.runs(home), conform("quality.runs", row)])
    return publishing.publish(home, {**checked.tables, "quality.runs": runs})


@task(cache_policy=NO_CACHE)
def write_pages(home: Path, checked: Checked, summary: Summary) -> None:
    """The quality site, the data docs beside it, and summary, held list and decisions as artifacts."""
    from expectations import docs

    docs.write(checked.verdict, home / "quality" / "docs" / "gx")
    report.write_site(home, {**checked.tables, "quality.runs": warehouse.runs(home)})
    create_markdown_artifact(summary_markdown(summary), key="run-summary")
    held = [dict(zip(("source", "section", "zh", "en"), row, strict=True)) for row in summary.held_rows]
    create_table_artifact(held, key="held")
    decided = [dict(zip(("source", "status", "zh", "en"), row, strict=True)) for row in summary.decided_rows]
    create_table_artifact(decided, key="decisions")
