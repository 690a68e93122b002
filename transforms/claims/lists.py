"""Lists of parts: categories of published items, and whether a list is closed so that it must sum to its total.

In: a figure in a list, or all that a paragraph told. Out: the name of the category; the total of each claim.
"""

import re
from collections import defaultdict
from dataclasses import replace
from functools import cache

from transforms.claims.claim import Claim, Thread, Told, in_unit_of
from transforms.claims.context import neutral
from transforms.claims.figures import Naming, Window, channels, naming, window
from transforms.claims.grammar import Quantity, grammar
from transforms.claims.lexicon import UNKNOWN, YEAR, guards, lexicon
from transforms.claims.released import released
from transforms.claims.tokens import Sentence

WEBSITE = "proactive_website_items"
KINDS, CATEGORY, SHARE = "kinds", "proactive_items_by_category", "requests_topic_share"
ITEMS = "proactive_items"
_FEWEST = 2


@cache
def _among() -> str:
    return lexicon().concepts["among"]


@cache
def marks() -> frozenset[str]:
    """The codes of words that say how a list divides its total, or that it does not name every part."""
    return frozenset(lexicon().concepts[name] for name in guards().marks)


@cache
def _apart() -> frozenset[str]:
    return frozenset(lexicon().concepts[name] for name in guards().apart)


@cache
def _barred() -> frozenset[str]:
    return frozenset(lexicon().concepts[name] for name in guards().unlisted)


@cache
def _doings() -> frozenset[str]:
    return frozenset(lexicon().concepts[name] for name in guards().doings)


def category(sentence: Sentence, at: int, view: Window, thread: Thread) -> str:
    """The category that the figure counts, in a list that says it divides a total of items; else empty."""
    if thread.topic == KINDS:
        return _line_name(sentence, view)
    kind = _kind(sentence, at, view, thread)
    if kind is not None and naming(view, thread) is None:
        return _kind_name(sentence.text, kind)
    if thread.head is None or not is_listing(thread.head.quantity):
        return ""
    if not _is_opened(sentence, at, thread.since) and not _divides(sentence, at, thread.head):
        return ""
    latest = grammar().quantities.get(thread.latest)
    if (
        latest is not None
        and latest != thread.head.quantity
        and (latest.is_channel or _is_divided(sentence, at, thread))
    ):
        return ""
    if any(code in _barred() or code == YEAR for code in view.before) or not _counts_alike(view, thread.head):
        return ""
    named = naming(view, thread)
    if named is not None and (
        (named.first in _apart() and not _is_tail(named))
        or named.quantity.topic != thread.head.quantity.topic
        or named.quantity.is_channel
    ):
        return ""
    return _kind_name(sentence.text, view)


def _is_opened(sentence: Sentence, at: int, since: int) -> bool:
    """Whether `of which` stands before the figure, and in no brackets that have closed before it."""
    place = sentence.codes.rfind(_among(), since, at)
    while place >= 0 and _is_closed_before(sentence, place, at, since):
        place = sentence.codes.rfind(_among(), since, place)
    return place >= 0


def _is_closed_before(sentence: Sentence, place: int, at: int, since: int) -> bool:
    opening = sentence.codes.rfind(lexicon().concepts["bracket"], since, place)
    tokens, text = sentence.tokens, sentence.text
    is_inside = opening >= 0 and ")" not in text[tokens[opening].end : tokens[place].start]
    return is_inside and ")" in text[tokens[place].end : tokens[at].start]


def _is_divided(sentence: Sentence, at: int, thread: Thread) -> bool:
    """Whether the list that the figure stands in divides what was told behind the total (readings 5, of which 3)."""
    among = sentence.codes.rfind(_among(), thread.since, at)
    return any(token.number for token in sentence.tokens[thread.since + 1 : among]) if among >= 0 else False


def _kind(sentence: Sentence, at: int, view: Window, thread: Thread) -> Window | None:
    """The window of the name of a kind that needs no total."""
    kind = released(sentence, at, view, thread) if thread.head is None else None
    return kind or (view if _is_kind(sentence, view) else None)


def _kind_name(text: str, view: Window) -> str:
    """The name of a category; empty when it is too long, or names who published the items."""
    name = _item_name(text, view)
    is_other = re.search(guards().of_bodies, name) or re.fullmatch(guards().sums, name)
    return name if 1 < len(name) <= guards().item_most and not is_other else ""


def _is_tail(named: Naming) -> bool:
    """Whether what is named is only the tail of a longer name (of services to the people 民生服务类)."""
    return bool(named.outside) and named.outside[-1].code == UNKNOWN


