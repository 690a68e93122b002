import logging

import polars as pl
import pytest

from expectations import docs, gate, suites
from expectations.verdict import SHOWN, sections
from tests.expectations.world import RULES, TERMS, cell, frame, given, random_reports, residuals, sound

FACTS = {"report_id": "r", "metric": "new", "applicant": "", "origin": "table", "item": ""}


def judge(cells, rules=RULES, answer=None, facts=(FACTS,)):
    answer = residuals(cells) if answer is None else answer
    return gate.judge(given(cells, rules=rules, facts=pl.DataFrame(list(facts))), lambda: answer)


def changed(cells, metric, **new):
    return [each | new if each["metric"] == metric else each for each in cells]


@pytest.fixture(scope="module")
def random_verdict():
    cells = random_reports(300, seed=20261122)
    return judge(cells), residuals(cells)


def test_great_expectations_names_the_failures_that_the_reference_names(random_verdict):
    verdict, reference = random_verdict
    failing = reference.filter(pl.col("outcome") == "fail").select(gate.KEY)
    assert verdict.failing.rows() == failing.sort(gate.KEY).rows()
    assert verdict.agrees
    assert verdict.stops_publish == ""
    counts = reference.group_by("identity", "outcome").len()
    for identity in ("FLOW", "FEES", "SAID", "ZERO", "N.CATSUM"):
        assert set(counts.filter(pl.col("identity") == identity)["outcome"]) >= {"pass", "fail"}, identity


def test_a_row_that_only_one_of_the_two_calls_wrong_stops_the_publish():
    cells = frame(sound("r1") + changed(sound("r2"), "new", value=70.0))
    wrong = residuals(cells).with_columns(outcome=pl.lit("pass"))
    wrong = wrong.with_columns(
        outcome=pl.when(report_id="r1", identity="FLOW").then(pl.lit("fail")).otherwise("outcome")
    )
    verdict = judge(cells, answer=wrong)
    assert [(row[0], row[4]) for row in verdict.disagreements.rows()] == [
        ("r1", "polars"),
        ("r2", "great_expectations"),
    ]
    assert "disagree on 2 row(s)" in verdict.stops_publish


def test_an_unknown_operand_neither_passes_nor_fails():
    damage = {
        "blank": {"value": None, "state": "blank"},
        "unplaced": {"value": None, "state": "unplaced"},
        "approximate": {"value": 70.0, "state": "approximate", "bound": "lower"},
        "bounded": {"value": 70.0, "bound": "about"},
    }
    cells = [each for report, new in damage.items() for each in changed(sound(report), "new", **new)]
    cells += [each for each in sound("missing") if each["metric"] != "new"]
    cells += [*sound("twice"), cell("twice", "new", 70.0, locator="table/again")]
    verdict = judge(frame(cells))
    assert verdict.failing.is_empty()
    assert "FLOW" not in verdict.errors


def test_every_failing_id_comes_back_and_the_stored_evidence_stays_small(tmp_path):
    cells = frame([each for n in range(500) for each in changed(sound(f"r{n:03}"), "concluded", value=99.0)])
    verdict = judge(cells)
    assert verdict.failing["report_id"].to_list() == [f"r{n:03}" for n in range(500)]
    assert verdict.stops_publish == ""
    flow = next(
        each for each in verdict.evidence["results"] if each["expectation_config"]["meta"].get("rule_id") == "FLOW"
    )
    assert flow["result"]["unexpected_count"] == 500
    assert len(flow["result"]["unexpected_index_list"]) == SHOWN
    page = docs.write(verdict, tmp_path / "gx").read_text(encoding="utf-8")
    assert "流量不平" in page
    assert len(page) < 300_000


def test_the_data_docs_open_offline_and_ask_no_other_host(random_verdict, tmp_path):
    page = docs.write(random_verdict[0], tmp_path).read_text(encoding="utf-8")
    assert "//" not in page.replace("://", "//").split("<body", 1)[1]
    for loading in ("<script", "<link", "<img", "@import", "http:", "https:"):
        assert loading not in page, loading


def test_money_may_differ_in_the_last_binary_digit_and_by_its_tolerance():
    cells = (
        sound("exact") + changed(sound("near"), "fee_total", value=3.8) + changed(sound("far"), "fee_total", value=3.9)
    )
    failing = judge(frame(cells)).failing
    assert failing.select("report_id", "identity").rows() == [("far", "FEES")]


@pytest.mark.parametrize(
    ("cells", "facts", "code"),
    [
        (sound("r") + sound("r")[:1], (FACTS,), "cells_key"),
        (sound("r"), (FACTS, FACTS), "facts_key"),
        (changed(sound("r"), "new", state="guessed"), (FACTS,), "unknown_state"),
        (changed(sound("r"), "new", state="blank"), (FACTS,), "value_without_state"),
        (changed(sound("r"), "new", value=None), (FACTS,), "value_without_state"),
        (changed(sound("r"), "fee_a", value=float("nan")), (FACTS,), "value_without_state"),
    ],
)
def test_what_must_hold_for_the_whole_publish_stops_it(cells, facts, code):
    frame_ = frame(cells)
    verdict = judge(frame_, answer=residuals(frame(sound("r"))).filter(pl.col("outcome") == "fail"), facts=facts)
    assert code in verdict.critical
    assert code in verdict.stops_publish


