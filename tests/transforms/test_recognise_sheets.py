"""The sheets of 2008 and 2014 in the shapes that localities give them: the year's number in its row, or none."""

from random import Random

import pytest

from tests.transforms.printing import (
    document,
    fill,
    flat,
    grid,
    lines,
    remedies_rows,
    requests_rows,
    sheet_rows,
    table_of,
)
from transforms.extract import extract
from transforms.forms import note_kinds
from transforms.model import State
from transforms.recognise import recognise, tabulate

SHEETS = ("sheet_2014", "sheet_2008")
LAYOUTS = {
    "grid": lambda rows: [grid(rows)],
    "rows": lambda rows: [flat(rows)],
    "stream": lambda rows: [flat(rows, "stream")],
    "A4": lambda rows: lines([text for row in rows for text in row if text]),
    "A11": lambda rows: lines(["   ".join(row) for row in rows]),
    "spaces": lambda rows: lines([" ".join(row) for row in rows]),
}


def read(*blocks):
    whole = tabulate(document(*blocks))
    return extract(whole, recognise(whole), 2012)


def values(found):
    return {(item.metric, item.applicant): item.value for item in found.readings if item.value is not None}


def codes(found):
    return {note.code for note in found.notes}


def sheet(form, unit=True, ordinal=True, seed=3):
    cells = fill(form, "sheet", seed)
    optional = {row.key for row in table_of(form, "sheet").rows if row.optional}
    cells = {key: 0 if key[0] in optional else value for key, value in cells.items()}
    cells["requests_received", ""] = sum(v for k, v in cells.items() if k[0].startswith("requests_received_"))
    cells = {key: value for key, value in cells.items() if key[0] not in optional}
    return cells, sheet_rows(form, cells, unit, ordinal)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("unit", "ordinal"), [(True, True), (True, False), (False, True), (False, False)])
@pytest.mark.parametrize("headed", [True, False])
@pytest.mark.parametrize("form", SHEETS)
def test_sheets_are_read_whole(form, unit, ordinal, layout, headed):
    cells, rows = sheet(form, unit, ordinal)
    found = read(*LAYOUTS[layout](rows if headed else rows[1:]))
    assert values(found) == cells
    assert not found.notes
    assert found.found == (("sheet", form),)


LOCAL = [["", "其中：某某信息数", "条", "77"]], [["", "某市专项数", "件", "88"]]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", SHEETS)
def test_local_rows_are_parked_and_hold_nothing(form, layout):
    cells, rows = sheet(form)
    found = read(*LAYOUTS[layout]([*rows[:5], *LOCAL[0], *rows[5:9], *LOCAL[1], *rows[9:]]))
    assert values(found) == cells
    assert codes(found) == {"local_row"}
    assert note_kinds()["local_row"].severity == "warning"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", SHEETS)
def test_missing_rows_are_absent_and_hold_nothing(form, layout):
    cells, rows = sheet(form)
    found = read(*LAYOUTS[layout]([*rows[:7], *rows[12:]]))
    assert values(found).items() <= cells.items()
    assert len(values(found)) == len(cells) - 5
    assert codes(found) == {"rows_not_asked"}
    assert sum(item.state is State.ABSENT for item in found.readings) == 5


def with_columns(rows, headers, columns):
    """The sheet with these number columns; a column is a text, or nothing for the year's own number."""
    body = [[*row[:3], *(row[3] if text is None else text for text in columns)] for row in rows[1:]]
    return [[*rows[0][:3], *headers], *body]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("headers", "columns"),
    [
        (["本期实际", "本年累计"], ["9", None]),
        (["2009年度", "历年累计"], [None, "9999"]),
        (["本月累计", "年度累计", "历年累计"], ["1", None, "9999"]),
        (["本年", "上年"], [None, "4"]),
    ],
)
@pytest.mark.parametrize("form", SHEETS)
def test_only_the_column_of_the_year_is_read(form, headers, columns, layout):
    cells, rows = sheet(form)
    assert values(read(*LAYOUTS[layout](with_columns(rows, headers, columns)))) == cells


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("headers", "columns"),
    [
        (["历年累计"], [None]),
        (["本期实际"], [None]),
        (["上半年"], [None]),
        (["送审稿"], [None]),  # nobody knows this header
    ],
)
@pytest.mark.parametrize("form", SHEETS)
def test_a_sheet_without_a_column_of_the_year_gives_nothing(form, headers, columns, layout):
    _, rows = sheet(form)
    assert values(read(*LAYOUTS[layout](with_columns(rows, headers, columns)))) == {}


@pytest.mark.parametrize("layout", ["rows", "stream", "A4", "A11"])
@pytest.mark.parametrize("lost", [3, 4])
@pytest.mark.parametrize("form", SHEETS)
def test_a_dropped_blank_of_two_columns_leaves_the_other_unplaced(form, lost, layout):
    cells, rows = sheet(form)
    wide = with_columns(rows, ["年度", "历年累计"], [None, "9999"])
    for row in wide[1::3]:
        del row[lost]
    found = read(*LAYOUTS[layout](wide))
    assert values(found).items() <= cells.items()
    assert "numbers_unplaced" in codes(found)


