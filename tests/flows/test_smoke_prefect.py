"""Unpinned, the libraries install and import and do nothing: no flow starts, no schedule fires, no row is judged."""

import subprocess
import sys

import httpx
import polars as pl
import pytest

from expectations import gate
from tests.expectations.world import frame, given, residuals, sound
from tests.loopback.stage import server, until

pytestmark = pytest.mark.smoke

FLOW = """
from prefect import flow, task


@task
def seven() -> int:
    return 7


@flow
def tiny(n: int = 0) -> int:
    return n + seven()


if __name__ == "__main__":
    assert tiny(1) == 8
"""
DEPLOYMENTS = """
name: smoke
deployments:
- name: every-minute
  entrypoint: tiny.py:tiny
  parameters: {n: 7}
  schedules:
  - {cron: "* * * * *", timezone: Asia/Shanghai, active: true}
  work_pool: {name: smoke}
"""


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prefect")
    (folder / "tiny.py").write_text(FLOW)
    (folder / "prefect.yaml").write_text(DEPLOYMENTS)
    with server(folder) as stage:
        yield stage


def test_a_cron_deployment_gets_scheduled_runs(stage):
    httpx.post(f"{stage.url}/work_pools/", json={"name": "smoke", "type": "process"}, timeout=60).raise_for_status()
    stage.prefect("deploy", "--all", "--no-prompt", cwd=stage.folder)
    scheduled = until("a run is scheduled", lambda: stage.in_state("SCHEDULED"))
    assert scheduled[0]["parameters"] == {"n": 7}


def test_a_flow_runs_and_the_server_knows(stage):
    command = [sys.executable, "tiny.py"]
    subprocess.run(command, check=True, cwd=stage.folder, env=stage.environment, timeout=180)
    completed = until("the run is completed", lambda: stage.in_state("COMPLETED"))
    assert completed[0]["parameters"] == {"n": 1}


def test_the_gate_judges_rows_in_duckdb():
    good, bad = sound("good"), [each | {"value": 70.0} if each["metric"] == "new" else each for each in sound("bad")]
    cells = frame(good + bad)
    facts = cells.select("report_id", "metric", "applicant", "origin", "item")
    verdict = gate.judge(given(cells, facts=facts), lambda: residuals(cells))
    assert verdict.stops_publish == ""
    assert verdict.failing.filter(pl.col("identity") == "FLOW")["report_id"].to_list() == ["bad"]
