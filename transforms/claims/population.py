"""Whether a figure counts something else than disclosure, or more or fewer than the quantity that its words name.

In: a figure, its naming and where it stands. Out: whether it is of another population.
"""

import re
from functools import cache

from transforms.claims.claim import Thread
from transforms.claims.figures import Naming, borders, figure_codes
from transforms.claims.lexicon import guards, lexicon
from transforms.claims.restoring import is_origin
from transforms.claims.scene import Scene

_BESIDE = ("points", "staff")
_DECISIONS = "_decisions"
_HEADED = ("conference", "interview")
_GATHERINGS = ("training_courses", "meetings")
_TRAINED, _COURSES = "people_trained", ("training", "bare_training", "trained")
_REMEDIES, _COMPLAINTS = ("reconsideration", "litigation"), "complaints"
_CAME = ("receive", "accept", "raised")
_COMPLAINED = ("complaint", "receive", "accept")
_READINGS, _RESPONSES, _ITEMS = "policy_interpretations", "responses", "proactive"
_CONSULTATIONS, _FEES = "consultations", ("fees", "processing")
_REQUESTS, _CHANNEL, _STAFF, _FEE = "requests", "channel", "staff", "fee"


def is_of_else(scene: Scene, at: int, named: Naming, thread: Thread) -> bool:
    """Whether the figure at token `at` is of another population than the quantity."""
    return (
        _is_no_more(scene, named)
        or _is_of_nothing(scene, at, named, thread)
        or _is_head_only(scene, at, named)
        or _is_counted_elsewhere(scene, at, named, thread)
        or _is_about_else(scene, at, named, thread)
        or _is_undecided(scene, at, named)
        or _is_at_other_work(scene, at, named, thread)
        or _is_other_staff(scene, at, named)
        or _is_fee_of_else(scene, at, named, thread)
        or _is_one_of_many(scene, at, named, thread)
    )


def _is_no_more(scene: Scene, named: Naming) -> bool:
    """Whether the form of the year counts this no longer; people who asked are counted where it is about disclosure."""
    first, last = scene.sentence.tokens[0].start, scene.sentence.tokens[-1].end
    is_past = scene.report.fiscal_year is not None and scene.report.fiscal_year >= named.quantity.ends
    is_told = named.quantity.topic == _CONSULTATIONS and re.search(guards().consulted, scene.sentence.text[first:last])
    return is_past and not is_told


def _is_of_nothing(scene: Scene, at: int, named: Naming, thread: Thread) -> bool:
    """Whether a meeting or a course may be about anything: neither name, text nor aim speaks of disclosure."""
    is_bare = named.quantity.metric in _GATHERINGS and scene.sentence.codes[at - 1 : at] in _codes(guards().bare)
    figure, topic = scene.sentence.tokens[at], named.quantity.topic
    is_own = topic in (thread.topic, scene.heading)
    is_said = is_own or re.search(guards().said_of, scene.paragraph.plain[: figure.start]) is not None
    if is_bare and not is_said:
        return re.match(guards().aims, scene.sentence.text[figure.end :]) is None
    clause = max((i for i in range(at) if scene.sentence.codes[i] in borders()), default=0)
    is_unheard = named.quantity.metric == _TRAINED and not is_own
    return is_unheard and (not is_said or bool(_codes(_COURSES) & set(scene.sentence.codes[:clause])))


def _is_head_only(scene: Scene, at: int, named: Naming) -> bool:
    """Whether only the head's share of an occasion is counted: its part of the sentence is about the head."""
    if named.quantity.opens not in _HEADED:
        return False
    tokens, first = scene.sentence.tokens, scene.sentence.codes.rfind(lexicon().concepts["stop"], 0, at) + 1
    figures = [i for i in range(first, at) if tokens[i].number]
    is_label = re.search(guards().by_label, scene.sentence.text[: tokens[at].start].rstrip()) is not None
    if figures and (is_label or lexicon().concepts["hold"] in scene.sentence.codes[figures[-1] : at]):
        first = figures[-1]
    heads = (token for token in tokens[first:at] if token.code == lexicon().concepts["head_person"])
    return any(not _is_in_aside(scene.sentence.text[token.end : tokens[at].start]) for token in heads)


def _is_in_aside(behind: str) -> bool:
    """Whether what is followed by this text stands in a bracket that the text closes."""
    opening, closing = behind.find("("), behind.find(")")
    return closing >= 0 and not 0 <= opening < closing


def _is_counted_elsewhere(scene: Scene, at: int, named: Naming, thread: Thread) -> bool:
    """Whether the applications are those that people bring to a service hall: nothing says what they are for."""
    first, figure = scene.sentence.tokens[0].start, scene.sentence.tokens[at].start
    is_counter = re.search(guards().counters, scene.sentence.text[first:figure]) is not None
    is_about = re.search(guards().disclosure, scene.sentence.text[first:figure]) is not None
    is_next_way = thread.topic == _REQUESTS and thread.family == named.quantity.family == _CHANNEL
    return named.quantity.topic == _REQUESTS and is_counter and not is_about and not is_next_way


