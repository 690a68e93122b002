"""Tables 2, 3 and 4 of both forms: whole, damaged and mixed. What is read is right; what is not is said."""

from random import Random

import pytest

from tests.transforms import printing
from tests.transforms.printing import document, fill, flat, grid, lines, remedies_rows, requests_rows, table_of
from transforms.extract import extract
from transforms.model import Cell, State, Table
from transforms.recognise import recognise, tabulate

FORMS = ("form_2019", "form_2021")
HEADERS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def read(*blocks):
    whole = tabulate(document(*blocks))
    return extract(whole, recognise(whole), 2020)


def values(found):
    return {(item.metric, item.applicant): item.value for item in found.readings if item.value is not None}


def codes(found):
    return {note.code for note in found.notes}


def texts(rows):
    return [text for row in rows for text in row if text]


def requests(form):
    cells = fill(form, "requests")
    return cells, requests_rows(form, cells)


def proactive(form):
    cells = fill(form, "proactive")
    rows = printing.proactive_rows(form, cells)
    if form == "form_2019":
        cells["procurement_amount", ""] = 25.5
        rows[-1][-1] = "25.5万元"
    return cells, rows


LAYOUTS = {
    "grid": lambda rows: [grid(rows)],
    "rows": lambda rows: [flat(rows)],
    "stream": lambda rows: [flat(rows, "stream")],
    "A4": lambda rows: lines(texts(rows)),
    "A11": lambda rows: lines(["   ".join(row) for row in rows]),
    "tabs": lambda rows: lines(["\t".join(row) for row in rows]),
    "spaces": lambda rows: lines([" ".join(row) for row in rows]),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
def test_table_3_is_read_whole(form, layout):
    cells, rows = requests(form)
    found = read(*LAYOUTS[layout](rows))
    assert values(found) == cells
    assert found.found == (("requests", form),)
    assert not found.notes


@pytest.mark.parametrize("layout", ["grid", "rows", "stream", "A4", "A11"])
@pytest.mark.parametrize("form", FORMS)
def test_table_2_is_read_whole(form, layout):
    cells, rows = proactive(form)
    found = read(*LAYOUTS[layout](rows))
    assert values(found) == cells
    assert found.found == (("proactive", form),)


@pytest.mark.parametrize("layout", ["grid", "rows", "stream", "A4"])
def test_table_4_is_read_whole(layout):
    cells = fill("form_2021", "remedies")
    assert values(read(*LAYOUTS[layout](remedies_rows(cells)))) == cells


@pytest.mark.parametrize("one_table", [False, True], ids=["three tables", "one table"])
@pytest.mark.parametrize("layout", ["grid", "stream", "A4"])
@pytest.mark.parametrize(("second", "third"), [("form_2019", "form_2021"), ("form_2021", "form_2019")])
def test_each_table_of_a_hybrid_is_read_by_its_own_form(second, third, layout, one_table):
    two, rows2 = proactive(second)
    three, rows3 = requests(third)
    four = fill("form_2021", "remedies")
    parts = [rows2, rows3, remedies_rows(four)]
    parts = [[row for part in parts for row in part]] if one_table else parts
    if layout == "grid":
        found = read(*(grid(part, f"t{number}") for number, part in enumerate(parts)))
    else:
        found = read(*(block for part in parts for block in LAYOUTS[layout](part)))
    assert values(found) == {**two, **three, **four}
    assert {"proactive": second, "requests": third}.items() <= dict(found.found).items()


def shuffled(rows):
    return [rows[0], *Random(1).sample(rows[1:], len(rows) - 1)]


def in_two_lines(rows):
    """Headers cut at their line break, the rest of each on a row of its own."""
    above = ["", "自然人", "商业", "科研", "社会公益", "法律服务", "其他", "总计"]
    return [above, ["", "", "企业", "机构", "组织", "机构", "", ""], *rows[1:]]


WHOLE = {
    "rows out of order": shuffled,
    "an ordinal before each label": lambda rows: [[str(n) if n else "序号", *row] for n, row in enumerate(rows)],
    "a unit after each label": lambda rows: [[row[0], "件" if n else "单位", *row[1:]] for n, row in enumerate(rows)],
    "the header again on page two": lambda rows: [*rows[:10], rows[0], *rows[10:]],
    "the header again above row 3.": lambda rows: [
        *rows[:-3],
        rows[0],
        *([f"{n}.{row[0]}", *row[1:]] for n, row in enumerate(rows[-3:], 3)),
    ],
    "headers in two lines": in_two_lines,
    "a page mark between rows": lambda rows: [*rows[:10], ["- 4 -"], *rows[10:]],
    "a group label before its rows": lambda rows: [*rows[:5], ["（三）不予公开"], *rows[5:]],
    "a label cut in two cells": lambda rows: [rows[0], *([row[0][:4], row[0][4:], *row[1:]] for row in rows[1:])],
    "one slip in a label": lambda rows: [[row[0].replace("另行制作", "另行行制作"), *row[1:]] for row in rows],
    "numbered columns": lambda rows: [rows[0], ["", "1", "2", "3", "4", "5", "6", "7"], *rows[1:]],
}
GRID_ONLY = {"numbered columns"}
STREAM_ONLY = {"a group label before its rows", "a label cut in two cells", "a page mark between rows"}


@pytest.mark.parametrize("layout", ["grid", "stream"])
@pytest.mark.parametrize("case", WHOLE)
@pytest.mark.parametrize("form", FORMS)
def test_ugly_tables_are_read_whole(form, case, layout):
    if case in (STREAM_ONLY if layout == "grid" else GRID_ONLY):
        pytest.skip("a matter of the other layout")
    cells, rows = requests(form)
    assert values(read(*LAYOUTS[layout](WHOLE[case](rows)))) == cells


VERTICAL = [[text] for text in "三、本年度办理结果"]


@pytest.mark.parametrize("form", FORMS)
def test_vertical_labels_between_rows_say_nothing(form):
    cells, rows = requests(form)
    assert values(read(flat([*rows[:3], *VERTICAL, *rows[3:]], "stream"))) == cells


def dropped_repeats(rows):
    seen = set()
    return [[text for text in row if not (text in seen or seen.add(text))] for row in rows]


BROKEN = {
    "an unknown row": (lambda rows: [*rows[:8], ["9.属于工作秘密", *"1000001"], *rows[8:]], "leftover_number"),
    "a missing row": (lambda rows: [*rows[:8], *rows[9:]], "rows_missing"),
    "the last column lost": (lambda rows: [row[:-1] for row in rows], ""),
    "a column too many": (lambda rows: [[*row[:2], "7" if n else "小计", *row[2:]] for n, row in enumerate(rows)], ""),
    "a page number among the values": (lambda rows: [*rows[:10], ["4"], *rows[10:]], ""),
    "labels after their values": (lambda rows: [rows[0][1:], *([*row[1:], row[0]] for row in rows[1:])], ""),
    "repeated lines dropped": (dropped_repeats, ""),
    "blanks dropped": (lambda rows: [[text for text in row if text != "0"] for row in rows], ""),
}


@pytest.mark.parametrize("layout", ["grid", "rows", "stream", "A4"])
@pytest.mark.parametrize("case", BROKEN)
@pytest.mark.parametrize("form", FORMS)
def test_damaged_tables_give_no_wrong_number_in_silence(form, case, layout):
    if layout == "grid" and case in ("labels after their values", "repeated lines dropped", "blanks dropped"):
        pytest.skip("a grid keeps its places")
    cells, rows = requests(form)
    change, code = BROKEN[case]
    found = read(*LAYOUTS[layout](change(rows)))
    assert values(found).items() <= cells.items()
    assert code in codes(found) if code else codes(found)


@pytest.mark.parametrize("form", FORMS)
def test_lines_dropped_as_repeats_are_named(form):
    """Seven different numbers a row, then nothing that was printed before: no number is left without a doubt."""
    rows = [["", *HEADERS], *([row.labels[0]] for row in table_of(form, "requests").rows)]
    rows[1] += ["11", "12", "13", "14", "15", "16", "81"]
    found = read(*lines(dict.fromkeys(texts(rows))))
    assert values(found) == {}
    assert codes(found) == {"table_deduplicated"}
    assert {item.state for item in found.readings} == {State.LOST}


def test_a_header_borne_by_two_columns_heads_none():
    cells, rows = requests("form_2021")
    rows[0][2] = "自然人"
    found = read(grid(rows))
    assert values(found) == cells  # by their count, and because every sum closes
    assert {item.state for item in found.readings} == {State.INFERRED}


@pytest.mark.parametrize(
    ("printed", "state", "value"),
    [
        ("+3", State.REPORTED, 3),
        ("-2", State.REPORTED, -2),
        ("增5", State.REPORTED, 5),
        ("减1", State.REPORTED, -1),
        ("0", State.REPORTED, 0),
        ("持平", State.REPORTED, 0),
        ("/", State.MARK, None),
        ("", State.BLANK, None),
        ("增减", State.UNREADABLE, None),
    ],
)
@pytest.mark.parametrize("before", ["7", ""])
def test_changes_are_signed(printed, state, value, before):
    rows = [
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["行政许可", before, printed, "4"],
        ["行政处罚", "1", "0", "0"],
    ]
    found = {item.metric: item for item in read(grid(rows)).readings}
    assert (found["licensing_items_change"].state, found["licensing_items_change"].value) == (state, value)
    assert found["licensing_decisions"].value == 4


@pytest.mark.parametrize(
    ("header", "printed", "value", "unit"),
    [
        ("采购总金额", "251000元", 251000, "元"),
        ("采购总金额", "160.5964万元", 160.5964, "万元"),
        ("采购总金额", "1.2亿元", 1.2, "亿元"),
        ("采购总金额（万元）", "160.5964", 160.5964, "万元"),
        ("采购总金额(单位:元)", "8040", 8040, "元"),
        ("采购总金额（万元）", "251000元", None, "元"),  # two units: which of them is meant cannot be known
        ("采购总金额", "8040", None, "元"),
        ("采购总金额", "0", 0, "元"),  # nothing is nothing in any unit
        ("采购总金额", "/", None, "元"),
    ],
)
def test_an_amount_has_the_unit_that_is_printed_with_it(header, printed, value, unit):
    rows = [
        ["信息内容", "上一年项目数量", "本年增/减"],
        ["行政事业性收费", "1", "0"],
        ["信息内容", "采购项目数量", header.replace("（", "(").replace("）", ")")],
        ["政府集中采购", "3", printed],
    ]
    found = read(grid(rows))
    amount = next(item for item in found.readings if item.metric == "procurement_amount")
    assert (amount.value, amount.unit) == (value, unit)
    assert ("amount_without_unit" in codes(found)) == (printed == "8040" and value is None)


@pytest.mark.parametrize("cut", [["本年新", "本年新", "对外公开总数量"], ["本年新制作", "本年新公", "对外公开"]])
@pytest.mark.parametrize("layout", ["grid"])
def test_headers_cut_at_the_line_break_are_found_by_position(cut, layout):
    rows = [["信息内容", *cut], ["规章", "1", "2", "3"], ["规范性文件", "4", "5", "6"]]
    found = values(read(*LAYOUTS[layout](rows)))
    assert found["rules_made", ""] == 1
    assert found["normative_documents_public_total", ""] == 6


@pytest.mark.parametrize("layout", ["grid", "stream"])
def test_table_4_with_cut_headers(layout):
    cells = fill("form_2021", "remedies")
    rows = remedies_rows(cells)
    rows[1] = ["结果维持", "结果", "其他", "尚未", "总计"] * 3
    assert values(read(*LAYOUTS[layout](rows))) == cells


@pytest.mark.parametrize("line", ["全年收到申请5件，均已办结。", "各科室要加强学习。"])
def test_prose_between_lines_of_a_table_stays_prose(line):
    cells, rows = requests("form_2021")
    whole = tabulate(document(*lines([line, *texts(rows)])))
    assert whole.blocks[0].text == line
    assert values(extract(whole, recognise(whole), 2022)) == cells


def test_short_lines_that_are_no_table_stay_prose():
    menu = lines(["规章", "行政许可", "行政处罚", "行政强制", "行政复议", "2021", "2022", "2023"])
    assert tabulate(document(*menu)).blocks == tuple(menu)


@pytest.mark.parametrize("layout", ["rows", "stream", "A4"])
def test_values_that_grow_from_row_to_row_are_no_ordinals(layout):
    rows = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "0", "0", "1"],
        ["行政规范性文件", "0", "0", "2"],
        ["信息内容", "本年处理决定数量"],
        ["行政许可", "3"],
        ["行政处罚", "4"],
        ["行政强制", "5"],
        ["信息内容", "本年收费金额(单位:万元)"],
        ["行政事业性收费", "6"],
    ]
    found = values(read(*LAYOUTS[layout](rows)))
    assert len(found) == 10
    assert found["administrative_fees_10k_yuan", ""] == 6


