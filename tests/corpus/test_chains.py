"""Chains of years: consistent by the second witness, every rule broken once, and a sample of them through the gate."""

from random import Random

import pytest

from tests.corpus import accuracy, gauge
from tests.corpus.bonds import KINDS, bonds, broken
from tests.corpus.chains import chain, numbers
from tests.corpus.families import BEYOND, PARTS, UNSAID, bodies, clean, dense, faulty, rules, sums
from tests.corpus.forest import grove
from transforms import across
from transforms.forms import identities

EVERY = 12  # of the chains of a run of the corpus one in so many is judged here


@pytest.mark.parametrize("kind", KINDS["all"])
def test_a_clean_chain_breaks_nothing(kind):
    for seed in range(6):
        tree = clean("x", kind, bodies(Random(0)), Random(seed))
        assert len({leaf.who.agency for leaf in tree.leaves}) == 1
        assert all(tree.faults(leaf) == set() for leaf in tree.leaves)


@pytest.mark.parametrize("kind", KINDS["all"])
def test_a_fault_of_every_rule_can_be_planted(kind):
    for rule in rules(kind):
        tree = faulty("x", kind, rule, bodies(Random(0)), Random(rule))
        at = next(leaf for leaf in tree.leaves if leaf.name == tree.at)
        assert rule in {name for name, _ in tree.faults(at)}


@pytest.mark.parametrize("kind", KINDS["all"])
def test_in_a_dense_report_no_number_of_a_sum_is_zero(kind):
    for rule in sums(kind):
        tree = dense("x", kind, rule, bodies(Random(0)), Random(rule))
        found = tree.numbers(tree.leaves[0])
        near = {key for bond in bonds(kind) if bond.identity in sums(kind) for key in bond.keys}
        assert all(found[key] for key in near - {tree.spoilt})


def test_every_declared_rule_is_planted_in_the_corpus():
    declared = set(identities()) | set(across.rules())
    planted = {rule for kind in KINDS["all"] for rule in rules(kind)}
    assert planted | {*UNSAID, *gauge.OUT} == declared
    assert {PARTS, *BEYOND} <= planted


def test_what_is_carried_over_is_the_same_in_both_years():
    last, now = chain("form_2021", "city", 2, Random(1))
    assert broken("form_2021", numbers(now, last)) == set()
    changed = numbers(now, last)
    changed["last", "requests_carried_out", "legal_service"] += 1
    assert broken("form_2021", changed) == {("XY.CARRY", "legal_service")}


@pytest.fixture(scope="module")
def sample():
    rows, cells = gauge.gauged(grove(0, 7, EVERY))
    return gauge.judgements(rows), gauge.places(cells)


def test_every_planted_fault_is_found_and_nothing_else_is_named(sample):
    judged, _ = sample
    assert judged["broken"].sum() > 20
    assert judged.filter(broken=1, broken_found=0).select("report", "rule").rows() == []
    assert judged.filter((judged["alarms"] > 0) | (judged["beside"] > 0)).select("report", "rule").rows() == []


def test_the_wrong_cell_is_named_and_no_other_one_alone(sample):
    _, cells = sample
    assert cells["cells_spoilt"].sum() > 2
    assert cells.filter(mistaken=1)["report"].to_list() == []
    assert cells.filter(neighbours="none zero", named=0)["report"].to_list() == []


def test_what_is_missed_or_named_by_mistake_falls_below_the_floor(sample):
    judged, cells = sample
    tables = [accuracy.Table("severity", "", ("severity",), accuracy.RULE, judged.with_columns(broken_found=0))]
    tables += [accuracy.Table("place", "", ("sums", "neighbours"), accuracy.CELL, cells.with_columns(mistaken=1))]
    assert [line for table in tables for line in accuracy.under(table)]