def _is_about_else(scene: Scene, at: int, named: Naming, thread: Thread) -> bool:
    """Whether a case may be over anything: neither heading nor text speaks of disclosure, nor is it one of a pair."""
    topic = named.quantity.topic
    if topic not in (*_REMEDIES, _COMPLAINTS) or named.first == lexicon().concepts["complaint_label"]:
        return False
    first, last = scene.sentence.tokens[0].start, scene.sentence.tokens[-1].end
    before, said = scene.paragraph.plain[: scene.sentence.tokens[at].start], scene.paragraph.plain[first:last]
    if re.search(guards().not_about, said):
        return True
    if topic in _REMEDIES and re.search(guards().sheet_terms, said):
        return False
    is_pair = all(re.search(name, _told_with(scene, named, said)) for name in guards().pair)
    is_told = re.search(guards().about, before) or re.search(guards().disclosure, _told_behind(scene, at, named))
    is_about = topic != _COMPLAINTS and is_told is not None
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
    came = "".join(lexicon().concepts[name] for name in _CAME)
    is_first = scene.sentence.codes.startswith(named.first) and not {token.code for token in named.outside} - set(came)
    is_case = named.quantity.topic in _REMEDIES
    return scene.paragraph.plain if opening and is_first and is_case else said


def _told_behind(scene: Scene, at: int, named: Naming) -> str:
    """What stands behind a figure whose name follows it (3 reviews over disclosure); else empty."""
    behind = scene.paragraph.plain[scene.sentence.tokens[at].end :]
    return re.split(r"[,。;、\n]", behind)[0] if named.first in figure_codes() else ""


def _is_undecided(scene: Scene, at: int, named: Naming) -> bool:
    """Whether decisions are only shown, checked or taken back in the part of the sentence at hand."""
    figure = scene.sentence.tokens[at].start
    first = max(scene.sentence.text.rfind(end, 0, figure) for end in (";", "。", "\n")) + 1
    before = scene.sentence.text[first:figure]
    before = re.split(guards().own_heading, before)[-1]
    is_decision = named.quantity.metric.endswith(_DECISIONS)
    return is_decision and re.search(guards().undecided, before) is not None


def _is_other_staff(scene: Scene, at: int, named: Naming) -> bool:
    """Whether the people whose number stands first do something else full-time (2 full-time drivers)."""
    behind = re.split(r"[,。;、\n]", scene.sentence.text[scene.sentence.tokens[at].end :])[0]
    is_staff = named.quantity.topic == _STAFF and named.first != lexicon().concepts["staff_word"]
    return is_staff and re.search(guards().other_staff, behind) is not None


def _is_at_other_work(scene: Scene, at: int, named: Naming, thread: Thread) -> bool:
    """Whether staff may do anything: what stands behind their number is not disclosure (3 people answer calls)."""
    figure, text = scene.sentence.tokens[at], scene.sentence.text
    is_bare = named.first == lexicon().concepts["staff_word"] and thread.topic not in _BESIDE
    is_elsewhere = is_bare and re.search(guards().in_charge, text[: figure.start]) is None
    return named.quantity.metric == _STAFF and (is_elsewhere or re.match(guards().staffed, text[figure.end :]) is None)


def _is_fee_of_else(scene: Scene, at: int, named: Naming, thread: Thread) -> bool:
    """Whether a kind of fee may be one for anything: nothing before it speaks of requests."""
    before = scene.paragraph.plain[: scene.sentence.tokens[at].start]
    if named.quantity.topic in _FEES and lexicon().concepts["admin_fee"] in scene.sentence.codes[:at]:
        return True
    is_part = named.quantity.family == _FEE and bool(named.quantity.under)
    kinds = [lexicon().concepts[name] for name in ("search_fee", "postage", "paper_copy", "disc_copy")]
    if kinds[0] in scene.sentence.codes and set(kinds[1:]) & set(scene.sentence.codes):
        return False
    return is_part and thread.family == _FEE and guards().asked not in before


def _is_one_of_many(scene: Scene, at: int, named: Naming, thread: Thread) -> bool:
    """Whether readings of policies may be one kind of what the figures before count: nothing says they came out."""
    is_bare = named.quantity.metric == _READINGS and named.first == lexicon().concepts["interpretation"]
    first = scene.sentence.codes.rfind(lexicon().concepts["stop"], 0, at) + 1
    before = (i for i in range(first, at) if scene.sentence.tokens[i].number)
    is_first = all(is_origin(scene.sentence, i) for i in before)
    is_own = is_first or thread.topic in (_RESPONSES, _ITEMS) or thread.family == named.quantity.family
    is_listed = lexicon().concepts["among"] in scene.sentence.codes[first:at]
    is_of_head = lexicon().concepts["head_person"] in (token.code for token in named.outside)
    return is_bare and (is_listed or is_of_head or not is_own)


@cache
def _codes(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(lexicon().concepts[name] for name in names)
