"""The raw store keeps bytes under their own name and notices when they change."""

from hashlib import sha256
from pathlib import Path

import pytest

from flows.store import RawDamaged, keep, load, raw_path


@pytest.mark.parametrize("data", [b"", b"one", bytes(range(256)) * 300])
def test_what_is_kept_comes_back(tmp_path: Path, data: bytes) -> None:
    name = keep(tmp_path, data)
    assert name == sha256(data).hexdigest()
    assert load(tmp_path, name) == data


def test_keeping_twice_writes_once(tmp_path: Path) -> None:
    name = keep(tmp_path, b"one")
    before = raw_path(tmp_path, name).stat()
    assert keep(tmp_path, b"one") == name
    assert raw_path(tmp_path, name).stat() == before
    assert [path.name for path in (tmp_path / "raw").rglob("*") if path.is_file()] == [name]


def test_a_file_cut_short_is_written_again(tmp_path: Path) -> None:
    name = keep(tmp_path, b"one and two")
    raw_path(tmp_path, name).write_bytes(b"one")
    with pytest.raises(RawDamaged, match="changed"):
        load(tmp_path, name)
    keep(tmp_path, b"one and two")
    assert load(tmp_path, name) == b"one and two"


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(RawDamaged, match="gone"):
        load(tmp_path, "0" * 64)
