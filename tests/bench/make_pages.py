"""Pages to measure the pipeline with: counts and a folder come in, generated HTML and TXT files go out.

    python -m tests.bench.make_pages DIR --html 2000 --txt 2000

The same seed gives the same bytes. HTML is mixed of all kinds, a quarter of it in GBK; no body reports twice on a year.
"""

import argparse
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from tests.corpus.printers import DIALECTS, as_html, as_text
from tests.corpus.reports import Report, report

# A, B and D weigh most, as pages pasted from Word and themed pages do in the wild
HTML_KINDS = ("A", "B", "D", "plain", "C", "A", "B", "D")


def make(folder: Path, html: int, txt: int, seed: int = 0) -> tuple[int, int]:
    """Writes the files and returns the bytes written as HTML and as TXT."""
    folder.mkdir(parents=True, exist_ok=True)
    stream = distinct(seed)
    pages = sum(_write_page(folder, one, at) for at, one in enumerate(islice(stream, html)))
    texts = sum(_write_text(folder, one, at) for at, one in enumerate(islice(stream, txt)))
    return pages, texts


def distinct(seed: int) -> Iterator[Report]:
    """Reports from `seed` on, each (agency, year) once."""
    seen = set()
    for one in map(report, count(seed)):
        key = (one.who.agency, one.who.fiscal_year)
        if key not in seen:
            seen.add(key)
            yield one


def _write_page(folder: Path, one: Report, at: int) -> int:
    charset = "gbk" if at % 4 == 1 else "utf-8"
    page = as_html(one, HTML_KINDS[at // 4 % len(HTML_KINDS)], charset)
    return (folder / f"page-{at:05}.html").write_bytes(page.encode(charset))


def _write_text(folder: Path, one: Report, at: int) -> int:
    text = as_text(one, DIALECTS[at % len(DIALECTS)])
    return (folder / f"text-{at:05}.txt").write_bytes(text.encode())


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="Write generated reports to measure the pipeline with.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--html", type=int, default=2000)
    parser.add_argument("--txt", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    pages, texts = make(given.folder, given.html, given.txt, given.seed)
    print(f"{given.html} HTML, mean {pages / max(1, given.html) / 1024:.1f} KB; ", end="")
    print(f"{given.txt} TXT, mean {texts / max(1, given.txt) / 1024:.1f} KB, in {given.folder}")


if __name__ == "__main__":
    main()
