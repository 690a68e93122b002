"""From printed tables to cells: every page and dialect gives the cells that were printed, or says what it lacks."""

import pytest
from hypothesis import given, settings

from tests import strategies
from tests.corpus.form import KEYS
from tests.corpus.printers import as_html, as_text
from tests.corpus.reports import report
from transforms.extract import extract
from transforms.forms import forms
from transforms.model import Cell, Document, State, Table
from transforms.normalise import normalise_document
from transforms.read.reader import read
from transforms.recognise import recognise

APPLICANT_HEADERS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def extracted(data):
    document, _ = normalise_document(read(data.encode("utf-8"), "report"))
    return extract(document, recognise(document), 2022)


def values(extraction):
    return {(item.metric, item.applicant): item.value for item in extraction.readings if item.value is not None}


@pytest.mark.parametrize("kind", ["plain", "A", "B", "C", "D"])
@pytest.mark.parametrize("seed", range(3))
def test_pages_give_every_cell(kind, seed):
    told = report(seed)
    assert values(extracted(as_html(told, kind))) == {key: float(value) for key, value in told.truth.cells.items()}


@pytest.mark.parametrize("dialect", ["A1", "A2", "A3", "A7"])
@pytest.mark.parametrize("seed", range(3))
def test_flattened_tables_with_no_blank_give_every_cell(dialect, seed):
    told = report(seed)
    found = extracted(as_text(told, dialect))
    assert values(found) == {key: float(value) for key, value in told.truth.cells.items()}
    assert found.notes == ()


@pytest.mark.parametrize("dialect", ["A8", "A9"])
def test_lost_tables_are_said_to_be_lost(dialect):
    found = extracted(as_text(report(1), dialect))
    assert set(found.lost) == {"proactive", "requests", "remedies"}
    assert {item.state for item in found.readings} == {State.LOST}
    assert len(found.readings) == 200


@settings(max_examples=25)
@given(strategies.reports(), strategies.html_kinds)
def test_each_declared_cell_is_read_once(told, kind):
    found = extracted(as_html(told, kind))
    assert sorted((item.metric, item.applicant) for item in found.readings) == sorted(KEYS)


def grid(rows):
    made = tuple(tuple(Cell(text, f"t0/r{r}/c{c}", text) for c, text in enumerate(row)) for r, row in enumerate(rows))
    return Document((Table(made, "t0"),), "", "html")


def flat(rows, order="rows"):
    made = tuple(tuple(Cell(text, f"c{r}-{c}", text) for c, text in enumerate(row)) for r, row in enumerate(rows))
    return Document((Table(made, "c0-9", order),), "", "text")


def requests(document):
    found = extract(document, recognise(document), 2022)
    cells = {(item.metric, item.applicant): item for item in found.readings if item.section == "requests"}
    return cells, {note.code for note in found.notes}


NEW, CARRIED = "本年新收政府信息公开申请数量", "上年结转政府信息公开申请数量"


def test_columns_follow_their_headers_not_their_order():
    headers = ["", "总计", *APPLICANT_HEADERS[:-1]]
    cells, _ = requests(grid([headers, [NEW, "9", "4", "5", "0", "0", "0", "0"], [CARRIED, *"00000000"[:7]]]))
    assert cells["requests_new", "total"].value == 9
    assert cells["requests_new", "natural_person"].value == 4


def test_a_missing_column_is_absent_and_nothing_shifts():
    headers = ["", *APPLICANT_HEADERS[1:]]
    cells, notes = requests(grid([headers, [NEW, "5", "0", "0", "0", "0", "9"], [CARRIED, *"000000"]]))
    assert cells["requests_new", "commercial_enterprise"].value == 5
    assert cells["requests_new", "natural_person"].state is State.ABSENT
    assert "rows_missing" in notes


def test_header_and_count_that_differ_place_nothing():
    # The label lacks its colspan: by header every value would move two columns to the left.
    wide = [["", "", "", *APPLICANT_HEADERS], [NEW, "4", "5", "0", "0", "0", "0", "9", "", ""]]
    rows = [tuple(Cell(text, f"t0/r{r}/c{c}", text) for c, text in enumerate(row)) for r, row in enumerate(wide)]
    short = (*rows[1][:8], *(Cell("", "t0/r9/c9") for _ in range(2)))
    document = Document(
        (Table((rows[0], short, *grid([["", "", "", *APPLICANT_HEADERS]] * 1).blocks[0].rows), "t0"),), "", "html"
    )
    cells, _ = requests(document)
    assert {item.state for item in cells.values()} <= {State.UNPLACED, State.ABSENT}


def test_a_number_beside_an_unknown_label_is_left_over():
    rows = [["", *APPLICANT_HEADERS], [NEW, *"0000000"], [CARRIED, *"0000000"], ["属于工作秘密", *"1000001"]]
    _, notes = requests(grid(rows))
    assert "leftover_number" in notes


