"""The warehouse: readings in and out by version of the code, sources, the log of runs."""

import subprocess
import sys
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import duckdb
import polars as pl
import pytest

from flows import parts
from flows.warehouse import (
    Readings,
    WarehouseError,
    append,
    current,
    known,
    log_run,
    readings,
    record_sources,
    runs,
)
from tests.flows.published import filled
from transforms.tables import TableError, frame_schema

NOTE = {"code": "row_unknown", "section": "requests", "place": "t3/r2", "detail": ""}


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def read(*texts: str, value: float = 1.0, rows: int = 3) -> Readings:
    """What reading might give for these originals: so many cells and a note each."""
    ids = pl.DataFrame({"report_id": [digest(text)[:16] for text in texts], "sha256": [digest(text) for text in texts]})
    cells = ids.drop("sha256").join(pl.DataFrame({"locator": [f"t3/r{i}" for i in range(rows)]}), how="cross")
    notes = ids.drop("sha256").with_columns(**{name: pl.lit(text) for name, text in NOTE.items()})
    return Readings(
        filled("quality.reports", ids).drop("source", "status"),
        filled("quality.cells", cells.with_columns(value=pl.lit(value))),
        pl.concat([notes, notes]),  # the same remark twice
    )


def given(*pairs: tuple[str, str]) -> pl.DataFrame:
    rows = [(source, digest(text)) for source, text in pairs]
    return pl.DataFrame(rows, schema=["source", "sha256"], orient="row")


def held(home: Path) -> dict[str, str]:
    return {row["source"]: row["sha256"] for row in current(home).iter_rows(named=True)}


def test_what_goes_in_comes_out_in_key_order(tmp_path: Path) -> None:
    record_sources(tmp_path, given(("a.txt", "one"), ("b.txt", "two"), ("c.txt", "three")))
    append(tmp_path, "v1", read("two"))
    append(tmp_path, "v1", read("one", "three"))
    ids = {digest(text)[:16] for text in ("one", "two", "three")}
    assert known(tmp_path, "v1") == ids and known(tmp_path, "v2") == set()
    found = readings(tmp_path, "v1", ids)
    assert found.documents["report_id"].to_list() == sorted(ids)
    assert found.documents.columns == [name for name in frame_schema("quality.reports") if name != "status"]
    assert sorted(found.documents["source"]) == ["a.txt", "b.txt", "c.txt"]
    assert found.cells.schema == frame_schema("quality.cells") and found.cells.height == 9
    assert found.cells["report_id"].is_sorted()
    assert found.notes.height == 3
    assert readings(tmp_path, "v1", {digest("two")[:16]}).cells.height == 3
    assert readings(tmp_path, "v1", set()).cells.height == 0


def test_reading_again_replaces_within_a_version_only(tmp_path: Path) -> None:
    record_sources(tmp_path, given(("a.txt", "one"), ("b.txt", "two")))
    append(tmp_path, "v1", read("one", "two", rows=5))
    append(tmp_path, "v2", read("one", value=7.0))
    append(tmp_path, "v1", read("one", value=2.0, rows=2))
    one, two = digest("one")[:16], digest("two")[:16]
    assert readings(tmp_path, "v1", {one}).cells["value"].to_list() == [2.0, 2.0]
    assert readings(tmp_path, "v1", {two}).cells.height == 5
    assert readings(tmp_path, "v2", {one, two}).cells["value"].to_list() == [7.0] * 3
    assert readings(tmp_path, "v1", {one}).notes.height == 1


def test_new_bytes_of_a_source_supersede_the_old(tmp_path: Path) -> None:
    record_sources(tmp_path, given(("a", "one"), ("b", "two")))
    record_sources(tmp_path, given(("a", "one, mended")))
    assert held(tmp_path) == {"a": digest("one, mended"), "b": digest("two")}
    append(tmp_path, "v1", read("one", "one, mended"))
    assert readings(tmp_path, "v1", {digest("one")[:16]}).documents.height == 0
    record_sources(tmp_path, given(("a", "one")))  # and back again
    assert held(tmp_path) == {"a": digest("one"), "b": digest("two")}
    with duckdb.connect(tmp_path / "warehouse.duckdb") as base:
        assert base.execute("SELECT count(*) FROM core.sources").fetchall() == [(4,)]


