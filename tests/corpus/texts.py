"""Papers as scrapers and converters leave them in plain text: a paper and a dialect come in, a text goes out.

The dialects of domain.md §10.A. A8, A9, A10 and A12 have lost what the tables said; of the others the information
survives, save for the places of blanks in those that plaintext.LOSSY names.
"""

import re
from itertools import pairwise

from tests.corpus import plaintext
from tests.corpus.papers import Drawn, Heading, Paper

DIALECTS = (*plaintext.DIALECTS, *plaintext.MORE, "A8", "A9", "A10", "A12", "A13", "A14")
LOST = ("A8", "A9", "A10", "A12")
LOSSY = (*plaintext.LOSSY, "A13", "A14")


def as_text(paper: Paper, dialect: str) -> str:
    """The paper in this dialect."""
    return _WHOLE.get(dialect, _by_lines)(paper, dialect) + "\n"


def _by_lines(paper: Paper, dialect: str) -> str:
    lines = [paper.title]
    for block in paper.blocks:
        lines += plaintext.lines(block.grid, dialect) if isinstance(block, Drawn) else [str(block)]
    return "\n".join(lines)


def _tables_gone(paper: Paper, dialect: str) -> str:
    body = " ".join(block for block in paper.blocks if not isinstance(block, Drawn))
    if dialect == "A8":
        return f"{paper.title}\n{body}"
    grids = tuple(block.grid for block in paper.blocks if isinstance(block, Drawn))
    run = "|" * max(347, plaintext.lost_pipes(grids))
    return f"您当前的位置： |\n{paper.title} | {run}\n| {run}\n{body} | {run}\n打印本页 关闭窗口 | {run}"


def _without_repeats(paper: Paper, dialect: str) -> str:
    """Every line that was printed before is dropped."""
    return "\n".join(dict.fromkeys(_by_lines(paper, "A4").split("\n")))


def _numbers_first(paper: Paper, dialect: str) -> str:
    """The raw order of a PDF: the numbers of a table, then its words."""
    lines = [paper.title]
    for block in paper.blocks:
        if isinstance(block, Drawn):
            boxes = [box for row in block.grid for box in row if box.text]
            lines += [box.text for box in sorted(boxes, key=lambda box: box.key is None)]
        else:
            lines.append(str(block))
    return "\n".join(lines)


def _paged(paper: Paper, dialect: str) -> str:
    """Lines of prose broken at a fixed width, the title too, and the mark of a page among the lines now and then."""
    lines: list[str] = []
    wide = 18 + len(paper.title) % 18
    for line in _by_lines(paper, "A1").split("\n"):
        lines += [line] if "|" in line else re.findall(f".{{1,{wide}}}", line)
    marked = [(line, f"- {at // 40} -") if at % 40 == 39 else (line,) for at, line in enumerate(lines)]
    return "\n".join(line for pair in marked for line in pair)


def _merged(paper: Paper, dialect: str) -> str:
    """The tables one after the other: the headings between them are gone."""
    before = pairwise((*paper.blocks, ""))
    kept = [block for block, after in before if not (isinstance(block, Heading) and isinstance(after, Drawn))]
    tables = [line for block in kept if isinstance(block, Drawn) for line in plaintext.lines(block.grid, "A1")]
    prose = [str(block) for block in kept if not isinstance(block, Drawn)]
    return "\n".join((paper.title, *prose[:-3], *tables, *prose[-3:]))


_WHOLE = {
    "A8": _tables_gone,
    "A9": _tables_gone,
    "A10": _without_repeats,
    "A12": _numbers_first,
    "A13": _paged,
    "A14": _merged,
}