def test_a_row_printed_twice_with_another_number_is_not_believed():
    rows = [["", *APPLICANT_HEADERS], [NEW, *"1000001"], [CARRIED, *"0000000"], [NEW, *"2000002"]]
    _, notes = requests(grid(rows))
    assert "cell_twice" in notes


@pytest.mark.parametrize(
    ("printed", "state", "value"),
    [
        ("0", State.REPORTED, 0),
        ("12.0", State.REPORTED, 12),
        ("3,001", State.REPORTED, 3001),
        ("0件", State.REPORTED, 0),
        ("5(含2件结转)", State.REPORTED, 5),
        ("12(48)", State.UNREADABLE, None),
        ("48(12)", State.REPORTED, 48),
        ("", State.BLANK, None),
        ("/", State.MARK, None),
        ("——", State.MARK, None),
        ("无", State.MARK, None),
        ("4 5", State.UNREADABLE, None),
        ("3/2", State.UNREADABLE, None),
        ("-1", State.UNREADABLE, None),
        ("1.5", State.UNREADABLE, None),  # a count is whole
        ("50%", State.UNREADABLE, None),
        ("待定", State.UNREADABLE, None),
    ],
)
def test_what_a_cell_can_say(printed, state, value):
    rows = [["", *APPLICANT_HEADERS], [NEW, printed, *"000000"], [CARRIED, *"0000000"]]
    cells, _ = requests(grid(rows))
    item = cells["requests_new", "natural_person"]
    assert (item.state, item.value, item.printed) == (state, value, printed)


def test_a_blank_total_is_derived_from_its_six_parts():
    rows = [["", *APPLICANT_HEADERS], [NEW, *"340000", ""], [CARRIED, *"0000000"]]
    cells, _ = requests(grid(rows))
    assert (cells["requests_new", "total"].state, cells["requests_new", "total"].value) == (State.DERIVED, 7)


def test_blanks_are_zero_only_where_every_sum_says_so():
    # Table 3 of two rows: the sums down the columns cannot be made, so the blanks stay blank.
    rows = [["", *APPLICANT_HEADERS], [NEW, "7", "", "", "", "", "", "7"], [CARRIED, *"0000000"]]
    cells, _ = requests(grid(rows))
    assert cells["requests_new", "commercial_enterprise"].state is State.BLANK


def whole_table(by_row):
    """A flattened table 3 with every row; rows not named hold one zero."""
    table = next(table for table in forms()["form_2021"].tables if table.section == "requests")
    body = [[row.labels[0], *by_row.get(row.key, ["0"])] for row in table.rows]
    return [["自然人", "法人或其他组织", "总计"], APPLICANT_HEADERS[1:-1], *body]


@pytest.mark.parametrize(
    ("by_row", "total"),
    [
        ({}, 0),
        ({"requests_new": ["3"], "requests_granted": ["3"], "requests_concluded": ["3"]}, 3),
        # Three numbers, the last their sum, prove that totals were printed; then two equal ones are part and total.
        ({k: ["1", "2", "3"] for k in ("requests_new", "requests_granted", "requests_concluded")}, 3),
    ],
)
def test_one_number_a_row_is_the_total_when_every_sum_closes(by_row, total):
    cells, _ = requests(flat(whole_table(by_row)))
    item = cells["requests_new", "total"]
    assert (item.state, item.value) == (State.INFERRED, total)
    assert {cells["requests_new", who].value for who in ("natural_person", "other_organization")} == {None}


@pytest.mark.parametrize(
    "by_row",
    [
        {"requests_new": ["3"]},  # the flow does not close
        {
            k: ["3", "3"] for k in ("requests_new", "requests_granted", "requests_concluded")
        },  # two parts, or part and total
        {"requests_new": []},  # one total unknown: no sum of the column can be made
    ],
)
def test_numbers_whose_column_is_not_forced_stay_unplaced(by_row):
    cells, notes = requests(flat(whole_table(by_row)))
    assert all(item.value is None for item in cells.values())
    assert "numbers_unplaced" in notes


def test_three_zeros_of_fifteen_are_the_totals_and_three_numbers_are_not():
    head = [["行政复议", "行政诉讼"], ["结果维持", "结果", "其他", "尚未", "总计", "未经复议直接起诉", "复议后起诉"]]
    for printed, state in ((["0", "0", "0"], State.INFERRED), (["1", "0", "0"], State.UNPLACED)):
        document = flat([*head, printed])
        found = extract(document, recognise(document), 2022)
        by_metric = {item.metric: item for item in found.readings}
        assert by_metric["reconsideration_total"].state is state
        assert by_metric["reconsideration_upheld"].value is None
