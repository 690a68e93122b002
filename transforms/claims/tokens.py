"""A sentence becomes tokens: known words, figures with their units, years, and what is unknown between them.

In: normalised text. Out: Sentence, whose `codes` is one private character per token, what the patterns run on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from operator import attrgetter
from string import ascii_letters
from typing import NamedTuple

from transforms.claims.lexicon import BLANK, FIGURE, NOUGHT, UNKNOWN, YEAR, Words, guards, lexicon, words_of
from transforms.claims.skimming import headings, triggers
from transforms.numbers import Number, find_numbers

_HIDE = "\ue00f"
_LETTER = re.compile(r"[\u4e00-\u9fff]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_VISIBLE = re.compile(rf"[^\s{_HIDE}]+")
_CLOSING = re.compile(r"\s*(?:[,;、)]|$)")
_START, _CODE = attrgetter("start"), attrgetter("code")
_CARRYING = ("carried", "taken_over")
_TIMES = ("date", "year")
_COUNTS = ("count", "percent")
_REMEMBERED = 1 << 14  # sentences


class Token(NamedTuple):
    """One meaning and where it stands in the text; `end` of a figure includes its unit."""

    code: str
    start: int
    end: int
    number: Number | None = None
    year: int | None = None
    part: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of one sentence, in order."""

    text: str
    tokens: tuple[Token, ...]
    codes: str


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(guards().sentence_ends)


@cache
def _titles() -> re.Pattern[str]:
    return re.compile("|".join(guards().titles))


@cache
def _worded() -> Words:
    """Known words in which a numeral counts nothing (the next one year: next year)."""
    numerals = re.compile(guards().numerals)
    return words_of({word: code for word, code in lexicon().meaning.items() if numerals.search(word)})


@cache
def _asides() -> re.Pattern[str]:
    return re.compile(guards().asides)


@cache
def _divisions() -> re.Pattern[str]:
    return re.compile(guards().division)


@cache
def _noughts() -> re.Pattern[str]:
    return re.compile(guards().noughts)


def sentences(text: str, fiscal_year: int | None) -> Iterator[Sentence]:
    """The sentences of a paragraph that can state something or open a topic; offsets are those of `text`."""
    ends = [match.start() for match in _ends().finditer(text)] + [len(text)]
    for start, end in zip([0, *(end + 1 for end in ends)], ends, strict=False):
        sentence = text[start:end]
        if _is_telling(sentence):
            yield tokenise(text, start, end, fiscal_year)
        elif heading := _last_heading(sentence):
            token = _moved(heading, start)
            yield Sentence(text, (token,), token.code)


@lru_cache(_REMEMBERED)
def _is_telling(sentence: str) -> bool:
    return any(trigger.search(sentence) for trigger in triggers())


@lru_cache(_REMEMBERED)
def _last_heading(sentence: str) -> Token | None:
    found = list(headings().finditer(sentence))
    return Token(lexicon().meaning[found[-1].group()], *found[-1].span()) if found else None


def _moved(token: Token, offset: int) -> Token:
    return Token(token.code, offset + token.start, offset + token.end)


def tokenise(text: str, start: int, end: int, fiscal_year: int | None) -> Sentence:
    """The tokens of `text[start:end]`."""
    asides = [match.span() for match in _asides().finditer(text, start, end)]
    titles = [match.span() for match in _titles().finditer(text, start, end)]
    hidden = [title for title in titles if not any(first <= title[0] < last for first, last in asides)]
    figures = [figure for figure in _figures(text[start:end], start) if not _covered(figure, hidden + asides)]
    if any(not text[figure.start].isascii() for figure in figures):
        worded = [(start + at, start + at + len(word)) for at, word in _worded().find(text[start:end])]
        figures = [figure for figure in figures if not _within(figure, worded)]
    figures += [Token(UNKNOWN, first, last) for first, last in hidden]
    figures += [
        token
        for token in _marked(text, start, end)
        if not any(token.start <= figure.start < token.end for figure in figures)
    ]
    masked = _masked(text[start:end], start, [(figure.start, figure.end) for figure in figures] + asides)
    tokens = sorted([*figures, *(_moved(word, start) for word in _words(masked))], key=_START)
    if {lexicon().concepts[name] for name in _CARRYING} & set(map(_CODE, tokens)):
        tokens = _carried(tokens, fiscal_year)
    if fiscal_year and any(token.year == fiscal_year + 1 for token in tokens):
        tokens = _left(tokens, fiscal_year + 1)
    return Sentence(text, tuple(tokens), "".join(map(_CODE, tokens)))


def _marked(text: str, start: int, end: int) -> list[Token]:
    """The words for a division, and the numerals that deny what stands behind them."""
    kinds = ("among", _divisions()), ("nil", _noughts())
    return [Token(lexicon().concepts[name], *m.span()) for name, said in kinds for m in said.finditer(text, start, end)]


def _carried(tokens: list[Token], fiscal_year: int | None) -> list[Token]:
    """Carried from the year before, carried to the year after: the year and the verb become one token."""
    tokens = _ended(tokens)
    (carried, taken), found = (lexicon().concepts[name] for name in _CARRYING), tokens[:1]
    names = {(YEAR, -1): "carried_in", (carried, -1): "carried_in", (carried, 1): "carried_out"}
    names[(taken, -1)] = "carried_in"
    for before, token in pairwise(tokens):
        pair = {before.code: before, token.code: token}
        year = pair[YEAR].year if YEAR in pair and {carried, taken} & set(pair) and found[-1] is before else None
        name = names.get((before.code, (year or 0) - (fiscal_year or 0)))
        if name and year and fiscal_year:
            found[-1] = Token(lexicon().concepts[name], before.start, token.end)
        else:
            found.append(token)
    return found


