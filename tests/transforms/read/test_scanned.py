"""Recognised words fall into ruled cells; what is not sure never reads as a number."""

from io import BytesIO

import pytest

from transforms.model import Document, Paragraph, Refusal, Table
from transforms.numbers import read_number
from transforms.read.image import PICTURES, read_image
from transforms.read.reader import read
from transforms.read.scanned import Box, Ruled, Scan, Word, read_scans

STEP = 100


def ruled(row: int, column: int, rows: int = 1, columns: int = 1, inked: bool = True) -> Ruled:
    top, left = 300 + row * STEP, column * STEP
    return Ruled(Box(left + 2, top + 2, left + columns * STEP - 2, top + rows * STEP - 2), inked)


def word(text: str, row: float, column: float, score: float = 0.99, wide: float = 40) -> Word:
    top, left = 300 + row * STEP + 30, column * STEP + 30
    return Word(text, Box(left, top, left + wide, top + 30), score)


def texts(document: Document) -> list[list[list[str]]]:
    return [[[c.text for c in row] for row in b.rows] for b in document.blocks if isinstance(b, Table)]


SQUARE = (ruled(0, 0), ruled(0, 1), ruled(1, 0), ruled(1, 1))
FULL = (word("a", 0, 0), word("1", 0, 1), word("b", 1, 0))


def cell(*words: Word, inked: bool = True) -> str:
    table = (*SQUARE[:3], ruled(1, 1, inked=inked))
    return texts(read_scans([Scan((*FULL, *words), (table,))]))[0][1][1]


def test_words_fall_into_their_cells() -> None:
    assert cell(word("12", 1, 1)) == "12"
    assert cell(inked=False) == ""
    assert cell(word("其他", 1, 1), word("结果", 1.35, 1)) == "其他 结果"


@pytest.mark.parametrize(
    "words",
    [
        (),  # ink that nobody recognised
        (word("12", 1, 1, score=0.5),),
        (word("1 2", 1, 0.5, wide=100),),  # across the ruling line
    ],
)
def test_what_is_not_sure_is_no_number(words: tuple[Word, ...]) -> None:
    text = cell(*words)
    assert "\ufffd" in text
    assert read_number(text) is None


def test_a_cell_that_spans_is_one_object_and_says_where_it_begins() -> None:
    table = (ruled(0, 0, rows=2), ruled(0, 1), ruled(1, 1))
    document = read_scans([Scan((word("a", 0.5, 0), word("1", 0, 1), word("2", 1, 1)), (table,))])
    (found,) = (block for block in document.blocks if isinstance(block, Table))
    assert texts(document) == [[["a", "1"], ["a", "2"]]]
    assert found.rows[0][0] is found.rows[1][0]
    assert document.damage == ("ocr",)


def test_a_table_goes_on_over_a_page_break_and_prose_over_a_line() -> None:
    first = (Word("甲乙丙", Box(0, 0, 500, 30), 0.9), Word("丁。", Box(0, 40, 60, 70), 0.9), *FULL, word("2", 1, 1))
    document = read_scans([Scan(first, (SQUARE,)), Scan((*FULL, word("3", 1, 1)), (SQUARE,))])
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["甲乙丙丁。"]
    assert texts(document) == [[["a", "1"], ["b", "2"], ["a", "1"], ["b", "3"]]]
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert table.rows[3][1].at == "t0/r3/c1"


def test_pages_without_a_word_are_refused() -> None:
    with pytest.raises(Refusal) as refused:
        read_scans([Scan((), ())])
    assert refused.value.code == "empty_file"


@pytest.mark.parametrize("magic", PICTURES)
def test_a_broken_picture_is_refused_by_name(magic: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        read(magic + b"\0" * 50, "a.png")
    assert refused.value.code in ("needs_ocr", "broken_container")


def test_a_ruled_picture_is_read() -> None:
    pytest.importorskip("rapidocr", reason="the extra gongkai[ocr] is not installed")
    image_module = pytest.importorskip("PIL.Image")
    from PIL import ImageDraw, ImageFont

    picture = image_module.new("L", (700, 500), 255)
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(40)
    for number in range(4):
        pen.line([(50, 50 + number * 100), (650, 50 + number * 100)], 0, 3)
        pen.line([(50 + number * 200, 50), (50 + number * 200, 350)], 0, 3)
    for row in range(3):
        for column in range(3):
            pen.text((120 + column * 200, 80 + row * 100), str(37 + row * 100 + column), 0, font)
    target = BytesIO()
    picture.save(target, "PNG")
    expected = [[str(37 + row * 100 + column) for column in range(3)] for row in range(3)]
    assert texts(read_image(target.getvalue())) == [expected]
