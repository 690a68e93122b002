"""One paragraph told: its figures and negations in order, each judged by its words, its list and its context.

In: a Paragraph, the topic that the headings opened, the fiscal year. Out: Told, and the topics for the next paragraph.
"""

import re
from dataclasses import replace
from functools import cache

from transforms.claims import bodies, context
from transforms.claims.alike import alike
from transforms.claims.claim import Claim, Thread, Told
from transforms.claims.claiming import (
    alike_shared,
    channel_of,
    claim_of,
    drop_addends,
    drop_repeated,
    is_beyond,
    is_complete,
    is_second_twin,
    of_bodies,
    printed_span,
    put_under,
    reason_of,
    shared_noughts,
    take_back,
    whole_of,
)
from transforms.claims.figures import Naming, Window, apart, figure_codes, naming, topics
from transforms.claims.grammar import Quantity, grammar
from transforms.claims.judging import CARRIED, OTHER_BODY, OTHER_TIME, SUBSET, misplaced, objection
from transforms.claims.lexicon import BLANK, guards, lexicon
from transforms.claims.lists import (
    CATEGORY,
    ITEMS,
    KINDS,
    SHARE,
    category,
    is_listing,
    marks,
    opens_lines,
    subject,
    sum_of,
    summed,
)
from transforms.claims.opening import (
    behind_colon,
    is_labelled,
    is_preface,
    labelled,
    named_part,
    named_topic,
    names_requests,
    opened,
    part_from,
    topic_of,
)
from transforms.claims.released import kind_of_all
from transforms.claims.restoring import completed
from transforms.claims.scene import Report, Scene
from transforms.claims.sharing import shared_out
from transforms.claims.tokens import sentences
from transforms.claims.unnamed import (
    by_parts,
    given,
    heard,
    is_aside,
    is_divided,
    is_handled,
    is_of_unknown,
    of_fees,
    owed,
    results,
    retold,
    unsaid,
)
from transforms.claims.zeros import answered_none, clause_before, denied, headed, negations
from transforms.model import Paragraph

_REQUESTS, _RESULTS, _HANDLING = "requests", ("review", "suit"), ("handle", "carried_in")


def tell(paragraph: Paragraph, topic: str, under_way: str, report: Report, is_headed: bool) -> tuple[Told, str, str]:
    """All that a paragraph states, the topic of the last heading in it, and what it speaks of at its end.

    A line of a list goes on with what is `under_way`. `is_headed`: it stands right under a heading.
    """
    told, thread = Told(), Thread(under_way if re.match(guards().listed, paragraph.plain) else topic)
    for sentence in sentences(paragraph.plain, report.fiscal_year):
        first = len(told.claims)
        thread = _tell_sentence(
            Scene(paragraph, sentence, report, topic, is_headed, told),
            opened(sentence, thread._replace(since=0, barred="", away="")),
        )
        drop_repeated(told, first)
        told.ends.update({claim.start: sentence.tokens[-1].end for claim in told.claims[first:]})
        topic = next((topics()[code] for code in reversed(sentence.codes) if code in topics()), topic)
    return told, topic, KINDS if opens_lines(paragraph.plain, thread.head) else thread.topic


def _tell_sentence(scene: Scene, thread: Thread) -> Thread:
    after, outside = 0, [thread]
    for at, code in enumerate(scene.sentence.codes):
        if code not in _moving():
            continue
        thread = _bracketed(scene, at, thread, outside)
        if code in topics():
            thread = Thread(topics()[code], since=at)
        elif code in marks():
            scene.told.marks.append((scene.sentence.tokens[at].start, code))
        elif code in negations():
            thread = _tell_zero(scene, at, thread)
        elif code in figure_codes() and at >= after:
            after, thread = _tell_figures(scene, at, thread)
    return thread


@cache
def _moving() -> frozenset[str]:
    """The codes that state something or change what is talked about."""
    borders = {lexicon().concepts[name] for name in ("stop", "bracket", "comma")}
    return frozenset(borders) | set(topics()) | marks() | negations() | figure_codes()


