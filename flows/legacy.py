"""Texts of old word processors (DOC, WPS, RTF, ODT) become DOCX in home/converted, by LibreOffice, many at a time.

The raw store keeps the original; `readable` gives the bytes to read in its place. Without LibreOffice nothing is
converted and reading refuses the file by name.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from flows import store
from transforms.model import Refusal
from transforms.read.office import OLE, RTF, compound_kind

BATCH = 20  # a start costs a second, a file 0.07 s (measurements.md §6)
START_SECONDS = 60
FILE_SECONDS = 10
ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
ODT_AT = 30

# No macros, nothing fetched from the network, whatever a document asks for.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def legacy_suffix(data: bytes) -> str:
    """The suffix of a file that LibreOffice has to convert, blank for all others."""
    if data.startswith(OLE):
        return ".doc" if compound_kind(data) == "needs_libreoffice" else ""
    if data.startswith(RTF):
        return ".rtf"
    return ".odt" if data[ODT_AT : ODT_AT + len(ODT)] == ODT else ""


def soffice() -> str:
    """The LibreOffice program, blank when there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def converted_path(home: Path, sha256: str) -> Path:
    """Where the DOCX made of an original is kept."""
    return home / "converted" / sha256[:2] / f"{sha256}.docx"


def readable(home: Path, sha256: str) -> bytes:
    """The bytes to read for an original: its own, or the DOCX made of it.

    Raises store.RawDamaged, and Refusal(`conversion_failed`) when LibreOffice is there but could not convert it.
    """
    data = store.load(home, sha256)
    suffix = legacy_suffix(data)
    if not suffix:
        return data
    path = converted_path(home, sha256)
    if path.is_file():
        return path.read_bytes()
    if soffice():
        raise Refusal("conversion_failed", suffix)
    return data


def convert(home: Path, originals: Mapping[str, str]) -> None:
    """Converts the originals (suffix by SHA-256) that have not been; one that stops a batch is tried again alone."""
    program = soffice()
    waiting = [sha256 for sha256 in originals if not converted_path(home, sha256).is_file()]
    for first in range(0, len(waiting) if program else 0, BATCH):
        batch = {sha256: originals[sha256] for sha256 in waiting[first : first + BATCH]}
        convert_batch(program, home, batch)
        left = [sha256 for sha256 in batch if not converted_path(home, sha256).is_file()]
        for sha256 in left if len(batch) > 1 else ():
            convert_batch(program, home, {sha256: batch[sha256]})


def convert_batch(program: str, home: Path, batch: Mapping[str, str]) -> None:
    """One run of LibreOffice over some originals, in a folder and a profile of its own."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(SETTINGS, "utf-8")
        inputs = [folder / f"{sha256}{suffix}" for sha256, suffix in batch.items()]
        for path in inputs:
            path.write_bytes(store.load(home, path.stem))
        run(command(program, folder, inputs), START_SECONDS + FILE_SECONDS * len(inputs))
        for sha256 in batch:
            keep(folder / "made" / f"{sha256}.docx", converted_path(home, sha256))


def command(program: str, folder: Path, inputs: Sequence[Path]) -> list[str]:
    """The command line that converts some files."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    options = ["--headless", "--norestore", "--nolockcheck", "--convert-to", "docx", "--outdir", str(folder / "made")]
    return [program, profile, *options, *map(str, inputs)]


def run(words: Sequence[str], seconds: float) -> None:
    """Runs a command, and ends it with all that it started when it takes too long."""
    with subprocess.Popen(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def keep(made: Path, path: Path) -> None:
    """Puts a converted file in its place, whole."""
    if made.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        arriving = path.with_suffix(f".{os.getpid()}")
        shutil.move(made, arriving)
        arriving.replace(path)
