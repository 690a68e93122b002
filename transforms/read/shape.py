"""A number and the format of its cell in, the number out as a spreadsheet prints it, with the words of the format.

`0"万件"` makes 50 half a million, `0.0` prints 12.3456 as 12.3, `0;-0;"-"` prints 0 as a dash. What would take a whole
spreadsheet to know (dates, fractions, `0\\.0000`, which moves the point) has U+FFFD behind it, which no number holds.
Left out are groups of digits and noughts at either end, which change no number.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from math import isfinite
from typing import NamedTuple

from transforms.read.markup import one_line
from transforms.read.sheet import EXACT, shown_number

UNSURE = "\ufffd"
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.?)|\[\$(?P<currency>[^\]\-]*)[^\]]*\]|(?P<condition>\[[<>=][^\]]*\])'
    r"|\[(?:h+|m+|s+)\](?P<clock>)|\[[^\]]*\]|_.|\*."
    r"|(?P<general>(?i:general)|G/[\u4e00-\u9fff]+|@)|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)"
    r"|(?P<end>;)|(?P<letter>[A-Za-z/,])|(?P<plain>.)",
    re.DOTALL,
)
GENERAL = "General"


class Section(NamedTuple):
    """One of the sections of a format: the words around the digits, the digits, how many times the value is shown.

    `digits` is `General`, a run of placeholders, or blank where the section prints no number at all.
    """

    before: str = ""
    digits: str = GENERAL
    behind: str = ""
    percent: bool = False
    unsure: bool = False


Shape = tuple[Section, ...]
PLAIN: Shape = (Section(),)
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    **dict.fromkeys((5, 6), '"¥"#,##0;"¥"-#,##0'),
    **dict.fromkeys((7, 8), '"¥"#,##0.00;"¥"-#,##0.00'),
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), "d"),
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"',
    43: '#,##0.00;-#,##0.00;"-"',
    48: "##0.0E+0",
    42: '"¥"#,##0;"¥"-#,##0;"¥-"',
    44: '"¥"#,##0.00;"¥"-#,##0.00;"¥-"',
}


@cache
def shape(code: str) -> Shape:
    """The sections of a number format; those beyond the third are for texts."""
    tokens: list[list[tuple[str, str]]] = [[]]
    for match in TOKEN.finditer(code):
        kind = match.lastgroup or ""
        if kind == "end":
            tokens.append([])
        elif kind:
            tokens[-1].append((kind, match[kind]))
    sections = tuple(section(found) for found in tokens)
    # A condition in one section changes what the others are for.
    if any(kind == "condition" for found in tokens for kind, _ in found):
        return (Section(unsure=True),)
    return sections if code else PLAIN


def section(tokens: Sequence[tuple[str, str]]) -> Section:
    """What one section prints."""
    places = [place for place, (kind, _) in enumerate(tokens) if kind in ("digits", "general")]
    first, last = (places[0], places[-1]) if places else (len(tokens), len(tokens))
    kind, digits = tokens[first] if places else ("", "")
    before, behind = ("".join(text for _, text in part) for part in (tokens[:first], tokens[last + 1 :]))
    moved = digits.partition(".")[0].endswith(",") or len(places) > 1
    unsure = moved or any(kind in ("letter", "clock") for kind, _ in tokens)
    percent = any(token == ("plain", "%") for token in tokens)
    return Section(before, GENERAL if kind == "general" else digits, behind, percent, unsure)


def printed(value: float, how: Shape) -> str:
    """A number as it is printed; blank when its format hides it."""
    if how is PLAIN or not isfinite(value):
        return shown_number(value)
    part, negative = chosen(value, how)
    if part.unsure:
        return shown_number(value) + UNSURE
    if part.digits == "" or (value == 0 and not set(part.digits) & {"0", "G"}):
        return one_line(part.before + part.behind)
    digits = rounded(abs(value) if negative else value, part)
    if not negative:
        return one_line(part.before + digits + part.behind)
    # Brackets round a number say that it is below nought; a colour alone does not reach us.
    before = part.before.replace("(", "-", 1)
    return one_line(before + digits + part.behind.replace(")", "", 1)) + ("" if "-" in before else UNSURE)


def chosen(value: float, how: Shape) -> tuple[Section, bool]:
    """The section that prints a number, and whether it is the one for those below nought, which brings its own sign."""
    if value < 0 and len(how) > 1:
        return how[1], True
    return (how[2] if value == 0 and len(how) > 2 else how[0]), False


def rounded(value: float, part: Section) -> str:
    """The digits of a number to as many places as the section has."""
    if abs(value) >= EXACT:
        return shown_number(value)
    exact = Decimal(format(value, ".15g")) * (100 if part.percent else 1)
    if part.digits == GENERAL:
        return shown_number(float(exact))
    places = len(part.digits.partition(".")[2])
    return shown_number(float(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)))
