"""Files in, files out: an archive is taken apart into its members, each under the source `archive.zip!/member`.

An archive that is refused as a whole stays one file, so that reading it names the reason.
"""

from collections.abc import Iterator

from transforms.model import Refusal
from transforms.read.archive import Member, is_archive, members, refuse_total

INSIDE = "!/"
DEEPEST = 2


def expanded(source: str, data: bytes) -> Iterator[Member]:
    """The files that a source holds: itself, or the members of the archive that it is, two archives deep.

    The limits of one archive hold for all that lies in it together: a thousand small bombs are a bomb.
    """
    total = 0
    for count, member in enumerate(_opened(source, data, 0), 1):
        total += len(member.data)
        try:
            refuse_total(count, total, len(data))
        except Refusal as refusal:
            yield Member(f"{source}{INSIDE}…", b"", str(refusal))
            return
        yield member


def _opened(source: str, data: bytes, depth: int) -> Iterator[Member]:
    if depth >= DEEPEST or not is_archive(data):
        yield Member(source, data)
        return
    found = members(data)
    try:
        first = next(found, None)
    except Refusal:
        yield Member(source, data)
        return
    if first is None:
        yield Member(source, data)
        return
    yield from _inner(source, first, depth)
    try:
        for member in found:
            yield from _inner(source, member, depth)
    except Refusal as refusal:
        yield Member(f"{source}{INSIDE}…", b"", str(refusal))


def _inner(source: str, member: Member, depth: int) -> Iterator[Member]:
    name = f"{source}{INSIDE}{member.name}" if member.name else source
    if member.reason:
        yield member._replace(name=name)
    else:
        yield from _opened(name, member.data, depth + 1)
