"""DOC files are read through LibreOffice where it is installed, and refused with a clear word where it is not."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from flows import legacy
from flows.collect import collect
from tests.corpus.docx import as_docx
from tests.corpus.reports import report
from transforms.model import Document, Refusal, Table
from transforms.read.office import OLE
from transforms.read.reader import read

NEEDED = pytest.mark.skipif(not legacy.soffice(), reason="LibreOffice is not installed")
RTF = rb"{\rtf1\ansi one\par two}"
DOC = OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le") + b"\0\0"


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "soffice", lambda: "")


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (DOC, ".doc"),
        (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le") + b"\0\0", ""),  # XLS is read without LibreOffice
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0\0", ""),
        (RTF, ".rtf"),
        (b"PK\3\4" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.textPK", ".odt"),
        (b"<html>", ""),
    ],
)
def test_what_needs_converting(data: bytes, suffix: str) -> None:
    assert legacy.legacy_suffix(data) == suffix


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize("data", [DOC, RTF])
def test_without_libreoffice_the_file_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.doc").write_bytes(data)
    (arrival,), _ = collect(tmp_path / "home", [str(tmp_path / "a.doc")])
    with pytest.raises(Refusal) as refused:
        read(legacy.readable(tmp_path / "home", arrival.sha256), arrival.source)
    assert refused.value.code == "needs_libreoffice"


def test_a_program_that_hangs_is_ended_with_its_children() -> None:
    legacy.run(["sh", "-c", "sleep 60 & sleep 60"], 0.3)


def texts(document: Document) -> list[list[list[str]]]:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [[[cell.text for cell in row] for row in table.rows] for table in tables]


def made(folder: Path, originals: Mapping[str, bytes], suffix: str) -> None:
    """Files in an old format, made of DOCX by LibreOffice."""
    for name, data in originals.items():
        (folder / f"{name}.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = [legacy.soffice(), profile, "--headless", "--convert-to", suffix, "--outdir", str(folder / "old")]
    subprocess.run([*words, *map(str, folder.glob("*.docx"))], check=True, capture_output=True, timeout=120)


@NEEDED
def test_a_doc_gives_the_tables_of_the_docx_it_was_made_of(tmp_path: Path) -> None:
    printed = {f"r{seed}": as_docx(report(seed), "plain") for seed in (3, 4)}
    made(tmp_path, printed, "doc")
    (tmp_path / "old" / "z.doc").write_bytes(DOC)  # one that cannot be converted
    home = tmp_path / "home"
    arrivals, _ = collect(home, [str(tmp_path / "old")])
    good, bad = arrivals[:2], arrivals[2]
    for arrival, data in zip(good, printed.values(), strict=True):
        assert legacy.legacy_suffix(legacy.store.load(home, arrival.sha256)) == ".doc"
        assert texts(read(legacy.readable(home, arrival.sha256), arrival.source)) == texts(read(data, "a.docx"))
    with pytest.raises(Refusal) as refused:
        legacy.readable(home, bad.sha256)
    assert refused.value.code == "conversion_failed"
