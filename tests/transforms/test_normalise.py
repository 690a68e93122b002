"""One script, one width, no ghosts, and every character still leads back to where it was printed."""

import csv
import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.model import Cell, Document, Paragraph, Table
from transforms.normalise import CHARACTERS, fold, normalise, normalise_document, squeeze

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
TRADITIONAL = "本機關嚴格貫徹落實條例規定,開展政務公開標準化規範化試點。"
GHOSTED = "審(shěn)計(jì)局辦(bàn)公室發(fā)布"


def plain(*texts):
    return normalise(texts).plains


FOLDS = [
    ("１２，３４５件（８．５％）", "12,345件(8.5%)", "full width"),
    ("第\u3000一\u00a0条\u2003\t", "第 一 条  ", "every space is the ASCII space"),
    ("12\x0c34\r\n", "12 34 \n", "a page break must not join two numbers"),
    ("⺠⽣⻚⻅", "民生页见", "radicals of PDF fonts"),
    ("\uf9ca", "流", "compatibility ideograph"),
    ("﹝2022﹞40号∶−3‐4", "〔2022〕40号:-3-4", "brackets, ratio, dashes"),
    ("①5件㈠⒈Ⅱ½㎡…〇○·、。《》“”—", "①5件㈠⒈Ⅱ½㎡…〇○·、。《》“”—", "NFKC would invent numbers"),
    ("政府信息公開年度報告", "政府信息公开年度报告", "traditional"),
    ("全麵落實製度體係衹傚", "全面落实制度体系只效", "a converter that knows no words"),
    ("瞭解,一目瞭然,瞭望塔", "了解,一目了然,瞭望塔", "by phrase"),
    ("乾縣,乾隆", "乾县,乾隆", "names keep it"),
    ("显著,著作,本著作权,答覆盖章,打坏,沈静", "显著,著作,本著作权,答覆盖章,打坏,沈静", "simplified already"),
    ("𠮷報告𫗴", "𠮷报告𫗴", "off the basic plane"),
]

IN_TRADITIONAL = [
    ("本著促進工作", "本着促进工作"),
    ("本著作權歸本機關", "本著作权归本机关"),
    ("顯著,著名", "显著,著名"),
    ("答覆,批覆,反覆", "答复,批复,反复"),
    ("說明覆蓋,表示覆蓋,回覆蓋", "说明覆盖,表示覆盖,回覆盖"),
    ("工作計畫,統計畫面", "工作计划,统计画面"),
    ("乾部,若乾,乾隆,乾旱", "干部,若干,乾隆,干旱"),
    ("打壞", "打坏"),
    ("谘詢", "咨询"),
    ("藉此機會,慰藉", "借此机会,慰藉"),
]


@pytest.mark.parametrize(("printed", "expected", "why"), FOLDS)
def test_fold(printed, expected, why):
    assert plain(printed) == [expected], why


@pytest.mark.parametrize(("printed", "expected"), IN_TRADITIONAL)
def test_phrases_of_a_traditional_document(printed, expected):
    assert plain(TRADITIONAL, printed)[1] == expected


def test_folding_keeps_length_and_step():
    printed = "⺠𠮷報告１２，３４５"
    found = normalise([printed])
    assert len(found.plains[0]) == len(printed)
    assert found.origins == [()]


INVISIBLE = [("政府\u200b信息", "政府信息"), ("\ufeff1\u00ad2\u206034件\x00", "1234件"), ("\u202a5\u202c件", "5件")]


@pytest.mark.parametrize(("printed", "expected"), INVISIBLE)
def test_invisible_characters_go_and_are_remembered(printed, expected):
    found = normalise(["前文", printed, "後文"])
    assert found.plains == ["前文", expected, "后文"]
    assert [printed[place] for place in found.origins[1]] == list(expected)
    assert (found.origins[0], found.origins[2]) == ((), ())