def _ended(tokens: list[Token]) -> list[Token]:
    """Years with the words for their end (carried over at the end of 2021) as one token."""
    found: list[Token] = []
    for token in tokens:
        if found and token.code == lexicon().concepts["year_end"] and found[-1].code == YEAR:
            found[-1] = found[-1]._replace(end=token.end)
        else:
            found.append(token)
    return found


def _left(tokens: list[Token], next_year: int) -> list[Token]:
    """Answered in the year after, behind a figure: that and the year are one token, as if carried to that year."""
    deeds = {lexicon().concepts[name] for name in guards().next_deed}
    found: list[Token] = []
    for token in tokens:
        before = [other.code for other in found[-3:]]
        is_next = bool(found) and found[-1].code == YEAR and found[-1].year == next_year and token.code in deeds
        planned = before[-2:-1] == [lexicon().concepts["hypothetical"]]
        first = len(found) - 1 - planned
        if is_next and first > 0 and found[first - 1].number is not None:
            found[first:] = [Token(lexicon().concepts["carried_out"], found[first].start, token.end)]
        else:
            found.append(token)
    return found


def _within(token: Token, spans: list[tuple[int, int]]) -> bool:
    """Whether the token is a smaller part of one of the spans, or begins within one (the troop of 队伍)."""
    span = token.start, token.end
    inner = any(first <= token.start and token.end <= last and span != (first, last) for first, last in spans)
    return inner or any(first < token.start < last for first, last in spans)


def _covered(token: Token, spans: list[tuple[int, int]]) -> bool:
    return any(first <= token.start < last for first, last in spans)


def _figures(text: str, offset: int) -> list[Token]:
    return [_figure(text, offset, number) for number in find_numbers(text)]


def _figure(text: str, offset: int, number: Number) -> Token:
    start, end = offset + number.start, offset + number.end
    if number.kind in _TIMES:
        return _time(text, offset, number)
    if number.unit in guards().quarters or _is_spell(text, number):
        return Token(YEAR, start, end, None, None, True)
    if number.unit in guards().terms:
        return Token(lexicon().concepts["each"], start, end)
    if number.kind == "ordinal":
        return Token(lexicon().concepts["comma"], start, end)
    if number.kind not in _COUNTS or re.match(guards().aspects, text[number.end :]):
        return Token(FIGURE, start, end)
    unit = re.search(guards().counted_in, text[: number.start]) if _is_bare(text, number) else None
    return Token(lexicon().unit(unit[1]) if unit else _count_code(number), start, end, number)


def _is_bare(text: str, number: Number) -> bool:
    """Whether the clause ends with the figure, which has no unit."""
    return not number.unit and not number.is_percent and _CLOSING.match(text, number.end) is not None


def _is_spell(text: str, number: Number) -> bool:
    """Whether the figure is some years or months, or a year that cannot be read: no figure behind it is the year's."""
    unit = number.unit or text[number.end :].lstrip(ascii_letters)[:1]
    return unit in guards().spells and not number.value <= 1


def _count_code(number: Number) -> str:
    if number.is_percent or number.unit:
        return lexicon().unit("%" if number.is_percent else number.unit)
    return NOUGHT if number.value == 0 else FIGURE


def _time(text: str, offset: int, number: Number) -> Token:
    calendar = re.compile(guards().calendar).match(text, number.end)
    end = max(number.end, calendar.end() if calendar else 0)
    year = _YEAR.search(text, number.start, end)
    value = int(year.group()) if year else (int(number.value) if number.kind == "year" else None)
    return Token(YEAR, offset + number.start, offset + end, None, value, _is_part(text[number.start : end]))


def _is_part(printed: str) -> bool:
    return bool(re.search(guards().month, printed)) and not re.fullmatch(guards().whole_year, printed)


def _masked(text: str, offset: int, spans: list[tuple[int, int]]) -> str:
    letters = list(text)
    for first, last in spans:
        letters[first - offset : last - offset] = _HIDE * (last - first)
    return "".join(letters)


@lru_cache(_REMEMBERED)
def _words(masked: str) -> tuple[Token, ...]:
    """The tokens of a sentence whose figures are hidden: the same few sentences are printed with other figures."""
    words, plain = lexicon(), lexicon().concepts["plain"]
    found: list[Token] = []
    last, inner = 0, frozenset(guards().inner)
    for first, word in words.words.find(masked):
        if last < first and word in inner and _is_unknown(masked, first + len(word)):
            continue
        if last < first:
            found += _gap(masked, last, first)
        last = first + len(word)
        code = words.meaning[word]
        if code != plain:
            found.append(Token(code, first, last))
    return (*found, *_gap(masked, last, len(masked)))


def _is_unknown(masked: str, place: int) -> bool:
    return _LETTER.match(masked, place) is not None and not lexicon().words.at(masked, place)


def _gap(masked: str, start: int, end: int) -> list[Token]:
    gaps: list[Token] = []
    for match in _VISIBLE.finditer(masked, start, end):
        unfilled = match.group() in lexicon().units and _CLOSING.match(masked, match.end())
        gaps.append(Token(BLANK if unfilled else UNKNOWN, *match.span()))
    return gaps
