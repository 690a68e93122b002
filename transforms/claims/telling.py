"""One paragraph told: its figures and negations in order, each judged by its words, its list and its context.

In: a Paragraph, the topic that the headings opened, the fiscal year. Out: Told, and the topic for the next paragraph.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from transforms.claims import context
from transforms.claims.claim import Claim, Thread, Told, in_unit_of
from transforms.claims.figures import Naming, Window, figure_codes, naming, topics
from transforms.claims.grammar import Quantity, Said, grammar
from transforms.claims.judging import OTHER_BODY, OTHER_TIME, SUBSET, Scene, misplaced, objection
from transforms.claims.lexicon import BLANK, NOUGHT, lexicon
from transforms.claims.lists import CATEGORY, SHARE, apart, category, marks, subject, summed
from transforms.claims.opening import (
    is_preface,
    names_requests,
    opened,
    with_growth,
    with_rise,
    with_share,
    with_subject,
)
from transforms.claims.sharing import names_of, shared_out
from transforms.claims.tokens import Sentence, sentences
from transforms.claims.zeros import answered_none, clause_before, denied, negations
from transforms.model import Paragraph

Span = tuple[int, int]
_MONEY, _REQUESTS = "money", "requests"
_FEWEST = 2
_UNSAID = ("handle", "carried", "dismissed", "undone", "revised", "new_or_heard")


def tell(paragraph: Paragraph, topic: str, fiscal_year: int | None, is_own_body: bool, title: str) -> tuple[Told, str]:
    """All that a paragraph states, and the topic of the last heading in it."""
    told, thread = Told(), Thread(topic)
    for sentence in sentences(paragraph.plain, fiscal_year):
        first = len(told.claims)
        thread = _tell_sentence(
            Scene(paragraph, sentence, fiscal_year, is_own_body, title, topic, told),
            opened(sentence, replace(thread, since=0, barred="", away="")),
        )
        _drop_repeated(told, first)
        told.ends.update({claim.start: sentence.tokens[-1].end for claim in told.claims[first:]})
        topic = next((topics()[code] for code in reversed(sentence.codes) if code in topics()), topic)
    return told, topic


def _drop_repeated(told: Told, first: int) -> None:
    """Two figures of one sentence that claim the same part are two parts of it, or none."""
    new = told.claims[first:]
    keys = [(claim.metric, claim.item) for claim in new if not claim.quantity.total and claim.value]
    kept = [claim for claim in new if keys.count((claim.metric, claim.item)) < _FEWEST]
    told.loose.extend(claim.start for claim in new if claim not in kept)
    told.claims[first:] = kept


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
        return replace(thread, barred="")
    if letter == "," and thread.topic != _REQUESTS and names_requests(scene.sentence, at):
        return Thread(_REQUESTS, since=at)
    if letter == "(":
        outside.append(thread)
        return Thread(since=at) if _is_of_unknown(scene, at, thread) else thread
    return outside.pop() if letter == ")" and len(outside) > 1 else thread


def _is_of_unknown(scene: Scene, at: int, thread: Thread) -> bool:
    """Whether the bracket divides a figure that nobody claims (of these 71 the government's (5 carried))."""
    before = scene.sentence.tokens[at - 1] if at else None
    return before is not None and before.start in scene.told.loose and thread.since != at - 1


def _tell_zero(scene: Scene, at: int, thread: Thread) -> Thread:
    before, start = clause_before(scene.sentence, at), scene.sentence.tokens[at].start
    quantities, end = denied(scene.sentence, at) if before is not None else ([], 0)
    if before and not quantities:
        start = before[0].start
        quantities, end = answered_none(scene.sentence, at, before)
        before = ()
    for quantity in quantities:
        problem = context.set_aside(before or ()) or misplaced(scene, at, quantity)
        if problem:
            scene.doubt(problem, start, end)
        else:
            scene.told.claims.append(_claim(scene, quantity, at, (start, end)))
    return replace(thread, topic=quantities[-1].topic, family="") if quantities else thread


def _tell_figures(scene: Scene, at: int, thread: Thread) -> tuple[int, Thread]:
    placed = shared_out(scene.sentence, at)
    for place, view in placed:
        thread = _tell_figure(scene, place, view, thread)
    return placed[-1][0] + 1, thread


def _tell_figure(scene: Scene, at: int, view: Window, thread: Thread) -> Thread:
    name = category(scene.sentence, at, view, thread)
    if name and thread.head is not None and not _is_complete(scene.told, thread.head):
        return _tell_category(scene, at, view, thread, name)
    view, thread = _completed(scene.sentence, at, view), _returned(scene, view, thread)
    if share := subject(scene.sentence, at, view):
        return _tell_share(scene, at, thread, share)
    view, thread, named, problem = _judged(scene, at, view, thread)
    if named is None:
        return _tell_sum(scene, at, view, thread) or _leave_unnamed(scene, at, view, thread)
    if not problem:
        return _tell_named(scene, at, view, named, thread)
    shared = _shared_noughts(scene, at, view)
    scene.told.claims.extend(shared)
    return thread if shared else _leave(scene, at, view, problem, named.quantity)


def _judged(scene: Scene, at: int, view: Window, thread: Thread) -> tuple[Window, Thread, Naming | None, str]:
    """What the figure counts and what speaks against it; a part of all requests counts what stands behind it."""
    named = naming(view, thread)
    problem = objection(scene, at, named, thread) if named else ""
    if problem != SUBSET or not is_preface(view.before):
        return view, thread, named, problem
    part, within = replace(view, lead=()), replace(thread, topic=thread.topic or _REQUESTS)
    inner = naming(part, within)
    return (part, within, inner, objection(scene, at, inner, within)) if inner else (view, thread, named, problem)


def _completed(sentence: Sentence, at: int, view: Window) -> Window:
    """The window with what its clause left out because an earlier one said it."""
    grown = with_rise(sentence, at, with_growth(sentence, view))
    return with_subject(sentence, at, with_share(sentence, at, grown))


def _tell_share(scene: Scene, at: int, thread: Thread, name: str) -> Thread:
    quantity, figure = grammar().quantities[SHARE], scene.sentence.tokens[at]
    if misplaced(scene, at, quantity):
        return thread
    scene.told.claims.append(replace(_claim(scene, quantity, at, (figure.start, figure.end)), item=name))
    return thread


def _returned(scene: Scene, view: Window, thread: Thread) -> Thread:
    """The thread as it goes on when a clause returns from somebody else to the reporter (the city 90, our bureau 4)."""
    is_back = thread.away and context.names_itself(scene.sentence.text[view.left : view.right])
    return replace(thread, topic=thread.away, away="", barred="") if is_back else thread


def _tell_sum(scene: Scene, at: int, view: Window, thread: Thread) -> Thread | None:
    """A total behind its parts (in person 3, by letter 4, together 7); None where it is not their sum."""
    parts = summed(scene.told.claims, view, scene.sentence)
    if not parts or misplaced(scene, at, parts[0].quantity):
        return None
    quantity = grammar().quantities[parts[0].quantity.under[0]]
    total = _claim(scene, quantity, at, (view.figure.start, view.figure.end))
    _put_under(scene.told, parts, total)
    scene.told.claims.append(total)
    return Thread(quantity.topic, None, latest=quantity.metric, since=at)


def _put_under(told: Told, parts: Sequence[Claim], total: Claim) -> None:
    told.claims[:] = [replace(claim, head=total) if claim in parts else claim for claim in told.claims]


def _is_complete(told: Told, head: Claim) -> bool:
    """Whether the categories told so far make up their total already."""
    parts = [claim.value or 0 for claim in told.claims if claim.head is head and claim.metric == CATEGORY]
    return len(parts) >= _FEWEST and sum(parts) == head.value


def _tell_category(scene: Scene, at: int, view: Window, thread: Thread, name: str) -> Thread:
    problem = context.set_aside(apart(view.lead))
    if problem or thread.head is None:
        return _leave(scene, at, view, problem)
    claim = _claim(scene, thread.head.quantity, at, (view.figure.start, view.figure.end), thread.head)
    scene.told.claims.append(replace(claim, metric=CATEGORY, family=CATEGORY, item=name))
    return replace(thread, family=CATEGORY)


def _tell_named(scene: Scene, at: int, view: Window, named: Naming, thread: Thread) -> Thread:
    quantity, head = named.quantity, thread.head
    is_part = head is not None and head.quantity.metric in quantity.under
    claim = _claim(scene, quantity, at, _printed_span(view, named), head if is_part else None)
    scene.told.claims.append(replace(claim, item=_channel(scene, view, quantity)))
    if quantity.total:
        return Thread(quantity.topic, claim, latest=quantity.metric, since=at)
    family = "" if _is_second_twin(scene, at, quantity, thread) else quantity.opens or quantity.family
    return replace(thread, topic=quantity.topic, family=family, latest=quantity.metric, barred="")


def _is_second_twin(scene: Scene, at: int, quantity: Quantity, thread: Thread) -> bool:
    """Whether what follows may divide the figure and its twin before it alike (direct 21, after 15; upheld 28)."""
    latest, following = grammar().quantities.get(thread.latest), scene.sentence.codes[at + 1 : at + 2]
    is_second = latest is not None and latest.twin and latest.metric != quantity.metric
    return quantity.twin and is_second and following != lexicon().concepts["bracket"]


def _leave_unnamed(scene: Scene, at: int, view: Window, thread: Thread) -> Thread:
    """A figure of something else; what follows may be about that, unless it is a part of what was told before."""
    is_share = view.figure.number is not None and view.figure.number.is_percent
    if is_share or context.set_aside(view.lead) == OTHER_TIME or lexicon().concepts["each"] in view.before:
        return thread
    around = view.before + ("" if view.is_shared else view.behind)
    if not around.strip(context.neutral() + _unsaid()) and not thread.barred:
        return replace(thread, head=None, family="", since=at)
    scene.told.loose.append(view.figure.start)
    is_part = lexicon().concepts["among"] in scene.sentence.codes[thread.since : at]
    return thread if is_part else Thread(since=at, barred=context.set_aside(view.lead))


def _unsaid() -> str:
    """What is done with requests or cases of the topic under way and is no quantity."""
    return "".join(lexicon().concepts[name] for name in _UNSAID)


def _leave(scene: Scene, at: int, view: Window, problem: str, quantity: Quantity | None = None) -> Thread:
    """A figure that another year, body or case owns; so may what follows it, but not what was done with requests."""
    if problem != OTHER_TIME:
        scene.told.loose.append(view.figure.start)
    if view.figure.code != BLANK:
        first = view.lead[0].start if view.lead else view.figure.start
        scene.doubt(problem, first, view.figure.end)
    if quantity is not None and quantity.topic == _REQUESTS and lexicon().concepts["handle"] in view.before:
        return Thread(_REQUESTS, since=at)
    away = quantity.topic if quantity is not None and problem == OTHER_BODY else ""
    return Thread(since=at, barred="" if problem == OTHER_TIME else problem, away=away)


def _claim(scene: Scene, quantity: Quantity, at: int, span: Span, head: Claim | None = None) -> Claim:
    token = scene.sentence.tokens[at]
    number, is_stock = token.number, context.period(scene.sentence, at, scene.fiscal_year) == "stock"
    metric = quantity.stock if is_stock and quantity.stock else quantity.metric_in(scene.fiscal_year)
    value = _signed(number.value, scene, at, quantity) if number else (None if token.code == BLANK else 0.0)
    return Claim(
        quantity=quantity,
        metric=metric,
        item="",
        value=value if value is None else in_unit_of(metric, value, quantity.units == _MONEY),
        bound=number.bound if number else "",
        paragraph=scene.paragraph,
        start=span[0],
        end=span[1],
        is_area=context.covers_area(scene.sentence, at),
        family=quantity.family,
        head=head,
    )


def _signed(value: float, scene: Scene, at: int, quantity: Quantity) -> float:
    is_fall = quantity.falls and scene.sentence.codes[at - 1 : at] == lexicon().concepts[quantity.falls]
    return -value if is_fall and value else value


def _channel(scene: Scene, view: Window, quantity: Quantity) -> str:
    if not quantity.named:
        return ""
    named = (token for token in view.lead if token.code == lexicon().concepts[quantity.named])
    return next((scene.sentence.text[token.start : token.end] for token in named), "")


def _printed_span(view: Window, named: Naming) -> Span:
    if view.figure.code != BLANK or len(named.outside) >= len(view.lead):
        return view.figure.start, view.figure.end
    return view.lead[len(named.outside)].start, view.figure.end


def _shared_noughts(scene: Scene, at: int, view: Window) -> Sequence[Claim]:
    """Several quantities that share one nought (reconsideration and litigation 0)."""
    number = view.figure.number
    if view.figure.code != NOUGHT and (number is None or number.value != 0):
        return []
    said = _named_backwards([name.before + view.figure.code for name in names_of(view, len(view.lead))])
    if len(said) < _FEWEST or any(misplaced(scene, at, found.quantity) for found in said):
        return []
    return [_claim(scene, found.quantity, at, (view.figure.start, view.figure.end)) for found in said]


def _named_backwards(names: Sequence[str]) -> list[Said]:
    """The quantities at the end of a list of names; the first of them may have other words before it."""
    found: list[Said] = []
    for name in reversed(names):
        said = grammar().say.search(name)
        if said is not None:
            found.append(said)
        if said is None or name[: said.start].strip(context.neutral()):
            break
    return found[::-1]
