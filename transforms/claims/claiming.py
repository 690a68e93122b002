"""Claims made and unmade: a figure with its quantity becomes a Claim; what a sentence told twice or of others goes.

In: the Scene, the place of a figure, its quantity. Out: Claims, or the claims of the scene without those taken back.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.claims import bodies, context
from transforms.claims.claim import Claim, Thread, Told, in_unit_of
from transforms.claims.figures import Naming, Window, figure_codes, naming, window, within
from transforms.claims.grammar import Quantity, Said, grammar
from transforms.claims.judging import OTHER_BODY, misplaced
from transforms.claims.lexicon import BLANK, NOUGHT, UNKNOWN, guards, lexicon
from transforms.claims.lists import CATEGORY
from transforms.claims.scene import Scene
from transforms.claims.sharing import names_of
from transforms.claims.tokens import Sentence

Span = tuple[int, int]
_MONEY = "money"
_FEWEST = 2


def claim_of(scene: Scene, quantity: Quantity, at: int, span: Span, head: Claim | None = None) -> Claim:
    """The figure at token `at` as a claim of the quantity, in the unit of its metric."""
    token = scene.sentence.tokens[at]
    number, is_stock = token.number, context.period(scene.sentence, at, scene.report.fiscal_year) == "stock"
    metric = quantity.stock if is_stock and quantity.stock else quantity.metric_in(scene.report.fiscal_year)
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
        is_area=bodies.covers_area(scene.sentence, at),
        family=quantity.family,
        head=head,
    )


def _signed(value: float, scene: Scene, at: int, quantity: Quantity) -> float:
    is_fall = quantity.falls and scene.sentence.codes[at - 1 : at] == lexicon().concepts[quantity.falls]
    return -value if is_fall and value else value


def channel_of(scene: Scene, view: Window, quantity: Quantity) -> str:
    """The channel as printed, for a quantity that is told by channel; else empty."""
    if not quantity.named:
        return ""
    names = {lexicon().concepts[name] for name in quantity.named}
    at = next((i for i, code in enumerate(view.codes) if code in names), -1)
    if at < 0:
        return ""
    if at > len(view.lead):
        channel = view.tail[at - len(view.lead) - 1]
        return scene.sentence.text[channel.start : channel.end]
    owner = scene.sentence.text[view.lead[at - 1].start : view.lead[at].start] if at else ""
    first = at - (_is_glued(view, at) and re.search(guards().acting_body, owner) is None)
    return scene.sentence.text[view.lead[first].start : view.lead[at].end]


def _is_glued(view: Window, at: int) -> bool:
    """Whether an unknown word of more than a letter is part of the name before it (village broadcasting)."""
    before = view.lead[at - 1 : at]
    return (
        bool(before)
        and before[0].code == UNKNOWN
        and before[0].end - before[0].start > 1
        and before[0].end == view.lead[at].start
    )


def printed_span(view: Window, named: Naming) -> Span:
    """Where the figure is printed; for a blank in a template, with the words that name it."""
    if view.figure.code != BLANK or len(named.outside) >= len(view.lead):
        return view.figure.start, view.figure.end
    return view.lead[len(named.outside)].start, view.figure.end


def shared_noughts(scene: Scene, at: int, view: Window) -> Sequence[Claim]:
    """Several quantities that share one nought (reconsideration and litigation 0), or have the same figure each."""
    number = view.figure.number
    is_apiece = re.search(guards().apiece, scene.sentence.text[: view.figure.start]) is not None
    if not is_apiece and view.figure.code != NOUGHT and (number is None or number.value != 0):
        return []
    said = _named_backwards([name.before + view.figure.code for name in names_of(view, len(view.lead))])
    if len(said) < _FEWEST or any(misplaced(scene, at, found.quantity) for found in said):
        return []
    return [claim_of(scene, found.quantity, at, (view.figure.start, view.figure.end)) for found in said]


def alike_shared(scene: Scene, at: int, view: Window, thread: Thread) -> Sequence[Claim]:
    """The quantities that the topic under way knows, where each has the figure (received and closed 10 each)."""
    number, names = view.figure.number, names_of(view, len(view.lead))
    is_nought = view.figure.code == NOUGHT or (number is not None and number.value == 0)
    is_each = re.search(guards().alike_said, scene.sentence.text[view.left : view.right]) is not None
    if len(names) < _FEWEST or not (is_nought or is_each):
        return []
    said = [within(name.before.strip(context.neutral()) + view.figure.code, thread) for name in names]
    named = [found.quantity for found in said if found is not None]
    if len(named) < len(names) or any(misplaced(scene, at, quantity) for quantity in named):
        return []
    return [claim_of(scene, quantity, at, (view.figure.start, view.figure.end)) for quantity in named]


def _named_backwards(names: Sequence[str]) -> list[Said]:
    """The quantities at the end of a list of names; the first of them may have other words before it."""
    found: list[Said] = []
    for name in reversed(names):
        said = grammar().say.search(name) or grammar().nought.search(name)
        if said is not None:
            found.append(said)
        if said is None or name[: said.start].strip(context.neutral()):
            break
    return found[::-1]


def drop_repeated(told: Told, first: int) -> None:
    """Two figures of one sentence that claim the same part are two parts of it, or none."""
    new = told.claims[first:]
    keys = [(claim.metric, claim.item) for claim in new if not claim.quantity.total and claim.value]
    kept = [claim for claim in new if keys.count((claim.metric, claim.item)) < _FEWEST]
    told.loose.extend(claim.start for claim in new if claim not in kept)
    told.claims[first:] = kept


def drop_addends(scene: Scene, total: Claim) -> None:
    """What several bodies have, told before it in the sentence, is not the report's, which has the sum of it."""
    first, said = scene.sentence.tokens[0].start, scene.sentence.text[: total.start]
    same = [claim for claim in scene.told.claims if claim.start >= first and claim.metric == total.metric]
    before = [claim for claim in same if claim.start < total.start and not claim.bound and claim.head is None]
    is_sum = total.quantity.total and not total.bound and sum(claim.value or 0 for claim in before) == total.value
    is_told = len(before) >= _FEWEST and re.search(guards().added_up, said[before[-1].end :]) is not None
    if is_sum and is_told:
        scene.told.claims[:] = [claim for claim in scene.told.claims if claim not in before]


