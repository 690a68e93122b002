"""Publishing: whole, in order, described, byte-equal Parquet, and nothing filled in."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

from flows import publish as publishing
from flows.publish import DATABASE, NotPublished, PublishError, publish, query
from flows.warehouse import WarehouseError
from tests.flows.published import filled, made
from transforms.tables import TableError, frame_schema, tables, views

FACTS = [  # report, metric, applicant, value, state, bound, origin
    ("r1", "requests_new", "total", 10.0, "reported", "", "table"),
    ("r1", "requests_carried_in", "total", 0.0, "reported", "", "table"),
    ("r1", "requests_concluded", "total", 8.0, "reported", "", "table"),
    ("r1", "requests_granted", "total", 4.0, "derived", "", "table"),
    ("r1", "requests_new", "natural_person", 9.0, "reported", "", "table"),
    ("r1", "requests_unable_not_held", "total", 1.0, "reported", "", "table"),
    ("r1", "requests_unable_needs_creation", "total", 0.0, "reported", "", "table"),
    ("r1", "requests_unable_still_unclear", "total", 2.0, "reported", "", "table"),
    ("r1", "requests_denied_state_secret", "total", 3.0, "reported", "", "table"),  # seven reasons are missing
    ("r1", "reconsideration_total", "", 6.0, "reported", "", "table"),
    ("r1", "reconsideration_pending", "", 2.0, "reported", "", "table"),
    ("r1", "reconsideration_corrected", "", 1.0, "reported", "", "table"),
    ("r1", "litigation_direct_total", "", 5.0, "reported", "", "table"),
    ("r1", "litigation_after_reconsideration_total", "", 1.0, "reported", "", "table"),
    ("r1", "rules_issued", "", 30.0, "approximate", "about", "table"),
    ("r1", "penalty_decisions", "", 7.0, "reported", "", "table"),
    ("r1", "proactive_items", "", 120.0, "reported", "", "prose"),
    ("r2", "requests_concluded", "total", 4.0, "reported", "", "table"),
    ("r2", "requests_granted", "total", 4.0, "reported", "", "table"),
    ("r2", "litigation_direct_total", "", 5.0, "reported", "", "table"),
]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    names = ["report_id", "metric", "applicant", "value", "state", "bound", "origin"]
    ids = pl.DataFrame({"report_id": ["r1", "r2", "r3"]})
    given = made("A", 0) | {
        "analytics.facts": filled("analytics.facts", pl.DataFrame(FACTS, schema=names, orient="row")),
        "analytics.reports": filled("analytics.reports", ids),
    }
    folder = tmp_path_factory.mktemp("home")
    publish(folder, given)
    return folder


@pytest.fixture
def home(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "home", symlinks=True))


def row(home: Path, sql: str) -> dict[str, object]:
    return query(home, sql).row(0, named=True)


def test_requests_view_keeps_what_is_missing_missing(home: Path) -> None:
    found = row(home, "SELECT * FROM analytics.requests WHERE report_id = 'r1' AND applicant = 'total'")
    assert found["requests_new"] == 10 and found["requests_carried_in"] == 0
    assert found["requests_unable"] == 3  # the form prints only the three parts
    assert found["requests_denied"] is None  # one part of eight is no sum
    assert found["requests_carried_out"] is None
    assert query(home, "SELECT count(*) FROM analytics.requests").item() == 3


def test_remedies_view_adds_only_what_is_there(home: Path) -> None:
    totals = query(home, "SELECT report_id, litigation_total FROM analytics.remedies ORDER BY report_id").rows()
    assert totals == [("r1", 6.0), ("r2", None)]


def test_approximate_numbers_stay_beside_their_bound(home: Path) -> None:
    assert query(home, "SELECT penalty_decisions, rules_issued FROM analytics.proactive").rows() == [(7, None)]
    assert query(home, "SELECT value, bound FROM analytics.facts WHERE metric = 'rules_issued'").rows() == [
        (30, "about")
    ]


def test_indicators_name_their_denominators_and_hold_back_small_ones(home: Path) -> None:
    first, second, third = query(home, "SELECT * FROM analytics.indicators ORDER BY report_id").rows(named=True)
    assert (first["requests_concluded"], first["grant_rate"]) == (8, 0.5)
    assert (first["requests_to_handle"], first["closure_rate"], first["natural_share"]) == (10, 0.8, 0.9)
    assert (first["reconsideration_decided"], first["reconsideration_correction"]) == (4, None)
    assert (first["reconsideration_rate"], first["litigation_rate"]) == (0.75, 0.75)
    assert first["full_or_partial_rate"] is None  # partly granted is not published
    assert (second["requests_concluded"], second["grant_rate"]) == (4, None)
    assert third["requests_concluded"] is None


def test_narrative_view_is_prose(home: Path) -> None:
    assert query(home, "SELECT metric, value FROM analytics.narrative").rows() == [("proactive_items", 120)]


def test_everything_is_described(home: Path) -> None:
    bare = "SELECT {0} FROM duckdb_{1}() WHERE NOT internal AND database_name = 'analytics' AND comment IS NULL"
    for what, name in (("table_name", "tables"), ("view_name", "views")):
        assert query(home, bare.format(what, name)).height == 0
    undescribed = "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"
    assert query(home, undescribed).rows() == []
    assert query(home, "SELECT count(*) FROM duckdb_tables() WHERE comment LIKE '%每份%'").item() > 3


def test_a_plain_open_finds_every_table_under_its_name(home: Path) -> None:
    # A schema called analytics in a file called analytics.duckdb is refused by DuckDB as ambiguous.
    with duckdb.connect(home / DATABASE, read_only=True) as base:
        for name in (*tables(), *views()):
            base.execute(f"SELECT count(*) FROM {name}").fetchall()
    copy = home / "copied.duckdb"
    copy.write_bytes((home / DATABASE).read_bytes())
    with duckdb.connect(copy, read_only=True) as base:
        assert base.execute("SELECT count(*) FROM indicators").fetchall() == [(3,)]


def parquet_bytes(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (home / "parquet").iterdir()}


def test_equal_input_gives_equal_parquet_whatever_its_order(tmp_path: Path) -> None:
    given = made("A", 300)
    publish(tmp_path / "one", given)
    chunks = {name: pl.concat([frame[::-2], frame[::-1][1::2]], rechunk=False) for name, frame in given.items()}
    publish(tmp_path / "two", chunks)
    assert parquet_bytes(tmp_path / "one") == parquet_bytes(tmp_path / "two")
    assert parquet_bytes(tmp_path / "one").keys() == {f"{name}.parquet" for name in tables() if name != "quality.runs"}


def test_parquet_does_not_depend_on_the_number_of_threads(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from flows.publish import publish; "
        "from tests.flows.published import made; publish(Path(sys.argv[1]), made('A', 700))"
    )
    for threads in ("1", "4"):
        environment = os.environ | {"POLARS_MAX_THREADS": threads}
        root = Path(__file__).resolve().parents[2]
        subprocess.run([sys.executable, "-c", code, str(tmp_path / threads)], cwd=root, env=environment, check=True)
    assert parquet_bytes(tmp_path / "1") == parquet_bytes(tmp_path / "4")


def test_rows_stand_in_order_of_their_key(home: Path) -> None:
    keys = query(home, "SELECT report_id, metric, applicant, origin, item FROM analytics.facts").rows()
    assert keys == sorted(keys) and len(keys) == len(FACTS)
    assert pl.read_parquet(home / "parquet/analytics.facts.parquet").schema == frame_schema("analytics.facts")


def test_a_wrong_table_leaves_the_old_ones(home: Path) -> None:
    before = (home / DATABASE).read_bytes()
    twice = made("B", 2)
    twice["analytics.reports"] = pl.concat([twice["analytics.reports"]] * 2)
    with pytest.raises(TableError, match=r"analytics\.reports\.report_id at 0+: the key stands more than once"):
        publish(home, twice)
    with pytest.raises(PublishError, match=r"quality\.cells"):
        publish(home, {name: frame for name, frame in made("B", 2).items() if name != "quality.cells"})
    assert (home / DATABASE).read_bytes() == before


def test_an_unfinished_log_is_never_published(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (home / DATABASE).read_bytes()
    build = publishing.warehouse.build

    def leaves_a_log(path: Path, frames: dict[str, pl.DataFrame]) -> None:
        build(path, frames)
        path.with_name(path.name + ".wal").touch()

    monkeypatch.setattr(publishing.warehouse, "build", leaves_a_log)
    with pytest.raises(PublishError):
        publish(home, made("B", 2))
    assert (home / DATABASE).read_bytes() == before
    monkeypatch.undo()
    publish(home, made("B", 2))
    assert not list(home.glob(".analytics-*"))


def test_readers_keep_what_they_opened(home: Path) -> None:
    with duckdb.connect(home / DATABASE, read_only=True) as reader:
        folder = (home / "parquet").resolve()
        publish(home, made("B", 2))
        assert reader.execute("SELECT count(*) FROM analytics.reports").fetchall() == [(3,)]
        assert pl.read_parquet(folder / "analytics.reports.parquet").height == 3
        # In the same process too, although DuckDB keeps one instance per path.
        assert query(home, "SELECT count(*) FROM analytics.reports").item() == 2


def test_a_real_folder_called_parquet_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "parquet").mkdir()
    (tmp_path / "parquet/analytics.reports.parquet").touch()
    publish(tmp_path, made("A", 2))
    assert pl.read_parquet(tmp_path / "parquet/analytics.reports.parquet").height == 2


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE analytics.mine AS SELECT 1",
        "DELETE FROM analytics.facts",
        "COPY (SELECT 1) TO 'out.csv'",
        "SELECT * FROM 'https://example.org/x.parquet'",
        "SELEC 1",
    ],
)
def test_query_only_reads(home: Path, sql: str) -> None:
    with pytest.raises(WarehouseError):
        query(home, sql)


def test_nothing_published_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotPublished):
        query(tmp_path, "SELECT 1")
