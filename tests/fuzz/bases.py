"""Small sound documents of every format that is read: what fuzzing starts from.

A document is a title, some sentences and one table of the form, some milliseconds to read; the samples join in.
"""

import gzip
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from reportlab import rl_config

from tests.corpus import docx, markup, plaintext, xlsx
from tests.corpus.grids import Grid, grids
from tests.corpus.pdf import Style, as_pdf
from tests.corpus.printers import as_html, as_text
from tests.corpus.reports import Report, report
from tests.corpus.xls import as_xls

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
LARGEST = 16_000
ROWS = 4
SENTENCES = 3


class Base(NamedTuple):
    """A document: its format, a name as a source has it, and its bytes."""

    format: str
    name: str
    data: bytes


def bases() -> list[Base]:
    """All of them, always the same."""
    rl_config.pageCompression = 0  # numbers and operators of a page can be mutated only where they can be seen
    found = [base for seed in (3, 4, 5) for base in of_report(report(seed))]
    samples = [Base(path.suffix[1:], path.name, path.read_bytes()) for path in sorted(SAMPLES.iterdir())]
    found += [base._replace(format="html" if base.format == "html" else "text") for base in samples]
    small = [base for base in found if 0 < len(base.data) <= LARGEST]
    return [*small, *archives(small)]


def of_report(one: Report) -> Iterator[Base]:
    """A report in every format, table by table."""
    for number, grid in enumerate(grids(one.filled.cells)):
        short = top(grid)
        for kind in markup.KINDS:
            yield Base("html", f"{kind}{number}.html", page(one, markup.table(short, kind)).encode())
        for dialect in plaintext.DIALECTS:
            yield Base("text", f"{dialect}{number}.txt", text(one, plaintext.lines(short, dialect)).encode())
        for kind in docx.KINDS:
            yield Base("docx", f"{kind}{number}.docx", docx.package(word(one, short, kind)))
        for kind in xlsx.KINDS:
            yield Base("xlsx", f"{kind}{number}.xlsx", xlsx.book((short,), kind))
        yield Base("xls", f"{number}.xls", as_xls((short,)))
        yield Base("csv", f"{number}.csv", csv(short).encode())
        yield Base("pdf", f"{number}.pdf", as_pdf([one.title, said(one)[-1], short], Style(embeds=number == 0)))
    yield Base("text", "whole.txt", as_text(one, "A8").encode("gb18030"))
    yield Base("html", "whole.html", as_html(one, "plain", "gbk").encode("gb18030"))


def top(grid: Grid) -> Grid:
    """The first rows of a table."""
    return tuple(
        tuple(replace(box, rowspan=min(box.rowspan, min(len(grid), ROWS) - at)) for box in row)
        for at, row in enumerate(grid[:ROWS])
    )


def said(one: Report) -> list[str]:
    """Some sentences of a report."""
    sentences = [claim.text for section in one.narrative.sections for claim in section]
    return sentences[:: len(sentences) // SENTENCES][:SENTENCES]


def page(one: Report, table: str) -> str:
    """A web page."""
    prose = "".join(f"<p>{text}</p>" for text in said(one))
    return f"<html><head><title>{one.title}</title></head><body><h1>{one.title}</h1>{prose}{table}</body></html>"


def text(one: Report, lines: list[str]) -> str:
    """A text that a scraper left."""
    return "\n".join([one.title, *said(one), *lines, ""])


def word(one: Report, grid: Grid, kind: str) -> str:
    """The body of a word-processor document."""
    return "".join(docx.paragraph(line, kind) for line in (one.title, *said(one))) + docx.table(grid, kind)


def csv(grid: Grid) -> str:
    """The table as values between commas, merged cells printed in their first place."""
    wide = max(sum(box.colspan for box in row) for row in grid)
    rows = [[part for box in row for part in (box.text, *[""] * (box.colspan - 1))] for row in grid]
    return "".join(",".join([*row, *[""] * (wide - len(row))]) + "\n" for row in rows)


def archives(found: list[Base]) -> Iterator[Base]:
    """Archives of some of the others."""
    some = [base for base in found if len(base.data) < 6_000][::17][:6]
    yield Base("zip", "some.zip", docx.zipped({base.name: base.data for base in some}))
    yield Base("zip", "nested.zip", docx.zipped({"in.zip": docx.zipped({some[0].name: some[0].data})}))
    yield Base("gz", "one.gz", gzip.compress(some[0].data, mtime=0))
    for mode, name in (("w", "some.tar"), ("w:gz", "some.tgz")):
        target = BytesIO()
        with tarfile.open(fileobj=target, mode=mode) as archive:  # type: ignore[call-overload]
            for base in some:
                info = tarfile.TarInfo(base.name)
                info.size = len(base.data)
                archive.addfile(info, BytesIO(base.data))
        yield Base("tar", name, target.getvalue())
