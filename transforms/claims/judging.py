"""Whether a figure may be claimed for the quantity that its words name.

In: a figure, its naming and where it stands. Out: the code of the note that sets it aside, or nothing.
"""

import re
from dataclasses import dataclass
from functools import cache

from transforms.claims import bodies, context
from transforms.claims.claim import SECTION, Thread, Told
from transforms.claims.disowned import disowned
from transforms.claims.figures import Naming, borders, channels, figure_codes
from transforms.claims.grammar import Quantity
from transforms.claims.lexicon import UNKNOWN, YEAR, guards, lexicon
from transforms.claims.opening import is_origin
from transforms.claims.tokens import Sentence, Token
from transforms.model import Note, Paragraph

OTHER_TIME, OTHER_BODY, SUBSET = "claim_period", "claim_scope", "claim_subset"
_DECISIONS, _CARRIED, _FLOW = "_decisions", "requests_carried_in", "flow"
_HEADED = ("conference", "interview")
_GATHERINGS, _MEETINGS = ("training_courses", "meetings"), ("meeting", "bare_meeting")
_TRAINED, _COURSES = "people_trained", ("training", "bare_training", "trained")
_REMEDIES, _COMPLAINTS, _REVIEW = ("reconsideration", "litigation"), "complaints", "review"
_COMPLAINED = ("complaint", "receive", "accept")
_REQUESTS, _STAFF, _FEE = "requests", "staff", "fee"
_RECEIVING = ("consult_person", "consult_phone", "consult_online")
_THIS_YEAR = ("this_year", "full_year")
_STOCKS = ("all_time", "cumulative")
_WAYS = ("in_person", "by_fax", "by_email", "online", "online_bare", "by_letter")


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of a report as a whole: its year, its title, and whether it speaks for one body alone."""

    fiscal_year: int | None
    is_own_body: bool
    title: str


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a sentence stands: its paragraph, the topic of the heading above (`is_headed`: right above), its report."""

    paragraph: Paragraph
    sentence: Sentence
    report: Report
    heading: str
    is_headed: bool
    told: Told

    def doubt(self, code: str, start: int, end: int) -> None:
        """Note why `plain[start:end]` states nothing for this report."""
        place = self.paragraph.locate(start, end)
        self.told.notes.append(Note(code, SECTION, place, self.paragraph.printed(start, end).strip()))


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
    if scene.report.fiscal_year is not None and scene.report.fiscal_year >= named.quantity.ends:
        return "claim_population"
    if (
        _is_of_nothing(scene, at, named, thread)
        or _is_head_only(scene, at, named)
        or _is_counted_elsewhere(scene, at, named)
        or _is_about_else(scene, at, named, thread)
        or _is_undecided(scene, at, named)
        or _is_at_other_work(scene, at, named)
        or _is_fee_of_else(scene, at, named, thread)
    ):
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
    if re.match(guards().of_area, behind) and bodies.covers_area(sentence, at):
        return True
    return any(re.search(one, before) and re.search(other, behind) for one, other in guards().halves)


def _is_one_of_several(scene: Scene, at: int, named: Naming) -> bool:
    """Whether the corrected cases are told in kinds (annulled 3, ordered 2), of which the figure is one."""
    kinds = [lexicon().concepts[name] for name in ("undone", "corrected", "recon_corrected")]
    is_kind = kinds[0] in scene.sentence.codes[max(at - 1, 0) : at + 2]
    is_result = is_kind and named.quantity.family == _REVIEW and sum(map(scene.sentence.codes.count, kinds)) > 1
    meetings = [lexicon().concepts[name] for name in _MEETINGS]
    listed = scene.sentence.codes[:at] + scene.sentence.codes[at:].partition(lexicon().concepts["among"])[0]
    return is_result or (named.quantity.metric == _GATHERINGS[1] and sum(map(listed.count, meetings)) > 1)


def _is_of_nothing(scene: Scene, at: int, named: Naming, thread: Thread) -> bool:
    """Whether a meeting or a course may be about anything: neither name, text nor aim speaks of disclosure."""
    is_bare = named.quantity.metric in _GATHERINGS and scene.sentence.codes[at - 1 : at] in _codes(guards().bare)
    figure, is_own = scene.sentence.tokens[at], thread.topic == named.quantity.topic
    is_said = re.search(guards().said_of, scene.paragraph.plain[: figure.start]) is not None
    if is_bare and not is_said:
        return re.match(guards().aims, scene.sentence.text[figure.end :]) is None
    clause = max((i for i in range(at) if scene.sentence.codes[i] in borders()), default=0)
    is_unheard = named.quantity.metric == _TRAINED and not is_own
    return is_unheard and (not is_said or bool(_codes(_COURSES) & set(scene.sentence.codes[:clause])))


