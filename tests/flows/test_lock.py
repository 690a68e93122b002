"""One run at a time; a killed run does not keep the lock, and neither do the workers that outlive it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.lock import HomeBusy, one_run

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import os, sys, time
from pathlib import Path
from flows.lock import one_run
with one_run(Path(sys.argv[1])):
    worker = os.fork()
    if worker == 0:
        time.sleep(60)
    print(worker, flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_refused_by_name_until_the_first_dies(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        worker = int(holder.stdout.readline())
        try:
            with pytest.raises(HomeBusy, match=str(holder.pid)) as refused, one_run(tmp_path):
                pass
            assert refused.value.pid == holder.pid
            holder.kill()
            holder.wait()
            with one_run(tmp_path):
                assert (tmp_path / ".lock").read_text() == f"{os.getpid()}\n"
        finally:
            os.kill(worker, signal.SIGKILL)


def test_one_process_does_not_lend_the_lock_to_itself(tmp_path: Path) -> None:
    with one_run(tmp_path):
        with pytest.raises(HomeBusy), one_run(tmp_path / "." / ""):
            pass
        command = [sys.executable, "-c", HOLDER, str(tmp_path)]
        other = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
        assert f"process {os.getpid()}" in other.stderr
    with one_run(tmp_path):
        pass


def test_the_lock_is_given_back_when_a_run_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), one_run(tmp_path / "new"):
        _ = 1 / 0
    began = time.monotonic()
    with one_run(tmp_path / "new"):
        assert time.monotonic() - began < 1
