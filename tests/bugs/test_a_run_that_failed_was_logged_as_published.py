"""A run whose publish failed stood in the log as published, and its user saw hundreds of lines of Python."""

import errno
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows import failure, pipeline, publish, warehouse
from flows.cli import app
from flows.failure import reason
from flows.orchestration import server
from flows.warehouse import WarehouseError
from tests.flows.reports import SAMPLES

REPORT = str(SAMPLES / "township-all-zero.html")


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    with server(tmp_path_factory.mktemp("prefect")) as own:
        yield own


def test_the_log_says_published_of_what_is(tmp_path, monkeypatch, url):
    monkeypatch.setenv("PREFECT_API_URL", url)
    write = publish.write_parquet

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(publish, "write_parquet", full)
    monkeypatch.setattr(pipeline.publish_all, "retries", 0)
    done = CliRunner().invoke(app, ["--home", str(tmp_path), "run", REPORT])
    assert done.exit_code == 1
    assert os.strerror(errno.ENOSPC) in done.stderr.splitlines()[-1]
    assert warehouse.runs(tmp_path).is_empty()

    monkeypatch.setattr(publish, "write_parquet", write)
    assert CliRunner().invoke(app, ["--home", str(tmp_path), "run", REPORT]).exit_code == 0
    assert warehouse.runs(tmp_path)["outcome"].to_list() == ["published"]
    assert publish.query(tmp_path, "select outcome from quality.runs").rows() == [("published",)]


def test_the_reason_is_what_came_first(tmp_path, monkeypatch):
    first = WarehouseError("no database")
    second = ConnectionError("the server went away")
    second.__context__ = RuntimeError("in between")
    second.__context__.__cause__ = first
    assert reason(second, tmp_path) == "no database"
    monkeypatch.setattr(failure, "FULL", float("inf"))
    assert reason(second, Path("not there yet")).startswith(os.strerror(errno.ENOSPC))
