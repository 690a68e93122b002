import subprocess
import sys
from pathlib import Path

import pytest

from flows.orchestration import settings
from tests.loopback.stage import REPOSITORY, until

KILLED = """
import os, pathlib, signal, sys
from flows.orchestration import server
with server(pathlib.Path(sys.argv[1]), meanwhile=lambda: os.kill(os.getpid(), signal.SIGKILL)):
    pass
"""


def test_a_configured_server_is_used_and_none_is_started(tmp_path, monkeypatch):
    from prefect.settings import get_current_settings

    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    with settings(tmp_path):
        assert get_current_settings().api.url == "http://127.0.0.1:9/api"
        assert get_current_settings().home == tmp_path / "prefect"
    assert not (tmp_path / "prefect" / "server.log").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_a_run_that_is_killed_leaves_no_server_behind(tmp_path):
    with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], cwd=REPOSITORY) as run:
        pass
    until("the server is gone", lambda: not servers_of(run.pid))
    assert run.returncode == -9


def servers_of(parent: int) -> list[str]:
    commands = [read(each) for each in Path("/proc").glob("[0-9]*/cmdline")]
    return [each for each in commands if "prefect_server.py" in each and each.rstrip("\0").endswith(f"\0{parent}")]


def read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def test_telemetry_is_off_before_prefect_is_imported():
    code = "import flows, os, sys; print('prefect' in sys.modules, os.environ['DO_NOT_TRACK'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "1"]