@pytest.mark.parametrize(("before", "stops"), [(0, False), (2, False), (3, True)])
def test_a_reader_that_suddenly_reads_less_than_half_stops_the_publish(before, stops):
    cells = frame(sound("r"))
    verdict = gate.judge(given(cells, facts=pl.DataFrame([FACTS]), before=before), lambda: residuals(cells))
    assert ("reports_vanished" in verdict.stops_publish) is stops


def test_nothing_at_all_is_a_warning_while_nothing_was_published_before():
    verdict = judge(frame([]))
    assert (verdict.stops_publish, "nothing_read" in verdict.warnings) == ("", True)


def test_a_negative_or_broken_count_is_named_and_money_may_be_broken():
    cells = frame([*changed(sound("r1"), "fee_a", value=1.5), cell("r2", "new", -1.0), cell("r3", "new", 1.5)])
    verdict = judge(cells)
    failing = verdict.failing.filter(identity=suites.COUNT)
    assert failing.select("report_id", "section", "instance").rows() == [
        ("r2", "requests", "new"),
        ("r3", "requests", "new"),
    ]
    assert verdict.agrees


def test_a_rule_that_a_complete_section_cannot_assess_is_a_finding_and_in_twenty_reports_a_stop():
    few = frame([each for n in range(19) for each in sound(f"r{n}") if each["metric"] != "carried_in"])
    many = frame([each for n in range(20) for each in sound(f"r{n}") if each["metric"] != "carried_in"])
    assert (judge(few).warnings, judge(few).critical) == (("low_coverage",), ())
    assert judge(many).critical == ("coverage_collapsed",)


def test_blank_cells_are_no_loss_of_coverage():
    blank = frame([each for n in range(30) for each in changed(sound(f"r{n}"), "new", value=None, state="blank")])
    verdict = judge(blank)
    assert verdict.warnings == ()
    assert verdict.stops_publish == ""


def test_an_expectation_that_raises_stops_the_publish(monkeypatch):
    broken = suites.BatchCheck(severity="warning", zh="坏", en="broken", query="SELECT no_such_column FROM cells")
    monkeypatch.setattr(suites, "batch_checks", lambda: {"broken_check": broken})
    verdict = judge(frame(sound("r")))
    assert verdict.errors == ("broken_check",)
    assert "raised" in verdict.stops_publish


def test_a_rule_of_critical_severity_stops_the_publish():
    rules = RULES.with_columns(severity=pl.when(identity="FLOW").then(pl.lit("critical")).otherwise("severity"))
    verdict = judge(frame(changed(sound("r"), "new", value=70.0)), rules)
    assert verdict.critical == ("FLOW",)


def test_terms_without_a_rule_or_with_two_tolerances_are_refused():
    cells = frame(sound("r"))
    with pytest.raises(ValueError, match="FLOW"):
        judge(cells, RULES.filter(pl.col("identity") != "FLOW"))
    two = pl.concat([TERMS, TERMS.head(1).with_columns(tolerance=pl.lit(1.0))])
    with pytest.raises(ValueError, match="several tolerances"):
        suites.judged_rules(two, RULES)


def test_an_error_holds_its_section_and_a_warning_does_not():
    cells = [*changed(sound("flow"), "new", value=70.0), *sound("said"), cell("said", "received", 50.0, origin="prose")]
    cells += [*sound("zero"), cell("zero", "received", 0.0, origin="prose")]
    verdict = judge(frame(cells))
    assert set(verdict.failing["identity"]) == {"FLOW", "SAID", "ZERO"}
    found = frame(cells).select("report_id", "section").unique()
    held = sections(verdict, RULES, found)
    assert held.height == found.height
    assert held.filter(pl.col("held")).select("report_id", "section", "identities").rows() == [
        ("flow", "requests", ["FLOW"]),
        ("zero", "narrative", ["ZERO"]),
    ]
    assert held.filter(~pl.col("held"))["identities"].list.len().sum() == 0


def test_a_failure_without_a_declared_rule_holds_and_one_outside_the_found_sections_is_refused():
    verdict = judge(frame(changed(sound("r"), "new", value=70.0)))
    found = pl.DataFrame({"report_id": ["r"], "section": ["requests"]})
    assert sections(verdict, RULES.head(0), found)["held"].to_list() == [True]
    with pytest.raises(ValueError, match="not found"):
        sections(verdict, RULES, found.with_columns(section=pl.lit("remedies")))


def test_judging_prints_nothing(capfd, caplog):
    with caplog.at_level(logging.INFO):
        judge(frame(sound("r")))
    assert capfd.readouterr() == ("", "")
    assert not caplog.records
