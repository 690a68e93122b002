"""Of XLS files only the stored values were known: formats, crossed out and raised text, and what is hidden were not."""

import struct

import pytest

from tests.corpus.xls import contained, record
from transforms.model import Document, Refusal
from transforms.numbers import read_number
from transforms.read.biff import code
from transforms.read.xlsx import read_xlsx

Run = tuple[int, int]
PLAIN, STRUCK, RAISED, WHITE = 0, 1, 2, 3  # fonts; the number 4 stands for none, the fifth would be 5
FONTS = [(0, 0x7FFF, 0), (8, 0x7FFF, 0), (0, 0x7FFF, 1), (0, 9, 0)]  # flags, colour, raised


def font(flags: int, colour: int, raised: int) -> bytes:
    return record(0x31, struct.pack("<HHHHHBBBBBB", 220, flags, colour, 400, raised, 0, 0, 0, 0, 1, 0) + b"a")


def style(number: int, form: int, fill: int = 0) -> bytes:
    return record(0xE0, struct.pack("<HHHHHIIH", number, form, 0, 0, 0, 0, fill << 26, 0))


def text(letters: str, runs: list[Run], wide: bool = True) -> bytes:
    head = struct.pack("<HBH", len(letters), 8 | wide, len(runs))
    letters_ = letters.encode("utf-16-le" if wide else "latin-1")
    return head + letters_ + b"".join(struct.pack("<HH", *run) for run in runs)


def number(row: int, column: int, value: float, look: int = 0) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, look, value))


def label(row: int, column: int, place: int) -> bytes:
    return record(0xFD, struct.pack("<HHHI", row, column, 0, place))


def book(cells: bytes, styles: bytes = b"", strings: bytes = b"", head: bytes = b"", code: str = "0") -> Document:
    """A workbook of one sheet; the styles are the fonts plainly, then `code`, then what is given."""
    form = record(0x41E, struct.pack("<HHB", 164, len(code), 1) + code.encode("utf-16-le"))
    usual = b"".join(style(place, 0) for place in range(len(FONTS))) + style(0, 164) + styles
    shared = b"".join(font(*each) for each in FONTS) + form + usual
    opening = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + shared
    start = len(opening) + 13 + len(strings) + 4
    about = record(0x85, struct.pack("<IBBBB", start, 0, 0, 1, 0) + b"s")
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    sheet = begin + head + record(0x200, struct.pack("<IIHHH", 0, 9, 0, 9, 0)) + cells + record(0x0A, b"")
    return read_xlsx(contained(opening + about + strings + record(0x0A, b"") + sheet))


def rows(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.blocks[0].rows]


FORMAT, FILLED = 4, 5


@pytest.mark.parametrize(
    ("value", "code", "expected"), [(5000, '0.00"元"', "5000元"), (0, '0;-0;"-"', "-"), (77, ";;;", ""), (5, "0", "5")]
)
def test_a_number_is_printed_as_its_format_says(value: float, code: str, expected: str) -> None:
    cells = number(0, 0, 1) + number(0, 1, value, FORMAT) + number(0, 2, 3)
    assert rows(book(cells, code=code)) == [["1", expected, "3"]]


def test_a_format_that_scales_leaves_no_number() -> None:
    assert read_number(rows(book(number(0, 0, 1) + number(0, 1, 123456, FORMAT), code="#,##0,"))[0][1]) is None


def test_numbers_kept_many_in_a_record_have_their_formats_too() -> None:
    many = struct.pack("<HH", 0, 0) + struct.pack("<HIHI", 0, 7 << 2 | 2, FORMAT, 8 << 2 | 2) + struct.pack("<H", 1)
    assert rows(book(record(0xBD, many), code='0"万件"')) == [["7", "8万件"]]


def test_fonts_of_cells_count() -> None:
    cells = b"".join(number(0, look, 77, look) for look in range(4)) + number(0, 4, 77, FILLED)
    found = book(cells, styles=style(WHITE, 0, fill=1))
    ((plain, struck, raised, white, filled),) = rows(found)
    assert (plain, struck, filled, found.damage) == ("77", "", "77", ("struck_out:1",))
    assert read_number(raised) is None
    assert read_number(white) is None


def test_fonts_within_a_text_count_wherever_it_is_cut() -> None:
    texts = [
        text("1215", [(0, STRUCK), (2, PLAIN)], wide=False),
        text("51", [(1, RAISED)]),
        text("件数", []),
        text("12345678", [(7, RAISED)]),
    ]
    whole = struct.pack("<II", len(texts), len(texts)) + b"".join(texts)
    cut = len(whole) - 4 - 8  # within the letters of the last: the part behind says anew that they are wide
    strings = record(0xFC, whole[:cut]) + record(0x3C, b"\x01" + whole[cut:])
    found = book(b"".join(label(0, place, place) for place in range(len(texts))), strings=strings)
    assert rows(found) == [["15", "5^1", "件数", "1234567^8"]]
    assert found.damage == ("struck_out:1",)


def test_hidden_rows_and_columns_are_left_out() -> None:
    cells = b"".join(number(row, column, 10 * row + column) for row in range(3) for column in range(3))
    hide = record(0x7D, struct.pack("<HHHHHH", 1, 1, 2340, 0, 1, 0))
    hide += record(0x208, struct.pack("<HHHHHHI", 1, 0, 3, 255, 0, 0, 0x20 | 0x100))
    assert rows(book(cells, head=hide)) == [["0", "2"], ["20", "22"]]


def test_noughts_that_a_sheet_hides_are_not_printed() -> None:
    cells = number(0, 0, 1) + number(0, 1, 0) + number(0, 2, 3)
    assert rows(book(cells + record(0x23E, struct.pack("<H", 0x6A6)))) == [["1", "", "3"]]
    assert rows(book(cells + record(0x23E, struct.pack("<H", 0x6B6)))) == [["1", "0", "3"]]


@pytest.mark.parametrize(
    ("result", "flags"), [(b"\x03\0\0\0\0\0\xff\xff", 0), (struct.pack("<d", 5), 2)], ids=["none", "anew"]
)
def test_a_formula_that_nobody_worked_out_is_no_number(result: bytes, flags: int) -> None:
    formula = record(0x06, struct.pack("<HHH", 0, 1, 0) + result + struct.pack("<HIH", flags, 0, 3) + b"\x1e\x05\0")
    value = rows(book(number(0, 0, 1) + formula + number(0, 2, 3)))[0][1]
    assert value
    assert read_number(value) is None


def test_numbers_of_a_chart_within_a_sheet_change_no_cell() -> None:
    chart = record(0x809, struct.pack("<HHHHII", 0x600, 0x20, 0, 0, 0, 0)) + number(0, 0, 9, STRUCK) + record(0x0A, b"")
    assert book(number(0, 0, 1) + number(0, 1, 2) + chart).damage == ()


def test_formats_of_the_fifth_version_are_texts_of_bytes() -> None:
    assert code(b"\xa4\x00\x05" + '0"件"'.encode("gb18030"), 0x500) == '0"件"'


def test_records_that_are_cut_are_refused() -> None:
    with pytest.raises(Refusal, match="broken_container"):
        book(number(0, 0, 1), styles=record(0xE0, b"\0"))