def _bracketed(scene: Scene, at: int, thread: Thread, outside: list[Thread]) -> Thread:
    """The thread behind the token: what was talked about before a bracket goes on behind it."""
    letter = scene.sentence.text[scene.sentence.tokens[at].start]
    if letter == ";":
        return opened(part_from(scene.sentence, at), thread._replace(barred="", topic=thread.topic or thread.whole))
    if letter == "," and thread.topic != _REQUESTS and names_requests(scene.sentence, at):
        return Thread(_REQUESTS, since=at)
    if letter in ",:" and (opens := named_part(scene.sentence, at)):
        return Thread(_REQUESTS, family=opens, since=at)
    if letter in ",:" and (topic := named_topic(scene.sentence, at)):
        return Thread(topic, since=at)
    if letter == "(":
        outside.append(thread)
        return Thread(since=at) if is_of_unknown(scene, at, thread) else thread
    return outside.pop() if letter == ")" and len(outside) > 1 else thread


def _tell_zero(scene: Scene, at: int, thread: Thread) -> Thread:
    before, start = clause_before(scene.sentence, at), scene.sentence.tokens[at].start
    quantities, end = denied(scene.sentence, at, thread) if before is not None else ([], 0)
    if (
        not quantities
        and scene.is_headed
        and not (scene.sentence.codes[:at] + scene.sentence.codes[at + 1 :]).strip(context.neutral())
    ):
        quantities, end = headed(scene.heading), scene.sentence.tokens[at].end
    if before and not quantities:
        start = before[0].start
        quantities, end = answered_none(scene.sentence, at, before)
        before = ()
    for quantity in quantities:
        problem = context.set_aside(before or ()) or misplaced(scene, at, quantity)
        if problem:
            scene.doubt(problem, start, end)
        else:
            scene.told.claims.append(claim_of(scene, quantity, at, (start, end)))
    return thread._replace(topic=quantities[-1].topic, family="") if quantities else thread


def _tell_figures(scene: Scene, at: int, thread: Thread) -> tuple[int, Thread]:
    placed = shared_out(scene.sentence, at, scene.report.fiscal_year)
    for place, view in placed:
        thread = _tell_figure(scene, place, view, thread)
    return placed[-1][0] + 1, thread


def _tell_figure(scene: Scene, at: int, view: Window, thread: Thread) -> Thread:
    name = category(scene.sentence, at, view, thread)
    if name and not (thread.head is not None and is_complete(scene.told, thread.head)):
        return _tell_category(scene, at, view, thread, name)
    view, thread = completed(scene.sentence, at, view, scene.report.fiscal_year), _returned(scene, view, thread)
    if share := subject(scene.sentence, at, view):
        return _tell_share(scene, at, thread, share)
    if alike := alike_shared(scene, at, view, thread):
        scene.told.claims.extend(alike)
        return thread._replace(latest=alike[-1].quantity.metric)
    view, thread, named, problem = _judged(scene, at, view, thread)
    if named is None:
        return _tell_sum(scene, at, view, thread) or _leave_unnamed(scene, at, view, thread)
    if not problem:
        return _tell_named(scene, at, view, named, thread)
    shared = shared_noughts(scene, at, view)
    scene.told.claims.extend(shared)
    return thread if shared else _leave(scene, at, view, problem, thread, named.quantity)


def _judged(scene: Scene, at: int, view: Window, thread: Thread) -> tuple[Window, Thread, Naming | None, str]:
    """What the figure counts and what speaks against it; a part of all requests counts what stands behind it."""
    if not naming(view, thread):
        behind = behind_colon(scene.sentence, view)
        view, thread = behind, labelled(view, behind, thread)
    named = (
        naming(view, thread) or by_parts(scene.sentence, at, view, thread) or given(scene.sentence, at, view, thread)
    )
    named = retold(scene, at, named) if named else None
    problem = objection(scene, at, named, thread) if named else ""
    if problem and is_labelled(scene.sentence, view):
        view = behind_colon(scene.sentence, view)
        named = naming(view, thread)
        problem = objection(scene, at, named, thread) if named else ""
    if problem != SUBSET or not is_preface(view.before):
        return view, thread, named, problem
    part, within = replace(view, lead=()), thread._replace(topic=thread.topic or _REQUESTS)
    inner = naming(part, within)
    return (part, within, inner, objection(scene, at, inner, within)) if inner else (view, thread, named, problem)


