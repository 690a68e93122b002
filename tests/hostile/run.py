"""The hostile files one by one, each in a fresh process: outcome, seconds, peak memory. `python -m tests.hostile.run`.

Exit code 1 when one of them is not refused, or read, by the name that it must be.
"""

import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from flows import store
from flows.archives import expanded
from flows.batch import Frames, Item, read_batch
from flows.limits import limits
from flows.readers import read_all, readers
from tests.corpus.printers import as_html
from tests.hostile.cases import CASES, SOUND, Case

WARM = as_html(SOUND, "plain").encode()
TOLD = "told"


def read_measured(home: Path, items: Iterable[Item]) -> Frames:
    """Reads a batch, and leaves in a file how many seconds that took and how much memory the process ever held."""
    import resource

    read_batch(home, [Item(store.keep(home, WARM), "warm.html", len(WARM))])
    began = time.monotonic()
    frames = read_batch(home, items)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    (home / TOLD).write_text(f"{time.monotonic() - began:.2f} {peak / 1e6:.0f}", "ascii")
    return frames


def outcome(home: Path, case: Case) -> tuple[tuple[str, ...], str, str]:
    """What became of the documents in a file, the seconds and the megabytes that reading took."""
    data = case.make()
    members = [member for member in expanded(case.name, data) if not member.reason]
    items = [Item(store.keep(home, member.data), member.name, len(member.data)) for member in members]
    (home / TOLD).write_text(f">{limits().seconds:.0f} ?", "ascii")
    with readers(read_measured) as pool:
        frames = read_all(pool, home, items, lambda done, total: None)
    seconds, peak = (home / TOLD).read_text("ascii").split()
    return tuple(frames.documents["reason"]), seconds, peak


def main() -> None:
    """Prints the table."""
    odd = 0
    print(f"{'document':<36}{'bytes':>11}  {'outcome':<24}{'seconds':>8}{'MB':>7}")
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            reasons, seconds, peak = outcome(Path(folder), case)
        odd += not case.agrees(reasons)
        said = " ".join(reason or "read" for reason in dict.fromkeys(reasons))
        wrong = "" if case.agrees(reasons) else f"  expected {case.reasons}"
        print(f"{case.name:<36}{len(case.make()):>11,}  {said:<24}{seconds:>8}{peak:>7}{wrong}", flush=True)
    print(f"{len(CASES)} documents, {odd} not as expected")
    sys.exit(1 if odd else 0)


if __name__ == "__main__":
    main()
