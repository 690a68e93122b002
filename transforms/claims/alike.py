"""What all the cases just counted came to, told without another figure: reviews 3, all upheld; suits 1, not yet heard.

In: a Sentence, the place of a total, the Thread behind it. Out: the quantities that have the total's value.
"""

import re
from collections.abc import Iterator

from transforms.claims.bodies import decides
from transforms.claims.claim import Thread
from transforms.claims.context import neutral
from transforms.claims.figures import borders, figure_codes, within
from transforms.claims.grammar import Quantity, grammar
from transforms.claims.lexicon import guards, lexicon
from transforms.claims.tokens import Sentence

_ITEMS = "proactive_items"
_INCOMING = ("requests_received", "requests_new")


def alike(sentence: Sentence, at: int, thread: Thread) -> list[Quantity]:
    """The quantities that the clauses behind the figure give to everything it counts; none when they differ."""
    found, carried = list[Quantity](), lexicon().concepts["carried_in"]
    for first, last in _clauses(sentence, at):
        quantity = _said_of_all(sentence, at, (first, last), thread)
        if quantity is None or (quantity.metric in guards().closed and carried in sentence.codes[:at]):
            break
        found.append(quantity)
        thread = thread._replace(family=quantity.opens or thread.family)
    families = [quantity.family for quantity in found]
    return found if len(set(families)) == len(families) else []


def _clauses(sentence: Sentence, at: int) -> Iterator[tuple[int, int]]:
    """The clauses behind the figure that hold no figure themselves, as spans of tokens."""
    first = at + 1
    while sentence.codes[first : first + 1] in borders() - figure_codes() and first < len(sentence.codes):
        last = first + 1
        while last < len(sentence.codes) and sentence.codes[last] not in borders():
            last += 1
        if sentence.codes[last : last + 1] == lexicon().units["%"]:
            first = last + 1
            continue
        if sentence.codes[last : last + 1] in figure_codes() or sentence.text[sentence.tokens[first].start] == ";":
            return
        yield first, last
        first = last


def _said_of_all(sentence: Sentence, at: int, span: tuple[int, int], thread: Thread) -> Quantity | None:
    first, last = span
    number = sentence.tokens[at].number
    start = next((i for i in range(first + 1, last) if sentence.codes[i] not in neutral()), last)
    codes = sentence.codes[start + decides(sentence, start) : last].strip(neutral()) if start < last else ""
    end = sentence.tokens[last - 1].end
    is_all = re.search(guards().every, sentence.text[sentence.tokens[first].start : end]) is not None
    if number is None or number.bound or not number.value or not (is_all or number.value == 1) or not codes:
        return None
    figure = sentence.codes[at]
    tables = grammar().say, grammar().alike if is_all else grammar().say
    orders = (table.fullmatch(codes + figure) for table in tables)
    said = within(codes + figure, thread) or within(figure + codes, thread) or next(filter(None, orders), None)
    return said.quantity if said is not None and _is_shared(said.quantity, thread) else None


def _is_shared(quantity: Quantity, thread: Thread) -> bool:
    """Whether the quantity can be all of the figure: a part of it, or what was done with all that came in."""
    is_handled = quantity.metric in guards().closed and thread.latest in _INCOMING
    is_published = quantity.is_channel and thread.latest == _ITEMS
    return is_handled or is_published or (not quantity.total and quantity.family in guards().shared)
