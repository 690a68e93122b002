"""A page read by the templates of its tables reads exactly as in the ordinary way, wherever the tables stand in it."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus.printers import KINDS, as_html
from tests.corpus.reports import report
from tests.transforms.read import pages
from tests.transforms.read.test_html import TOKENS
from transforms.model import Document
from transforms.read import html, repeated
from transforms.read.html import read_html
from transforms.read.repeated import read_repeated

CELLS = """
    12 0 3,4 &nbsp;5 6&nbsp; &nbsp; 甲 1甲 <p>7</p> <p><b>8 <b>9</b> <br>1 2<br> <i>3</i>4 <!-->5<--> <div>&nbsp;6</div>
    <table><tr><td>7</td></tr></table> <b_hidden>8</b> <sup>1</sup> <o:p></o:p> </p>9 <a_title=">3<">4</a>
    1234567890123456789012345
"""
ROWS = """<tr> </tr> <tbody> <thead> </tbody> <td> <td> <td> </td> </td> <th> <td_colspan=2> <td_rowspan=2>
    <td_style="display:none"> <tr_hidden>"""


def words(text: str) -> list[str]:
    return [word.replace("_", " ") for word in text.split()]


strict_row = st.lists(st.sampled_from(words(CELLS)), min_size=2, max_size=4).map(
    lambda cells: "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
)
strict = st.lists(strict_row, min_size=1, max_size=4).map(lambda rows: f"<table>{''.join(rows)}</table>")
loose = st.lists(st.sampled_from(words(CELLS) + 2 * words(ROWS)), max_size=25).map(
    lambda parts: f"<table>{''.join(parts)}</table>"
)


@pytest.fixture(autouse=True)
def known_at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(repeated, "met", lambda skeleton: True)
    monkeypatch.setattr(repeated, "SHORTEST", 0)
    repeated.forget()
    yield
    repeated.forget()


def ordinary(source: str) -> Document:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html, "read_repeated", lambda source: None)
        return read_html(source)


@pytest.mark.parametrize("kind", KINDS)
def test_pages_of_the_corpus_read_alike_and_by_one_template_for_each_table(kind: str) -> None:
    for seed in range(6):
        source = as_html(report(seed), kind)
        assert read_html(source) == ordinary(source)
        assert read_repeated(source) is not None
    assert sum(made is not None for made in repeated._templates.values()) <= 3 + 6  # one block of metadata a page


@pytest.mark.parametrize("kind", pages.KINDS)
def test_pages_of_the_wild_read_alike(kind: str) -> None:
    for first in (0, 100):
        source = pages.KINDS[kind]([[str(first + int(value)) for value in row] for row in pages.VALUES])
        assert read_html(source) == ordinary(source)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(strict, loose), min_size=1, max_size=2), TOKENS.map("".join), TOKENS.map("".join))
def test_any_table_in_any_surroundings_reads_alike(found: list[str], before: str, after: str) -> None:
    for source in (*found, f"<p>{before}</p>".join(["", *found, after]), before + after.join(found)):
        assert read_html(source) == ordinary(source)


@pytest.mark.parametrize(
    "source",
    [
        "<div><b hidden></div><table><tr></b><td>甲</td><td>1</td></tr></table>乙",  # an end tag that works outside
        "<table><tr><td>甲</td><td>1</td></tr></table><p style=display:&#110;one>乙</p>",
        "<table><tr style='display:none'><td>1</td></tr><tr><td>甲</td><td>2</td></table><p style=display:n&#111;ne>乙",
        "<p><table><tr><td>甲<p><table><tr><td>1</td></tr></table></td><td>2</td></tr></table>",
        "<table><tr><td>甲&#xe002;0&#xe002;</td><td>1</td></tr></table>",
        "<table><tr><td>&#57346;0&#57346;</td><td style='display:none'>1</td><td>2</td></tr></table>",
        "<form><table><tr><td>甲</td><td>乙<form>丙</form></td></tr></table></form>",
        "<!-- <table><tr><td>甲</td><td>1</td></tr></table> -->乙",
        "<table \ue001=0></table><table><tr><td>甲</td><td>1</td></tr></table>",
        "<table><tr><td>甲</td>2<td>1</td></tr></table>",
        "<table><tr><td>甲" + "乙" * 201 + "</td><td>1</td></tr></table>",
        "<table><tr><td>甲" + "乙" * 201 + "</td><td>1</td><td>2</td><td>3</td></tr></table>",
        "<table><tr><td>甲<td style='display:n&#111;ne'>1</td><td>2</td></tr></table><p hidden>",
        "<table><tr><td rowspan=65534 colspan=1000>甲</td><td>1</td></tr>" + "<tr></tr>" * 300 + "</table>",
    ],
)
def test_what_its_surroundings_or_numbers_decide_is_read_in_the_ordinary_way(source: str) -> None:
    try:
        expected: object = ordinary(source)
    except html.Refusal as refusal:
        with pytest.raises(html.Refusal, match=refusal.code):
            read_html(source)
    else:
        assert read_html(source) == expected


def test_a_table_is_a_template_from_the_second_of_its_like_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    found = [read_repeated(f"<table>{'<tr><td>甲</td><td>' * 60}{number}</td></tr></table>") for number in (1, 2, 3)]
    assert [one is None for one in found] == [True, False, False]


def test_the_templates_that_a_process_keeps_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeated, "KEPT", 3)
    for name in "甲乙丙丁戊":
        read_html(f"<table><tr><td>{name}</td><td>1</td></tr></table>")
    assert len(repeated._templates) == 2
