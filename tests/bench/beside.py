"""gongkai beside what a user would take instead, in one run: `python -m tests.bench.beside [--documents 60]`.

CPU milliseconds a document. `gongkai` is the whole reading, to cells and claims; `tables` is its tables and paragraphs
alone, which is the like of what the other gives: its tables as text, with opencc where the table may be traditional.
The sides take turns by tens of documents, so that a busy machine slows all of them down and none runs on the caches of
another. The floors are of a tight prototype. A PDF embeds its font, as word processors and printers make it, or not.
"""

import argparse
import gc
import time
from collections.abc import Callable
from io import BytesIO, StringIO
from random import Random
from typing import NamedTuple

import docx
import opencc
import pandas as pd
import pdfplumber

from flows.cli import GARBAGE
from flows.reading import read_one
from tests.bench.make_pages import HTML_KINDS
from tests.corpus.docx import KINDS
from tests.corpus.papers import paper
from tests.corpus.pdf import Style
from tests.corpus.presses import press, printed_pdf
from tests.corpus.printers import DIALECTS, as_html, as_text
from tests.corpus.reports import report
from transforms.read.reader import read

Print = Callable[[int], bytes]
Take = Callable[[bytes], object]

BARE = "PDF, no font"
FLOORS = {"HTML": 1.27, "TXT": 0.23, "DOCX": 6.6, "ruled PDF": 24.0, BARE: 24.0}
TURN = 10
CONVERTER = opencc.OpenCC("t2s")


class Spent(NamedTuple):
    """CPU ms a document of our whole reading, of our tables, and of the other; how many documents that gave up on."""

    whole: float
    tables: float
    other: float
    failed: int


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=60)
    count = parser.parse_args().documents
    gc.set_threshold(GARBAGE)  # as the command does
    print(f"CPU ms a document, {count} of each; the ratios are the other's time over ours")
    print(f"{'':<13}{'floor':>6}{'gongkai':>9}{'tables':>8}{'instead':>9}{'/gongkai':>10}{'/tables':>9}   failed")
    for name, (printed, instead) in SIDES.items():
        whole, tables, other, failed = compared(name, [printed(number) for number in range(count)], instead)
        ratios = f"{other:9.1f}{other / whole:9.1f}x{other / tables:8.1f}x   {failed}" if instead else f"{'-':>9}"
        print(f"{name:<13}{FLOORS[name]:6.2f}{whole:9.2f}{tables:8.2f}{ratios}")


def compared(name: str, documents: list[bytes], instead: Take | None) -> Spent:
    """What each side takes of the documents; a first document warms ours up."""
    sides: list[Take] = [lambda data: read_one(data, name), lambda data: read(data, name), instead or len]
    seconds, failed = [0.0] * len(sides), 0
    sides[0](documents[0])
    for first in range(0, len(documents), TURN):
        for side, take in enumerate(sides):
            gc.collect()
            taken = [spent(take, data) for data in documents[first : first + TURN]]
            seconds[side] += sum(each for each, _ in taken)
            failed += sum(gave_up for _, gave_up in taken)
    return Spent(*(total / len(documents) * 1000 for total in seconds), failed)


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
    return printed_pdf(paper("form_2021", Random(number)), Style())


def _bare_pdf(number: int) -> bytes:
    return printed_pdf(paper("form_2021", Random(number)), Style(embeds=False))


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
    BARE: (_bare_pdf, _pdfplumber),
}

if __name__ == "__main__":
    main()
