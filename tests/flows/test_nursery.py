"""What reading processes are copied from holds nothing that does not survive a fork."""

import subprocess
import sys


def test_polars_is_not_imported_before_the_fork():
    question = "import sys, flows.ready; print(*{'polars', 'pyarrow', 'duckdb', 'prefect'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True)
    assert said.stdout.split() == []


def test_the_process_to_copy_is_at_hand_in_time():
    question = "from flows.nursery import prepare; prepare(); from multiprocessing import forkserver as f; "
    asked = f"{question}print(f._forkserver._forkserver_pid is not None, f._forkserver._preload_modules)"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.split() == (
        ["True", "['flows.ready']"] if sys.platform == "linux" else ["False", "['__main__']"]
    )
