"""The fingerprint of all that decides what reading gives: the code that reads and the data declared for it."""

import hashlib
from functools import cache
from pathlib import Path

from transforms.forms import DATA

_FLOWS = DATA.parent / "flows"
_CODE = (DATA.parent / "transforms", *(_FLOWS / name for name in ("reading.py", "batch.py", "legacy.py")))
_DECLARED = ("forms", "lookups", "notes", "claims", "metrics.yml", "tables.yml", "limits.yml")


@cache
def code_version() -> str:
    """Twelve hex digits that change when, and only when, a byte of the reading code or of its data changes."""
    digest = hashlib.sha256()
    for path in sorted(path for root in _roots() for path in _files(root)):
        digest.update(path.relative_to(DATA.parent).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _roots() -> tuple[Path, ...]:
    return (*_CODE, *(DATA / name for name in _DECLARED))


def _files(root: Path) -> list[Path]:
    found = [root] if root.is_file() else list(root.rglob("*"))
    return [path for path in found if path.is_file() and "__pycache__" not in path.parts]
