"""Whether a figure may be claimed for the quantity that its words name.

In: a figure, its naming and where it stands. Out: the code of the note that sets it aside, or nothing.
"""

import re
from functools import cache

from transforms.claims import bodies, context
from transforms.claims.claim import Thread
from transforms.claims.disowned import disowned
from transforms.claims.figures import Naming, borders, channels, figure_codes
from transforms.claims.grammar import Quantity
from transforms.claims.lexicon import UNKNOWN, YEAR, guards, lexicon
from transforms.claims.population import is_of_else
from transforms.claims.restoring import is_origin
from transforms.claims.scene import Scene
from transforms.claims.tokens import Token

OTHER_TIME, OTHER_BODY, SUBSET = "claim_period", "claim_scope", "claim_subset"
CARRIED, _FLOW = "requests_carried_in", "flow"
_GATHERINGS, _MEETINGS = ("training_courses", "meetings"), ("meeting", "bare_meeting")
_REVIEW = "review"
_REQUESTS = "requests"
_CASES = (_REQUESTS, "reconsideration", "litigation")
_RECEIVING = ("consult_person", "consult_phone", "consult_online")
_THIS_YEAR, _AREA = ("this_year", "full_year"), ("all_area",)
_STOCKS = ("all_time", "cumulative")
_WAYS = ("in_person", "by_fax", "by_email", "online", "online_bare", "by_letter")


def objection(scene: Scene, at: int, named: Naming, thread: Thread) -> str:
    """Why the figure at token `at` is not this report's; empty when nothing speaks against it."""
    outside = "".join(token.code for token in named.outside)
    if thread.barred and not outside.strip(context.neutral()) and named.first in _codes(guards().kinds):
        return thread.barred
    if context.set_aside(named.outside) == OTHER_TIME:
        return OTHER_TIME
    if outside.endswith(lexicon().concepts["and"]) or _is_qualified(scene, named, outside):
        return "claim_ambiguous"
    if any(code in outside for code in _codes(named.quantity.not_after)):
        return "claim_population"
    if _is_subset(scene, at, outside, named, thread) or _is_part(scene, at, named) or _is_of_some(scene, at, named):
        return SUBSET
    if is_origin(scene.sentence, at):
        return OTHER_TIME
    if _is_of_channel(scene, at, named):
        return "claim_ambiguous"
    if is_of_else(scene, at, named, thread):
        return "claim_population"
    return context.set_aside(named.outside) or misplaced(scene, at, named.quantity)


def _is_part(scene: Scene, at: int, named: Naming) -> bool:
    is_tailed = any(code in _codes(guards().tail) for code in named.behind)
    is_inner = _is_one_of_several(scene, at, named) or _is_inside(scene, at, named)
    return is_tailed or is_inner or _is_half(scene, at, named)


def _is_half(scene: Scene, at: int, named: Naming) -> bool:
    """Whether what stands around a total of requests shows that others are counted apart (citizens 217, firms 13)."""
    if named.quantity.topic != _REQUESTS or not named.quantity.total:
        return False
    sentence, figure = scene.sentence, scene.sentence.tokens[at]
    before = sentence.text[sentence.tokens[0].start : figure.start]
    behind = sentence.text[figure.end : sentence.tokens[-1].end]
    share = re.match(guards().of_area, behind)
    areas = [sentence.text[token.start : token.end] for token in sentence.tokens[:at] if token.code in _codes(_AREA)]
    if share and areas and share["area"] in areas[-1] and bodies.covers_area(sentence, at):
        return True
    return any(re.search(one, before) and re.search(other, behind) for one, other in guards().halves)


def _is_one_of_several(scene: Scene, at: int, named: Naming) -> bool:
    """Whether the corrected cases are told in kinds (annulled 3, ordered 2), of which the figure is one."""
    undone = lexicon().concepts["undone"]
    is_kind = undone in scene.sentence.codes[max(at - 1, 0) : at + 2]
    is_result = is_kind and named.quantity.family == _REVIEW and _kinds_corrected(scene, at) > 1
    meetings = [lexicon().concepts[name] for name in _MEETINGS]
    label = scene.sentence.text.rfind(":", 0, scene.sentence.tokens[at].start)
    first = next(i for i, token in enumerate(scene.sentence.tokens) if token.start > label)
    clause = max((i for i in range(at) if scene.sentence.codes[i] in borders()), default=0)
    listed = scene.sentence.codes[first:clause] + scene.sentence.codes[at:].partition(lexicon().concepts["among"])[0]
    is_behind = not set(meetings) & set(scene.sentence.codes[clause:at])
    most = 1 if is_behind else 0  # its own name stands behind it
    return is_result or (named.quantity.metric == _GATHERINGS[1] and sum(map(listed.count, meetings)) > most)


