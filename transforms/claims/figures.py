"""Figures in a sentence: each with the words before and behind it, and the quantity that those words name.

In: a Sentence and what it is talking about. Out: Naming (the quantity, where its words begin, what stands before them).
"""

import re
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import pairwise

from transforms.claims.bodies import decides
from transforms.claims.claim import Thread
from transforms.claims.context import neutral
from transforms.claims.grammar import Quantity, Said, grammar
from transforms.claims.lexicon import BLANK, FIGURE, HEADINGS, NOUGHT, UNKNOWN, YEAR, guards, lexicon
from transforms.claims.tokens import Sentence, Token

_FEWEST = 2
_BORDERS = ("comma", "bracket", "stop")
_ITEMS = "proactive"
_REMEDIES = ("reconsideration", "litigation")
_PREFACES = ("toward", "receive", "accept", "bare_request", "request", "on_request")
_TIMES = ("this_year", "full_year", "same_year", "cumulative")
_CHANNELS = ("website", "weibo", "wechat", "new_media", "gazette", "other_channel", "account")


@dataclass(frozen=True)
class Window:
    """A figure with the tokens around it, up to the next comma or figure. `left` is where its own text begins.

    `is_shared`: the tail leads on to another figure, so that its words may be that one's. `is_of_body`: the first
    unknown words of the lead name who did it.
    """

    lead: tuple[Token, ...]
    figure: Token
    tail: tuple[Token, ...]
    left: int
    right: int
    is_shared: bool = False
    is_of_body: bool = False

    @cached_property
    def codes(self) -> str:
        """The codes of lead, figure and tail."""
        return self.before + self.figure.code + self.behind

    @cached_property
    def before(self) -> str:
        """The codes before the figure."""
        return "".join(token.code for token in self.lead)

    @cached_property
    def behind(self) -> str:
        """The codes behind the figure."""
        return "".join(token.code for token in self.tail)


@dataclass(frozen=True, slots=True)
class Naming:
    """The quantity of a window, the tokens before the words that name it, the first of these, the codes behind."""

    quantity: Quantity
    outside: tuple[Token, ...]
    first: str
    behind: str


@cache
def topics() -> dict[str, str]:
    """The topic that each heading word opens, by its code."""
    return {lexicon().concepts[name]: topic for name, topic in HEADINGS.items()}


@cache
def figure_codes() -> frozenset[str]:
    """The codes of everything that stands for a number."""
    return frozenset(lexicon().units.values()) | {FIGURE, NOUGHT, BLANK}


@cache
def borders() -> frozenset[str]:
    """The codes at which a clause ends."""
    return figure_codes() | {lexicon().concepts[name] for name in _BORDERS} | frozenset(topics())


@cache
def _ends() -> frozenset[str]:
    return borders() | {lexicon().concepts["and"]}


def window(sentence: Sentence, at: int) -> Window:
    """The figure at token `at` with what belongs to it."""
    tokens, last = sentence.tokens, at + 1
    lead = _lead(sentence, at)
    first = lead[0] if lead else at
    while last < len(tokens) and sentence.codes[last] not in _ends() and not _is_behind_colon(sentence, at, last):
        last += 1
    while first < at and lexicon().concepts["and"] in (sentence.codes[first], sentence.codes[at - 1]):
        first += 1
    words = tuple(tokens[i] for i in lead if i >= first)
    left = tokens[first - 1].end if first else (tokens[0].start if tokens else 0)
    is_shared = sentence.codes[last : last + 1] in figure_codes()
    unknown = next((i for i in lead if i >= first and sentence.codes[i] == UNKNOWN), None)
    is_of_body = unknown is not None and (_is_acting_body(sentence, unknown) or decides(sentence, unknown))
    return Window(words, tokens[at], tokens[at + 1 : last], left, tokens[at].start, is_shared, is_of_body)


def _is_behind_colon(sentence: Sentence, at: int, last: int) -> bool:
    """Whether a colon stands between the figure and the token, which begins what the figure is divided into then."""
    return ":" in sentence.text[sentence.tokens[at].end : sentence.tokens[last].start]


