"""Prefect and every side effect: what touches disk, processes, DuckDB or the screen lives here."""

import os

# Prefect's telemetry starts with its import, so this must come before the first module that imports it.
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
