"""What a PDF can do to a number, and what it does to a reader: unreadable rather than wrong, refused by name."""

import time
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.corpus.form import fill
from tests.corpus.grids import Box, grids
from tests.corpus.pdf import FONT, Style, as_pdf
from transforms.model import Document, Paragraph, Refusal, Table
from transforms.read.pdf import read_pdf
from transforms.read.pdf.pages import MOST_PAGES

FILLER = "本机关全年依法做好政府信息公开各项工作，没有其他需要报告的事项。"


def drawn(draw: Callable[[Canvas], None], **options: object) -> bytes:
    """A page with a line of prose and what `draw` puts on it."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1, **options)
    canvas.setFont(FONT, 10.5)
    canvas.drawString(72, 780, FILLER)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def box(canvas: Canvas, xs: list[float], ys: list[float]) -> None:
    """A ruled table."""
    for x in xs:
        canvas.line(x, ys[0], x, ys[-1])
    for y in ys:
        canvas.line(xs[0], y, xs[-1], y)


def rows(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row] for block in document.blocks if isinstance(block, Table) for row in block.rows]


def in_cell(*lines: tuple[float, float, str], width: float = 40) -> str:
    """What is read of a cell from 200 on that holds these pieces; the label beside it keeps a margin of 4."""

    def draw(canvas: Canvas) -> None:
        box(canvas, [100, 200, 200 + width, 300], [500, 560])
        canvas.drawString(104, 540, "行政处罚")
        for x, y, text in lines:
            canvas.drawString(x, y, text)

    return rows(read_pdf(drawn(draw)))[0][1]


@pytest.mark.parametrize(
    ("lines", "width", "expected"),
    [
        (((204, 540, "1234"),), 40, "1234"),
        (((204, 540, "123"), (204, 525, "45")), 24, "12345"),  # no fourth digit fitted between the margins
        (((204, 540, "12"), (204, 525, "34")), 40, "12 34"),  # two numbers, or one that somebody broke
        (((204, 540, "123"), (204, 505, "45")), 24, "123 45"),  # too far apart to go on
        (((204, 540, "12"), (220, 540, "34")), 40, "12 34"),
        (((204, 540, "12"), (204.3, 540, "12")), 40, "12"),  # bold by printing twice
        (((204, 540, "12"), (204, 540, "34")), 40, "\ufffd\ufffd"),  # one number over another
        (((204, 540, "3"), (211, 540, "件")), 40, "3件"),
        (((204, 540, "5（含"), (204, 525, "2件）")), 40, "5（含2件）"),
        (((204, 525, "公开"), (204, 540, "予以")), 40, "予以公开"),  # drawn in another order than it is read
    ],
)
def test_a_cell_is_read_as_printed_or_not_as_a_number(
    lines: tuple[tuple[float, float, str], ...], width: float, expected: str
) -> None:
    assert in_cell(*lines, width=width) == expected


def test_a_number_wider_than_its_cell_is_not_cut_in_two() -> None:
    def draw(canvas: Canvas) -> None:
        box(canvas, [100, 200, 215, 300], [500, 560])
        canvas.drawString(104, 540, "行政处罚")
        canvas.drawString(204, 540, "123456")

    document = read_pdf(drawn(draw))
    assert rows(document) == [["行政处罚", "1\ufffd", "\ufffd456"]]
    assert document.damage == ("number_crosses_ruling:1",)


def test_a_number_cut_by_the_page_break_is_not_read() -> None:
    tall = "行政规范性文件" * 9
    grid = ((Box("信息内容"), Box("件数")), (Box(tall), Box("123")), (Box("规章"), Box("7")))
    whole = rows(read_pdf(as_pdf(["标题", grid], Style(room=110, inside=True, middle=False, columns={2: (1, 3)}))))
    assert whole[1] == [tall, "123"]

    def draw(canvas: Canvas) -> None:
        for top, label, number in ((160, "行政处罚决定本", "12"), (760, "年数量", "34")):
            box(canvas, [100, 182, 300], [top - 100, top])
            canvas.drawString(104, top - 95 if top == 160 else top - 15, label)
            canvas.drawString(204, top - 95 if top == 160 else top - 15, number)
            if top == 160:
                canvas.showPage()
                canvas.setFont(FONT, 10.5)

    assert rows(read_pdf(drawn(draw))) == [["行政处罚决定本年数量", "12 34"]]


def test_watermarks_and_invisible_text_are_not_read() -> None:
    def draw(canvas: Canvas) -> None:
        box(canvas, [100, 200, 300], [500, 560])
        canvas.drawString(104, 540, "规章")
        canvas.drawString(204, 540, "5")
        canvas.saveState()
        hidden = canvas.beginText(215, 540)
        hidden.setTextRenderMode(3)
        hidden.textOut("99")
        canvas.drawText(hidden)
        canvas.restoreState()
        canvas.translate(190, 500)
        canvas.rotate(40)
        canvas.drawString(0, 0, "2023内部资料2023")

    document = read_pdf(drawn(draw))
    assert rows(document) == [["规章", "5"]]
    assert document.damage == ("invisible_text:2", "slanted_text:12")


def test_what_was_typed_into_a_form_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        box(canvas, [100, 200, 300], [500, 560])
        canvas.drawString(104, 540, "规章")
        canvas.acroForm.textfield(name="n", value="41", x=204, y=530, width=60, height=20, borderWidth=0)

    assert rows(read_pdf(drawn(draw))) == [["规章", "41"]]


def test_underlines_and_frames_rule_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.line(72, 776, 300, 776)
        canvas.rect(60, 60, 480, 740)
        canvas.drawString(72, 740, "以上数据截至年底。")

    document = read_pdf(drawn(draw))
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [FILLER, "以上数据截至年底。"]


def test_an_underlined_number_stays_in_its_row() -> None:
    def draw(canvas: Canvas) -> None:
        box(canvas, [100, 200, 300], [500, 530, 560])
        for y, label in ((540, "规章"), (510, "许可")):
            canvas.drawString(104, y, label)
            canvas.drawString(244, y, "8")
            canvas.line(240, y - 2, 256, y - 2)

    assert rows(read_pdf(drawn(draw))) == [["规章", "8"], ["许可", "8"]]


@pytest.mark.parametrize("sides", [(False, True), (True, False), (False, False)])
def test_a_table_open_at_its_sides_keeps_its_outer_columns(sides: tuple[bool, bool]) -> None:
    def draw(canvas: Canvas) -> None:
        ends = [x for x, drawn_there in zip((100.0, 400.0), sides, strict=True) if drawn_there]
        for x in (200, 300, *ends):
            canvas.line(x, 500, x, 560)
        for y in (500, 530, 560):
            canvas.line(100, y, 400, y)
        for x, text in ((104, "规章"), (204, "1"), (304, "2")):
            canvas.drawString(x, 540, text)
            canvas.drawString(x, 510, text)

    assert rows(read_pdf(drawn(draw))) == [["规章", "1", "2"]] * 2


def test_rows_without_rulings_claim_no_columns() -> None:
    def draw(canvas: Canvas) -> None:
        for place, label in enumerate(("一、本年新收", "二、上年结转", "三、办理结果", "四、结转下年")):
            canvas.drawString(72, 700 - 20 * place, label)
            for column in range(7):
                if (place, column) != (2, 3):
                    canvas.drawString(220 + 45 * column, 700 - 20 * place, str(place * 7 + column))

    (table,) = [block for block in read_pdf(drawn(draw)).blocks if isinstance(block, Table)]
    assert table.order == "rows"
    assert [cell.text for cell in table.rows[2]] == ["三、办理结果", "14", "15", "16", "18", "19", "20"]


def test_prose_with_gaps_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "附件1       2023年")
        canvas.drawString(72, 680, "电话  12345    传真  54321")

    assert not rows(read_pdf(drawn(draw)))


PAGE = drawn(lambda canvas: None)
SCAN = drawn(lambda canvas: [canvas.showPage() for _ in range(4)])  # type: ignore[arg-type,func-returns-value]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\n", "broken_container"),
        (PAGE[: len(PAGE) // 2], "broken_container"),
        (PAGE[:-300], "broken_container"),  # PDFium would mend it and read what is left
        (drawn(lambda canvas: None, encrypt=StandardEncryption("secret")), "encrypted"),
        (SCAN, "no_text_layer"),
        (drawn(lambda canvas: [canvas.showPage() for _ in range(MOST_PAGES)]), "too_many_pages"),  # type: ignore[arg-type,func-returns-value]
    ],
)
def test_what_cannot_be_read_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_pdf(data)
    assert refused.value.code == code


def hatched(canvas: Canvas) -> None:
    for place in range(1200):
        canvas.line(50, 50 + place * 0.6, 500, 50 + place * 0.6)
        canvas.line(50 + place * 0.4, 50, 50 + place * 0.4, 700)


def crowded(canvas: Canvas) -> None:
    for _ in range(90):
        canvas.drawString(10, 10, "1" * 5000)


@pytest.mark.parametrize("draw", [hatched, crowded])
def test_hostile_pages_end_in_time(draw: Callable[[Canvas], None]) -> None:
    data = drawn(draw)
    started = time.process_time()
    try:
        read_pdf(data)
    except Refusal as refusal:
        assert refusal.code == "too_many_objects"
    assert time.process_time() - started < 10


WHOLE = as_pdf(["标题", FILLER, grids(fill(2).cells)[1]])


@settings(max_examples=60)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=40))
def test_no_damage_breaks_the_reader(place: int, damage: bytes) -> None:
    try:
        read_pdf(WHOLE[:place] + damage + WHOLE[place + len(damage) :])
    except Refusal as refusal:
        assert refusal.code
