"""Damaged XLS files ended the process: the library panicked (no Exception), or asked for 137 GB for two cells."""

import struct

import pytest

from tests.corpus.grids import grids
from tests.corpus.reports import report
from tests.corpus.xls import as_xls, contained, record
from transforms.model import Refusal
from transforms.read.reader import read

SOUND = as_xls(grids(report(3).filled.cells))


def book(*parts):
    opening = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    return contained(opening + b"".join(parts) + record(0x0A, b""))


def number(row, column):
    return record(0x203, struct.pack("<HHHd", row, column, 0, 1.0))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (book(number(0, 0), number(65535, 65535)), "too_many_cells"),
        (book(record(0xFC, struct.pack("<II", 1, 0x7FFFFFFF))), "broken_container"),
        (book(record(0x200, struct.pack("<IIHHH", 0, 0x7FFFFFFF, 0, 256, 0))), "broken_container"),
        (book(record(0x200, struct.pack("<IIHHH", 0, 9, 0, 0xFFFF, 0))), "broken_container"),
        (book(record(0x200, struct.pack("<IIHHH", 16, 4, 0, 4, 0))), "broken_container"),
        (SOUND[:-512], "broken_container"),  # the last sector is gone
        (SOUND.replace(struct.pack("<HHH", 0x809, 16, 0x600), struct.pack("<HHH", 0x809, 1, 6), 1), "broken_container"),
        (SOUND[:48] + b"\xff\xff\xff\x0f" + SOUND[52:], "broken_container"),  # the directory stands nowhere
    ],
)
def test_it_is_refused_by_name(data, code):
    with pytest.raises(Refusal) as refused:
        read(data, "a.xls")
    assert refused.value.code == code


def test_a_sound_one_is_read():
    assert read(SOUND, "a.xls").format == "xls"
