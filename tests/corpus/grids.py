"""The three tables of the form as rows of boxes, as a clerk's page holds them: merged cells once, at their origin.

Numbers come in, boxes with spans go out; the printers turn boxes into HTML or text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.corpus import labels
from tests.corpus.form import Cells, Key

Row = tuple["Box", ...]
Grid = tuple[Row, ...]
Blocks = Sequence[tuple[str, Sequence[str], Sequence[tuple[str, Sequence[str]]]]]  # caption, columns, rows of metrics


@dataclass(frozen=True)
class Box:
    """One printed cell; `key` is set on the cells that hold a number of the form."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    key: Key | None = None


def shape(value: float) -> str:
    """A number as a clerk types it: no decimal point on whole numbers."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def grids(cells: Cells, shown: Mapping[Key, str] | None = None) -> tuple[Grid, Grid, Grid]:
    """Tables 2, 3 and 4. `shown` overrides what is printed in single cells: blank, `/`, `1,234` …"""
    printed = {key: shape(value) for key, value in cells.items()} | dict(shown or {})
    return proactive(printed), requests(printed), remedies(printed)


def proactive(printed: Mapping[Key, str], blocks: Blocks = labels.PROACTIVE) -> Grid:
    """Table 2: four columns, a caption and a heading row for each of its blocks; the last column takes what is left."""
    rows: list[Row] = []
    for caption, columns, lines in blocks:
        spans = (*(1,) * (len(columns) - 1), 4 - len(columns))
        rows.append((Box(caption, colspan=4),))
        rows.append((Box("信息内容"), *(Box(column, span) for column, span in zip(columns, spans, strict=True))))
        rows.extend((Box(label), *_proactive_values(metrics, spans, printed)) for label, metrics in lines)
    return tuple(rows)


def _proactive_values(metrics: Sequence[str], spans: Sequence[int], printed: Mapping[Key, str]) -> Row:
    pairs = zip(metrics, spans, strict=True)
    return tuple(Box(printed[metric, ""], colspan=span, key=(metric, "")) for metric, span in pairs)


def requests(printed: Mapping[Key, str], rows: Sequence[tuple[str, str, str]] = labels.REQUESTS) -> Grid:
    """Table 3: three heading rows, then rows of seven numbers under up to three columns of labels."""
    return (*_request_headings(), *(_request_row(index, printed, rows) for index in range(len(rows))))


def remedies(printed: Mapping[Key, str]) -> Grid:
    """Table 4: three heading rows and one row of fifteen numbers."""
    endings = tuple(labels.ENDINGS.values())
    return (
        (Box(labels.RECONSIDERATION, colspan=5), Box(labels.LITIGATION, colspan=10)),
        (*(Box(ending, rowspan=2) for ending in endings), Box(labels.DIRECT, colspan=5), Box(labels.AFTER, colspan=5)),
        tuple(Box(ending) for ending in endings * 2),
        tuple(Box(printed[metric, ""], key=(metric, "")) for metric in labels.REMEDIES),
    )


def width(grid: Grid) -> int:
    """Columns of a table: those of its first row."""
    return sum(box.colspan for box in grid[0])


def _request_headings() -> Grid:
    return (
        (Box(labels.NOTE, colspan=3, rowspan=3), Box("申请人情况", colspan=7)),
        (Box("自然人", rowspan=2), Box("法人或其他组织", colspan=5), Box("总计", rowspan=2)),
        tuple(Box(name) for name in labels.ORGANISATIONS.values()),
    )


def _request_row(index: int, printed: Mapping[Key, str], rows: Sequence[tuple[str, str, str]]) -> Row:
    metric, group, label = rows[index]
    numbers = tuple(Box(printed[metric, column], key=(metric, column)) for column in labels.COLUMNS)
    if label.startswith(("一", "二", "四")):
        return (Box(label, colspan=3), *numbers)
    results = (Box(labels.RESULTS, rowspan=len(rows) - 3),) if metric == "requests_granted" else ()
    if not group:
        return (*results, Box(label, colspan=2), *numbers)
    first = rows[index - 1][1] != group
    size = sum(other == group for _, other, _ in rows)
    return ((Box(group, rowspan=size),) if first else ()) + (Box(label), *numbers)
