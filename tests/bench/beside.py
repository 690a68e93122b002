"""gongkai beside what a user would take instead, in one run: `python -m tests.bench.beside [--documents 60]`.

CPU milliseconds a document, both sides on each document in turn. Ours is the whole reading, to cells and claims; theirs
is their tables as text, with opencc where the table may be traditional. The floors are of a tight prototype.
"""

import argparse
import time
from collections.abc import Callable
from io import BytesIO, StringIO
from random import Random

import docx
import opencc
import pandas as pd
import pdfplumber

from flows.reading import read_one
from tests.bench.make_pages import HTML_KINDS
from tests.corpus.docx import KINDS
from tests.corpus.papers import paper
from tests.corpus.presses import press
from tests.corpus.printers import DIALECTS, as_html, as_text
from tests.corpus.reports import report

Print = Callable[[int], bytes]
Take = Callable[[bytes], object]

FLOORS = {"HTML": 1.27, "TXT": 0.23, "DOCX": 6.6, "ruled PDF": 24.0}
CONVERTER = opencc.OpenCC("t2s")


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=60)
    count = parser.parse_args().documents
    print(f"CPU ms a document, {count} of each; gongkai reads all of it, the others only tables")
    print(f"{'':<11}{'gongkai':>9}{'floor':>8}{'instead':>9}{'ratio':>8}   documents that the other gave up on")
    for name, (printed, instead) in SIDES.items():
        ours, theirs, failed = compared(name, [printed(number) for number in range(count)], instead)
        other = f"{theirs:9.1f}{theirs / ours:7.1f}x   {failed}" if instead else f"{'-':>9}"
        print(f"{name:<11}{ours:9.2f}{FLOORS[name]:8.2f}{other}")


def compared(name: str, documents: list[bytes], instead: Take | None) -> tuple[float, float, int]:
    """CPU ms a document of ours and of theirs, and how many theirs gave up on; a first document warms ours up."""
    ours = theirs = 0.0
    failed = 0
    read_one(documents[0], name)
    for data in documents:
        ours += spent(lambda given: read_one(given, name), data)[0]
        seconds, gave_up = spent(instead, data) if instead else (0.0, False)
        theirs, failed = theirs + seconds, failed + gave_up
    return ours / len(documents) * 1000, theirs / len(documents) * 1000, failed


def spent(take: Take, data: bytes) -> tuple[float, bool]:
    """CPU seconds that one document takes, and whether it was too broken for the reader."""
    started = time.process_time()
    try:
        take(data)
    except ValueError:
        return time.process_time() - started, True
    return time.process_time() - started, False


def _html(number: int) -> bytes:
    return as_html(report(number), HTML_KINDS[number % len(HTML_KINDS)]).encode()


def _text(number: int) -> bytes:
    return as_text(report(number), DIALECTS[number % len(DIALECTS)]).encode()


def _docx(number: int) -> bytes:
    return press(paper("form_2021", Random(number)), "DOCX", KINDS[number % len(KINDS)])


def _pdf(number: int) -> bytes:
    return press(paper("form_2021", Random(number)), "ruled PDF", "lines")


def _pandas(data: bytes) -> object:
    return pd.read_html(StringIO(CONVERTER.convert(data.decode())))


def _python_docx(data: bytes) -> object:
    return [
        [CONVERTER.convert(cell.text) for cell in row.cells]
        for table in docx.Document(BytesIO(data)).tables
        for row in table.rows
    ]


def _pdfplumber(data: bytes) -> object:
    with pdfplumber.open(BytesIO(data)) as pages:
        return [page.extract_tables() for page in pages.pages]


SIDES: dict[str, tuple[Print, Take | None]] = {
    "HTML": (_html, _pandas),
    "TXT": (_text, None),
    "DOCX": (_docx, _python_docx),
    "ruled PDF": (_pdf, _pdfplumber),
}

if __name__ == "__main__":
    main()