GHOSTS = [
    ("審(shěn)計(jì)局", "审计局", 2, "toned, on converted characters"),
    ("社會（huì）事務( wù )", "社会事务", 2, "full-width brackets, spaces"),
    ("協調(diɑ\u0300o)", "协调", 1, "the single-storey a, the tone as a mark of its own"),
    ("公(gong)開(kai)系(xi)(xi)統(tong)", "公开系统", 5, "toneless and doubled: four pairs"),
    (
        "办公厅(室(shi))共(gong)和(he)(he)国(guo)",
        "办公厅(室)共和国",
        5,
        "inside a real bracket, unconverted characters",
    ),
    ("公(gong)開(kai)系(xi)", "公(gong)开(kai)系(xi)", 0, "three pairs prove nothing"),
    ("嵊(shèng)州,重(chóng)庆", "嵊(shèng)州,重(chóng)庆", 0, "a gloss on characters that no converter changed"),
    ("網(wang)站(xxgk),附件(a),面積(ha),辦公室(bgs)", "网(wang)站(xxgk),附件(a),面积(ha),办公室(bgs)", 0, "no ghosts"),
    ("電話(0473-2024747)軟件(APP)", "电话(0473-2024747)软件(APP)", 0, "no syllables"),
    ("報(bào)(gào)", "报(gào)", 1, "only a reading of the character itself"),
]


@pytest.mark.parametrize(("printed", "expected", "count", "why"), GHOSTS)
def test_ghosts(printed, expected, count, why):
    found = normalise([printed])
    assert (found.plains, found.ghosts) == ([expected], count), why


def test_ghost_pairs_are_counted_over_the_whole_document():
    printed = ["公(gong)开", "系(xi)统", "共(gong)和", "国(guo)家"]
    assert plain(*printed) == ["公开", "系统", "共和", "国家"]
    assert plain(*printed[:3]) == printed[:3]


def test_phrases_reach_over_a_ghost():
    assert plain("瞭(liǎo)解") == ["了解"]


def test_is_traditional():
    assert normalise([TRADITIONAL]).is_traditional
    assert not normalise(["本机关严格贯彻落实条例" * 30 + "繁體版"]).is_traditional
    assert not normalise(["１２，３４５" * 30]).is_traditional


TAIWAN = [
    "政府資訊公開年度報告",
    "規範性檔案3件",
    "見附屬檔案",
    "國辦公開辦函〔2021〕30號檔案",
    "檔案館2個",
    "服務最佳化5項",
]


def test_taiwan_words_of_a_taiwan_document():
    found = normalise(TAIWAN)
    expected = [
        "政府信息公开年度报告",
        "规范性文件3件",
        "见附件",
        "国办公开办函〔2021〕30号文件",
        "档案馆2个",
        "服务优化5项",
    ]
    assert (found.plains, found.taiwan) == (expected, True)


def test_a_shorter_taiwan_word_keeps_the_place_of_all_around_it():
    places = normalise(TAIWAN).origins
    assert [TAIWAN[5][place] for place in places[5]] == list("服務最化5項")
    paragraph = normalise_document(_document(*(Paragraph(text, f"p{n}") for n, text in enumerate(TAIWAN))))[0].blocks[2]
    assert paragraph.printed(1, 3) == "附屬檔案"


def test_one_marker_is_no_taiwan_document():
    found = normalise(["资讯公开专栏", "专案组", "资讯公开"])
    assert (found.plains, found.taiwan) == (["资讯公开专栏", "专案组", "资讯公开"], False)


def _document(*blocks):
    return Document(blocks, "", "text")


def test_document_is_filled_and_a_merged_cell_stays_one():
    merged, other = Cell("總計", "t0/r0/c0"), Cell("１２", "t0/r1/c1")
    table = Table(((merged, merged), (merged, other)), "t0", "grid")
    before, after = Paragraph(GHOSTED, "c10"), Paragraph("平常", "p2")
    document, found = normalise_document(_document(before, table, after))
    first, grid, last = document.blocks
    assert (first.plain, last.plain) == ("审计局办公室发布", "平常")
    assert first.locate(0, 2) == "c10-18"
    assert first.printed(1, 3) == "計(jì)局"
    assert (last.text, last.origins) == ("平常", ())
    assert grid.rows[0][0] is grid.rows[0][1] is grid.rows[1][0]
    assert [cell.plain for cell in grid.rows[1]] == ["总计", "12"]
    assert found.ghosts == 4


