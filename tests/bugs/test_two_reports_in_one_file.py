"""Two reports one after the other in a file were read as one: sentences of the second counted as the first's."""

import pytest

from flows.reading import read_one
from tests.flows.reports import SAMPLES
from transforms.model import Refusal


def sample(name):
    return (SAMPLES / name).read_bytes()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("text-a1.txt", "text-a7.txt"),
        ("text-a7.txt", "text-a1.txt"),
        ("prose-2012.txt", "prose-parts-planted.txt"),
        ("county-aggregate-clean.html", "township-all-zero.html"),
    ],
)
def test_they_are_refused_by_name(one, other):
    with pytest.raises(Refusal, match="several_reports"):
        read_one(sample(one) + b"\n\n" + sample(other), f"both{one[-5:]}")


def test_two_years_of_one_body_are_two_reports():
    text = sample("prose-2012.txt")
    with pytest.raises(Refusal, match="several_reports"):
        read_one(text + b"\n\n" + text.replace(b"2012", b"2011"), "both.txt")


@pytest.mark.parametrize("name", ["text-a1.txt", "county-aggregate-clean.html"])
def test_a_body_printed_twice_is_one_report(name):
    assert read_one(sample(name) + b"\n\n" + sample(name), f"twice{name[-5:]}").identification.agency