@pytest.mark.parametrize("gaps", [(), (3, 9, 10, 11, 20, 30, 31)], ids=["all rows", "rows left out"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", SHEETS)
def test_the_ordinal_of_the_next_row_is_never_the_value_of_a_blank_one(form, layout, gaps):
    cells, rows = sheet(form)
    blanks = [[*row[:3], "" if place % 4 == 1 else row[3]] for place, row in enumerate(rows)]
    kept = [row for place, row in enumerate(blanks) if place not in gaps]
    found = values(read(*LAYOUTS[layout](kept)))
    assert found.items() <= cells.items()
    assert len(found) > len(cells) / 2


@pytest.mark.parametrize("form", SHEETS)
def test_two_halves_side_by_side(form):
    cells, rows = sheet(form)
    half = len(rows) // 2
    left, right = rows[1 : 1 + half], rows[1 + half :]
    right += [[""] * 4] * (len(left) - len(right))
    assert values(read(grid([rows[0] * 2, *(a + b for a, b in zip(left, right, strict=True))]))) == cells


@pytest.mark.parametrize("layout", ["grid", "rows", "stream", "A4"])
@pytest.mark.parametrize("form", SHEETS)
def test_money_in_another_unit_than_the_form_asks_is_not_published(form, layout):
    cells, rows = sheet(form)
    other = {"元": "万元", "万元": "元"}
    found = read(*LAYOUTS[layout]([[*row[:2], other.get(row[2], row[2]), row[3]] for row in rows]))
    assert values(found).items() <= cells.items()
    assert not any(value for (metric, _), value in values(found).items() if "yuan" in metric)  # nought is so in any
    assert "cell_unreadable" in codes(found)


@pytest.mark.parametrize("form", SHEETS)
def test_counts_by_the_ten_thousand_are_not_published_as_counts(form):
    cells, rows = sheet(form)
    found = read(grid([[*row[:2], "万条" if row[2] == "条" else row[2], row[3]] for row in rows]))
    assert values(found).items() <= cells.items()
    assert ("proactive_items", "") not in values(found)


@pytest.mark.parametrize("layout", ["stream", "A4"])
@pytest.mark.parametrize("form", SHEETS)
def test_values_before_their_labels_are_never_placed(form, layout):
    _, rows = sheet(form)
    found = read(*LAYOUTS[layout]([[row[3], row[1], row[2]] for row in rows[1:]]))
    assert values(found) == {}
    assert codes(found) == {"labels_after_numbers"}


@pytest.mark.parametrize("form", SHEETS)
def test_repeated_lines_dropped(form):
    _, rows = sheet(form)
    texts = dict.fromkeys(text for row in rows for text in row[1:])
    found = read(*lines(list(texts)))
    assert values(found) == {}
    assert codes(found) == {"table_deduplicated"}


@pytest.mark.parametrize("layout", ["grid", "rows"])
@pytest.mark.parametrize("form", SHEETS)
def test_rows_of_one_name_out_of_their_place_are_held(form, layout):
    """Rows that only their heading tells apart: out of order they may be taken for one another, but not in silence."""
    cells, rows = sheet(form)
    found = read(*LAYOUTS[layout]([rows[0], *Random(2).sample(rows[1:], len(rows) - 1)]))
    assert values(found).items() <= cells.items() or "cell_twice" in codes(found)


@pytest.mark.parametrize("form", SHEETS)
def test_marks_and_blanks_are_kept_apart(form):
    _, rows = sheet(form)
    rows[1][3], rows[2][3] = "/", ""
    states = [item.state for item in read(grid(rows)).readings[:2]]
    assert states == [State.MARK, State.BLANK]


@pytest.mark.parametrize("form", SHEETS)
def test_a_sheet_beside_the_tables_gives_way_to_them(form):
    """One number a metric and report: what the tables print is not printed again under the same name."""
    _, rows = sheet(form)
    told, asked = fill("form_2021", "remedies"), fill("form_2021", "requests")
    found = read(grid(rows), grid(remedies_rows(told), "t1"), grid(requests_rows("form_2021", asked), "t2"))
    keys = [(item.metric, item.applicant) for item in found.readings]
    assert len(keys) == len(set(keys))
    assert values(found).items() >= {**told, **asked}.items()
    assert "cell_twice" in codes(found)


@pytest.mark.parametrize("rows", [4, 5])
@pytest.mark.parametrize("form", SHEETS)
def test_a_few_rows_are_no_sheet(form, rows):
    _, printed = sheet(form)
    assert read(grid(printed[: rows + 1])).found == ()


def test_a_negation_is_no_slip_of_the_pen():
    """The sheet of 2008 knows 同意公开答复数; 不同意公开答复数 is another number, one hanzi away."""
    cells, rows = sheet("sheet_2008")
    place = next(n for n, row in enumerate(rows) if row[1] == "同意公开答复数")
    rows[place][1] = "不同意公开答复数"
    found = read(grid(rows))
    assert ("requests_answered_granted", "") not in values(found)
    assert values(found).items() <= cells.items()


def test_a_local_way_of_asking_belongs_to_the_sum():
    cells, rows = sheet("sheet_2014")
    place = next(n for n, row in enumerate(rows) if row[1] == "信函申请数")
    found = read(grid([*rows[: place + 1], ["", "5.电子邮件申请数", "件", "2"], *rows[place + 1 :]]))
    assert values(found) == {**cells, ("requests_received_email", ""): 2}
    assert not found.notes
