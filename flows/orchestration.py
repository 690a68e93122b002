"""A home in, the Prefect of a run out: no telemetry, quiet, and all that Prefect keeps under home/prefect.

With PREFECT_API_URL (or a profile that names a server) a run reports there. Without, it has a server of its own on a
loopback port, which starts while the gate's library is imported and ends with the run.
"""

import logging
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from expectations import engine

STARTUP_SECONDS = 180
EVENTS_SECONDS = 10
LOUDNESS = "ERROR"
# -P: the folder of the script must not come before the standard library.
COMMAND = (sys.executable, "-P", str(Path(__file__).with_name("prefect_server.py")))
# The last two are how Prefect starts a temporary server of its own: for API calls alone.
SERVER_ENVIRONMENT = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": LOUDNESS,
    "PREFECT_UI_ENABLED": "0",
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
}


class ServerFailed(Exception):
    """The server of a run did not come up; the message names its log."""


@contextmanager
def settings(home: Path) -> Iterator[None]:
    """Run flows inside: with the server that is configured, or with one of this run. Raises ServerFailed."""
    store = home.resolve() / "prefect"
    store.mkdir(parents=True, exist_ok=True)
    configured = os.environ.get("PREFECT_API_URL") or _profile_url()
    if configured:
        with _quiet(store, configured):
            yield
    else:
        with server(store, meanwhile=engine.start) as own, _quiet(store, own):
            yield


@contextmanager
def server(store: Path, meanwhile: Callable[[], object] = lambda: None) -> Iterator[str]:
    """The API URL of a Prefect server on a free loopback port, its database and log in `store`. Raises ServerFailed.

    It takes 6 s on a database that exists, 16 s on a new one, in which `meanwhile` is called. It ends with this
    process, even by kill -9.
    """
    store.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    log = store / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*COMMAND, str(port), str(os.getpid())],
            env={**os.environ, **SERVER_ENVIRONMENT, "PREFECT_HOME": str(store)},
            stdout=output,
            stderr=output,
        )
    try:
        meanwhile()
        _wait(process, f"http://127.0.0.1:{port}/api/health", log)
        yield f"http://127.0.0.1:{port}/api"
    finally:
        process.terminate()
        process.wait(timeout=STARTUP_SECONDS)


@contextmanager
def _quiet(store: Path, url: str) -> Iterator[None]:
    # The heartbeat thread costs each flow run a second at its end and can be switched off in code only.
    from prefect.settings import temporary_settings

    updates = {
        "api.url": url,
        "home": store,
        "flows.heartbeat_frequency": None,
        "cloud.enable_orchestration_telemetry": False,
        "logging.level": LOUDNESS,
    }
    logging.getLogger("prefect").setLevel(LOUDNESS)
    with temporary_settings(updates):
        try:
            yield
        finally:
            _send_events()


def _send_events() -> None:
    # They travel in a thread of their own, which would find the server gone.
    from prefect.events.worker import EventsWorker

    EventsWorker.drain_all(timeout=EVENTS_SECONDS)


def _profile_url() -> str:
    from prefect.settings import get_current_settings

    return get_current_settings().api.url or ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: "subprocess.Popen[bytes]", health: str, log: Path) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(health, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise ServerFailed(f"Prefect's server did not start; see {log}")
