"""XLS files by an independent writer: grids of boxes come in, the bytes of a BIFF8 workbook in an OLE container go out.

Only what a sheet of a report needs: texts, numbers, merged cells. [MS-XLS] and [MS-CFB] name the records and fields.
"""

import struct
from collections.abc import Iterator, Sequence

from tests.corpus.grids import Grid

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
LEAST_STREAM = 4096  # shorter ones live in a stream of small sectors


def as_xls(tables: tuple[Grid, ...]) -> bytes:
    """A workbook with a sheet for each table."""
    texts = sorted({box.text for grid in tables for row in grid for box in row if not is_number(box.text)})
    sheets = [sheet(grid, texts) for grid in tables]
    names = [f"s{number}".encode() for number in range(len(sheets))]
    opening = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    strings = shared(texts)
    start = len(opening) + sum(4 + 8 + len(name) for name in names) + len(strings) + 4
    about = b""
    for name, body in zip(names, sheets, strict=True):
        about += record(0x85, struct.pack("<IBBBB", start, 0, 0, len(name), 0) + name)
        start += len(body)
    return contained(opening + about + strings + record(0x0A, b"") + b"".join(sheets))


def record(kind: int, body: bytes) -> bytes:
    """One record of a workbook."""
    return struct.pack("<HH", kind, len(body)) + body


def shared(texts: Sequence[str]) -> bytes:
    """The texts that cells refer to by number; all of a report's fit in one record."""
    parts = [struct.pack("<HB", len(text), 1) + text.encode("utf-16-le") for text in texts]
    return record(0xFC, struct.pack("<II", len(texts), len(texts)) + b"".join(parts))


def sheet(grid: Grid, texts: Sequence[str]) -> bytes:
    """One sheet."""
    spots = list(placed(grid))
    cells = b"".join(cell(row, column, text, texts) for row, column, text, _, _ in spots)
    merged = [
        struct.pack("<HHHH", row, row + rows - 1, column, column + columns - 1)
        for row, column, _, rows, columns in spots
        if rows * columns > 1
    ]
    size = struct.pack("<IIHHH", 0, len(grid), 0, max(column for _, column, _, _, _ in spots) + 1, 0)
    opening = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + record(0x200, size)
    return opening + cells + record(0xE5, struct.pack("<H", len(merged)) + b"".join(merged)) + record(0x0A, b"")


def placed(grid: Grid) -> Iterator[tuple[int, int, str, int, int]]:
    """Row, column, text, rows and columns of every box."""
    taken: set[tuple[int, int]] = set()
    for row, boxes in enumerate(grid):
        column = 0
        for box in boxes:
            while (row, column) in taken:
                column += 1
            yield row, column, box.text, box.rowspan, box.colspan
            taken |= {(row + r, column + c) for r in range(box.rowspan) for c in range(box.colspan)}


def is_number(text: str) -> bool:
    """Whether a clerk would type this text as a number."""
    return text.isascii() and text.isdigit()


def cell(row: int, column: int, text: str, texts: Sequence[str]) -> bytes:
    """One cell: a number where the text is one."""
    spot = struct.pack("<HHH", row, column, 0)
    if is_number(text):
        return record(0x203, spot + struct.pack("<d", float(text)))
    return record(0xFD, spot + struct.pack("<I", texts.index(text)))


def contained(stream: bytes) -> bytes:
    """An OLE container with the stream `Workbook`."""
    stream = stream.ljust(LEAST_STREAM, b"\0")
    count = -(-len(stream) // SECTOR)
    chain = [FAT, END, *range(3, count + 2), END]
    table = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    entries = entry("Root Entry", 5, 1, END, 0) + entry("Workbook", 2, FREE, 2, len(stream)) + 2 * entry("", 0)
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    shape = struct.pack("<16xHHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, LEAST_STREAM, END, 0, END, 0, 0)
    return magic + (shape + b"\xff" * (109 * 4 - 4)) + table + entries + stream.ljust(count * SECTOR, b"\0")


def entry(name: str, kind: int, child: int = FREE, start: int = 0, size: int = 0) -> bytes:
    """One entry of the directory."""
    label = (name + "\0").encode("utf-16-le") if name else b""
    links = struct.pack("<BBIII", kind, 1, FREE, FREE, child)
    return label.ljust(64, b"\0") + struct.pack("<H", len(label)) + links + b"\0" * 36 + struct.pack("<IQ", start, size)
