"""The file of decisions: what is written is read back, and a line that is not as declared is named."""

from datetime import date

import pytest

from transforms.decisions import COLUMNS, Decision, DecisionError, parse, written

HEADER = ",".join(COLUMNS)
ACCEPT = Decision(
    decision="accept",
    report_id="0" * 16,
    source="in/a.html",
    section="requests",
    identity="T3.ROW",
    instance="requests_new",
    finding_id="f" * 16,
    who="李四",
    decided_on=date(2026, 3, 1),
    reason='电话核实，"原文如此"\n第二行',
)
CORRECT = Decision(
    decision="correct",
    report_id="1" * 16,
    section="requests",
    metric="requests_new",
    applicant="total",
    origin="table",
    locator="t2/r3/c3",
    printed="1O",
    read=None,
    value=10.5,
    who="李四",
    decided_on=date(2026, 3, 1),
    reason="字母误作数字",
)


def text(*decisions, **changed):
    header, *lines = written([decision.model_copy(update=changed) for decision in decisions]).splitlines()
    return "\n".join([header, *lines]) + "\n"


def test_what_is_written_is_read_back():
    dismiss = ACCEPT.model_copy(update={"decision": "dismiss", "finding_id": "e" * 16})
    assert parse(written([ACCEPT, CORRECT, dismiss])) == (ACCEPT, CORRECT, dismiss)
    assert parse(written([])) == ()


def test_printed_text_keeps_its_blanks():
    odd = CORRECT.model_copy(update={"printed": " 1\n2,"})
    assert parse(written([odd])) == (odd,)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"decision": "approve"}, "decision"),
        ({"report_id": "1.23E+15"}, "report_id"),  # what a spreadsheet makes of sixteen digits
        ({"who": " "}, "who"),
        ({"reason": ""}, "reason"),
        ({"decided_on": "2026-02-30"}, "decided_on"),
        ({"value": "ten"}, "value"),
        ({"value": "inf"}, "value"),
        ({"value": ""}, "correct needs, or may not have: value"),
        ({"locator": ""}, "correct needs, or may not have: locator"),
        ({"origin": "picture"}, "origin"),
    ],
)
def test_a_wrong_field_is_named_with_its_line(changed, said):
    with pytest.raises(DecisionError) as error:
        parse(text(ACCEPT) + text(CORRECT, **changed).partition("\n")[2])
    # The reason of the first decision goes over two lines.
    assert error.value.line == 4
    assert said in error.value.what


@pytest.mark.parametrize("changed", [{"value": 3.0}, {"finding_id": ""}, {"identity": ""}])
def test_accepting_names_a_finding_and_gives_no_value(changed):
    with pytest.raises(DecisionError, match="line 2"):
        parse(text(ACCEPT, **changed))


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("", 0),
        ("who,reason\n", 1),
        (f"{HEADER},note\n", 1),
        (f"{HEADER}\naccept,{'0' * 16}\n", 2),
        (f'{HEADER}\n"accept,{"0" * 16}\n', 2),  # a quote that never ends
    ],
)
def test_a_file_of_another_shape_is_refused(content, line):
    with pytest.raises(DecisionError) as error:
        parse(content)
    assert error.value.line == line


def test_blank_lines_decide_nothing():
    assert parse(f"{HEADER}\n\n\n") == ()


@pytest.mark.parametrize("decision", [ACCEPT, CORRECT])
def test_no_two_lines_decide_the_same(decision):
    again = decision.model_copy(update={"who": "王五", "value": None if decision is ACCEPT else 7.0})
    with pytest.raises(DecisionError, match="decides again what line 2 decides"):
        parse(written([decision, again]))
