"""24 written `42` and shown from its end was published as 42: in table 2 no sum saw it."""

import re

import pytest

from flows.reading import read_one
from tests.flows.reports import SAMPLES
from transforms.normalise import normalise

PAGE = (SAMPLES / "county-aggregate-clean.html").read_text("utf-8")
STYLE = "<style>.n{direction:rtl;unicode-bidi:bidi-override}</style>"


def values(page: str) -> list[float]:
    found = read_one(page.encode(), "page.html").readings
    return [one.value for one in found if one.origin == "table" and one.value is not None]


@pytest.mark.parametrize(
    "shown",
    [
        "<td>\u202e{}\u202c</td>",
        '<td><bdo dir="rtl">{}</bdo></td>',
        '<td><span style="direction:rtl;unicode-bidi:bidi-override">{}</span></td>',
        '<td class="n">{}</td>',
    ],
)
def test_they_are_unreadable(shown):
    page = re.sub(r"<td>(\d+)</td>", lambda cell: shown.format(cell[1][::-1]), PAGE)
    assert len(values(PAGE)) == 200
    # Four numbers of table 2 stand in wide cells, which are as they were.
    assert len(values(page.replace("</head>", f"{STYLE}</head>"))) == 4


def test_words_in_the_other_direction_are_words():
    assert normalise(["\u202eab\u202c 12"]).plains == ["ab 12"]
