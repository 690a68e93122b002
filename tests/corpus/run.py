"""How right is what is published: `python -m tests.corpus.run [--reports 5040] [--seed 0] [--docs FILE]`.

Generated reports of every form are printed in every format, read by the real steps, judged by the real gate, and what
would be published is compared with what was printed. The tables stand beside floors that were pinned (floors.yml); a
result below its floor fails the command. The same seed and count give the same files and the same tables.
"""

import argparse
import multiprocessing
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from itertools import starmap
from pathlib import Path

import polars as pl

from tests.corpus import accuracy, damage, forest, gauge, same
from tests.corpus.cases import case, damaged_case
from tests.corpus.judge import Row, judged
from tests.corpus.publishing import published

PORTION = 240  # reports that pass the gate together; one report of each form is printed in every format to so many
CHAINS = 720  # a fault of every rule in chains of years to so many
DAMAGED = 60  # one damaged report of each kind to so many whole ones


def main() -> int:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="Measure what is published against what was printed.")
    parser.add_argument("--reports", type=int, default=5040)
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
    portions = [(seed, first, min(first + PORTION, reports)) for first in range(0, reports, PORTION)]
    groves = range(reports // CHAINS), [seed] * (reports // CHAINS)
    if processes == 1:
        return measured(starmap(portion, portions), map(chains, *groves))
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        long = pool.map(chains, *groves)
        return measured(pool.map(portion, *zip(*portions, strict=True)), long)


def portion(seed: int, first: int, last: int) -> tuple[list[Row], list[Row]]:
    """The rows of some reports that pass the gate together, with their share of damaged ones and of those alike.

    What is in it depends on the numbers alone: a longer run repeats a shorter one and adds to it.
    """
    cases = [case(number, seed) for number in range(first, last)]
    harmed = range(first // DAMAGED, -(-last // DAMAGED))
    cases += [damaged_case(number, seed, kind) for kind in damage.KINDS for number in harmed]
    alike = same.files(range(first // PORTION, -(-last // PORTION)), seed)
    found = published({one.source: one.file() for one in cases})
    # Together they would be copies of one report, of which the gate publishes the best alone.
    apart = [published(files) for files in alike.values()]
    return [judged(one, found[one.source]) for one in cases], same.rows(
        {k: v for each in apart for k, v in each.items()}
    )


def chains(number: int, seed: int) -> tuple[list[Row], list[Row]]:
    """The rows of chains of years that pass the gate together, of their rules and of their wrong cells."""
    return gauge.gauged(forest.grove(number, seed))


def measured(
    portions: Iterable[tuple[list[Row], list[Row]]], groves: Iterable[tuple[list[Row], list[Row]]]
) -> accuracy.Measured:
    """The rows of all portions and of all chains together."""
    found = list(portions)
    frame = pl.DataFrame([row for rows, _ in found for row in rows], infer_schema_length=None)
    whole = pl.col("damage") == ""
    alike = pl.DataFrame([row for _, rows in found for row in rows])
    chained = list(groves)
    rules = gauge.judgements([row for rows, _ in chained for row in rows])
    places = gauge.places([row for _, rows in chained for row in rows])
    return accuracy.Measured(frame.filter(whole), frame.filter(~whole), alike, rules, places)


if __name__ == "__main__":
    sys.exit(main())
