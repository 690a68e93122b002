"""One list of names, several figures, who gets which: "A, B and C are 1, 2 and 3", "A and B 0".

In: a Sentence and the place of a figure. Out: windows in which each figure stands behind its own name.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from transforms.claims.figures import Window, figure_codes, window
from transforms.claims.lexicon import guards, lexicon
from transforms.claims.restoring import inherited
from transforms.claims.tokens import Sentence

Placed = tuple[int, Window]


def shared_out(sentence: Sentence, at: int, fiscal_year: int | None = None) -> list[Placed]:
    """The figure at token `at`, or all the figures that its list of names is dealt out to.

    Where names and figures are not as many, the figures stand alone and nobody can claim them.
    """
    view, deal = window(sentence, at), lexicon().concepts["one_by_one"]
    if deal not in view.before:
        return [(at, view)]
    middle = view.before.index(deal)
    if ":" in sentence.text[view.lead[middle].end : view.right]:
        return [(at, view)]
    names, places = names_of(view, middle), [at, *_following(sentence, at)]
    if not names:
        return [(at, replace(view, lead=view.lead[middle + 1 :]))]
    if len(names) == 1 and _of_years(sentence, at, len(places)):
        rest = (*names[0].lead, *view.lead[middle + 1 :])
        return [(place, replace(view, lead=rest, figure=sentence.tokens[place])) for place in places]
    if fiscal_year and len(names) == 1 and len(places) > 1:
        names = _inherited(sentence, at, names[0], len(places), fiscal_year)
    if len(names) != len(places):
        return [(place, replace(view, lead=(), figure=sentence.tokens[place])) for place in places]
    rest = view.lead[middle + 1 :]
    views = [
        replace(name, lead=name.lead + rest, figure=sentence.tokens[place])
        for name, place in zip(names, places, strict=True)
    ]
    return list(zip(places, views, strict=True))


def _of_years(sentence: Sentence, at: int, count: int) -> bool:
    """Whether one figure follows for each of several years that are listed (in 2020 and 2021 12 and 15)."""
    told = re.search(guards().years_apart, sentence.text[sentence.tokens[0].start : sentence.tokens[-1].end])
    years = re.findall(r"(?:19|20)\d\d", told["years"]) if told else []
    return (
        len(years) == count and sentence.tokens[0].start + told.start("told") <= sentence.tokens[at].start
        if told
        else False
    )


def _inherited(sentence: Sentence, at: int, only: Window, most: int, fiscal_year: int) -> list[Window]:
    """The names that the figures of another year have, where the list names the fiscal year alone; else that name."""
    first = sentence.codes.rfind(lexicon().concepts["stop"], 0, at) + 1
    before = [i for i in range(first, at) if sentence.codes[i] in figure_codes()]
    views = [inherited(sentence, i, only, fiscal_year, before[0]) for i in before] if len(before) == most else []
    return views if views and only not in views else [only]


def names_of(view: Window, middle: int) -> list[Window]:
    """The names listed before token `middle` of the lead, each as a window of its own."""
    joint, left, first = lexicon().concepts["and"], view.left, 0
    names: list[Window] = []
    for i, token in enumerate((*view.lead, view.figure)[: middle + 1]):
        if token.code == joint or i == middle:
            if i > first:
                names.append(Window(view.lead[first:i], view.figure, (), left, token.start))
            first, left = i + 1, token.end
    return names


def _following(sentence: Sentence, at: int) -> Iterator[int]:
    joints = {lexicon().concepts["and"], lexicon().concepts["comma"]}
    rest = range(at + 1, len(sentence.codes))
    dealt = takewhile(lambda i: sentence.codes[i] in joints | figure_codes(), rest)
    return (i for i in dealt if sentence.codes[i] in figure_codes())
