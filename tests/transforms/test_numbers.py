"""The number grammar: whole cells, numbers in prose with their kind, signed changes."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.numbers import Number, find_numbers, read_change, read_number

DIGITS = "零一二三四五六七八九"

CELLS = [
    ("0", 0, "", ""),
    ("  17 ", 17, "", ""),
    ("3,001", 3001, "", ""),
    ("12,345,678", 12345678, "", ""),
    ("1'234", 1234, "", ""),
    ("12.0", 12, "", ""),  # a count that went through a spreadsheet
    ("0.35", 0.35, "", ""),
    ("0件", 0, "", "件"),
    ("5 人次", 5, "", "人次"),
    ("3.5万元", 35000, "", "元"),  # money is in yuan, and exact as printed
    ("0.8亿元", 80000000, "", "元"),
    ("1.17万条", 11700, "about", "条"),  # the last digits were rounded away
    ("8.29万", 82900, "about", ""),  # binary floating point alone gives 82899.99999999999
    ("3千万", 30000000, "about", ""),
    ("12万3千", 123000, "about", ""),
    ("12万3456", 123456, "", ""),
    ("3万余人次", 30000, "lower", "人次"),
    ("300多万", 3000000, "lower", ""),
    ("十余万", 100000, "lower", ""),
    ("68余条", 68, "lower", "条"),
    ("十几件", 10, "lower", "件"),
    ("约44条", 44, "about", "条"),
    ("近百件", 100, "upper", "件"),
    ("近万人次", 10000, "upper", "人次"),
    ("不少于2次", 2, "lower", "次"),
    ("不超过20件", 20, "upper", "件"),
    ("5次以上", 5, "lower", "次"),
    ("100件左右", 100, "about", "件"),
    ("近100余件", 100, "about", "件"),  # says both less and more
    ("上百件", 100, "lower", "件"),
    ("百余", 100, "lower", ""),
    ("10万+人次", 100000, "lower", "人次"),
    ("二〇一二", 2012, "", ""),
    ("二0一三", 2013, "", ""),
    ("二○○八", 2008, "", ""),
    ("一百零五件", 105, "", "件"),
    ("二百五", 250, "", ""),
    ("一千二", 1200, "", ""),
    ("廿三", 23, "", ""),
    ("壹佰贰拾", 120, "", ""),
    ("两次", 2, "", "次"),
    ("零", 0, "", ""),
]

NO_CELLS = [
    ("", "blank"),
    ("/", "a mark"),
    ("—", "a mark"),
    ("一", "a dash that came out as a numeral"),
    ("三", "a letter of a vertical label, or an outline numeral"),
    ("〇", "a mark"),
    ("4 5", "two numbers"),
    ("1 234", "two numbers, or one with a space"),
    ("3/2", "two numbers"),
    ("12,34", "no group of three"),
    ("1234,567", "no group of three"),
    ("0,123", "a leading zero"),
    ("05", "a digit is missing"),
    ("00", "two zeros of a dedup"),
    ("1.2.3", "a version"),
    ("5.", "an outline digit"),
    ("5（含2件结转）", "annotated: more than a number"),
    ("-1", "no count is negative"),
    ("5\ufffd", "a lost character may be a digit"),
    ("3½", "a broken number"),
    ("千十", "no numeral"),
    ("约百十1", "no numeral"),
    ("七八件", "seven or eight"),
    ("几十件", "no value at all"),
    ("百", "an idiom"),
    ("万条", "a unit"),
    ("12万34", "places left open"),
    ("2.5件", "half a thing: an outline digit ran into a count"),
    ("第二十条", "an article"),
    ("2022年", "a year"),
    ("2022-03-15", "a date"),
    ("约", "no digits"),
    ("过5件", "a verb, unless a bare scale follows"),
    ("1\n2", "two numbers, or one that was wrapped"),
    ("1" * 16, "longer than a float holds"),
]

PROSE = [
    ("1.当面申请3件;2.信函申请5件", ["ordinal 1.", "count 3件", "ordinal 2.", "count 5件"]),
    ("(二)5件", ["ordinal 二", "count 5件"]),
    ("①5件", ["count 5件"]),  # NFKC would make this 15
    ("1、5件来自网络", ["ordinal 1、", "count 5件"]),
    ("1.5件来自网络", ["unreadable 1.5件"]),
    ("1. 5件来自网络", ["unreadable 1. 5件"]),
    ("2.2022年,我局", ["ordinal 2.", "year 2022年"]),
    ("依据第二十条办理", ["ordinal 二十"]),
    ("第1,234号", ["ordinal 1,234"]),
    ("从2022年1月1日至12月31日", ["date 2022年1月1日", "date 12月31日"]),
    ("二0一二年四月二十八日", ["date 二0一二年四月二十八日"]),
    ("2022年1-6月公开5件", ["date 2022年1-6月", "count 5件"]),
    ("发布于2018-03-15 16:17:17", ["date 2018-03-15 16:17:17"]),
    ("2022年度共2022件", ["year 2022年度", "count 2022件"]),
    ("某办〔2022〕40号", ["document_number 2022〕40号"]),
    ("国务院令第711号", ["document_number 711号"]),
    ("备案11041973号-1", ["document_number 11041973号-1"]),
    ("电话(0473-2024747)", ["phone 0473-2024747"]),
    ("电话:8123456,受理5件", ["phone 8123456", "count 5件"]),
    ("电话咨询5123人次", ["count 5123人次"]),
    ("12345热线受理12345件", ["phone 12345", "count 12345件"]),
    ("索引号743494793/2018-04694", ["other 743494793/2018-04694"]),
    ("标识码3306830002", ["other 3306830002"]),
    ("A54表5G网", ["other 54", "other 5"]),
    ("比例3:2", ["other 3:2"]),
    ("每月3-5件", ["other 3-5"]),
    ("每月3至5件", ["other 3至5"]),
    ("15个工作日内", ["other 15个工作日"]),
    ("增长5个百分点", ["other 5个百分点"]),
    ("三分之一", ["other 三分之一"]),
    ("3,001件,占8.3%", ["count 3,001件", "percent 8.3%"]),
    ("占百分之五十,为百分之九十九点二五", ["percent 百分之五十", "percent 百分之九十九点二五"]),
    ("公开12,345条", ["count 12,345条"]),
    ("申请123,456", ["unreadable 123,456"]),  # a list as well as one number
    ("网络、信函申请分别为123,456件", ["unreadable 123,456件"]),
    ("分别为3,001件", ["count 3,001件"]),  # no list item begins with a zero
    ("申请123件,上年45件", ["count 123件", "count 45件"]),
    ("共12\n345条", ["unreadable 12\n345条"]),  # a page break inside a number
    ("共1 234件", ["unreadable 1 234件"]),
    ("分别为3、5、7件", ["count 3", "count 5", "count 7件"]),
    ("5件\ufffd", ["unreadable 5件"]),
    ("\ufffd5件", ["unreadable 5件"]),
    ("几十件,数百次,七八件", ["unreadable 十件", "unreadable 七八件"]),
    ("收到百余件,约20件", ["count 百余件", "count 约20件"]),
    ("最近3次,附近5个", ["count 3次", "count 5个"]),  # no approximation
    ("预约5次", ["count 5次"]),
    ("行政许可5件许可证", ["count 5件"]),
    ("条例2条例", ["count 2"]),
    ("信息 594 条", ["count 594 条"]),
    ("统一部署,进一步推进一站式服务,十四五期间", []),
    ("金额(万元),单位:万条,万人", []),
    ("零件加工,零距离服务,零次", ["count 零次"]),
    ("自201911日至20191231日", ["other 201911", "other 20191231"]),  # the characters of the date were lost
    ("约占5%,3+2", ["percent 约占5%", "count 3", "other 2"]),
    ("2.0件为信函", ["unreadable 2.0件"]),  # an outline digit and 0件, as well as two
    ("第2022,8361名", ["ordinal 2022", "unreadable 8361名"]),
    ("共1.686536万条", ["unreadable 1.686536万条"]),
    ("见第12\n345件", ["ordinal 12", "unreadable 345件"]),
    ("增加12,5件为网络申请", ["unreadable 12,5件"]),
    ("全年公开条", []),  # a blank left in a template is no zero
]


@pytest.mark.parametrize(("text", "value", "bound", "unit"), CELLS)
def test_cell_is_read(text, value, bound, unit):
    number = read_number(text)
    assert number is not None
    assert (number.value, number.bound, number.unit) == (value, bound, unit)
    assert text[number.start : number.end] == number.printed == text.strip()


@pytest.mark.parametrize(("text", "why"), NO_CELLS)
def test_cell_is_refused(text, why):
    assert read_number(text) is None, why


def test_percent_cell():
    assert [read_number(text).value for text in ("50%", "8.3 %", "百分之百", "百分之八点五")] == [50, 8.3, 100, 8.5]
    assert read_number("50%").is_percent
    assert not read_number("50").is_percent


@pytest.mark.parametrize(("text", "kinds"), PROSE)
def test_prose(text, kinds):
    assert [f"{number.kind} {number.printed}" for number in find_numbers(text)] == kinds


@pytest.mark.parametrize(
    ("text", "value"),
    [("+3", 3), ("-2", -2), ("增2", 2), ("增加2件", 2), ("减少1", -1), ("持平", 0), ("3", 3), ("-0", 0), ("↓4", -4)],
)
def test_change(text, value):
    assert read_change(text).value == value


@pytest.mark.parametrize("text", ["", "减", "/", "+-3", "增减", "3+2"])
def test_no_change(text):
    assert read_change(text) is None


def test_change_keeps_its_bound():
    assert read_change("减少近百件") == Number(-100.0, "upper", 0, 5, "件", False, "减少近百件", "count")


def test_only_a_quantity_has_a_value():
    text = "某办〔2022〕40号,第3条,电话0473-2024747,3-5件,分别为123,456件,1.5件"
    assert all(math.isnan(number.value) for number in find_numbers(text))


NUMBERS = st.integers(0, 10**9)


@given(NUMBERS)
def test_plain_and_grouped_give_the_number_back(n):
    assert read_number(str(n)).value == n
    assert read_number(f"{n:,}").value == n
    assert read_number(f"{n}.0").value == n


@given(st.integers(1, 10**8 - 1))
def test_spoken_gives_the_number_back(n):
    number = read_number(f"{spoken(n)}件")
    assert number.value == n


@given(st.integers(1000, 9999))
def test_positional_gives_the_number_back(n):
    assert read_number("".join(DIGITS[int(digit)] for digit in str(n))).value == n


@given(st.integers(1, 10**8), st.integers(0, 4))
def test_ten_thousands_give_the_number_back(n, places):
    printed = f"{n / 10**places:.{places}f}万条"
    assert read_number(printed).value == pytest.approx(n * 10 ** (4 - places), abs=1e-6)


@given(st.integers(0, 10**6), st.sampled_from(["受理{}件", "共{}件,其中", "(二){}件", "网络申请{}件;"]))
def test_prose_gives_the_number_back(n, frame):
    counts = [number for number in find_numbers(frame.format(n)) if number.kind == "count"]
    assert [(number.value, number.unit) for number in counts] == [(n, "件")]


ALPHABET = "0123456789,.'-:/%()〔〕 \n第年月日号件条人次万千百十一二两零〇○约近余多左右分之点至、。;占申请\ufffd①½A"


@given(st.text(alphabet=ALPHABET, max_size=30))
def test_junk_never_raises_and_spans_are_in_order(text):
    read_number(text)
    read_change(text)
    numbers = find_numbers(text)
    assert all(text[number.start : number.end] == number.printed for number in numbers)
    assert all(left.end <= right.start for left, right in pairwise(numbers))
    assert all(math.isfinite(number.value) for number in numbers if number.kind in ("count", "percent"))


@given(st.text(max_size=50))
def test_any_text_never_raises(text):
    read_number(text)
    find_numbers(text)


@given(st.text(alphabet="0123456789, .\n", min_size=1, max_size=12))
def test_no_digit_is_left_out_of_prose(text):
    covered = {place for number in find_numbers(text) for place in range(number.start, number.end)}
    assert all(place in covered for place, character in enumerate(text) if character.isdigit())


def spoken(n):
    """The ordinary spoken numeral, written from scratch for the test."""
    if n >= 10_000:
        low = n % 10_000
        return spoken(n // 10_000) + "万" + ("零" if 0 < low < 1000 else "") + (spoken(low) if low else "")
    parts, gap = [], False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // scale % 10
        if digit:
            parts.append(("零" if gap and parts else "") + DIGITS[digit] + name)
        gap = digit == 0
    return "".join(parts)