def _tell_share(scene: Scene, at: int, thread: Thread, name: str) -> Thread:
    quantity, figure = grammar().quantities[SHARE], scene.sentence.tokens[at]
    if misplaced(scene, at, quantity):
        return thread
    scene.told.claims.append(replace(claim_of(scene, quantity, at, (figure.start, figure.end)), item=name))
    return thread


def _returned(scene: Scene, view: Window, thread: Thread) -> Thread:
    """The thread as it goes on when a clause returns from somebody else to the reporter (the city 90, our bureau 4)."""
    is_back = thread.away and bodies.names_itself(scene.sentence.text[view.left : view.right])
    return thread._replace(topic=thread.away, away="", barred="") if is_back else thread


def _tell_sum(scene: Scene, at: int, view: Window, thread: Thread) -> Thread | None:
    """A total behind its parts (in person 3, by letter 4, together 7); None where it is not their sum."""
    parts = summed(scene.told.claims, view, scene.sentence)
    if not parts and (whole := of_bodies(scene, at, view)):
        return whole
    if not parts or misplaced(scene, at, parts[0].quantity):
        return None
    quantity = grammar().quantities[next(filter(None, map(sum_of, parts)))]
    total = claim_of(scene, quantity, at, (view.figure.start, view.figure.end))
    put_under(scene.told, parts, total)
    scene.told.claims.append(total)
    return Thread(quantity.topic, None, latest=quantity.metric, since=at)


def _tell_category(scene: Scene, at: int, view: Window, thread: Thread, name: str) -> Thread:
    problem = context.set_aside(apart(view.lead))
    head = thread.head if thread.head is not None and is_listing(thread.head.quantity) else None
    quantity = head.quantity if head else grammar().quantities[ITEMS]
    problem = problem or misplaced(scene, at, quantity)
    if problem:
        return _leave(scene, at, view, problem, thread)
    claim = claim_of(scene, quantity, at, (view.figure.start, view.figure.end), head)
    if head is None and claim.metric != quantity.metric_in(scene.report.fiscal_year):
        return _leave(scene, at, view, OTHER_TIME, thread)
    scene.told.claims.append(replace(claim, metric=CATEGORY, family=CATEGORY, item=name))
    return thread._replace(family=CATEGORY)


def _tell_named(scene: Scene, at: int, view: Window, named: Naming, thread: Thread) -> Thread:
    quantity, head = whole_of(scene.sentence, at, named.quantity), thread.head
    is_part = head is not None and head.quantity.metric in quantity.under
    claim = claim_of(scene, quantity, at, printed_span(view, named), head if is_part else None)
    # One that is said to be a part is told as it stands: that it is more than its whole is for the rules to find.
    if claim.head is not None and is_beyond(claim, claim.head) and not _is_in_list(scene, at, thread):
        return _leave(scene, at, view, "claim_conflict", thread, quantity)
    scene.told.claims.append(replace(claim, item=channel_of(scene, view, quantity)))
    drop_addends(scene, claim)
    scene.told.claims.extend(reason_of(scene, at, quantity))
    if quantity.metric == CARRIED and re.match(guards().divided_alone, scene.sentence.text[view.figure.end :]):
        return Thread(since=at)
    if quantity.list and claim.metric == quantity.metric and (kind := kind_of_all(scene.sentence, at)):
        scene.told.claims.append(replace(claim, metric=CATEGORY, family=CATEGORY, item=kind, head=claim))
    if quantity.total:
        is_stock = claim.metric == quantity.stock != quantity.metric
        whole = Thread(quantity.topic, claim, quantity.opens if is_stock else "", quantity.metric, since=at)
        return _tell_alike(scene, at, claim, whole)
    if quantity.kinds and not _is_in_list(scene, at, thread):
        return Thread(quantity.topic, claim, latest=quantity.metric, family=quantity.family, since=at)
    if quantity.twin or quantity.opens:
        _tell_alike(scene, at, claim, thread._replace(topic=quantity.topic, family=quantity.opens))
    family = "" if is_second_twin(scene, at, quantity, thread) else quantity.opens or quantity.family
    return thread._replace(topic=quantity.topic, family=family, latest=quantity.metric, barred="")


