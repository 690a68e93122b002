"""A port in, Prefect's API on loopback out: the process that flows.orchestration starts for a run without a server."""

import ctypes
import os
import signal
import sys

SET_PARENT_DEATH_SIGNAL = 1


def main(port: int, parent: int) -> None:
    """Serve until terminated, or until `parent` is gone: a run that is killed leaves no server behind (on Linux)."""
    import uvicorn

    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
    if os.getppid() == parent:
        uvicorn.run(
            "prefect.server.api.server:create_app", factory=True, host="127.0.0.1", port=port, log_level="error"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
