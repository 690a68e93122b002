"""What stands before a figure and changes whose figure it is: the year, the area, a comparison, a plan.

In: a sentence and the place of a figure. Out: the code of the note that sets it aside, or nothing.
"""

import re
from collections.abc import Sequence
from functools import cache

from transforms.claims.lexicon import YEAR, guards, lexicon
from transforms.claims.tokens import Sentence, Token

_THIS_YEAR = ("this_year", "item_rise", "item_fall")
_NEWLY = ("newly_receive", "new_request")
_PUBLISHED = (("publish", "info"), ("new_publish", "normative"), ("make_document", "normative"))
_TIMES = (*_THIS_YEAR, "same_year", "last_year", "until", "all_time")


@cache
def _guarded() -> dict[str, str]:
    return {lexicon().concepts[name]: note for name, note in guards().lead.items()}


@cache
def neutral() -> str:
    """The concepts that may stand around a statement without being part of it."""
    return "".join(lexicon().concepts[name] for name in guards().neutral) + YEAR


@cache
def _span() -> re.Pattern[str]:
    return re.compile(guards().span)


@cache
def _times() -> frozenset[str]:
    return frozenset(lexicon().concepts[name] for name in _TIMES) | {YEAR}


def set_aside(lead: Sequence[Token]) -> str:
    """The note of the first guard in the tokens between the clause's start and its figure."""
    return next((_guarded()[token.code] for token in lead if token.code in _guarded()), "")


def period(sentence: Sentence, upto: int, fiscal_year: int | None) -> str:
    """The time that the figure is about: `` (the year), `stock` (since ever), `unknown`, `other`.

    `full_year` is all of whatever year was named; only `this_year` returns from another year to this one.
    """
    concepts, before = lexicon().concepts, sentence.codes[:upto]
    own = [at for at in range(upto) if before[at] in _timed() and not _is_of_next(sentence, at, upto)]
    own = [at for at in own if not (_is_start(sentence, at, upto) or _is_aside(sentence, at, upto))]
    own = [at for at in own if not _is_of_reviewed(sentence, at, upto)]
    known = [time for at in own if (time := _time(sentence, at, fiscal_year))]
    if "other" in known or concepts["cumulative"] in before.rpartition(concepts["same_year"])[2]:
        known = [time for time in known if time != "same"]
    if "part" in known and _is_told_between(sentence, upto):
        known = [time for time in known if time != "same"]
    is_full_year, is_cumulative = concepts["full_year"] in before, concepts["cumulative"] in before
    latest = known[-1] if known else ""
    if is_cumulative and latest in ("year", "same", "") and _has_ended(sentence, upto):
        return "stock" if "until" in known or _is_outgrown(sentence, upto) else "unknown"
    if latest == "part":
        return "" if _is_all_year_behind(before) else "other"
    if latest == "stock" and _is_year_told_behind(sentence, upto):
        return ""
    if latest in ("other", "stock"):
        return latest
    if latest in ("year", "same") or is_full_year or not is_cumulative:
        return ""
    return "stock" if latest == "until" else "unknown"


def _is_all_year_behind(codes: str) -> bool:
    """Whether the year as a whole is named behind the last date (founded in March, in all of the year 12)."""
    return lexicon().concepts["full_year"] in codes[codes.rfind(YEAR) :]


def _is_year_told_behind(sentence: Sentence, upto: int) -> bool:
    """Whether the year as a whole is named behind the figure of all time (in all 45,690, this year 3,122)."""
    codes, stock = sentence.codes[:upto], sentence.codes.rfind(lexicon().concepts["all_time"], 0, upto)
    year = codes.rfind(lexicon().concepts["full_year"])
    return year > stock and any(token.number for token in sentence.tokens[stock:year])


def _is_told_between(sentence: Sentence, upto: int) -> bool:
    """Whether a figure stands between the last date and the words for its year (in June 3 came, 2 closed that year)."""
    before, same = sentence.codes[:upto], lexicon().concepts["same_year"]
    return any(token.number for token in sentence.tokens[max(before.rfind(YEAR), 0) : max(before.rfind(same), 0)])


def _is_of_next(sentence: Sentence, at: int, upto: int) -> bool:
    """Whether words of all time stand right before a figure that another follows on (300, in all years 2,000; 5)."""
    is_all_time = sentence.codes[at] == lexicon().concepts["all_time"]
    is_next = at + 1 < upto and sentence.tokens[at + 1].number is not None
    return is_all_time and is_next and lexicon().concepts["stop"] in sentence.codes[at:upto]


def _is_start(sentence: Sentence, at: int, upto: int) -> bool:
    """Whether the year is that of the value that a change started from, which has been told (from 41 to 58)."""
    is_past = sentence.codes[at] in (YEAR, lexicon().concepts["last_year"]) and at + 1 < upto
    number = sentence.tokens[at + 1].number if is_past else None
    if number is None:
        return False
    risen = re.match(rf"\s*{guards().risen}", sentence.text[sentence.tokens[at + 1].end :])
    return risen is not None and re.search(guards().origin, sentence.text[: sentence.tokens[at].start]) is not None