GROUPS = {"行政复议": 4, "行政诉讼（未经复议直接起诉）": 7, "2. 行政诉讼：复议后起诉情况": 1}
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def outcomes(first):
    return [str(number) for number in (first, 0, 2, 1, first + 3)]


def in_groups(printed=flat):
    """Table 4 as three tables, each below the name of its group."""
    tables = [[*lines([name]), printed([OUTCOMES, outcomes(first)])] for name, first in GROUPS.items()]
    return [part for table in tables for part in table]


WANTED = [float(number) for first in GROUPS.values() for number in outcomes(first)]


def remedies_of(found):
    return [item.value for item in found.readings if item.section == "remedies"]


@pytest.mark.parametrize("printed", [flat, grid])
def test_table_4_printed_in_three_tables_is_read(printed):
    assert remedies_of(read(*in_groups(printed))) == WANTED


def test_table_4_printed_group_below_group_is_read():
    names = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    below = [
        row for name, first in zip(names, GROUPS.values(), strict=True) for row in ([name], OUTCOMES, outcomes(first))
    ]
    beside = [OUTCOMES, *([name, *outcomes(first)] for name, first in zip(names, GROUPS.values(), strict=True))]
    assert remedies_of(read(flat(below))) == WANTED
    assert remedies_of(read(flat(beside))) == WANTED


