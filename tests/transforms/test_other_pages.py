"""Pages that are no reports, dressed in five ways as sites print them: each is refused, and for its own reason."""

from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby
from pathlib import Path

import pytest
import yaml

from tests.corpus.printers import DIALECTS, KINDS, as_html, as_text
from tests.corpus.reports import report
from transforms.body import body
from transforms.genre import screen
from transforms.model import Refusal
from transforms.normalise import normalise_document
from transforms.read.reader import read
from transforms.recognise import tabulate

DECLARED = yaml.safe_load(Path(__file__).with_name("other_pages.yml").read_text(encoding="utf-8"))
FRAME = DECLARED["frame"]
PAGES = [
    (f"{kind['kind']} {number}", kind["code"], page)
    for kind in DECLARED["kinds"]
    for number, page in enumerate(kind["pages"])
]


def blocks(page: str) -> Iterator[str]:
    """The page as HTML: runs of lines with bars are tables."""
    for is_table, lines in groupby(page.split("\n"), lambda line: " | " in line):
        if is_table:
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in line.split("|")) for line in lines)
            yield f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
        else:
            yield from (f"<p>{escape(line)}</p>" for line in lines)


def links(names: list[str]) -> str:
    return "<ul>" + "".join(f"<li><a href='#'>{name}</a></li>" for name in names) + "</ul>"


def plain_text(page: str) -> str:
    return page


def framed_text(page: str) -> str:
    return "\n".join([*FRAME["menu"], FRAME["path"], *FRAME["latest"], page, *FRAME["related"], *FRAME["footer"]])


def plain_html(page: str) -> str:
    return f"<html><head><title>{page.split(chr(10))[0]}</title></head><body>{''.join(blocks(page))}</body></html>"


def framed_html(page: str) -> str:
    return (
        f"<html><head><title>{page.split(chr(10))[0]}_云岭县人民政府</title></head><body>"
        f"{links(FRAME['menu'])}<div>{escape(FRAME['path'])}</div><aside>{links(FRAME['latest'])}</aside>"
        f"<div class='article'>{''.join(blocks(page))}</div><div>{links(FRAME['related'])}</div>"
        f"{''.join(f'<p>{line}</p>' for line in FRAME['footer'])}</body></html>"
    )


def layout_html(page: str) -> str:
    side = links([*FRAME["menu"], *FRAME["latest"]])
    return (
        f"<html><body><table><tr><td>{side}</td><td>{''.join(blocks(page))}</td></tr></table>"
        f"<p>{FRAME['footer'][0]}</p></body></html>"
    )


DRESSINGS = (plain_text, framed_text, plain_html, framed_html, layout_html)


def refusal(page: str) -> str:
    """The code of the refusal; empty when the page is taken for a report."""
    printed, _ = normalise_document(read(page.encode(), "page"))
    text, _ = body(printed)
    try:
        screen(tabulate(text))
    except Refusal as refused:
        return refused.code
    return ""


@pytest.mark.parametrize("dress", DRESSINGS)
@pytest.mark.parametrize(("code", "page"), [page[1:] for page in PAGES], ids=[page[0] for page in PAGES])
def test_page_is_refused_for_its_own_reason(code: str, page: str, dress: Callable[[str], str]) -> None:
    assert refusal(dress(page)) == code


@pytest.mark.parametrize("dress", DRESSINGS)
@pytest.mark.parametrize("page", DECLARED["held_out"])
def test_page_of_no_foreseen_wording_is_refused(page: str, dress: Callable[[str], str]) -> None:
    assert refusal(dress(page))


def untitled(text: str) -> str:
    return text.split("\n", 1)[1]


@pytest.mark.parametrize("seed", range(40))
def test_report_is_taken_however_it_is_printed(seed: int) -> None:
    whole = report(seed)
    text, lost = as_text(whole, DIALECTS[seed % len(DIALECTS)]), as_text(whole, "A8")
    page = as_html(whole, KINDS[seed % len(KINDS)])
    shown = (page, text, lost, framed_text(text), framed_text(lost), framed_html(lost), framed_text(untitled(lost)))
    assert [refusal(each) for each in shown] == [""] * len(shown)


def test_report_that_says_little_is_taken_beside_links_to_others() -> None:
    assert refusal(framed_text(DECLARED["shortest"])) == refusal(framed_html(DECLARED["shortest"])) == ""


@pytest.mark.parametrize("dress", DRESSINGS)
@pytest.mark.parametrize("title", DECLARED["titles"])
def test_report_is_taken_under_any_of_its_titles(title: str, dress: Callable[[str], str]) -> None:
    assert refusal(dress(f"{title}\n{DECLARED['below']}")) == ""


def test_thirty_kinds_are_tried() -> None:
    assert len({kind["kind"] for kind in DECLARED["kinds"]}) >= 30
