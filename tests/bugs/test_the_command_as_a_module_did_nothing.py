"""`python -m flows.cli` ended at once, with exit code 0 and without a word."""

import subprocess
import sys


def test_the_module_answers_as_the_command_does():
    answer = subprocess.run(
        [sys.executable, "-m", "flows.cli", "--version"], capture_output=True, text=True, check=True
    )
    assert answer.stdout.startswith("gongkai ")
    wrong = subprocess.run([sys.executable, "-m", "flows.cli", "no-such-word"], capture_output=True, check=False)
    assert wrong.returncode == 2