def _is_inside(scene: Scene, at: int, named: Naming) -> bool:
    """Whether the words name what the figure is a part of (of the requests 4)."""
    if named.first in figure_codes():
        return False
    first = named.outside[-1].end if named.outside else scene.sentence.tokens[0].start
    figure = scene.sentence.tokens[at].start
    return re.search(guards().inside, scene.sentence.text[first:figure]) is not None


def _is_of_some(scene: Scene, at: int, named: Naming) -> bool:
    """Whether the figure is of a few bodies out of many, or of a part of what a channel published."""
    first, figure = scene.sentence.tokens[0].start, scene.sentence.tokens[at].start
    if re.search(guards().some_of, scene.sentence.text[first:figure]) is not None:
        return True
    _, _, before = scene.sentence.codes[:at].rpartition(lexicon().concepts["stop"])
    whole, among, _ = before.partition(lexicon().concepts["among"])
    is_everywhere = lexicon().concepts["all_ways"] in whole
    is_stock = bool(_codes(_STOCKS) & set(whole))
    return bool(among) and {named.first} == channels() & set(whole) and not is_everywhere and not is_stock


def _is_head_only(scene: Scene, at: int, named: Naming) -> bool:
    """Whether only the head's share of an occasion is counted: its part of the sentence is about the head."""
    if named.quantity.opens not in _HEADED:
        return False
    tokens, first = scene.sentence.tokens, scene.sentence.codes.rfind(lexicon().concepts["stop"], 0, at) + 1
    heads = (token for token in tokens[first:at] if token.code == lexicon().concepts["head_person"])
    return any(not _is_in_aside(scene.sentence.text[token.end : tokens[at].start]) for token in heads)


def _is_in_aside(behind: str) -> bool:
    """Whether what is followed by this text stands in a bracket that the text closes."""
    opening, closing = behind.find("("), behind.find(")")
    return closing >= 0 and not 0 <= opening < closing


def _is_of_channel(scene: Scene, at: int, named: Naming) -> bool:
    """Whether items may be those of the channel that its part of the sentence begins with, or of others."""
    _, _, before = scene.sentence.codes[:at].rpartition(lexicon().concepts["stop"])
    if named.quantity.is_channel:
        return _is_of_channels(named) or _is_sent(scene, at, named)
    if not named.quantity.list:
        return False
    is_channel = before.lstrip(context.neutral())[:1] in channels() and lexicon().concepts["all_ways"] not in before
    is_untold = named.first == lexicon().concepts["issue_publish"] and bool(channels() & set(before))
    is_named = bool(named.outside) and _is_channel_name(scene, named.outside[-1])
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


def _is_counted_elsewhere(scene: Scene, at: int, named: Naming) -> bool:
    """Whether the applications are those that people bring to a service hall: nothing says what they are for."""
    first, figure = scene.sentence.tokens[0].start, scene.sentence.tokens[at].start
    is_counter = re.search(guards().counters, scene.sentence.text[first:figure]) is not None
    is_about = re.search(guards().disclosure, scene.sentence.text[first:figure]) is not None
    return named.quantity.topic == _REQUESTS and is_counter and not is_about


def _is_undecided(scene: Scene, at: int, named: Naming) -> bool:
    """Whether decisions are only shown, checked or taken back in the part of the sentence at hand."""
    figure = scene.sentence.tokens[at].start
    first = max(scene.sentence.text.rfind(end, 0, figure) for end in (";", "。", "\n")) + 1
    before = scene.sentence.text[first:figure]
    before = re.split(guards().own_heading, before)[-1]
    is_decision = named.quantity.metric.endswith(_DECISIONS)
    return is_decision and re.search(guards().undecided, before) is not None


def _is_at_other_work(scene: Scene, at: int, named: Naming) -> bool:
    """Whether staff may do anything: what stands behind their number is not disclosure (3 people answer calls)."""
    behind = scene.sentence.text[scene.sentence.tokens[at].end :]
    return named.quantity.metric == _STAFF and re.match(guards().staffed, behind) is None


