"""Prefect and every side effect: what touches disk, processes, DuckDB or the screen lives here."""