def _kinds_corrected(scene: Scene, at: int) -> int:
    """How many figures around the one at `at`, in its part of the sentence, count cases that were corrected."""
    stop, codes = lexicon().concepts["stop"], scene.sentence.codes
    first, last = codes.rfind(stop, 0, at) + 1, codes.find(stop, at)
    kinds = {lexicon().concepts[name] for name in ("undone", "corrected", "recon_corrected")}
    part = codes[first : last if last >= 0 else len(codes)]
    clauses = "".join(" " if code in borders() else code for code in part).split(" ")
    return sum(bool(kinds & set(clause)) for clause in clauses)


def _is_inside(scene: Scene, at: int, named: Naming) -> bool:
    """Whether the words name what the figure is a part of (of the requests 4)."""
    if named.first in figure_codes():
        return False
    first = named.outside[-1].end if named.outside else scene.sentence.tokens[0].start
    figure = scene.sentence.tokens[at].start
    return re.search(guards().inside, scene.sentence.text[first:figure]) is not None


def _is_of_some(scene: Scene, at: int, named: Naming) -> bool:
    """Whether the figure is of a few bodies, on one subject, or of a part of what a channel published."""
    first, figure = scene.sentence.tokens[0].start, scene.sentence.tokens[at].start
    if re.search(guards().some_of, scene.sentence.text[first:figure]) is not None:
        return True
    if named.quantity.list and re.search(guards().on_subject, scene.paragraph.plain[:figure]) is not None:
        return True
    _, _, before = scene.sentence.codes[:at].rpartition(lexicon().concepts["stop"])
    whole, among, _ = before.partition(lexicon().concepts["among"])
    is_everywhere = lexicon().concepts["all_ways"] in whole
    is_stock = bool(_codes(_STOCKS) & set(whole))
    return bool(among) and {named.first} == channels() & set(whole) and not is_everywhere and not is_stock


def _is_of_channel(scene: Scene, at: int, named: Naming) -> bool:
    """Whether items may be those of the channel that its part of the sentence begins with, or of others."""
    _, _, before = scene.sentence.codes[:at].rpartition(lexicon().concepts["stop"])
    if named.quantity.is_channel:
        return _is_of_channels(named) or _is_sent(scene, at, named)
    if not named.quantity.list:
        return False
    is_channel = before.lstrip(context.neutral())[:1] in channels() and lexicon().concepts["all_ways"] not in before
    is_everywhere = lexicon().concepts["all_ways"] in before
    is_issued = named.first == lexicon().concepts["issue_publish"] and not is_everywhere
    is_untold = is_issued and bool(channels() & set(before))
    at_window = lexicon().concepts["in_person"] in "".join(token.code for token in named.outside)
    is_named = at_window or (bool(named.outside) and _is_channel_name(scene, named.outside[-1]))
    return is_channel or is_untold or is_named or lexicon().concepts["elsewhere"] in before


def _is_of_channels(named: Naming) -> bool:
    """Whether the items are those of another channel as well (the site and the board)."""
    other, _, rest = "".join(token.code for token in named.outside).rpartition(lexicon().concepts["and"])
    is_listed = named.first == lexicon().concepts["other_channel"] and named.first in (*other, *rest)
    is_other = bool(channels() & set(other)) and lexicon().concepts["open"] not in rest
    return named.quantity.is_channel and (is_listed or is_other)


def _is_sent(scene: Scene, at: int, named: Naming) -> bool:
    """Whether the channel only carried messages to people (short messages sent to users)."""
    figure = scene.sentence.tokens[at].start
    clause = re.split(r"[,。;、\n]", scene.paragraph.plain[:figure])[-1]
    return bool(named.quantity.named) and re.search(guards().sent, clause) is not None


def _is_channel_name(scene: Scene, token: Token) -> bool:
    first = scene.sentence.tokens[0].start
    return (
        token.code == UNKNOWN and re.search(guards().channel_name, scene.sentence.text[first : token.end]) is not None
    )


