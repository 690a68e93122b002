"""Charts: what is drawn is what was counted, and nothing is asked of a network."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from flows.site import charts

NAMES = {"published": "已发布", "held": "暂缓", "rejected": "未收录"}


def widths(svg, colour):
    bars = LexborHTMLParser(f"<body>{svg}</body>").css("g.series rect")
    return [float(bar.attributes["width"]) for bar in bars if bar.attributes["fill"] == colour]


def test_parts_are_laid_end_to_end_in_proportion():
    rows = {"a": {"published": 6, "held": 3, "rejected": 1}, "b": {"published": 5}}
    svg = charts.stacked(NAMES, rows)
    whole, kept, good = (widths(svg, charts.COLOURS[part]) for part in ("rejected", "held", "published"))
    assert [round(each / whole[0], 2) for each in (*whole, *kept, *good)] == [1.0, 2.0, 1.0, 1.8, 1.0, 1.2]


def test_counts_of_nothing_are_no_chart():
    assert charts.stacked(NAMES, {"a": {"published": 0}}) is None
    assert charts.stacked(NAMES, {}) is None
    assert charts.bars({}) is None


def test_a_chart_is_plain_svg_of_the_page():
    svg = charts.bars({"T3.ROW": 3, "<script>": 12})
    assert svg.startswith("<svg viewBox=") and "&lt;script&gt;" in svg
    assert not re.search(r"https?:|<script|<image|style=", svg)


@pytest.mark.parametrize(("count", "last"), [(1, 1), (2, 2), (5, 5), (7, 8), (23, 25), (10_000, 10_000)])
def test_reports_are_counted_in_whole_numbers(count, last):
    labels = [int(label) for label in re.findall(r">([\d,.]+)</text>", charts.bars({"rule": count}).replace(",", ""))]
    assert min(labels) == 0 and max(labels) >= count and len(labels) <= 8 and last in labels
