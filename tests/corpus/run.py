"""How right is what is published: `python -m tests.corpus.run [--reports 5000] [--seed 0] [--docs FILE]`.

Generated reports of every form are printed in every format, read by the real steps, judged by the real gate, and what
would be published is compared with what was printed. The tables stand beside floors that were pinned (floors.yml); a
result below its floor fails the command. The same seed and count give the same files and the same tables.
"""

import argparse
import multiprocessing
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import polars as pl

from tests.corpus import accuracy, damage, same
from tests.corpus.cases import case, damaged_case
from tests.corpus.judge import Row, judged
from tests.corpus.publishing import published

CHUNK = 300  # reports that pass the gate together
DAMAGED = 60  # one damaged report of each kind to so many whole ones
ALIKE = 240  # one report of each form printed in every format to so many


def main() -> int:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="Measure what is published against what was printed.")
    parser.add_argument("--reports", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--docs", type=Path, help="write the tables to this file too")
    given = parser.parse_args()
    measured = measure(given.reports, given.seed)
    page = accuracy.page(measured, given.reports, given.seed)
    print(page)
    if given.docs:
        given.docs.write_text(page, "utf-8")
    below = accuracy.below(measured)
    print("\n".join(below) or "Every result is at its floor or above.", file=sys.stderr)
    return int(bool(below))


def measure(reports: int, seed: int, processes: int = 2) -> accuracy.Measured:
    """A row of counts for every report, whole or damaged, and for every report printed in several formats."""
    ways = [("", number) for number in range(reports)]
    ways += [(kind, number) for kind in damage.KINDS for number in range(max(1, reports // DAMAGED))]
    work = [(seed, ways[first : first + CHUNK]) for first in range(0, len(ways), CHUNK)]
    numbers = range(max(1, reports // ALIKE))
    if processes == 1:
        return _measured([row for job in work for row in done(*job)], same.rows(numbers, seed))
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        alike = pool.submit(same.rows, numbers, seed)
        found = [pool.submit(done, *job) for job in work]
        return _measured([row for each in found for row in each.result()], alike.result())


def done(seed: int, ways: Sequence[tuple[str, int]]) -> list[Row]:
    """The rows of some reports that pass the gate together, each given by what damages it and its number."""
    cases = [damaged_case(number, seed, kind) if kind else case(number, seed) for kind, number in ways]
    found = published({one.source: one.file() for one in cases})
    return [judged(one, found[one.source]) for one in cases]


def _measured(rows: list[Row], alike: list[Row]) -> accuracy.Measured:
    frame = pl.DataFrame(rows, infer_schema_length=None)
    whole = pl.col("damage") == ""
    return accuracy.Measured(frame.filter(whole), frame.filter(~whole), pl.DataFrame(alike))


if __name__ == "__main__":
    sys.exit(main())
