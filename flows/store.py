"""The raw store home/raw: every file ever given, under the SHA-256 of its bytes, never changed and never deleted."""

import hashlib
import os
import threading
from pathlib import Path


class RawDamaged(Exception):
    """A kept file no longer has the bytes that its name promises, or is gone."""


def keep(home: Path, data: bytes) -> str:
    """The SHA-256 (hex) of `data`, which is on disk under that name when this returns."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = raw_path(home, sha256)
    # The size tells a file cut short by a power failure: a flush to disk for each of 2,000 files would take minutes.
    if not path.is_file() or path.stat().st_size != len(data):
        _write(path, data)
    return sha256


def load(home: Path, sha256: str) -> bytes:
    """The bytes kept under `sha256`; raises RawDamaged when they are gone or changed."""
    try:
        data = raw_path(home, sha256).read_bytes()
    except FileNotFoundError as error:
        raise RawDamaged(f"{raw_path(home, sha256)} is gone") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise RawDamaged(f"{raw_path(home, sha256)} has changed")
    return data


def raw_path(home: Path, sha256: str) -> Path:
    """Where the bytes of `sha256` are kept."""
    return home / "raw" / sha256[:2] / sha256


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    arriving = path.parent / f".{os.getpid()}-{threading.get_ident()}"
    arriving.write_bytes(data)
    arriving.replace(path)