def _is_fee_of_else(scene: Scene, at: int, named: Naming, thread: Thread) -> bool:
    """Whether a kind of fee may be one for anything: nothing before it speaks of requests."""
    before = scene.paragraph.plain[: scene.sentence.tokens[at].start]
    is_part = named.quantity.family == _FEE and bool(named.quantity.under)
    return is_part and thread.family == _FEE and guards().asked not in before


def _is_about_else(scene: Scene, at: int, named: Naming, thread: Thread) -> bool:
    """Whether a case may be over anything: neither heading nor text speaks of disclosure, nor is it one of a pair."""
    topic = named.quantity.topic
    if topic not in (*_REMEDIES, _COMPLAINTS) or named.first == lexicon().concepts["complaint_label"]:
        return False
    first, last = scene.sentence.tokens[0].start, scene.sentence.tokens[-1].end
    before, said = scene.paragraph.plain[: _named_upto(scene, at, named)], scene.paragraph.plain[first:last]
    if re.search(guards().not_about, said):
        return True
    if topic in _REMEDIES and re.search(guards().sheet_terms, said):
        return False
    is_pair = all(re.search(name, _told_with(scene, named, said)) for name in guards().pair)
    is_about = topic != _COMPLAINTS and re.search(guards().about, before) is not None
    is_bare = named.first in _codes(_COMPLAINED) and re.search(guards().listed_complaint, said) is not None
    is_beside = any(
        re.search(name, scene.sentence.text[first : scene.sentence.tokens[at].start]) for name in guards().pair
    )
    is_listed = is_bare and thread.topic in _REMEDIES and (named.first == lexicon().concepts["complaint"] or is_beside)
    return scene.heading != "remedies" and not is_pair and not is_about and not is_listed


def _told_with(scene: Scene, named: Naming, said: str) -> str:
    """Where the other of the pair may stand: all of the paragraph for a case whose name begins its sentence."""
    first = scene.sentence.tokens[0].start
    opening = scene.paragraph.plain[:first].rstrip()[-1:] in ("", "。")
    is_first = scene.sentence.codes.startswith(named.first) and not named.outside
    is_case = named.quantity.topic in _REMEDIES
    return scene.paragraph.plain if opening and is_first and is_case else said


def _named_upto(scene: Scene, at: int, named: Naming) -> int:
    """Where the words end that name what the figure counts: it may stand before them (3 reviews over disclosure)."""
    figure = scene.sentence.tokens[at]
    if named.first not in figure_codes():
        return figure.start
    end = re.compile(r"[,。;、]|$").search(scene.paragraph.plain, figure.end)
    return end.start() if end else figure.end


def misplaced(scene: Scene, at: int, quantity: Quantity) -> str:
    """The note for a figure of another time or a wider area than the report's."""
    if note := disowned(scene.sentence, at, scene.report.fiscal_year):
        return note
    if context.is_compared_aside(scene.sentence, at):
        return OTHER_TIME
    if quantity.stock != quantity.metric and context.is_of_all_time(scene.sentence, at):
        return OTHER_TIME
    when = context.period(scene.sentence, at, scene.report.fiscal_year)
    is_known = when == "unknown" and quantity.stock == quantity.metric
    is_stock = is_known or (when == "stock" and bool(quantity.stock))
    if when and not is_stock:
        return OTHER_TIME
    is_wider = scene.report.is_own_body and bodies.covers_area(scene.sentence, at)
    is_other = bodies.other_institution(scene.sentence, at, scene.report.title)
    return OTHER_BODY if is_wider or is_other else ""


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
        return not _is_owner(scene, named)
    return not _is_body(scene, named.outside[-1]) and not named.quantity.is_channel


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
    if not among:
        is_listed = lexicon().concepts["among"] in scene.sentence.codes[thread.since : at]
        return named.quantity.total and is_same and is_listed and not is_of_stock
    is_flow = named.quantity.family == _FLOW and thread.topic == named.quantity.topic
    is_flow = is_flow or (thread.topic == named.quantity.topic and _is_of_this_year(scene, rest))
    is_headless = thread.head is None and not is_flow and (named.quantity.total or thread.latest == _CARRIED)
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
