"""Kills publishing processes at random moments, looks at what readers find: `python -m tests.flows.kill_loop 200`.

A child publishes two sets of tables, A and B, in turn. After each kill -9 the database and the Parquet files must each
open and be all A or all B, and once the killing is over the next publish must work and leave nothing behind.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import duckdb
import polars as pl

from flows.lock import one_run
from flows.publish import DATABASE, LOGS, publish
from tests.flows.published import MARKED, made

ROOT = Path(__file__).resolve().parents[2]
# pyarrow is imported before the word is given, so that the time goes to publishing and not to DuckDB importing it.
CHILD = """
import sys
from pathlib import Path
import pyarrow
from flows.lock import one_run
from flows.publish import publish
from tests.flows.published import made
versions = {"A": made("A", 40), "B": made("B", 47)}
print("ready", flush=True)
sys.stdin.readline()
while True:
    for version in sys.argv[2]:
        with one_run(Path(sys.argv[1])):
            publish(Path(sys.argv[1]), versions[version])
"""
REPORTS = {"A": 40, "B": 47}


def database_version(path: Path) -> str:
    """The one version that all tables of the database are of; raises AssertionError when they are not."""
    with duckdb.connect(path, read_only=True) as base:
        found = {
            table: base.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall() for table, column in MARKED.items()
        }
        (count,) = base.execute("SELECT count(*) FROM analytics.facts").fetchall()[0]
        assert base.execute("SELECT count(*) FROM analytics.indicators").fetchall()[0][0] == count // 200
    versions = {row for rows in found.values() for row in rows}
    assert len(versions) == 1, found
    ((version,),) = versions
    assert count == 200 * REPORTS[version]
    return str(version)


def parquet_version(folder: Path) -> str:
    """The same of the Parquet files."""
    folder = folder.resolve()
    found = {
        table: set(pl.read_parquet(folder / f"{table}.parquet")[column])
        for table, column in MARKED.items()
        if table not in LOGS
    }
    versions = set.union(*found.values())
    assert len(versions) == 1, found
    return str(versions.pop())


def kill_once(child: subprocess.Popen[bytes], home: Path, wait: float) -> tuple[str, str, bool]:
    """Lets a ready child work a while and kills it; versions found, and whether it left half-built files."""
    assert child.stdin is not None
    child.stdin.write(b"go\n")
    child.stdin.flush()
    time.sleep(wait)
    child.kill()
    child.wait()
    half = bool(list(home.glob(".analytics-*")) or list(home.glob(".parquet-*.link")))
    return database_version(home / DATABASE), parquet_version(home / "parquet"), half


def start(home: Path, order: str) -> subprocess.Popen[bytes]:
    """A child that has its tables ready and waits for the word; `order` says what it publishes first."""
    command = [sys.executable, "-c", CHILD, str(home), order]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def kill_many(home: Path, moments: int, seed: int) -> Counter[tuple[str, str, bool]]:
    """How often each outcome was found over so many kills; the next child starts up while the last one works."""
    chance = random.Random(seed)
    publish(home, made("A", REPORTS["A"]))
    began = time.monotonic()
    publish(home, made("A", REPORTS["A"]))
    longest = 3 * (time.monotonic() - began)
    found: Counter[tuple[str, str, bool]] = Counter()
    following = start(home, "BA")
    for moment in range(moments):
        child, following = following, start(home, "AB" if moment % 2 == 0 else "BA")
        assert child.stdout is not None and child.stdout.readline() == b"ready\n"
        found[kill_once(child, home, chance.uniform(0, longest))] += 1
    following.kill()
    following.wait()
    return found


def main(moments: int) -> None:
    """Prints how often each outcome was found."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        seed = int(time.time())
        for (database, parquet, half), times in sorted(kill_many(home, moments, seed).items()):
            print(f"database {database}, parquet {parquet}, {'half-built files left' if half else 'clean'}: {times}")
        with one_run(home):
            publish(home, made("B", REPORTS["B"]))
        print(f"then: {database_version(home / DATABASE)} {parquet_version(home / 'parquet')} (seed {seed})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