def test_the_same_bytes_from_two_sources_are_one_report(tmp_path: Path) -> None:
    record_sources(tmp_path, given(("z", "same"), ("m", "same")))
    record_sources(tmp_path, given(("q", "same"), ("q", "same")))
    assert held(tmp_path) == {"m": digest("same")}
    record_sources(tmp_path, given(("m", "other")))
    assert held(tmp_path) == {"q": digest("same"), "m": digest("other")}


def test_one_source_with_two_contents_at_once_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError):
        record_sources(tmp_path, given(("a", "one"), ("a", "two")))
    assert current(tmp_path).height == 0


def test_a_failed_append_leaves_nothing(tmp_path: Path) -> None:
    good = read("one")
    bad = Readings(good.documents, pl.concat([good.cells] * 2), good.notes)
    with pytest.raises(TableError, match=r"quality\.cells"):
        append(tmp_path, "v1", bad)
    assert known(tmp_path, "v1") == set()


def test_tables_of_an_older_shape_are_read_again(tmp_path: Path) -> None:
    record_sources(tmp_path, given(("a", "one")))
    append(tmp_path, "v1", read("one"))
    with duckdb.connect(tmp_path / "warehouse.duckdb") as base:
        base.execute("ALTER TABLE core.documents RENAME title TO heading")
    assert known(tmp_path, "v1") == set()
    append(tmp_path, "v1", read("one"))
    assert known(tmp_path, "v1") == {digest("one")[:16]} and held(tmp_path) == {"a": digest("one")}


def test_runs_are_logged(tmp_path: Path) -> None:
    for number in ("2", "1"):
        began = datetime(2026, 1, 2, 3, 4, 5, 678901)
        log_run(tmp_path, filled("quality.runs", pl.DataFrame({"run_id": [number], "started_at": [began]})))
    assert runs(tmp_path)["run_id"].to_list() == ["1", "2"]
    assert runs(tmp_path)["started_at"][0] == began


def test_a_warehouse_open_elsewhere_is_named(tmp_path: Path) -> None:
    append(tmp_path, "v1", read("one"))
    code = "import duckdb, sys; base = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", code, str(tmp_path / "warehouse.duckdb")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdout.readline() == b"open\n"
        with pytest.raises(WarehouseError, match="lock"):
            known(tmp_path, "v1")


def test_a_damaged_warehouse_is_named(tmp_path: Path) -> None:
    (tmp_path / "warehouse.duckdb").write_bytes(b"no database" * 1000)
    with pytest.raises(WarehouseError):
        known(tmp_path, "v1")


def test_a_killed_append_leaves_whole_reports_only(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from flows.warehouse import append; from tests.flows.test_warehouse import read\n"
        "for number in range(10**6):\n"
        "    append(Path(sys.argv[1]), 'v1', read(f'{number} a', f'{number} b', rows=400)); print(number, flush=True)"
    )
    for wait in (1, 2, 4):
        home = tmp_path / str(wait)
        root = Path(__file__).resolve().parents[2]
        with subprocess.Popen([sys.executable, "-c", code, str(home)], cwd=root, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            for _ in range(wait):
                child.stdout.readline()
            child.kill()
        assert len(known(home, "v1")) >= 2 * wait
        with duckdb.connect(home / "warehouse.duckdb") as base:
            held = base.sql("SELECT report_id, part FROM core.documents").pl()
        cells = parts.read(home, held)[0].group_by("report_id").len()
        assert set(cells["report_id"]) == known(home, "v1")
        assert set(cells["len"]) == {400}