def _tell_alike(scene: Scene, at: int, total: Claim, thread: Thread) -> Thread:
    """Tell what all cases of the total came to; what follows may divide that."""
    for quantity in alike(scene.sentence, at, thread):
        part = claim_of(scene, quantity, at, (total.start, total.end), total)
        if not any(claim.start == part.start and claim.metric == part.metric for claim in scene.told.claims):
            scene.told.claims.append(part)
        thread = thread._replace(family=quantity.opens or thread.family)
    return thread


def _leave_unnamed(scene: Scene, at: int, view: Window, thread: Thread) -> Thread:
    """A figure of something else; what follows may be about that, unless it is a part of what was told before."""
    is_share = view.figure.number is not None and view.figure.number.is_percent
    if is_share or context.set_aside(view.lead) == OTHER_TIME or lexicon().concepts["each"] in view.before:
        is_rate = is_share and not thread.topic and lexicon().concepts["on_request"] in view.before
        return Thread(_REQUESTS, since=at) if is_rate else thread
    if bodies.counts_bodies(scene.sentence, at):
        return thread
    if is_handled(view, thread.topic):
        return Thread(_REQUESTS, since=at)
    if is_aside(view, thread):
        return thread._replace(topic=topic_of(view.before) or thread.topic)
    if re.match(guards().these, scene.sentence.text[view.figure.end :]):
        return Thread(_REQUESTS if is_divided(view, thread) else "", since=at)
    if topic := of_fees(view) or owed(view) or heard(scene, view):
        return Thread(topic, since=at)
    around = view.before + ("" if view.is_shared else view.behind)
    if thread.topic == _REQUESTS and not thread.barred and not around.strip(context.neutral() + results()):
        scene.told.loose.append(view.figure.start)
        return thread._replace(family="")
    is_part, is_bare = _is_in_list(scene, at, thread), not around.strip(context.neutral() + unsaid())
    if is_part or not is_bare or thread.barred:
        scene.told.loose.append(view.figure.start)
    if is_bare and not thread.barred:
        return thread if is_part else thread._replace(head=None, family="", latest="", since=at)
    return thread if is_part else Thread(since=at, barred=context.set_aside(view.lead))


def _is_in_list(scene: Scene, at: int, thread: Thread) -> bool:
    return lexicon().concepts["among"] in scene.sentence.codes[thread.since : at]


def _leave(
    scene: Scene, at: int, view: Window, problem: str, thread: Thread, quantity: Quantity | None = None
) -> Thread:
    """A figure that another year, body or case owns; so may what follows it, but not what was done with requests."""
    if problem != OTHER_TIME:
        scene.told.loose.append(view.figure.start)
    if quantity is not None and not _is_in_list(scene, at, thread):
        take_back(scene, view, problem, quantity)
    if view.figure.code != BLANK:
        first = view.lead[0].start if view.lead else view.figure.start
        scene.doubt(problem, first, view.figure.end)
    if quantity is not None and problem == SUBSET and quantity.family in _RESULTS and quantity.topic == thread.topic:
        return thread
    is_handling = bool({lexicon().concepts[name] for name in _HANDLING} & set(view.before)) or is_handled(
        view, thread.topic
    )
    if quantity is not None and quantity.topic == _REQUESTS and is_handling:
        return Thread(_REQUESTS, since=at)
    topic = "" if quantity is None else quantity.topic
    return Thread(
        topic if problem == OTHER_TIME else "",
        since=thread.since if _is_in_list(scene, at, thread) else at,
        barred="" if problem == OTHER_TIME else problem,
        away=topic if problem == OTHER_BODY else "",
        whole=topic if problem == SUBSET else "",
    )
