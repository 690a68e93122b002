"""What all the cases just counted came to, told without another figure: reviews 3, all upheld; suits 1, not yet heard.

In: a Sentence, the place of a total, the Thread behind it. Out: the quantities that have the total's value.
"""

import re
from collections.abc import Iterator

from transforms.claims.claim import Thread
from transforms.claims.context import neutral
from transforms.claims.figures import borders, figure_codes, within
from transforms.claims.grammar import Quantity, grammar
from transforms.claims.lexicon import guards
from transforms.claims.tokens import Sentence


def alike(sentence: Sentence, at: int, thread: Thread) -> list[Quantity]:
    """The quantities that the clauses behind the figure give to everything it counts; none when they differ."""
    found: list[Quantity] = []
    for first, last in _clauses(sentence, at):
        quantity = _said_of_all(sentence, at, (first, last), thread)
        if quantity is None:
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
        if sentence.codes[last : last + 1] in figure_codes() or sentence.text[sentence.tokens[first].start] == ";":
            return
        yield first, last
        first = last


def _said_of_all(sentence: Sentence, at: int, span: tuple[int, int], thread: Thread) -> Quantity | None:
    first, last = span
    number = sentence.tokens[at].number
    codes = sentence.codes[first + 1 : last].strip(neutral())
    end = sentence.tokens[last - 1].end
    is_all = re.search(guards().every, sentence.text[sentence.tokens[first].start : end]) is not None
    if number is None or number.bound or not number.value or not (is_all or number.value == 1) or not codes:
        return None
    figure = sentence.codes[at]
    said = within(codes + figure, thread) or within(figure + codes, thread) or grammar().say.fullmatch(codes + figure)
    is_part = said is not None and not said.quantity.total and said.quantity.family in guards().shared
    return said.quantity if said is not None and is_part else None