def _is_aside(sentence: Sentence, at: int, upto: int) -> bool:
    """Whether the time stands with a figure of its own in brackets that close before this one (45 (in 2020 52), 44)."""
    opening = sentence.codes.rfind(lexicon().concepts["bracket"], 0, at)
    if opening < 0 or ")" in sentence.text[sentence.tokens[opening].end : sentence.tokens[at].start]:
        return False
    closing = sentence.text.find(")", sentence.tokens[at].end, sentence.tokens[upto - 1].end)
    return closing >= 0 and any(token.number for token in sentence.tokens[at:upto] if token.end <= closing)


def _is_of_reviewed(sentence: Sentence, at: int, upto: int) -> bool:
    """Whether the time is that of documents which are gone through (the ones made since 2010 were reviewed)."""
    first = at - (sentence.codes[at - 1 : at] == YEAR)
    if sentence.codes[first - 1 : first] != lexicon().concepts["toward"]:
        return False
    clause = sentence.codes[at:upto].partition(lexicon().concepts["comma"])[0]
    return lexicon().concepts["review_of"] in clause


def _has_ended(sentence: Sentence, upto: int) -> bool:
    """Whether the year that was named last had its figure before the words of a stock (this year 300, in all 2,000)."""
    before, concepts = sentence.codes[:upto], lexicon().concepts
    place = before.rfind(concepts["cumulative"])
    years = {concepts[name] for name in (*_THIS_YEAR, "full_year", "same_year")} | {YEAR}
    latest = max((at for at in range(upto) if before[at] in years), default=upto)
    is_next = not any(token.number for token in sentence.tokens[place:upto])
    if latest < place and lexicon().meaning.get(_printed(sentence, latest)[-2:]) == concepts["cumulative"]:
        return False  # this year so far, as what follows
    return is_next and any(token.number for token in sentence.tokens[latest:place])


def _is_outgrown(sentence: Sentence, at: int) -> bool:
    """Whether the year's items, told just before, are fewer than those (this year 300 published, in all 2,000)."""
    before = next((i for i in range(at - 1, -1, -1) if sentence.tokens[i].number), 0)
    year, items = sentence.tokens[before].number, sentence.tokens[at].number
    is_told = (
        any(_names(sentence.codes[:before], names) for names in _PUBLISHED)
        and sentence.codes[before] == sentence.codes[at]
    )
    return is_told and year is not None and items is not None and year.value < items.value


def _names(codes: str, names: Sequence[str]) -> bool:
    return all(lexicon().concepts[name] in codes for name in names)


def is_compared_aside(sentence: Sentence, at: int) -> bool:
    """Whether a bracket right behind a comparison holds the figure, which is the other year's then (last year (64))."""
    opening = sentence.codes.rfind(lexicon().concepts["bracket"], 0, at)
    held = {lexicon().concepts[name] for name in ("compare", "last_year")}
    inside = sentence.text[sentence.tokens[opening].end : sentence.tokens[at].start]
    return opening > 0 and sentence.codes[opening - 1] in held and ")" not in inside


def is_of_all_time(sentence: Sentence, at: int) -> bool:
    """Whether a figure up to some day has this year's as one of its parts (until then 836, this year 286)."""
    before, stocks = sentence.codes[:at], {lexicon().concepts[name] for name in ("cumulative", "all_time")}
    if lexicon().concepts["until"] not in before or stocks & set(before):
        return False
    if before.endswith(lexicon().concepts["info_total"]):
        return True
    _, among, part = sentence.codes[at:].partition(lexicon().concepts["among"])
    return bool(among) and part.lstrip(lexicon().concepts["comma"])[:1] in _times() | {lexicon().concepts["full_year"]}


@cache
def _timed() -> frozenset[str]:
    return _times() | {lexicon().concepts[name] for name in _NEWLY}


def _is_newly(sentence: Sentence, at: int) -> bool:
    """Whether the token is a word for what came in that names this year itself."""
    is_new = sentence.codes[at] in {lexicon().concepts[name] for name in _NEWLY}
    return is_new and re.match(guards().this_year, _printed(sentence, at)) is not None


def _time(sentence: Sentence, at: int, fiscal_year: int | None) -> str:
    token = sentence.tokens[at]
    concepts = lexicon().concepts
    if _is_start_of_change(sentence, at):
        return ""
    if token.code == YEAR:
        return _year(sentence, at, fiscal_year)
    if token.code in {concepts[name] for name in _THIS_YEAR} or _is_newly(sentence, at):
        return "year"
    if token.code == concepts["same_year"]:
        return "same"
    if token.code == concepts["last_year"]:
        return "other"
    if token.code == concepts["until"]:
        return "until"
    if token.code == concepts["all_time"]:
        return _since(sentence, at, fiscal_year)
    return ""


