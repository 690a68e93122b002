"""A page saved from a spreadsheet is one table: its sentences were cells, the scope fell back, and claims vanished."""

import re

import pytest

from flows.reading import read_one
from tests.flows.reports import SAMPLES
from transforms.framed import unframed
from transforms.model import Cell, Document, Paragraph, Table

PAGE = (SAMPLES / "county-aggregate-clean.html").read_text("utf-8")
SENTENCE = "a" * 50 + "。"


def framed(page: str) -> bytes:
    """The page with all that stands in its body as rows of one table."""
    rows = re.sub(r"</?(?:table|tbody)\b[^>]*>", "", page)
    rows = re.sub(r"<(p|h1)\b[^>]*>(.*?)</\1>", r'<tr><td colspan="15">\2</td></tr>', rows, flags=re.DOTALL)
    return re.sub(r"(<body>)(.*)(</body>)", r"\1<table>\2</table>\3", rows, flags=re.DOTALL).encode()


def table(*rows: str) -> Document:
    """A table of these rows, of which `|` parts the cells."""
    cells = tuple(
        tuple(Cell(text, f"t0/r{row}/c{column}") for column, text in enumerate(line.split("|")))
        for row, line in enumerate(rows)
    )
    return Document((Table(cells, "t0"),), "", "html")


def drawn(document: Document) -> list[str]:
    return [
        block.text if isinstance(block, Paragraph) else " / ".join("|".join(c.text for c in row) for row in block.rows)
        for block in document.blocks
    ]


def test_scope_claims_and_cells_are_those_of_the_page():
    plain, boxed = read_one(PAGE.encode(), "plain.html"), read_one(framed(PAGE), "framed.html")
    assert boxed.identification.scope == plain.identification.scope == "aggregate"
    found = [
        {(one.metric, one.applicant, one.origin, one.value) for one in reading.readings if one.value is not None}
        for reading in (plain, boxed)
    ]
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("t|", f"{SENTENCE}|", "h|", "a|1"), ["t", SENTENCE, "h| / a|1"]),
        (("h|", "a|1", "u|", f"{SENTENCE}|"), ["h| / a|1", "u", SENTENCE]),
        (("a|1", f"{SENTENCE}|", "h|", "b|2"), ["a|1 / h| / b|2", SENTENCE]),
        (("t|", f"{SENTENCE}|"), ["t", SENTENCE]),
    ],
)
def test_sentences_stand_beside_what_is_left_of_the_table(rows, expected):
    assert drawn(unframed(table(*rows))) == expected


@pytest.mark.parametrize("rows", [("t|", "a|1"), (f"{SENTENCE}|1", "a|2"), ("2021年度主动公开政府信息情况。|", "a|1")])
def test_other_tables_stay_as_they_are(rows):
    document = table(*rows)
    assert unframed(document) is document
