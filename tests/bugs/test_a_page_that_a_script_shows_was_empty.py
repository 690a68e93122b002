"""Articles of a messaging platform are sent unseen until a script shows them: such pages were refused as empty."""

import pytest

from flows.reading import read_one
from tests.flows.reports import SAMPLES
from transforms.model import Refusal

PAGE = (SAMPLES / "county-aggregate-clean.html").read_text("utf-8")
UNSEEN = '<div style="visibility: hidden; opacity: 0;">'


def cells(data: str) -> dict[object, float | None]:
    return {
        (one.metric, one.applicant): one.value
        for one in read_one(data.encode(), "page.html").readings
        if one.origin == "table"
    }


@pytest.mark.parametrize("before", ["", "<div style='visibility:hidden'>0</div>"])
def test_what_holds_most_of_a_page_is_read(before):
    shown_later = PAGE.replace("<body>", f"<body>{before}{UNSEEN}").replace("</body>", "</div></body>")
    assert cells(shown_later) == cells(PAGE)


def test_what_stands_unseen_beside_a_page_is_not():
    copy = PAGE.partition("<body>")[2].partition("</body>")[0].replace("48213", "7")
    assert cells(PAGE.replace("</body>", f"{UNSEEN}{copy[: len(copy) // 2]}</div></body>")) == cells(PAGE)


def test_nor_is_what_takes_no_place():
    with pytest.raises(Refusal, match="no_body"):
        read_one(PAGE.replace("<body>", '<body style=""><div style="display:none">').encode(), "page.html")