def _is_acting_body(sentence: Sentence, at: int) -> bool:
    """Whether the token names a body, and nothing but times or a preface stands before it."""
    token = sentence.tokens[at]
    is_first = set(sentence.codes[:at]) <= _openings()
    return is_first and re.search(guards().acting_body, sentence.text[token.start : token.end]) is not None


@cache
def _openings() -> frozenset[str]:
    barred = {lexicon().concepts[name] for name in ("among", "stop")}
    return frozenset(neutral()) - barred | {lexicon().concepts[name] for name in _PREFACES}


def _lead(sentence: Sentence, at: int) -> list[int]:
    """The tokens before the figure up to the border of its clause, without brackets that change nothing."""
    found: list[int] = []
    first = at
    while first:
        opening = _aside_before(sentence, first)
        if opening is not None:
            first = opening
        elif _is_issue(sentence, first, at):
            first -= 1
        elif sentence.codes[first - 1] in borders():
            break
        else:
            first -= 1
            found.append(first)
    return found[: len(found) - _left_behind(sentence, first, found[::-1])][::-1] if found else []


def _left_behind(sentence: Sentence, first: int, lead: list[int]) -> int:
    """How many tokens at the start of the lead belong to the figure before it (1 request and of another kind 2)."""
    nouns, joint = {lexicon().concepts[name] for name in guards().left_behind}, lexicon().concepts["and"]
    is_after = first > 0 and sentence.codes[first - 1] in figure_codes()
    is_noun = len(lead) > _FEWEST and sentence.codes[lead[0]] in nouns and sentence.codes[lead[1]] == joint
    return _FEWEST if is_after and is_noun else 0


def _aside_before(sentence: Sentence, first: int) -> int | None:
    """Where a bracket opens that ends before token `first` and says nothing that could change whose figure it is."""
    if sentence.text[sentence.tokens[first - 1].start] != ")":
        return None
    opening = sentence.codes.rfind(lexicon().concepts["bracket"], 0, first)
    inside = sentence.codes[opening + 1 : first - 1].strip(lexicon().concepts["comma"])
    return opening if opening > 0 and inside and not set(inside) & _telling() else None


@cache
def _telling() -> frozenset[str]:
    names = (*guards().lead, *guards().tail, *_TIMES, "among")
    return (borders() | {lexicon().concepts[name] for name in names} | {YEAR}) - {lexicon().concepts["comma"]}


def _is_issue(sentence: Sentence, first: int, at: int) -> bool:
    """Whether the token before `first` counts the rounds in which the items right behind it came out."""
    rounds, items = sentence.tokens[first - 1], sentence.tokens[at]
    if first != at or rounds.end != items.start or rounds.code not in _issues():
        return False
    return items.code in figure_codes() and items.code not in _issues()


@cache
def _issues() -> frozenset[str]:
    return frozenset(lexicon().units[unit] for unit in guards().issues if unit in lexicon().units)


def naming(view: Window, thread: Thread) -> Naming | None:
    """The quantity that the window names, by the topic under way or by itself."""
    return _by_topic(view, thread) or _by_itself(view, thread.topic in _REMEDIES)


def _by_topic(view: Window, thread: Thread) -> Naming | None:
    lead = told_by(view)
    outside = view.lead[: len(view.lead) - len(lead)]
    named = _named(view, lead, outside, thread)
    for rest in () if named else _shorter(lead):
        said = _named(view, rest, outside, thread)
        if said and not said.quantity.total and (rest == lead[1:] or said.quantity.family in guards().shared):
            return said
    return named


def _shorter(lead: str) -> list[str]:
    """The lead without the word for whom it is about, and without the noun that says that it is requests."""
    toward = lexicon().concepts["toward"]
    nouns = {lexicon().concepts[name] for name in guards().left_behind}
    found = [lead[1:]] if lead.startswith(toward) else []
    rest = (found or [lead])[-1]
    return found + ([rest[1:]] if rest[:1] in nouns and len(rest) > 1 else [])


