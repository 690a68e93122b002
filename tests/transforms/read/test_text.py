"""Tables as scrapers flatten them: what is known of their order, and that every span is exact."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.model import Document, Paragraph, Table
from transforms.read.reader import read
from transforms.read.text import read_text

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"

ROWS = "行政许可 | 0 | ||||||||\n行政处罚 | 3 | 4 | |||||||\n行政强制 | 0 |"
KEPT = "规章 | 1 |  | 3 |\n规范性文件 | 4 | 5 | 6 |"
UNEVEN = "规章 | 1 |  | 3 |\n规范性文件 | 4 | 5 |"
MELTED = "规章 |\n4 |\n4 |\n|||||\n许可 |\n2 |"
SPELLED = "规章\n|\n1\n|\n|\n3\n|\n规范性文件\n|\n4\n|\n5\n|\n6\n|"
PIPE_FIRST = "|\n规章 |\n0 |\n2 | |\n|\n许可 |\n3 |"
MARKDOWN = "| 内容 | 件数 |\n|---|:---:|\n| 行政强制 | 0 ||"


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def check_spans(document: Document) -> None:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            start = int(block.at[1:])
            assert document.text[start : start + len(block.text)] == block.text
            continue
        for cell in (cell for row in block.rows for cell in row):
            start, end = map(int, cell.at[1:].split("-"))
            assert document.text[start:end] == cell.text


@pytest.mark.parametrize(
    ("text", "order", "rows"),
    [
        (ROWS, "rows", [["行政许可", "0"], ["行政处罚", "3", "4"], ["行政强制", "0"]]),
        (KEPT, "grid", [["规章", "1", "", "3"], ["规范性文件", "4", "5", "6"]]),
        (UNEVEN, "rows", [["规章", "1", "3"], ["规范性文件", "4", "5"]]),  # which one is missing cannot be known
        (KEPT + "||", "rows", [["规章", "1", "3"], ["规范性文件", "4", "5", "6"]]),  # pipes that touch: blanks dropped
        (MELTED, "stream", [["规章", "4", "4", "许可", "2"]]),
        (MELTED.removesuffix(" |"), "stream", [["规章", "4", "4", "许可", "2"]]),  # none after the last cell
        (SPELLED, "grid", [["规章", "1", "", "3"], ["规范性文件", "4", "5", "6"]]),
        (SPELLED.replace("|\n|", "|", 1), "stream", [["规章", "1", "3", "规范性文件", "4", "5", "6"]]),
        (PIPE_FIRST, "stream", [["规章", "0", "2", "许可", "3"]]),
        (MARKDOWN, "rows", [["内容", "件数"], ["行政强制", "0"]]),
        ("内容 | 甲 | 乙 | 丙 |\n规章 | 5 |\n文件 | 1 |  | 3 |", "rows", None),  # the short row has lost its blanks
        ("内容 | 甲 | 乙 | 丙 |\n文件 | 1 |  | 3 |\n内容 | 丁 |\n许可 | 5 |", "grid", None),  # under one column
        ("规章 | 3.其他 | 2 |  | 1 |\n许可 | 3.其他 | 1 | 1 | 1 |", "grid", None),  # an ordinal is no value
    ],
)
def test_the_order_that_survived(text: str, order: str, rows: list[list[str]] | None) -> None:
    document = read_text(f"二、情况\n{text}\n三、情况")
    (table,) = tables(document)
    assert table.order == order
    assert rows is None or [[cell.text for cell in row] for row in table.rows] == rows
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["二、情况", "三、情况"]
    check_spans(document)


@pytest.mark.parametrize(
    "text",
    [
        "首页 | 新闻 | 公开 | 互动",
        "您当前的位置: |\n|\n某局年度报告 | " + "|" * 347 + "\n|",
        "某区人民政府\n|\n某局年度报告\n|\n正文从这里开始。",
        "全年公开12条 | 来源：办公室",
        "某局 | " + "长" * 300 + " |\n某局 | " + "长" * 300 + " |",
    ],
)
def test_layout_and_menus_are_no_tables(text: str) -> None:
    assert not tables(read_text(text))


@pytest.mark.parametrize(
    ("text", "damage"),
    [
        ("题 | " + "|" * 347, ("pipe_run:347", "tables_lost_by_extractor")),
        ("题 | " + "|" * 60, ("pipe_run:60",)),
        ("题 | " + "|" * 14, ()),
    ],
)
def test_the_run_of_pipes_is_a_fingerprint(text: str, damage: tuple[str, ...]) -> None:
    assert read_text(text).damage == damage


def test_rules_and_lines_of_pipes_say_nothing() -> None:
    assert [block.at for block in read_text("甲\n------\n|\n||| |\n乙").blocks] == ["c0", "c17"]


PIECE = st.sampled_from(
    ["规章", "一、本年新收", "12", "0", "", "/", "3.其他", "全年公开12条。", "  ", "1 2", "长" * 70]
)
LINE = st.lists(PIECE, min_size=1, max_size=5).flatmap(
    lambda parts: st.sampled_from([" | ".join(parts), "|".join(parts) + " |", "|" + " |".join(parts), parts[0], "|"])
)


@settings(max_examples=150)
@given(st.lists(LINE, max_size=14), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_no_character_is_lost_and_every_span_is_exact(lines: list[str], ending: str) -> None:
    text = ending.join(lines)
    document = read_text(text)
    check_spans(document)
    shown = "".join(
        block.text if isinstance(block, Paragraph) else "".join(cell.text for row in block.rows for cell in row)
        for block in document.blocks
    )
    assert "".join(shown.replace("|", "").split()) == "".join(text.replace("|", "").split())
    for table in tables(document):
        assert table.order != "grid" or len({len(row) for row in table.rows}) == 1
        assert table.order == "grid" or all(cell.text for row in table.rows for cell in row)


@pytest.mark.skipif(not SEEDS.exists(), reason="the real reports in ../shared/seeds are not here")
@pytest.mark.parametrize(
    ("seed", "orders", "lost"),
    [("000", [], True), ("001", [], False), ("002", [], False), ("003", [], True), ("004", ["rows"] * 3, False)],
)
def test_real_reports(seed: str, orders: list[str], lost: bool) -> None:
    (path,) = SEEDS.glob(f"{seed}_*.txt")
    document = read(path.read_bytes(), path.name)
    check_spans(document)
    assert [table.order for table in tables(document)] == orders
    assert ("tables_lost_by_extractor" in document.damage) == lost


def test_the_marks_of_markdown_are_no_part_of_what_is_printed():
    document = read(
        "# **某县2023年报告**\n\n### 一、情况\n| **规章** | **12** | * |\n|---|---|---|\n| 许可 | *3* | 0 |".encode(),
        "",
    )
    check_spans(document)
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["某县2023年报告", "一、情况"]
    (table,) = tables(document)
    assert [[cell.text for cell in row] for row in table.rows] == [["规章", "12", "*"], ["许可", "3", "0"]]
