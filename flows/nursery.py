"""Where reading processes come from: copies of one that has imported and compiled what all of them need.

Importing and compiling takes a second and a half of computing, which is done once, and beside what the parent imports.
"""

import multiprocessing
import sys
from contextlib import suppress
from functools import cache
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext, SpawnContext

FORKS = sys.platform == "linux"  # elsewhere libraries of the system do not survive a fork
READY = "flows.ready"


@cache
def context() -> ForkServerContext | SpawnContext:
    """How reading processes are started."""
    if not FORKS:
        return multiprocessing.get_context("spawn")
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload([READY])
    return made


def prepare() -> None:
    """Starts the process that they will be copied from, if it does not run yet, and does not wait for it."""
    context()
    if FORKS:
        with suppress(OSError):  # the first of them asks again
            forkserver.ensure_running()
