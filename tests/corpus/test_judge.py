"""The judge must see what is wrong: published facts made by hand from the truth, then spoilt one at a time."""

import pytest

from tests.corpus.cases import case
from tests.corpus.judge import judged
from tests.corpus.papers import truth
from tests.corpus.publishing import Published

WHOLE = next(
    one
    for one in (case(number, 1) for number in range(999))
    if one.format == "HTML" and one.paper.planted is None and one.paper.hand.empty == "" and one.paper.hand.share
)
FAULTY = next(one for one in (case(number, 1) for number in range(999)) if one.paper.planted and one.format == "DOCX")


def facts(one):
    """What a perfect reader publishes of the tables."""
    return [
        {"metric": key[0], "applicant": key[1], "item": "", "origin": "table", "state": "reported"}
        | {"value": said[0].value, "unit": said[0].unit}
        for key, said in truth(one.paper).items()
        if said[0].state == "reported"
    ]


def result(one, found, status="published", **report):
    who = one.paper.who
    row = {"fiscal_year": who.fiscal_year, "agency": who.agency, "region_code": who.region_code, "reason": ""}
    sections = {section.name: "published" for section in one.paper.sections} | {one.paper.faulty: status}
    return judged(one, Published(row | {"status": "published"} | report, sections, found))


def test_a_perfect_reading_is_right():
    counts = result(WHOLE, facts(WHOLE))
    assert (counts["wrong"], counts["misnamed"]) == (0, 0)
    assert counts["found"] == counts["printed"] > 10


@pytest.mark.parametrize("change", [{"value": 10**9}, {"metric": "nothing"}, {"applicant": "nobody"}])
def test_a_changed_fact_is_wrong(change):
    first, *others = facts(WHOLE)
    assert result(WHOLE, [first | change, *others])["wrong"] >= 1


def test_a_blank_published_as_zero_is_wrong_unless_it_follows():
    blank = next(key for key, said in truth(WHOLE.paper).items() if said[0].state == "blank")
    zero = facts(WHOLE)[0] | {"metric": blank[0], "applicant": blank[1], "value": 0, "unit": ""}
    assert result(WHOLE, [*facts(WHOLE), zero])["wrong"] == 1
    assert result(WHOLE, [*facts(WHOLE), zero | {"state": "derived"}])["wrong"] == 0


def test_a_claim_that_nobody_made_is_wrong():
    claim = facts(WHOLE)[0] | {"origin": "prose", "metric": "press_conferences", "applicant": "", "value": 3}
    assert result(WHOLE, [claim])["wrong"] == 1


def test_a_sum_that_fails_must_not_be_published():
    assert result(FAULTY, facts(FAULTY))["wrong"] == 1
    held = result(FAULTY, [], "held")
    assert (held["wrong"], held["planted"], held["planted_held"]) == (0, 1, 1)


def test_a_fault_is_held_too_if_no_number_of_its_sum_is_published():
    rule = FAULTY.paper.planted
    operands = {*rule.left, *rule.right}
    others = [fact for fact in facts(FAULTY) if (fact["metric"], fact["applicant"]) not in operands]
    one = next(fact for fact in facts(FAULTY) if (fact["metric"], fact["applicant"]) in operands)
    assert result(FAULTY, others)["planted_held"] == 1
    assert result(FAULTY, [*others, one])["planted_held"] == 0


@pytest.mark.parametrize("report", [{"fiscal_year": 1999}, {"agency": "某局"}, {"region_code": "999999"}])
def test_another_name_or_year_is_seen(report):
    assert result(WHOLE, facts(WHOLE), **report)["misnamed"] == 1
