"""A folder of hostile files goes through a run: each is read or refused by its name; the sound ones beside are kept."""

from collections import defaultdict
from pathlib import Path

import polars as pl
import pytest

from flows import warehouse
from flows.archives import INSIDE
from flows.batch import Item
from flows.check import check
from flows.collect import collect
from flows.limits import limits
from flows.readers import read_all, readers
from flows.summarise import summarise
from tests.flows.reports import SAMPLES
from tests.hostile.cases import CASES, READ

GIVEN = limits().model_copy(update={"seconds": 20.0})  # what can only be stopped costs this twice
SOUND = ("county-aggregate-clean.html", "township-all-zero.html")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder, home = tmp_path_factory.mktemp("given"), tmp_path_factory.mktemp("home")
    for case in CASES:
        (folder / case.name).write_bytes(case.make())
    for name in SOUND:
        (folder / name).write_bytes((SAMPLES / name).read_bytes())
    arrivals, missing = collect(home, [str(folder)])
    given = [(each.source, each.sha256) for each in arrivals]
    warehouse.record_sources(home, pl.DataFrame(given, schema=["source", "sha256"], orient="row"))
    items = [Item(each.sha256, each.source, each.size) for each in arrivals]
    with readers(given=GIVEN) as pool:
        frames = read_all(pool, home, items, lambda done, total: None)
    warehouse.append(home, "test", warehouse.Readings(*frames))
    found = check(warehouse.readings(home, "test", {each.report_id for each in arrivals}))
    return found.tables["quality.reports"], summarise("a", home, arrivals, missing, len(items), found, 1.0)


@pytest.fixture(scope="module")
def reasons(run):
    reports, _ = run
    found = defaultdict(list)
    for source, reason in sorted(reports.select("source", "reason").iter_rows()):
        found[Path(source.partition(INSIDE)[0]).name].append(reason)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_is_read_or_refused_by_its_name(reasons, case):
    assert case.agrees(reasons[case.name]), reasons[case.name]


def test_the_sound_ones_beside_them_are_read(reasons):
    assert [reasons[name] for name in SOUND] == [[READ], [READ]]


def test_the_summary_names_every_one_that_is_refused(run):
    _, summary = run
    named = {Path(source.partition(INSIDE)[0]).name: code for source, code, _, _ in summary.rejected_rows}
    refused = {case.name: case for case in CASES if case.reasons[0] != READ}
    assert set(named) == set(refused)
    assert all(case.agrees([named[name]]) for name, case in refused.items())
    assert all(zh and en for _, _, zh, en in summary.rejected_rows)


def test_no_member_leads_out_of_its_archive(run):
    reports, _ = run
    inner = [source.partition(INSIDE)[2] for source in reports["source"] if INSIDE in source]
    assert inner
    assert not any(part in ("..", "") or ":" in part for name in inner for part in name.split("/"))
