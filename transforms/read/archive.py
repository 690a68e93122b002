"""A ZIP or TAR archive in, its members out: names as labels only, never as paths; sizes bounded before unpacking.

Raises Refusal: `too_many_members`, `decompression_bomb`, `encrypted`, `broken_container`.
"""

import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import NamedTuple

from transforms.model import Refusal
from transforms.read.package import ZIP, kind, opened, unpacked

MOST_MEMBERS = 10_000
LARGEST_MEMBER = 128_000_000
LARGEST_TOTAL = 1_000_000_000
LARGEST_TAR = 512_000_000  # a compressed TAR is unpacked in memory
SURELY_SMALL = 10_000_000
STEEPEST = 200
GZIP = b"\x1f\x8b"
EMPTY_ZIP = b"PK\x05\x06"
TAR_MARK = (257, b"ustar")
JUNK = ("__MACOSX", "Thumbs.db", "desktop.ini")
ENCRYPTED = 1


class Member(NamedTuple):
    """A file in an archive: a harmless label, and its bytes, or the reason why there are none."""

    name: str
    data: bytes
    reason: str = ""


def is_archive(data: bytes) -> bool:
    """Whether these bytes are a ZIP that is no office document, a TAR or anything compressed by gzip."""
    if data.startswith(ZIP):
        try:
            return kind(data) == "archive"
        except Refusal:
            return True
    return data.startswith((GZIP, EMPTY_ZIP)) or is_tar(data)


def is_tar(data: bytes) -> bool:
    """Whether these bytes are a TAR archive."""
    start, mark = TAR_MARK
    return data[start : start + len(mark)] == mark


def members(data: bytes) -> Iterator[Member]:
    """The files of an archive in order. All limits are checked before the first is given."""
    if data.startswith((ZIP, EMPTY_ZIP)):
        yield from zip_members(data)
        return
    plain = gunzipped(data) if data.startswith(GZIP) else data
    if is_tar(plain):
        yield from tar_members(plain, len(data))
    else:
        yield Member("", plain)


def refuse_archive(data: bytes) -> None:
    """Raise the Refusal that an archive gives as a whole, if any."""
    next(members(data), None)


def zip_members(data: bytes) -> Iterator[Member]:
    """The files of a ZIP archive."""
    with opened(data) as package:
        infos = [info for info in package.infolist() if not info.is_dir() and not is_junk(zip_name(info))]
        if any(info.flag_bits & ENCRYPTED for info in infos):
            raise Refusal("encrypted", "ZIP")
        refuse_bomb([info.file_size for info in infos], len(data))
        for info, name in zip(infos, labels([zip_name(info) for info in infos]), strict=True):
            yield unpacked_member(package, info, name)


def unpacked_member(package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Member:
    """One file of a ZIP archive; a damaged one gives the reason and the rest goes on."""
    try:
        return Member(name, unpacked(package, info))
    except Refusal as refusal:
        return Member(name, b"", refusal.detail)


def zip_name(info: zipfile.ZipInfo) -> str:
    """The name of a member; one without the mark for UTF-8 was read as cp437 and is most often GBK."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return decoded_name(info.orig_filename.encode("cp437"))
    except UnicodeEncodeError:
        return info.filename


def decoded_name(name: bytes) -> str:
    """A name in UTF-8 or GBK."""
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("gb18030", errors="replace")


def tar_members(plain: bytes, packed: int) -> Iterator[Member]:
    """The regular files of a TAR archive; links and devices are passed over."""
    try:
        with tarfile.open(fileobj=BytesIO(plain), mode="r:") as package:
            infos = list(tar_infos(package))
            refuse_bomb([info.size for info in infos], packed)
            for info, name in zip(infos, labels([tar_name(info) for info in infos]), strict=True):
                stream = package.extractfile(info)
                yield Member(name, stream.read() if stream is not None else b"")
    except (tarfile.TarError, OSError, ValueError, OverflowError) as error:
        raise Refusal("broken_container", str(error)) from error


def tar_infos(package: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """The regular, plainly stored files. Stops with a Refusal at the first name too many."""
    for count, info in enumerate(package, 1):
        if count > 2 * MOST_MEMBERS:
            raise Refusal("too_many_members", f"{count:,}")
        if info.isreg() and not info.issparse() and not is_junk(tar_name(info)):
            yield info


def tar_name(info: tarfile.TarInfo) -> str:
    """The name of a member."""
    return decoded_name(info.name.encode("utf-8", errors="surrogateescape"))


def gunzipped(data: bytes) -> bytes:
    """What gzip compressed, never more than LARGEST_TAR bytes of it."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        plain = unpacker.decompress(data, LARGEST_TAR + 1)
    except zlib.error as error:
        raise Refusal("broken_container", str(error)) from error
    refuse_bomb([len(plain)], len(data), LARGEST_TAR)
    return plain


def refuse_bomb(sizes: Sequence[int], packed: int, largest: int = LARGEST_MEMBER) -> None:
    """Raise Refusal when there are too many members, or they grow beyond what reports do."""
    total = sum(sizes)
    refuse_total(len(sizes), total, packed)
    if max(sizes, default=0) > largest:
        raise Refusal("decompression_bomb", f"{packed:,} → {total:,} bytes")


def refuse_total(count: int, total: int, packed: int) -> None:
    """Raise Refusal for so many members of so many bytes in all, whether they lie in one archive or in nested ones."""
    if count > MOST_MEMBERS:
        raise Refusal("too_many_members", f"{count:,}")
    steep = total > SURELY_SMALL and total > STEEPEST * packed
    if steep or total > LARGEST_TOTAL:
        raise Refusal("decompression_bomb", f"{packed:,} → {total:,} bytes")


def is_junk(name: str) -> bool:
    """Whether a member is what systems leave behind: hidden files, thumbnails, lock files of editors."""
    parts = name.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") and part.strip(".") for part in parts)
    return hidden or any(part in JUNK for part in parts) or parts[-1].startswith("~$")


def labels(names: Sequence[str]) -> list[str]:
    """The names without what could lead out of a folder or mislead a screen; a repeated one is numbered."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        label = harmless(name)
        seen[label] = seen.get(label, 0) + 1
        found.append(label if seen[label] == 1 else f"{label}#{seen[label]}")
    return found


def harmless(name: str) -> str:
    """A name of parts joined by `/`, without `..`, drive letters and control or direction characters."""
    shown = "".join(letter for letter in name.replace("\\", "/") if unicodedata.category(letter)[0] != "C")
    parts = [part for part in shown.split("/") if part.strip(". ") and not part.endswith(":")]
    return "/".join(parts) or "unnamed"