def test_nothing_in_nothing_out():
    assert normalise([]).plains == []
    assert normalise(["", ""]).plains == ["", ""]


def test_squeeze():
    assert squeeze(" 政 府\n信\u3000息\t") == "政府信息"


FRAGMENTS = (
    "報告 审计 １２ \u200b (gōng) (gong) 公 開(kāi) 系(xi)(xi) 乾 淨 著 本 作 覆 答 蓋 瞭 解 計 畫 面 沈 藉 口 \x0c "
    "𠮷 （shì） ⺠ 資訊公開 最佳化 附屬檔案 規範性檔案 檔案 號"
)
PIECES = st.sampled_from(FRAGMENTS.split(" "))


@given(st.lists(st.lists(PIECES, max_size=8).map("".join), max_size=4))
def test_normalising_twice_changes_nothing(texts):
    once = normalise(texts)
    twice = normalise(once.plains)
    assert twice.plains == once.plains
    assert (twice.ghosts, twice.origins) == (0, [()] * len(texts))


@given(st.lists(st.text(max_size=30), max_size=4))
def test_every_character_has_a_place(texts):
    found = normalise(texts)
    for text, folded, origins in zip(texts, found.plains, found.origins, strict=True):
        places = origins or tuple(range(len(folded)))
        assert len(places) == len(folded)
        assert origins or len(folded) in (0, len(text))
        assert list(places) == sorted(set(places))
        assert all(place < len(text) for place in places)
    assert normalise(found.plains).plains == found.plains


@given(
    st.text(alphabet=st.characters(codec="gb2312", exclude_characters="乾菸薹拚捱摺吒後徵夥於袷麴醣麽榘"), max_size=60)
)
def test_simplified_text_keeps_its_hanzi(text):
    hanzi = [character for character in text if "\u4e00" <= character <= "\u9fff"]
    assert [character for character in fold(text) if "\u4e00" <= character <= "\u9fff"] == hanzi


def test_tables_keep_length_and_settle():
    with (CHARACTERS / "phrases.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        assert len(row["from"]) == len(row["to"])
        assert fold(row["from"]) == row["from"], "phrases are matched on folded text"
        assert fold(row["to"]) == row["to"]
    every = "".join(chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000)
    assert len(fold(every)) == len(every)
    assert fold(fold(every)) == fold(every)


def test_tables_are_those_that_the_script_makes():
    pytest.importorskip("opencc", reason="the dictionaries are a development dependency")
    pytest.importorskip("pypinyin", reason="the readings are a development dependency")
    spec = importlib.util.spec_from_file_location("build_characters", CHARACTERS.parent / "build_characters.py")
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    table = build.fold_table()
    basic = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    assert fold("".join(basic)) == "".join(table.get(character, character) for character in basic)
    with (CHARACTERS / "phrases.csv").open(encoding="utf-8", newline="") as file:
        assert [tuple(row.values()) for row in csv.DictReader(file)] == build.phrases(table)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real reports are not beside this checkout")
@pytest.mark.parametrize(
    ("seed", "ghosts", "traditional"),
    [("000", 0, True), ("001", 0, False), ("002", 97, True), ("003", 0, False), ("004", 0, False)],
)
def test_real_reports(seed, ghosts, traditional):
    text = next(SEEDS.glob(f"{seed}_*.txt")).read_text(encoding="utf-8")
    found = normalise([text])
    assert (found.ghosts, found.is_traditional, found.taiwan) == (ghosts, traditional, False)
    if not traditional:
        assert found.plains[0] == text.replace("\u00a0", " ")
    assert not [
        char for char in found.plains[0] if "\u4e00" <= char <= "\u9fff" and not char.encode("gb2312", "ignore")
    ]
