"""The papers must be right by themselves: fills close, faults break, labels are those of the forms."""

import re
from random import Random

import pytest
import yaml

from tests.corpus import damage, declared
from tests.corpus.cases import case, damaged_case
from tests.corpus.fills import broken, rules, sections
from tests.corpus.papers import Drawn, paper, truth
from transforms.forms import DATA, identities

hanzi = re.compile(r"[^\u4e00-\u9fff]")


@pytest.mark.parametrize("kind", declared.KINDS)
def test_a_fill_has_every_cell_of_its_forms_and_closes(kind):
    for seed in range(30):
        found, _ = sections(kind, Random(seed))
        assert {one.name: one.form for one in found} == declared.parts(kind)
        assert [rule for one in found for rule in broken(one)] == []


@pytest.mark.parametrize("kind", declared.KINDS)
def test_a_planted_fault_breaks_the_rule_it_names(kind):
    for seed in range(30):
        one = paper(kind, Random(seed), faulty=True)
        at = next(section for section in one.sections if section.name == one.faulty)
        assert one.planted in broken(at)
        assert all(stated[0].state == "reported" for stated in truth(one).values() if stated[0].section == one.faulty)


@pytest.mark.parametrize("form", ["form_2019", "sheet_2014", "sheet_2008"])
def test_labels_and_metrics_are_those_of_the_declared_form(form):
    body = yaml.safe_load((DATA / "forms" / f"{form}.yml").read_text("utf-8"))
    known = {row["key"]: row["labels"] for row in body["tables"][0]["rows"]}
    if form.startswith("sheet"):
        lines = {line.metric: line.label for line in declared.lines(form) if line.metric}
        optional = {row["key"] for row in body["tables"][0]["rows"] if row.get("optional")}
        assert set(lines) == set(known) - optional
        assert all(any(hanzi.sub("", label).endswith(one) for one in known[name]) for name, label in lines.items())
    else:
        cells = {metric for row in body["tables"][0]["rows"] for metric in row["cells"].values()}
        assert cells == {m for _, _, rows in declared.proactive(form) for _, metrics in rows for m in metrics}


def test_the_rules_are_the_hard_sums_of_the_forms():
    parts = [part for kind in declared.YEARS for part in declared.parts(kind).items()]
    written = {rule.identity for name, form in parts for rule in rules(name, form)}
    tables = ("proactive", "requests", "remedies", "sheet")
    held = {
        one.id
        for one in identities().values()
        if one.severity == "error" and one.section in tables and one.relation in ("=", "<=")
    }
    assert written == held


def test_a_case_is_the_same_whenever_it_is_made():
    assert case(3, 0).file() == case(3, 0).file()
    assert case(3, 0).source != case(3, 1).source


@pytest.mark.parametrize("kind", damage.KINDS)
def test_a_damage_changes_the_table_and_keeps_the_numbers(kind):
    for number in range(12):
        one = damaged_case(number, 5, kind)
        assert set(truth(one.paper)) == {key for section in one.paper.sections for key in section.cells}
        assert any(isinstance(block, Drawn) and block.section == one.struck for block in one.paper.blocks)
