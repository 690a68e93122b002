"""kill -9 while publishing: readers find the old tables or the new ones, and the next run completes."""

from pathlib import Path

from flows.lock import one_run
from flows.publish import DATABASE, publish
from tests.flows.kill_loop import REPORTS, database_version, kill_many, parquet_version
from tests.flows.published import made


def test_twenty_kills_leave_old_or_new(tmp_path: Path) -> None:
    found = kill_many(tmp_path, moments=20, seed=20)
    assert found.total() == 20
    assert any(half for _, _, half in found), "no kill fell inside a publish"
    with one_run(tmp_path):
        publish(tmp_path, made("B", REPORTS["B"]))
    assert database_version(tmp_path / DATABASE) == parquet_version(tmp_path / "parquet") == "B"
    assert not list(tmp_path.glob(".analytics-*"))
    # The present folder and the one before it, kept for readers that have it open.
    assert len(list(tmp_path.glob(".parquet-*"))) == 2
    assert (tmp_path / (tmp_path / "parquet").readlink()).is_dir()
