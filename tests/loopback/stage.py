"""A Prefect server, a process work pool and workers on loopback, all of them gone when the `with` ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

REPOSITORY = Path(__file__).parents[2]
DEADLINE = 180


@dataclass(frozen=True)
class Stage:
    """The API of a running server, and the environment in which its commands run."""

    url: str
    environment: dict[str, str]
    folder: Path

    def prefect(self, *arguments: str, cwd: Path = REPOSITORY) -> str:
        """The output of a `prefect` command; raises with that output when it fails."""
        done = subprocess.run(
            [sys.executable, "-m", "prefect", *arguments],
            env=self.environment,
            cwd=cwd,
            check=False,
            capture_output=True,
            text=True,
            timeout=DEADLINE,
        )
        if done.returncode:
            raise RuntimeError(f"prefect {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done.stdout

    def runs(self, **filters: object) -> list[dict]:
        """The flow runs that match, newest expected start first."""
        body = {"flow_runs": filters, "limit": 200, "sort": "EXPECTED_START_TIME_DESC"}
        return httpx.post(f"{self.url}/flow_runs/filter", json=body, timeout=30).raise_for_status().json()

    def in_state(self, state: str) -> list[dict]:
        return self.runs(state={"type": {"any_": [state]}})


@contextmanager
def server(folder: Path) -> Iterator[Stage]:
    """A full Prefect server (with its scheduler) on a free port, its state under `folder`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}/api"
    ours = {
        "PREFECT_HOME": str(folder / "prefect"),
        "PREFECT_API_URL": url,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_CLI_PROMPT": "false",
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2",
        "PYTHONPATH": str(REPOSITORY),
        "GONGKAI_PROJECT": str(REPOSITORY),
    }
    stage = Stage(url, {**os.environ, **ours}, folder)
    command = ["server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui"]
    with background(stage, "server", *command) as process:
        until("the server is healthy", lambda: alive(process, folder / "server.log") and healthy(url))
        yield stage


@contextmanager
def background(stage: Stage, name: str, *arguments: str) -> Iterator[subprocess.Popen]:
    """A `prefect` command in a process group of its own, which is killed at the end, children and all."""
    with (stage.folder / f"{name}.log").open("wb") as log:
        command = [sys.executable, "-m", "prefect", *arguments]
        process = subprocess.Popen(
            command, env=stage.environment, cwd=REPOSITORY, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield process
    finally:
        end(process)


def end(process: subprocess.Popen) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(timeout=15)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def until(what: str, holds: Callable[[], object], deadline: float = DEADLINE) -> object:
    """What `holds` returns as soon as it is true; TimeoutError after `deadline` seconds."""
    give_up = time.monotonic() + deadline
    while time.monotonic() < give_up:
        found = holds()
        if found:
            return found
        time.sleep(0.5)
    raise TimeoutError(f"{deadline} s were not enough until {what}")


def alive(process: subprocess.Popen, log: Path) -> bool:
    if process.poll() is not None:
        raise RuntimeError(log.read_text(encoding="utf-8", errors="replace"))
    return True


def healthy(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=5).status_code == 200
    except httpx.TransportError:
        return False