def of_bodies(scene: Scene, at: int, view: Window) -> Thread | None:
    """The thread behind a bare sum of what several bodies had, which is told (towns 5, bureaus 7, in all 12)."""
    latest = scene.told.claims[-1] if scene.told.claims else None
    said = scene.sentence.text[view.left : view.right]
    is_bare = not view.before.strip(context.neutral()) and re.search(guards().sums, said)
    if latest is None or not latest.quantity.total or not is_bare or misplaced(scene, at, latest.quantity):
        return None
    total, count = claim_of(scene, latest.quantity, at, (view.figure.start, view.figure.end)), len(scene.told.claims)
    scene.told.claims.append(total)
    drop_addends(scene, total)
    if len(scene.told.claims) > count:
        scene.told.claims.remove(total)
        return None
    return Thread(latest.quantity.topic, total, latest=latest.quantity.metric, since=at)


def reason_of(scene: Scene, at: int, quantity: Quantity) -> list[Claim]:
    """The one reason for all of a figure, in brackets before it or behind (refused (state secrets) 2)."""
    if quantity.opens not in guards().reasons:
        return []
    sentence, brackets = scene.sentence, lexicon().concepts["bracket"]
    behind = sentence.codes[at + 1 : at + 2] == brackets
    first = at + 1 if behind else sentence.codes.rfind(brackets, 0, at)
    last = next((i for i in range(first + 1, len(sentence.tokens)) if _closes(sentence, i)), -1)
    if first < 1 or last < 0 or (not behind and last != at - 1):
        return []
    codes = sentence.codes[first + 1 : last].strip(context.neutral())
    said = within(codes + sentence.codes[at], Thread(quantity.topic, family=quantity.opens)) if codes else None
    if said is None or said.quantity.family != quantity.opens:
        return []
    return [claim_of(scene, said.quantity, at, (sentence.tokens[at].start, sentence.tokens[at].end))]


