"""The command `gongkai review` on a published home: what it lists, what it records, what it refuses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from typer.testing import CliRunner

from flows import cli, reviews
from flows.publish import publish
from flows.texts import texts
from tests.flows import frames
from tests.flows.reports import SAMPLES, checked
from transforms.decisions import Decision

NAMES = ("t3-row-planted.html", "prose-received-flagged.html", "t4-reconsideration-planted.html")
BY = ("--who", "李四", "--reason", "电话核实")


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    given = {name: (SAMPLES / name).read_bytes() for name in NAMES}
    return checked(tmp_path_factory.mktemp("read"), given).tables


@pytest.fixture
def home(tables, tmp_path):
    publish(tmp_path, {**tables, "quality.runs": frames.frame("quality.runs")})
    return tmp_path


@pytest.fixture
def gongkai(home):
    def call(*words):
        return CliRunner().invoke(cli.app, ["--home", str(home), "review", *map(str, words)])

    return call


@pytest.fixture
def mine(home):
    return home / "mine.csv"


def finding(tables, identity):
    return tables["quality.findings"].filter(identity=identity, outcome="fail").row(0, named=True)


def test_errors_that_hold_come_before_warnings_each_with_its_id(gongkai, tables):
    shown = gongkai().stdout
    order = [shown.index(finding(tables, identity)["finding_id"]) for identity in ("T3.ROW", "T4.REV", "XS.NEW")]
    assert max(order[:2]) < order[2]
    assert finding(tables, "T3.ROW")["sentence"] in shown and finding(tables, "XS.NEW")["sentence_en"] in shown


@pytest.mark.parametrize(
    ("option", "value", "identities"),
    [
        ("--identity", "T4.REV", {"T4.REV"}),
        ("--report", "t3-row", {"T3.ROW", "T3.TOTAL"}),
        ("--report", "nowhere", set()),
        ("--agency", "nobody", set()),
        ("--agency", "'", set()),
    ],
)
def test_filters(gongkai, option, value, identities):
    lines = gongkai(option, value, "--csv").stdout.splitlines()
    column = lines[0].split(",").index("identity")
    assert {line.split(",")[column] for line in lines[1:]} == identities


@pytest.mark.parametrize("decision", ["accept", "dismiss"])
def test_a_decision_is_recorded_for_the_next_run(gongkai, tables, mine, decision):
    wanted = finding(tables, "T4.REV")
    shown = gongkai(decision, wanted["finding_id"][:10], *BY, "--reviews", mine)
    assert shown.exit_code == 0 and str(mine) in shown.stdout
    (recorded,) = reviews.load(mine)
    assert (recorded.decision, recorded.who, recorded.reason) == (decision, "李四", "电话核实")
    assert {name: getattr(recorded, name) for name in ("report_id", "identity", "finding_id")} == {
        name: wanted[name] for name in ("report_id", "identity", "finding_id")
    }


def test_what_is_recorded_is_what_a_run_applies(gongkai, tables, mine, tmp_path_factory):
    gongkai("dismiss", finding(tables, "T4.REV")["finding_id"], *BY, "--reviews", mine)
    gongkai("correct", "t3-row", "requests_unable_not_held", "natural_person", "--printed", planted(tables)["printed"],
            "--value", planted(tables)["value"] - 3, *BY, "--reviews", mine)  # fmt: skip
    given = {name: (SAMPLES / name).read_bytes() for name in NAMES}
    after = checked(tmp_path_factory.mktemp("again"), given, reviews.load(mine)).tables
    assert "held" not in set(after["quality.sections"]["status"])
    assert set(after["quality.reviews"]["status"]) == {"applied"}


def planted(tables):
    report = tables["quality.reports"].filter(source=NAMES[0])["report_id"].item()
    cells = tables["quality.cells"].filter(report_id=report, metric="requests_unable_not_held")
    return cells.filter(applicant="natural_person").row(0, named=True)


def test_the_list_marks_what_was_decided_since_the_last_run(gongkai, tables, mine):
    wanted, mark = finding(tables, "T4.REV")["finding_id"], texts()["review"]["said"].zh
    assert mark not in gongkai("--reviews", mine).stdout
    gongkai("--reviews", mine, "dismiss", wanted, *BY)
    lines = gongkai("--reviews", mine).stdout.splitlines()
    assert [line for line in lines if mark in line] == [line for line in lines if wanted in line]


def test_a_correction_that_fits_no_cell_is_answered_with_those_there_are(gongkai, mine):
    asked = ("correct", "t3-row", "requests_unable_not_held", "natural_person", "--printed", "71", "--value", "14")
    shown = gongkai(*asked, *BY, "--reviews", mine)
    assert shown.exit_code == cli.UNANSWERED and "“17”" in shown.stderr


def test_deciding_again_replaces_the_first_decision(gongkai, tables, mine):
    for decision in ("accept", "dismiss"):
        gongkai(decision, finding(tables, "T4.REV")["finding_id"], *BY, "--reviews", mine)
    assert [recorded.decision for recorded in reviews.load(mine)] == ["dismiss"]


def said(who, number):
    finding_id = f"{who}{number:015x}"
    about = {"report_id": "0" * 16, "section": "requests", "identity": "T3.ROW", "finding_id": finding_id}
    return Decision(decision="accept", **about, who=who, decided_on=date(2026, 3, 1), reason="电话核实")


def record_all(path, who, count):
    for number in range(count):
        reviews.record(path, said(who, number))


def test_two_people_who_decide_at_the_same_time_lose_nothing(tmp_path):
    mine, people, count = tmp_path / "mine.csv", "abcd", 25
    with ThreadPoolExecutor(len(people)) as pool:
        for each in [pool.submit(record_all, mine, who, count) for who in people]:
            each.result()
    assert set(reviews.load(mine)) == {said(who, number) for who in people for number in range(count)}


def test_one_more_decision_is_one_more_line_and_another_decision_the_same_line(tmp_path):
    mine = tmp_path / "mine.csv"
    record_all(mine, "a", 3)
    before = mine.read_text("utf-8").splitlines()
    reviews.record(mine, said("a", 3))
    after = mine.read_text("utf-8").splitlines()
    assert after[:-1] == before
    reviews.record(mine, said("a", 1).model_copy(update={"decision": "dismiss"}))
    now = mine.read_text("utf-8").splitlines()
    assert [line for line in now if line not in after] == [now[2]] and now[2].startswith("dismiss")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("accept", "0123456789abcdef", *BY), cli.UNANSWERED),
        (("accept", "", *BY), cli.UNANSWERED),  # begins every id
        (("accept", "{finding}", "--who", " ", "--reason", "x"), cli.USAGE),
        (("accept", "{finding}", "--who", "x"), cli.USAGE),
        (("correct", "t3-row", "requests_new", "--printed", "nonsense", "--value", "1", *BY), cli.UNANSWERED),
        (("correct", "t3-row", "no_metric", "--printed", "1", "--value", "1", *BY), cli.UNANSWERED),
        (("correct", "t3-row", "requests_new", "--printed", "1", "--value", "one", *BY), cli.USAGE),
    ],
)
def test_what_cannot_be_decided_is_said_and_nothing_is_written(gongkai, tables, mine, monkeypatch, words, code):
    monkeypatch.delenv("GONGKAI_WHO", raising=False)
    known = finding(tables, "T4.REV")["finding_id"]
    shown = gongkai(*(word.format(finding=known) for word in words), "--reviews", mine)
    assert shown.exit_code == code and shown.stderr
    assert not mine.exists()


def test_a_file_with_a_bad_line_is_left_as_it_is(gongkai, tables, mine):
    mine.write_text("who,reason\n", "utf-8")
    shown = gongkai("accept", finding(tables, "T4.REV")["finding_id"], *BY, "--reviews", mine)
    assert shown.exit_code == cli.UNANSWERED and "line 1" in shown.stderr
    assert mine.read_text("utf-8") == "who,reason\n"


def test_without_a_database_it_says_what_to_do(tmp_path):
    for words in (["review"], ["review", "accept", "abc", *BY]):
        shown = CliRunner().invoke(cli.app, ["--home", str(tmp_path / "none"), *words])
        assert shown.exit_code == cli.UNANSWERED and "gongkai run PATH" in shown.stderr


@pytest.mark.parametrize("data", [b"", "决定\n".encode("gb18030")])
def test_a_file_that_is_no_utf8_csv_is_refused(tmp_path, data):
    (tmp_path / "odd.csv").write_bytes(data)
    with pytest.raises(reviews.ReviewsError, match=r"odd\.csv"):
        reviews.load(tmp_path / "odd.csv")


def test_a_file_that_is_not_there_is_an_error_and_a_byte_order_mark_is_none(tmp_path):
    with pytest.raises(reviews.ReviewsError, match=r"gone\.csv"):
        reviews.load(tmp_path / "gone.csv")
    (tmp_path / "bom.csv").write_bytes(b"\xef\xbb\xbf" + reviews.REVIEWS.read_bytes())
    assert reviews.load(tmp_path / "bom.csv") == reviews.load(reviews.REVIEWS)