def misplaced(scene: Scene, at: int, quantity: Quantity) -> str:
    """The note for a figure of another time or a wider area than the report's."""
    if note := disowned(scene.sentence, at, scene.report.fiscal_year):
        return note
    if context.is_compared_aside(scene.sentence, at):
        return OTHER_TIME
    if quantity.stock != quantity.metric and context.is_of_all_time(scene.sentence, at):
        return OTHER_TIME
    if re.match(guards().of_wider, scene.sentence.text[scene.sentence.tokens[at].end :]):
        return OTHER_BODY
    when = context.period(scene.sentence, at, scene.report.fiscal_year)
    is_known = when == "unknown" and quantity.stock == quantity.metric
    is_stock = is_known or (when == "stock" and bool(quantity.stock))
    if when and not is_stock:
        return OTHER_TIME
    is_wider = scene.report.is_own_body and bodies.covers_area(scene.sentence, at)
    is_other = bodies.other_institution(scene.sentence, at, scene.report.title)
    is_office = quantity.topic in _CASES and bodies.is_office(scene.sentence, at, scene.report.title)
    return OTHER_BODY if is_wider or is_other or is_office else ""


def _is_qualified(scene: Scene, named: Naming, outside: str) -> bool:
    """Whether unknown words right before the naming make it another kind, or a total on some occasion only."""
    named_bodies = [i for i, token in enumerate(named.outside) if token.code == UNKNOWN and _is_body(scene, token)]
    known = outside[named_bodies[-1] :] if named_bodies else outside
    ways, everywhere, rest = known.rpartition(lexicon().concepts["all_ways"])
    known = rest if everywhere and not ways.strip(context.neutral() + "".join(_codes(_WAYS))) else known
    is_strict = named.quantity.total or named.quantity.topic in guards().strict
    if is_strict and known.replace(UNKNOWN, "").strip(context.neutral() + _places()):
        return True
    if not outside.endswith(UNKNOWN):
        return False
    if named.first in _codes(guards().kinds):
        return not _is_owner(scene, named) and not bodies.decides(scene.sentence, _place(scene, named))
    return not _is_body(scene, named.outside[-1]) and not named.quantity.is_channel


def _place(scene: Scene, named: Naming) -> int:
    """The index of the token right before the words that name the quantity."""
    return scene.sentence.tokens.index(named.outside[-1])


def _is_owner(scene: Scene, named: Naming) -> bool:
    """Whether the unknown words name the body whose cases these are, and not their kind."""
    body = named.outside[-1]
    first = next(token for token in scene.sentence.tokens if token.start >= body.end)
    is_apart = first.start - body.end > 1
    is_about = re.match(guards().disclosure, scene.sentence.text[first.start : first.end]) is not None
    is_actor = named.first in _codes(_RECEIVING) and re.search(
        guards().acting_body, scene.sentence.text[body.start : body.end]
    )
    return bool(is_actor) or (_is_body(scene, body) and (is_apart or is_about))


def _is_body(scene: Scene, token: Token) -> bool:
    return re.search(guards().bodies, scene.sentence.text[token.start : token.end]) is not None


def _is_subset(scene: Scene, at: int, outside: str, named: Naming, thread: Thread) -> bool:
    is_same = named.quantity.metric in (thread.latest, thread.head.quantity.metric if thread.head else "")
    is_of_stock = thread.head is not None and thread.head.metric == named.quantity.stock != named.quantity.metric
    _, among, rest = outside.partition(lexicon().concepts["among"])
    rest = "" if named.outside and bodies.decides(scene.sentence, _place(scene, named)) else rest
    if not among:
        is_listed = lexicon().concepts["among"] in scene.sentence.codes[thread.since : at]
        return named.quantity.total and is_same and is_listed and not is_of_stock
    is_flow = named.quantity.family == _FLOW and thread.topic == named.quantity.topic
    is_flow = is_flow or (thread.topic == named.quantity.topic and _is_of_this_year(scene, rest))
    is_headless = thread.head is None and not is_flow and (named.quantity.total or thread.latest == CARRIED)
    return (is_same and not is_of_stock) or is_headless or bool(rest.strip(context.neutral()))


def _is_of_this_year(scene: Scene, rest: str) -> bool:
    """Whether words for the report's own year alone follow on `of which` (since 2008 1,037, of which in 2020 110)."""
    years = {token.year for token in scene.sentence.tokens if token.code == YEAR and token.year is not None}
    return bool(rest) and set(rest) <= {YEAR, *_codes(_THIS_YEAR)} and years <= {scene.report.fiscal_year}


@cache
def _places() -> str:
    return "".join(_codes(guards().places))


@cache
def _codes(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(lexicon().concepts[name] for name in names)