def _closes(sentence: Sentence, at: int) -> bool:
    return sentence.text[sentence.tokens[at].start] == ")"


def put_under(told: Told, parts: Sequence[Claim], total: Claim) -> None:
    """Make the total the head of the parts that were told before it."""
    told.claims[:] = [replace(claim, head=total) if claim in parts else claim for claim in told.claims]


def _retract(scene: Scene, quantity: Quantity) -> None:
    """Take back what the sentence gave a whole area: another body beside it shows that it was not the whole."""
    first, claims = scene.sentence.tokens[0].start, scene.told.claims
    of_area = [claim for claim in claims if claim.start >= first and claim.is_area and claim.quantity == quantity]
    if of_area:
        scene.told.claims[:] = [
            claim for claim in claims if claim.start < first or claim.quantity.topic != quantity.topic
        ]


def _names_others(sentence: Sentence, view: Window) -> bool:
    """Whether the figure is that of departments, districts or others by the kind, and so one part of a whole."""
    words = (sentence.text[token.start : token.end] for token in view.lead if token.code == UNKNOWN)
    return any(re.search(guards().generic, word) for word in words)


def _unsay(scene: Scene, quantity: Quantity) -> None:
    """Take back what the sentence gave as the quantity: it was that of one body, to which another's is to be added."""
    first = scene.sentence.tokens[0].start
    scene.told.claims[:] = [
        claim for claim in scene.told.claims if claim.start < first or claim.quantity != quantity or claim.head
    ]


def take_back(scene: Scene, view: Window, problem: str, quantity: Quantity) -> None:
    """Take back what the sentence told before, where the figure shows that it was of one body out of several."""
    if problem == OTHER_BODY:
        _retract(scene, quantity)
    if _names_others(scene.sentence, view):
        _unsay(scene, quantity)


def is_beyond(part: Claim, whole: Claim) -> bool:
    """Whether the part is more than the whole."""
    is_exact = not part.bound and not whole.bound
    return is_exact and part.value is not None and whole.value is not None and part.value > whole.value


def is_complete(told: Told, head: Claim) -> bool:
    """Whether the categories told so far make up their total already."""
    parts = [claim.value or 0 for claim in told.claims if claim.head is head and claim.metric == CATEGORY]
    return len(parts) >= _FEWEST and sum(parts) == head.value


def whole_of(sentence: Sentence, at: int, quantity: Quantity) -> Quantity:
    """The quantity, or the total that it is where its sisters divide it (received 50 people, of which by phone 20)."""
    behind = sentence.codes[at + 1 :].lstrip(lexicon().concepts["comma"] + lexicon().concepts["bracket"])
    if not quantity.divided or not behind.startswith(lexicon().concepts["among"]):
        return quantity
    part = next((i for i in range(at + 1, len(sentence.tokens)) if sentence.codes[i] in figure_codes()), at)
    named = naming(window(sentence, part), Thread(quantity.topic, family=quantity.family))
    is_divided = named is not None and named.quantity.family == quantity.family
    return grammar().quantities[quantity.divided] if is_divided else quantity


def is_second_twin(scene: Scene, at: int, quantity: Quantity, thread: Thread) -> bool:
    """Whether what follows may divide the figure and its twin before it alike (direct 21, after 15; upheld 28)."""
    latest, following = grammar().quantities.get(thread.latest), scene.sentence.codes[at + 1 : at + 3]
    is_second = latest is not None and latest.twin and latest.metric != quantity.metric
    is_divided = {lexicon().concepts[name] for name in ("bracket", "among")} & set(following)
    return quantity.twin and is_second and not is_divided
