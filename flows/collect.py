"""Paths, folders and patterns become arrivals: each file under the source it was given as, its bytes in the raw store.

Archives are taken apart into their members; texts of old word processors are converted beside the raw store.
"""

import glob
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows import legacy, store
from flows.archives import INSIDE, expanded
from flows.limits import limits
from transforms.read.archive import Member


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file as it was given: where it came from and what it holds."""

    source: str
    sha256: str
    size: int

    @property
    def report_id(self) -> str:
        """The id of the report that these bytes are."""
        return self.sha256[:16]


@dataclass(frozen=True, slots=True)
class Missing:
    """A path that could not be read, with the system's own words."""

    source: str
    reason: str


def collect(home: Path, sources: Sequence[str]) -> tuple[list[Arrival], list[Missing]]:
    """Keeps the bytes of every file that the sources name; what cannot be read is named, and the rest goes on."""
    arrivals: list[Arrival] = []
    missing: list[Missing] = []
    originals: dict[str, str] = {}
    for member in _members(sources):
        if member.reason:
            missing.append(Missing(member.name, member.reason))
            continue
        sha256 = store.keep(home, member.data)
        arrivals.append(Arrival(member.name, sha256, len(member.data)))
        if suffix := legacy.legacy_suffix(member.data):
            originals[sha256] = suffix
    legacy.convert(home, originals)
    return arrivals, missing


def opened(arrivals: Iterable[Arrival], missing: Iterable[Missing]) -> set[str]:
    """The archives of which every member arrived."""
    whole = {each.source.split(INSIDE)[0] for each in arrivals if INSIDE in each.source}
    return whole - {each.source.split(INSIDE)[0] for each in missing}


def _members(sources: Sequence[str]) -> Iterator[Member]:
    """Every file that the sources name, with the files in archives; a reason stands where one cannot be read."""
    for source in sources:
        paths = files(source)
        if not paths:
            yield Member(source, b"", "no such file, folder or match")
        for path in paths:
            try:
                data = contents(path)
            except OSError as error:
                yield Member(str(path), b"", error.strerror or str(error))
            else:
                yield from expanded(path.as_posix(), data)


def contents(path: Path) -> bytes:
    """The bytes of a file. Raises OSError when it cannot be read or is too large."""
    size = path.stat().st_size
    if size > limits().file:
        raise OSError(f"{size:,} bytes, more than {limits().file:,}")
    return path.read_bytes()


def files(source: str) -> list[Path]:
    """The files that a path, a folder (all below it, but hidden ones) or a pattern names, sorted."""
    path = Path(source)
    if path.is_dir():
        return sorted(_below(path))
    if path.exists():
        return [path]
    # Path.glob takes no pattern with a root of its own.
    names = glob.glob(source, recursive=True)  # noqa: PTH207
    return sorted(found for name in names if (found := Path(name)).is_file())


def _below(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and not _hidden(path.relative_to(folder).parts))


def _hidden(parts: Iterable[str]) -> bool:
    return any(part.startswith(".") for part in parts)
