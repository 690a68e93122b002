"""A page that prints its tags as text (escaped twice on its way) was published without its tables, without a word."""

from html import escape

from flows.reading import read_one
from tests.flows.reports import SAMPLES

PAGE = (SAMPLES / "county-aggregate-clean.html").read_text("utf-8")
HEAD, _, BODY = PAGE.partition("<body>")


def values(page: str) -> list[tuple[str, str, float | None]]:
    found = read_one(page.encode(), "page.html").readings
    return [(one.metric, one.applicant, one.value) for one in found if one.origin == "table"]


def test_a_body_that_was_escaped_is_read():
    inner = BODY.partition("</body>")[0]
    assert values(f"{HEAD}<body><div>{escape(inner)}</div></body></html>") == values(PAGE)


def test_what_an_attribute_holds_is_not_shown():
    bare = PAGE.replace("<table", "<p").replace("<td", "<i").replace("</td", "</i")
    assert values(bare.replace("<body>", f'<body><p data-old="{escape(BODY)}">')) == values(bare)
