"""Archives give their members as files of their own; what is built to do harm stays whole and is refused by name."""

import gzip
import struct
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.archives import expanded
from flows.collect import collect
from flows.store import load
from tests.corpus.docx import package, run, zipped
from transforms.model import Refusal
from transforms.read.archive import harmless, is_archive, labels
from transforms.read.reader import read

DOCX = package(f"<w:p>{run('某局年度报告')}</w:p>")


def tarred(parts: dict[str, bytes], mode: str = "w") -> bytes:
    target = BytesIO()
    with tarfile.open(fileobj=target, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in parts.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, BytesIO(content))
    return target.getvalue()


def names(data: bytes, source: str = "a.zip") -> list[str]:
    return [member.name for member in expanded(source, data)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (zipped({"b.html": b"1", "c/d.txt": b"2"}), ["a.zip!/b.html", "a.zip!/c/d.txt"]),
        (tarred({"b.html": b"1", "c/d.txt": b"2"}), ["a.zip!/b.html", "a.zip!/c/d.txt"]),
        (tarred({"b.html": b"1"}, "w:gz"), ["a.zip!/b.html"]),
        (gzip.compress(b"<html>"), ["a.zip"]),  # one file, compressed
        (DOCX, ["a.zip"]),  # a document, not an archive
        (b"<html>", ["a.zip"]),
        (zipped({"r.docx": DOCX}), ["a.zip!/r.docx"]),
        (zipped({"n.zip": zipped({"x.txt": b"1"})}), ["a.zip!/n.zip!/x.txt"]),
        (zipped({"n.zip": zipped({"m.zip": zipped({"x.txt": b"1"})})}), ["a.zip!/n.zip!/m.zip"]),  # too deep
        (zipped({"__MACOSX/._b": b"1", ".git/x": b"1", "Thumbs.db": b"1", "~$r.docx": b"1", "b": b"2"}), ["a.zip!/b"]),
        (zipped({"../../etc/passwd": b"1", "/abs": b"2"}), ["a.zip!/etc/passwd", "a.zip!/abs"]),
        (zipped({"c:\\x\\y": b"3"}), ["a.zip!/x/y"]),
        (zipped({}), ["a.zip"]),
    ],
)  # fmt: skip
def test_members(data: bytes, expected: list[str]) -> None:
    assert names(data) == expected


def test_names_in_gbk_are_read() -> None:
    plain = zipped({"AAAAAAAAAA.txt": b"1"})
    assert names(plain.replace(b"AAAAAAAAAA", "年度报告表".encode("gbk"))) == ["a.zip!/年度报告表.txt"]


def test_names_of_one_label_are_told_apart() -> None:
    assert labels(["a", "./a", "a", ""]) == ["a", "a#2", "a#3", "unnamed"]


@settings(max_examples=200)
@given(st.text(max_size=30))
def test_no_label_leads_out_of_a_folder(name: str) -> None:
    parts = harmless(name).split("/")
    assert all(parts)
    assert not {"..", "."} & set(parts)
    assert all(letter.isprintable() for letter in harmless(name) if letter < "\x80")


def declared(size: int) -> bytes:
    """A ZIP file whose one member says that it is of this size."""
    data = zipped({"a.txt": b"x" * 100})
    real = struct.pack("<L", 100)
    at = data.index(b"PK\x01\x02")
    return data[:at] + data[at:].replace(real, struct.pack("<L", size), 1)


ENCRYPTED = bytearray(zipped({"a.txt": b"1"}))
ENCRYPTED[ENCRYPTED.index(b"PK\x01\x02") + 8] |= 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped({"a": b"\0" * 60_000_000}), "decompression_bomb"),
        (gzip.compress(b"\0" * 60_000_000), "decompression_bomb"),
        (tarred({"a": b"\0" * 60_000_000}, "w:gz"), "decompression_bomb"),
        (declared(3_000_000_000), "decompression_bomb"),
        (zipped({str(number): b"" for number in range(10_001)}), "too_many_members"),
        (bytes(ENCRYPTED), "encrypted"),
        (zipped({"a.txt": b"1"})[:-30], "broken_container"),
        (gzip.compress(b"x" * 999)[:10] + b"\xff" * 9, "broken_container"),
        (zipped({}), "archive_nested"),
        (zipped({"x": b"1"}), "archive_nested"),  # reading meets only what collecting left whole
        (tarred({"x": b"1"}), "archive_nested"),
    ],
)
def test_a_harmful_archive_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert is_archive(data)
    with pytest.raises(Refusal) as refused:
        read(data, "a.zip")
    assert refused.value.code == code
    if code != "archive_nested":
        assert names(data) == ["a.zip"]


def test_one_damaged_member_does_not_take_the_rest_along() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("bad.txt", b"BADBADBAD")
        archive.writestr("good.txt", b"good")
    found = list(expanded("a.zip", target.getvalue().replace(b"BADBADBAD", b"BADBADBAX")))
    assert [(member.name, member.data, bool(member.reason)) for member in found] == [
        ("a.zip!/bad.txt", b"", True),
        ("a.zip!/good.txt", b"good", False),
    ]


def test_links_and_devices_in_a_tar_are_passed_over() -> None:
    target = BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        archive.addfile(tarfile.TarInfo("real"), BytesIO())
    assert names(target.getvalue()) == ["a.zip!/real"]


def test_collecting_keeps_each_member_under_its_own_name(tmp_path: Path) -> None:
    given = tmp_path / "in"
    given.mkdir()
    (given / "b.zip").write_bytes(zipped({"../r.docx": DOCX, "t.txt": "某局".encode()}))
    arrivals, missing = collect(tmp_path / "home", [str(given)])
    assert [arrival.source.rpartition("/in/")[2] for arrival in arrivals] == ["b.zip!/r.docx", "b.zip!/t.txt"]
    assert [load(tmp_path / "home", arrival.sha256) for arrival in arrivals] == [DOCX, "某局".encode()]
    assert not missing
    assert not list(tmp_path.rglob("r.docx"))
