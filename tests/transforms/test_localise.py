"""Whoever changes one number of a table that adds up is found: the cell is named, and never another one alone."""

from random import Random

import pytest

from transforms.findings import in_chinese
from transforms.forms import APPLICANTS, forms, metrics
from transforms.localise import explain, slip

PEOPLE = APPLICANTS[:-1]
OUTCOMES = [
    row.key
    for table in forms()["form_2021"].tables
    if table.section == "requests"
    for row in table.rows
    if row.key not in ("requests_new", "requests_carried_in", "requests_concluded", "requests_carried_out")
]


def requests(dice, fixed=()):
    """A table 3 in which every sum closes and hardly a cell is zero."""
    cells = {(metric, who): float(dice.randint(1, 60)) for metric in OUTCOMES for who in PEOPLE} | dict(fixed)
    for who in PEOPLE:
        cells["requests_concluded", who] = sum(cells[metric, who] for metric in OUTCOMES)
        cells["requests_carried_in", who] = float(dice.randint(1, 30))
        cells["requests_carried_out", who] = float(dice.randint(1, 30))
        flow = cells["requests_concluded", who] + cells["requests_carried_out", who]
        cells["requests_new", who] = flow - cells["requests_carried_in", who]
    for metric in {metric for metric, _ in cells}:
        cells[metric, "total"] = sum(cells[metric, who] for who in PEOPLE)
    return cells


def named(cells):
    return [suspect.key for suspect in explain("form_2021", "requests", cells)]


def test_a_table_that_adds_up_has_no_suspect():
    assert named(requests(Random(1))) == []


@pytest.mark.parametrize("seed", range(20))
def test_one_wrong_number_is_named_and_no_other(seed):
    dice = Random(seed)
    cells = requests(dice)
    for key in dice.sample(sorted(cells), 40):
        found = explain("form_2021", "requests", cells | {key: cells[key] + dice.randint(1, 99)})
        assert [(suspect.key, suspect.wanted) for suspect in found] == [(key, cells[key])]


def test_two_numbers_that_changed_places_are_both_named():
    one, other = ("requests_granted", "natural_person"), ("requests_unable_not_held", "legal_service")
    cells = requests(Random(3), {one: 31.0, other: 24.0})
    assert set(named(cells | {one: 24.0, other: 31.0})) == {one, other}


def test_where_neighbours_are_unknown_nobody_is_accused_alone():
    cells = requests(Random(4))
    row = [("requests_granted", who) for who in PEOPLE]
    wrong = cells | {row[0]: cells[row[0]] + 5}
    for who in PEOPLE:
        wrong.pop(("requests_denied_state_secret", who))
    assert set(named(wrong)) >= {row[0]}
    assert len(named(wrong)) > 1


def test_two_faults_accuse_no_single_cell():
    cells = requests(Random(5))
    wrong = {("requests_granted", "natural_person"): 99.0, ("requests_new", "legal_service"): 1.0}
    assert named(cells | wrong) == []


@pytest.mark.parametrize(
    ("printed", "wanted", "how"),
    [
        (12, 21, "transposition"),
        (15, 16, "digit"),
        (123, 12, "join"),
        (3, 13, "split"),
        (105, 15, "added"),
        (15, 105, "lost"),
        (15, 88, ""),
    ],
)
def test_slips_of_a_pen(printed, wanted, how):
    assert slip(float(printed), float(wanted)) == how


def test_a_remark_names_cells_and_slips_in_chinese():
    assert in_chinese("requests_new@natural_person: 17 → 14 (digit)") == (
        f"{metrics()['requests_new'].zh} · 自然人: 17 → 14（一位数字有误）"
    )
    assert in_chinese("rules_issued, no_such_code … (+7)") == f"{metrics()['rules_issued'].zh}, no_such_code … (+7)"


@pytest.mark.parametrize(("printed", "wanted"), [(17, 14), (12, 21), (123, 12), (12, 123), (1213, 113), (113, 1213)])
def test_every_kind_of_slip_has_a_chinese_name(printed, wanted):
    kind = slip(printed, wanted)
    assert kind and kind not in in_chinese(f"requests_new: {printed} → {wanted} ({kind})")