def is_listing(quantity: Quantity) -> bool:
    """Whether the quantity may be divided into kinds of items."""
    return quantity.list or quantity.kinds


def _is_kind(sentence: Sentence, view: Window) -> bool:
    """Whether the figure counts a kind of items, in a list that needs no total (of what was published, laws 12)."""
    first = max(sentence.text.rfind(end, 0, sentence.tokens[0].start) for end in ("。", "\n")) + 1
    is_opened = re.search(guards().kinds_open, sentence.text[first : view.right]) is not None
    if not is_opened:
        return False
    units = {lexicon().units[unit] for unit in lexicon().classes[grammar().quantities[ITEMS].units]}
    name = sentence.text[view.left : view.right].strip(" ,:")
    is_barred = any(code in _barred() or code == YEAR for code in view.before)
    no_kind = f"{guards().of_bodies}|{guards().no_kind}"
    is_other = bool(set(view.before) & channels()) or re.search(no_kind, name) is not None
    is_long = sum(code in units for code in sentence.codes) > _FEWEST and 1 < len(name) <= guards().item_most
    is_kind = bool(re.search(guards().kind_name, name)) or (is_long and not is_other)
    return view.figure.code in units and not is_barred and is_kind


def opens_lines(plain: str, head: Claim | None) -> bool:
    """Whether each line behind the paragraph counts one kind of what was published (405 items, of which:)."""
    if not plain.rstrip().endswith(":"):
        return False
    is_divided = head is not None and head.quantity.list and head.metric == head.quantity.metric
    is_total = is_divided and re.fullmatch(r"[^0-9。;]*:\s*", plain[head.end if head else 0 :]) is not None
    return is_total or re.search(guards().kinds_below, plain) is not None


def _line_name(sentence: Sentence, view: Window) -> str:
    """The kind that a line of a list of kinds counts; empty when a channel, a body or anything else is counted."""
    units = {lexicon().units[unit] for unit in lexicon().classes[grammar().quantities[ITEMS].units]}
    is_other = any(code in _barred() | _doings() | channels() or code == YEAR for code in view.before)
    is_named = naming(view, Thread(grammar().quantities[ITEMS].topic)) is not None
    is_kind = view.figure.code in units and not is_other and not is_named
    return _kind_name(sentence.text, view) if is_kind else ""


def _divides(sentence: Sentence, at: int, head: Claim) -> bool:
    """Whether the figures behind the total, among them that at `at`, add up to it exactly, so that they divide it."""
    units = {lexicon().units[unit] for unit in lexicon().classes[head.quantity.units]}
    left, parts, is_among = head.value or 0.0, 0, False
    for i, token in enumerate(sentence.tokens):
        if token.start <= head.end or token.code not in units or token.number is None:
            continue
        left, parts, is_among = left - token.number.value, parts + 1, is_among or i == at
        if left <= 0 or token.number.bound:
            break
    return left == 0 and is_among and parts > _FEWEST and not head.bound


def subject(sentence: Sentence, at: int, view: Window) -> str:
    """The subject of requests whose share the figure is (on land, 45%); empty when it is a share of something else."""
    before = sentence.text[sentence.tokens[0].start : view.right]
    is_share = lexicon().concepts["share"] in view.before or re.search(guards().share_list, before)
    if lexicon().concepts["other_request"] in sentence.codes[:at]:
        return ""
    if view.figure.code != lexicon().units["%"] or not is_share or not re.search(guards().share_cue, before):
        return ""
    first = next(i for i, token in enumerate(sentence.tokens) if token.start >= view.left)
    is_bracketed = sentence.codes[first - 1 : first] == lexicon().concepts["bracket"]
    name = _item_name(sentence.text, replace(view, right=_share_word(view)))
    if is_bracketed and not name:
        name = _item_name(sentence.text, window(sentence, first - 1))
    is_subject = 1 < len(name) <= guards().item_most and not re.search(guards().no_subject, name)
    return name if is_subject else ""


def _share_word(view: Window) -> int:
    return next((token.start for token in view.lead if token.code == lexicon().concepts["share"]), view.right)


def _counts_alike(view: Window, head: Claim) -> bool:
    units = {lexicon().units[unit] for unit in lexicon().classes[head.quantity.units]}
    return view.figure.code in units


def _item_name(text: str, view: Window) -> str:
    name = _unquoted(text[view.left : view.right].strip(" ,:、;()\"'").rpartition(":")[2])
    name = _unquoted(_without_starts(name))
    for word in guards().item_ends:
        name = name.removesuffix(word)
    kind = guards().item_kind
    return name.removesuffix(kind) if name.count(kind) == 1 else name


