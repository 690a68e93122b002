"""Damaged documents through the whole reading, in numbers: `python -m tests.fuzz.run --documents 200000 --seed 1`.

A document may be read or refused by name. It may not be refused as a defect of ours (`reader_failed`, `reader_died`),
nor go over its limits: such documents are kept in the folder `--keep`, counted and listed. The documents are read by
one process, as a run reads them; what came of them goes through the sums too.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from random import Random

from flows import store
from flows.archives import expanded
from flows.batch import Frames, Item
from flows.limits import Limits
from flows.readers import CHUNK, LEAST, Readers, read_all, readers
from tests.fuzz.bases import Base, bases
from tests.fuzz.mutate import mutated
from transforms import reconcile

DEFECTS = ("reader_failed", "reader_died", "took_too_long", "took_too_much_memory")
LIMITS = Limits(seconds=10, seconds_recognising=10, patience=60, memory=1_000_000_000, file=0)
WEIGHTS = {"html": 8, "text": 6, "docx": 4, "xlsx": 2, "xls": 1, "csv": 2, "pdf": 0.8, "zip": 1, "tar": 0.5, "gz": 0.3}


def documents(seed: int) -> Iterator[Base]:
    """Damaged documents without end, the same for the same seed; each depends on its own number alone."""
    found = bases()
    kinds = {kind: [base for base in found if base.format == kind] for kind in WEIGHTS}
    for number in count():
        rng = Random(f"{seed}/{number}")
        (kind,) = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))
        base = mutated(rng.choice(kinds[kind]), kinds[kind], rng)
        yield base._replace(name=f"{seed}-{number}-{base.name}")


def batches(stream: Iterator[Base]) -> Iterator[list[Base]]:
    """The documents in lists that one errand to a reader holds."""
    batch: list[Base] = []
    filled = 0
    for base in stream:
        batch.append(base)
        filled += max(len(base.data), LEAST)
        if filled > 0.9 * CHUNK:
            yield batch
            batch, filled = [], 0
    if batch:
        yield batch


def passed(pool: Readers, home: Path, batch: Sequence[Base]) -> Iterator[tuple[str, str, str]]:
    """Format, name and reason (blank when read) of every document, and of every member of an archive."""
    formats: dict[str, str] = {}
    items: list[Item] = []
    for base in batch:
        for member in expanded(base.name, base.data):
            if member.reason:
                yield base.format, member.name, "member_refused"
                continue
            sha256 = store.keep(home, member.data)
            if sha256[:16] not in formats:
                items.append(Item(sha256, member.name, len(member.data)))
            formats[sha256[:16]] = base.format
    frames = read_all(pool, home, items, lambda done, total: None)
    reconcile.residuals(frames.cells, frames.documents)  # the values must be such that every sum is possible
    for (report_id, reason, sentence), item in zip(told(frames), items, strict=True):
        yield formats[report_id], item.source, f"{reason}: {sentence}" if reason in DEFECTS else reason


def told(frames: Frames) -> list[tuple[str, str, str]]:
    """The id, the reason and the sentence of every document."""
    return list(frames.documents.select("report_id", "reason", "sentence_en").iter_rows())


def fuzz(documents_wanted: int, seed: int, keep: Path) -> Counter[tuple[str, str]]:
    """How often each outcome was found, by format; defects are kept and printed as they come."""
    found: Counter[tuple[str, str]] = Counter()
    done, began = 0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder, readers(given=LIMITS) as pool:
        home = Path(folder)
        for batch in batches(islice(documents(seed), documents_wanted)):
            by_name = {base.name: base for base in batch}
            for kind, name, reason in passed(pool, home, batch):
                found[kind, reason.partition(":")[0]] += 1
                if reason.startswith(DEFECTS):
                    kept(keep, by_name[name.partition("!/")[0]], name, reason)
            shutil.rmtree(home / "raw")
            done += len(batch)
            print(f"\r{done:,} documents, {done / (time.monotonic() - began):.0f}/s", end="", file=sys.stderr)
    return found


def kept(keep: Path, base: Base, name: str, reason: str) -> None:
    """Writes a document that met a defect, and says so."""
    keep.mkdir(parents=True, exist_ok=True)
    (keep / base.name).write_bytes(base.data)
    print(f"\n{name}: {reason}", flush=True)


def main() -> None:
    """Reads the command line, prints a table; the exit code is 1 when there was a defect."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "gongkai-fuzz")
    given = parser.parse_args()
    found = fuzz(given.documents, given.seed, given.keep)
    print()
    for kind in WEIGHTS:
        own = {reason or "read": number for (format, reason), number in found.items() if format == kind}
        listed = ", ".join(f"{reason} {number:,}" for reason, number in sorted(own.items(), key=lambda each: -each[1]))
        print(f"{kind:<6}{sum(own.values()):>9,}  {listed}")
    defects = sum(number for (_, reason), number in found.items() if reason in DEFECTS)
    print(f"{found.total():,} documents from {given.documents:,} files, {defects:,} defects")
    sys.exit(1 if defects else 0)


if __name__ == "__main__":
    main()