def _is_start_of_change(sentence: Sentence, at: int) -> bool:
    """Whether the time is that of a value from which another one changed (from 21 in 2012 to 34)."""
    token = sentence.tokens[at]
    is_from = re.search(guards().origin_word, sentence.text[: token.start]) is not None
    return is_from and re.match(rf"的?[^,。;]{{0,12}}{guards().risen}", sentence.text[token.end :]) is not None


def _year(sentence: Sentence, at: int, fiscal_year: int | None) -> str:
    token, before = sentence.tokens[at], sentence.codes[at - 1 : at]
    if _is_compared(sentence, at):
        return ""
    is_other = token.year is not None and fiscal_year is not None and token.year != fiscal_year
    if is_other or _ends_longer_span(sentence, at):
        is_since_ever = not is_other and sentence.tokens[at - 1].year == guards().first_fiscal_year
        return "stock" if is_since_ever else "other"
    is_until = before == lexicon().concepts["until"] or _is_ended(sentence, at)
    if is_until and not _is_early(sentence, at):
        return "until"
    if token.part:
        is_whole = _opens_span(sentence, at) or _closes_year(sentence, at) or _opens_law(sentence, at, fiscal_year)
        is_within = token.year is not None and token.year == fiscal_year
        return "" if is_whole else "part" if is_within else "other"
    return "year" if token.year is not None else ""


def _is_ended(sentence: Sentence, at: int) -> bool:
    """Whether the year is told as one that has come to its end (by the end of 2009)."""
    return sentence.codes[at + 1 : at + 2] == lexicon().concepts["year_end"]


def _is_compared(sentence: Sentence, at: int) -> bool:
    """Whether the year is what this one is held against (than in 2010; compared with 2010, ...)."""
    concepts = lexicon().concepts
    if sentence.codes[at - 1 : at] == concepts["compare"]:
        return re.search(f"{guards().risen}$", _printed(sentence, at - 1)) is None
    is_held = sentence.codes[at - 1 : at] == concepts["and"] and sentence.codes[at + 1 : at + 2] == concepts["compare"]
    return is_held and sentence.codes[at + 2 : at + 3] == concepts["comma"]


def _ends_longer_span(sentence: Sentence, at: int) -> bool:
    """Whether this year ends a span that another year opened."""
    if at == 0 or sentence.codes[at - 1] != YEAR:
        return False
    token, first = sentence.tokens[at], sentence.tokens[at - 1]
    is_span = _span().fullmatch(sentence.text, first.end, token.start) is not None
    return is_span and None not in (first.year, token.year) and first.year != token.year


def _opens_span(sentence: Sentence, at: int) -> bool:
    """Whether this month opens a span that is the year's: from January, or from the month the law came into force."""
    if lexicon().concepts["all_time"] in sentence.codes[at + 1 : at + 3]:
        return True
    return _begins_year(sentence, at) and _span().match(sentence.text, sentence.tokens[at].end) is not None


def _opens_law(sentence: Sentence, at: int, fiscal_year: int | None) -> bool:
    """Whether the month opens the span of the first fiscal year, which began when the law came into force."""
    is_first = fiscal_year == guards().first_fiscal_year and sentence.tokens[at].year in (None, fiscal_year)
    is_span = _span().match(sentence.text, sentence.tokens[at].end) is not None
    return is_first and is_span and re.match(guards().law_month, _printed(sentence, at)) is not None


def _begins_year(sentence: Sentence, at: int) -> bool:
    token = sentence.tokens[at]
    is_first = not token.part or token.year == guards().first_fiscal_year
    return is_first or re.match(guards().first_month, _printed(sentence, at)) is not None


def _is_early(sentence: Sentence, at: int) -> bool:
    """Whether the day that the figures run up to is long before the year's end (until the end of June)."""
    return re.search(guards().early, _printed(sentence, at)) is not None


def _closes_year(sentence: Sentence, at: int) -> bool:
    is_last = re.match(guards().last_month, _printed(sentence, at)) is not None
    return is_last and sentence.codes[at - 1 : at] == YEAR


def _printed(sentence: Sentence, at: int) -> str:
    return sentence.text[sentence.tokens[at].start : sentence.tokens[at].end]


def _since(sentence: Sentence, at: int, fiscal_year: int | None) -> str:
    """`since` the beginning of this year is this year, since a later day of it part of it, since another since ever."""
    until, first = lexicon().concepts["until"], max(1, at - 3)
    starts = [i for i in range(first - 1, at) if sentence.tokens[i].year and sentence.codes[i - 1 : i] != until]
    if not starts and fiscal_year == guards().first_fiscal_year:
        return "year"
    if not starts or sentence.tokens[starts[-1]].year != fiscal_year:
        return "stock"
    return "year" if _begins_year(sentence, starts[-1]) else "other"
