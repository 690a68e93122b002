"""A workbook of the old format (XLS) in, how large it would be when unpacked out: its library asks for memory first.

The library makes room for every place between the first and the last cell of a sheet, and for as many strings and
places as the file says that it holds: a few bytes can ask for a hundred gigabytes. Layout after [MS-CFB] and [MS-XLS].
"""

import struct
from array import array
from collections.abc import Iterator, Sequence

from transforms.model import Refusal

FREE = 0xFFFFFFFA  # from here on numbers of sectors are marks
IN_HEADER = 109
CELLS = frozenset((0x06, 0xBD, 0xFD, 0x203, 0x204, 0x205, 0x27E))
SHEET, STRINGS, EXTENT = 0x809, 0xFC, 0x200
MOST_PLACES = 1_000_000
MOST_ROWS, MOST_COLUMNS = 1 << 16, 1 << 8  # of a sheet of this format
LEAST_STRING = 3  # bytes


def refuse_hungry(data: bytes) -> None:
    """Raise Refusal (`too_many_cells`, `broken_container`) for a workbook that asks for too much memory."""
    stream = workbook_stream(data)
    top, left, bottom, right = 0xFFFF, 0xFFFF, 0, 0
    for kind, body in records(stream):
        if kind == SHEET:
            top, left, bottom, right = 0xFFFF, 0xFFFF, 0, 0
        elif kind in CELLS and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            top, left, bottom, right = min(top, row), min(left, column), max(bottom, row), max(right, column)
            if (bottom - top + 1) * (right - left + 1) > MOST_PLACES:
                raise Refusal("too_many_cells", f"{bottom - top + 1:,} × {right - left + 1:,}")
        elif kind == STRINGS and len(body) >= 8:
            count = struct.unpack_from("<I", body, 4)[0]
            if count * LEAST_STRING > len(stream):
                raise Refusal("broken_container", f"{count:,} strings")
        elif kind == EXTENT and len(body) >= 14:
            top_row, rows, left_column, columns = struct.unpack_from("<IIHH", body)
            if not (top_row <= rows <= MOST_ROWS and left_column <= columns <= MOST_COLUMNS):
                raise Refusal("broken_container", f"{top_row:,} - {rows:,} × {left_column:,} - {columns:,}")


def records(stream: bytes, place: int = 0) -> Iterator[tuple[int, bytes]]:
    """The records of a workbook from a place on: kind and body."""
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def workbook_stream(data: bytes) -> bytes:
    """The stream that holds the workbook. Raises Refusal(`broken_container`) when the container is not whole."""
    try:
        size = 1 << struct.unpack_from("<H", data, 30)[0]
        table = allocation(data, size)
        first, least = struct.unpack_from("<I4xI", data, 48)
        entries = directory(joined(data, size, table, first))
        _, start, length = max(entry for entry in entries if entry[0] in ("Workbook", "Book"))
        if length >= least:
            return joined(data, size, table, start)[:length]
        inner = joined(data, size, table, next(entry[1] for entry in entries if entry[0] == "Root Entry"))
        small = array("I", joined(data, size, table, struct.unpack_from("<I", data, 60)[0]))
        return joined(b"\0" * 64 + inner, 64, small, start)[:length]
    except (struct.error, IndexError, ValueError, StopIteration, OverflowError) as error:
        raise Refusal("broken_container", f"OLE: {error}") from error


def allocation(data: bytes, size: int) -> Sequence[int]:
    """Which sector follows which."""
    listed = list(struct.unpack_from(f"<{IN_HEADER}I", data, 76))
    following = struct.unpack_from("<I", data, 68)[0]
    for _ in range(len(data) // size):
        if following >= FREE:
            break
        more = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        listed += more[:-1]
        following = more[-1]
    table = array("I")
    for sector in listed:
        if sector < FREE:
            table.frombytes(sector_of(data, size, sector).ljust(size, b"\xff"))
    return table


def sector_of(data: bytes, size: int, number: int) -> bytes:
    """One sector; the last of a file may be cut. Raises IndexError when there is none."""
    start = (number + 1) * size
    if start >= len(data):
        raise IndexError(f"sector {number} of {len(data) // size}")
    return data[start : start + size]


def joined(data: bytes, size: int, table: Sequence[int], first: int) -> bytes:
    """The sectors of a chain. Raises IndexError when it leads nowhere, ValueError when it never ends."""
    parts: list[bytes] = []
    number = first
    while number < FREE:
        parts.append(sector_of(data, size, number))
        if len(parts) > len(table):
            raise ValueError("endless chain")
        number = table[number]
    return b"".join(parts)


def directory(source: bytes) -> list[tuple[str, int, int]]:
    """The entries of the directory: name, first sector, length."""
    found = []
    for place in range(0, len(source) - 127, 128):
        length = struct.unpack_from("<H", source, place + 64)[0]
        name = source[place : place + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
        found.append((name, *struct.unpack_from("<II", source, place + 116)))
    return found
