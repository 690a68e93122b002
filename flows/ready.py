"""Imported by the process that reading processes are copied from: reading one report compiles what all of them need.

It must not import polars, whose threads do not survive a fork.
"""

from contextlib import suppress

from flows.reading import read_one
from transforms.forms import DATA
from transforms.model import Refusal

SAMPLE = DATA / "samples" / "county-aggregate-clean.html"

with suppress(OSError, Refusal):
    read_one(SAMPLE.read_bytes(), SAMPLE.name)