def _unquoted(name: str) -> str:
    """The name without the quotation marks around all of it, or those that have lost their other half."""
    inner = name.strip("“”")
    if inner.count("“") == inner.count("”"):
        return inner
    return name if name.count("“") == name.count("”") else name.replace("“", "").replace("”", "")


def _without_starts(name: str) -> str:
    """The name without the words that lead to it, of which several may stand in any order (mainly included are)."""
    while start := re.match(guards().item_starts, name):
        name = name[start.end() :].strip(" ,:、")
    return name


def summed(claims: list[Claim], view: Window, sentence: Sentence) -> list[Claim]:
    """The parts just told that the figure says it is the sum of, and is; empty when it is no sum of theirs."""
    number, parts = view.figure.number, list[Claim]()
    if number is None or number.bound or not re.search(guards().sums, sentence.text[view.left : view.right]):
        return []
    for claim in reversed(claims):
        is_next = claim.start >= sentence.tokens[0].start and claim.family == (parts or [claim])[0].family
        if not is_next or claim.head is not None or claim.bound or not (sum_of(claim) or claim.quantity.is_channel):
            break
        parts.append(claim)
    value = sum(part.value or 0 for part in parts)
    is_money = bool(parts) and parts[0].quantity.units == "money"
    is_sum = bool(parts) and value == in_unit_of(parts[0].metric, number.value, is_money)
    is_known = any(map(sum_of, parts))
    return parts if len(parts) >= _FEWEST and is_sum and is_known and not view.before.strip(neutral()) else []


def sum_of(part: Claim) -> str:
    """The quantity that a part and its like add up to; empty when there is none."""
    return ITEMS if part.metric in (CATEGORY, WEBSITE) else (*part.quantity.under, "")[0]


def wholes(told: Told) -> dict[int, str]:
    """The locator of the total, by the index of each claim that is part of a closed list; one list per total."""
    parts: dict[tuple[int, str], list[int]] = defaultdict(list)
    for i, claim in enumerate(told.claims):
        if claim.head is not None and claim.family:
            parts[(claim.head.start, claim.family)].append(i)
    closed: dict[int, list[int]] = {}
    for (start, _), indices in parts.items():
        if start not in closed and _is_closed([told.claims[i] for i in indices], told):
            closed[start] = indices
    listed = {i: head.locator for indices in closed.values() for i in indices if (head := told.claims[i].head)}
    return _led_up(told) | listed


def _led_up(told: Told) -> dict[int, str]:
    """The locator of the total that follows on its parts, by the index of each part."""
    found: dict[int, str] = {}
    for i, total in enumerate(told.claims):
        parts = _run_before(told, i)
        if len(parts) >= _FEWEST and _adds_up([told.claims[part] for part in parts], total):
            found |= dict.fromkeys(parts, total.locator)
    return found


def _run_before(told: Told, at: int) -> list[int]:
    """The parts that stand right before a total in its sentence, with nothing left open or unclaimed among them."""
    total, run = told.claims[at], list[int]()
    for i in reversed(range(at if total.quantity.total and not total.bound else 0)):
        part = told.claims[i]
        is_headed = part.head is not None or total.quantity.metric not in part.quantity.under
        if is_headed or told.ends[part.start] != told.ends[total.start] or part.bound or part.value is None:
            break
        if run and part.family != told.claims[run[-1]].family:
            break
        run.append(i)
    first = told.claims[run[-1]].start if run else 0
    between = [code for place, code in told.marks if first <= place < total.start]
    is_whole = lexicon().concepts["open"] not in between and not any(first <= loose < total.end for loose in told.loose)
    return run if is_whole else []


def _adds_up(parts: list[Claim], total: Claim) -> bool:
    said = total.paragraph.plain[parts[0].end : total.start]
    return sum(part.value or 0 for part in parts) == total.value or re.search(guards().added_up, said) is not None


def _is_closed(parts: list[Claim], told: Told) -> bool:
    head = parts[0].head
    if head is None or len(parts) < _FEWEST or any(part.value is None for part in parts):
        return False
    if head.start > parts[-1].start:
        return True
    end = told.ends[parts[-1].start]
    before = [code for place, code in told.marks if head.end <= place < parts[0].start]
    inside = [code for place, code in told.marks if head.start < place <= parts[-1].end + 1]
    is_complete = bool(before) or any(part.quantity.rest for part in parts)
    is_divided = is_complete and lexicon().concepts["open"] not in inside and inside.count(_among()) <= 1
    return is_divided and not any(head.end <= place < end for place in told.loose)