def _named(view: Window, lead: str, outside: tuple[Token, ...], thread: Thread) -> Naming | None:
    """The quantity that the words of the lead name, or if it has none those behind the figure."""
    codes = _told(view, lead)
    said, behind = within(codes, thread), view.behind if lead and not view.is_shared else ""
    return Naming(said.quantity, outside, codes[0], behind) if said else None


def _told(view: Window, lead: str) -> str:
    return lead + view.figure.code if lead else view.figure.code + view.behind.strip(neutral())


def readings_of(view: Window) -> list[str]:
    """The codes by which a topic may know the figure: what stands before it, or behind (to 5 of them: refused)."""
    lead = told_by(view)
    return [_told(view, lead), *(_told(view, rest) for rest in _shorter(lead))]


def told_by(view: Window) -> str:
    """The codes of the lead without what stands around a statement and the name of the body that makes it."""
    lead = view.before.lstrip(neutral())
    return lead[1:].lstrip(neutral()) if view.is_of_body and lead[:1] == UNKNOWN else lead


def within(codes: str, thread: Thread) -> Said | None:
    """What the codes state, all of them, by the family or the topic under way."""
    done = grammar().done if _is_closed(thread) else None
    tables = (grammar().last.get(thread.family), grammar().within.get(thread.topic), done)
    return next((said for table in tables if table and (said := table.fullmatch(codes))), None)


def _is_closed(thread: Thread) -> bool:
    """Whether it was told last how many requests were closed, or how."""
    latest = grammar().quantities.get(thread.latest)
    return latest is not None and (latest.metric in guards().closed or bool(set(latest.under) & set(guards().closed)))


def _by_itself(view: Window, is_listed: bool) -> Naming | None:
    return _said_in(view, is_listed) or _said_in(_timeless(view), is_listed)


def _said_in(view: Window, is_listed: bool) -> Naming | None:
    said = grammar().say.search(view.codes) or (
        grammar().nought.search(view.codes) if is_listed or _is_nought(view.figure) else None
    )
    if said is None or said.end <= len(view.lead):
        return None
    behind = "" if view.is_shared else view.codes[said.end :]
    named = Naming(said.quantity, view.lead[: said.start], view.codes[said.start], behind)
    is_items = said.quantity.topic == _ITEMS and not said.quantity.is_channel
    outside = "".join(token.code for token in named.outside)
    first, ways, rest = outside.rpartition(lexicon().concepts["all_ways"])
    is_everywhere = bool(ways) and lexicon().concepts["website"] in first
    is_elsewhere = is_items and any(code in channels() for code in (rest if is_everywhere else outside))
    return None if is_elsewhere else named


def _is_nought(figure: Token) -> bool:
    return figure.code == NOUGHT or (figure.number is not None and figure.number.value == 0)


def _timeless(view: Window) -> Window:
    """The window without the words of time between its others."""
    return replace(view, lead=tuple(token for token in view.lead if token.code not in _times()))


@cache
def _times() -> frozenset[str]:
    return frozenset(lexicon().concepts[name] for name in _TIMES) | {YEAR}


@cache
def channels() -> frozenset[str]:
    """The codes of everything that items are published on."""
    return frozenset(lexicon().concepts[name] for name in _CHANNELS)


def apart(lead: tuple[Token, ...]) -> tuple[Token, ...]:
    """The words of a lead without those that are letters of a compound name (the plan of 计划生育, 抽检信息)."""
    tails = {token for before, token in pairwise(lead) if before.code == UNKNOWN and before.end == token.start}
    heads = {token for token, behind in pairwise(lead) if _is_head(token, behind)}
    return tuple(token for token in lead if token not in tails | heads)


def _is_head(token: Token, behind: Token) -> bool:
    """Whether a word that could set the figure aside is the first half of a name."""
    is_guard = token.code in {lexicon().concepts[name] for name in guards().compound}
    is_name = behind.code in (UNKNOWN, lexicon().concepts["info"]) and token.end == behind.start
    return is_guard and is_name and token.end - token.start > 1