def test_a_group_with_a_number_missing_or_without_a_name_is_not_placed():
    first, head, *rest = in_groups()
    short = flat([OUTCOMES, outcomes(4)[:3]])
    assert remedies_of(read(first, short, *rest))[:5] != WANTED[:5]
    assert None in remedies_of(read(head, *rest))


def spread(*rows):
    """A grid whose cells are given with their widths."""
    made = []
    for number, row in enumerate(rows):
        cells = [[text] * width for text, width in row]
        starts = [sum(map(len, cells[:place])) for place in range(len(cells))]
        own = [Cell(text[0], f"t0/r{number}/c{start}", text[0]) for text, start in zip(cells, starts, strict=True)]
        made.append(tuple(cell for cell, texts in zip(own, cells, strict=True) for _ in texts))
    return Table(tuple(made), "t0")


ISSUED = [("信息内容", 1), ("本年新制作数量", 1), ("本年新公开数量", 2), ("对外公开总数量", 1)]
DECIDED = [("信息内容", 1), ("上一年项目数量", 1), ("本年增/减", 2), ("处理决定数量", 1)]


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ([("行政许可", 1), ("12", 2), ("3", 1), ("450", 1)], [12, 3, 450]),
        ([("行政许可", 1), ("12", 1), ("3", 1), ("450", 2)], [12, 3, 450]),
        ([("行政许可", 1), ("12", 1), ("3", 2), ("450", 1)], [12, 3, 450]),
        ([("行政许可", 1), ("12", 1), ("3", 1), ("7", 1), ("450", 1)], [None, None, None]),
    ],
)
def test_cells_merged_unlike_their_headers_stand_below_a_part_of_their_own(row, wanted):
    found = read(spread(ISSUED, [("规章", 1), ("0", 1), ("0", 2), ("0", 1)], DECIDED, row))
    assert [item.value for item in found.readings if item.metric.startswith("licensing")] == wanted


HEADING, NEXT = "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题"
REMEDIES = [3, 1, 0, 2, 6, 4, 0, 5, 0, 9, 0, 2, 0, 1, 3]


def headless(numbers, heading=HEADING, beside=()):
    """A whole table 2, and table 4 as a row of numbers under its heading; `beside` is another row below it."""
    rows = [["维持", "纠正", "结果"], [str(number) for number in numbers], *beside]
    whole = document(grid(proactive("form_2021")[1]), *lines([heading]), flat(rows), *lines([NEXT]))
    return remedies_of(extract(whole, recognise(whole), 2022))


def test_table_4_without_its_header_is_read_where_its_sums_close():
    assert headless(REMEDIES) == REMEDIES


@pytest.mark.parametrize(
    "told",
    [
        {"numbers": [*REMEDIES[:4], 7, *REMEDIES[5:]]},
        {"numbers": REMEDIES[:-1]},
        {"numbers": REMEDIES, "heading": "四、其他情况"},
        {"numbers": REMEDIES, "beside": [["1", "2"]]},
    ],
)
def test_a_row_of_numbers_that_may_be_another_is_not_read_as_table_4(told):
    assert not any(value is not None for value in headless(**told))
