"""Who acts before a figure: the reporter, another institution, a whole area, or a body that decided a case.

In: a sentence and the place of a figure. Out: whether what is told is the reporter's own.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from transforms.claims.context import neutral
from transforms.claims.lexicon import UNKNOWN, guards, lexicon
from transforms.claims.tokens import Sentence, Token

_OPENING = 400
_NAME = 12  # characters that the name of an office may stand before the first known word of its sentence
_DECISIONS = ("upheld", "undone", "corrected", "recon_corrected", "suit_dismissed", "dismissed", "dropped", "lost")


@cache
def _own_body() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in guards().own_body)


def is_own_body(plains: Sequence[str]) -> bool:
    """Whether the report speaks for one body, so that the figures of a whole area are not its own."""
    text = "\n".join(plains)
    first, *titles = _own_body()
    return first.search(text) is not None or any(title.search(text, 0, _OPENING) for title in titles)


def title_of(plains: Sequence[str]) -> str:
    """The line that names the report, and with it the reporter; empty when there is none at the beginning."""
    opening = "\n".join(plains)[:_OPENING].split("\n")
    return next((line for line in opening if re.search(guards().report_title, line)), "")


def other_institution(sentence: Sentence, upto: int, title: str) -> bool:
    """Whether the last institution that acts before the figure is not the one that the title names.

    Where no title is known, it may be any one, but not one of several.
    """
    for at in range(upto - 1, -1, -1):
        token = sentence.tokens[at]
        if not _acts(sentence, at) or _is_in_closed_list(sentence, at, upto):
            continue
        if _is_with_others(sentence, at):
            return True
        behind = sentence.text[token.end : sentence.tokens[upto].start]
        return not names_itself(behind) and not _is_reporter(_text(token, sentence), sentence, title)
    return False


def _is_with_others(sentence: Sentence, at: int) -> bool:
    """Whether the institution is the last of a list of such (of departments and streets)."""
    is_listed = at > 1 and sentence.codes[at - 2 : at] == UNKNOWN + lexicon().concepts["and"]
    return is_listed and re.search(guards().generic, _text(sentence.tokens[at - 2], sentence)) is not None


def _is_in_closed_list(sentence: Sentence, at: int, upto: int) -> bool:
    """Whether the token is in a list of parts that has ended before the figure (of these bureaus 12; closed 30)."""
    stop, among = lexicon().concepts["stop"], lexicon().concepts["among"]
    return stop in sentence.codes[at:upto] and among in sentence.codes[sentence.codes.rfind(stop, 0, at) + 1 : at]


def _is_reporter(name: str, sentence: Sentence, title: str) -> bool:
    if re.search(guards().generic, name):
        return False
    if title:
        return _shortens(name, title)
    is_local = re.fullmatch(guards().local, name) is not None
    return len(set(_acting(sentence))) == 1 and (is_local or not _speaks_of_itself(sentence))


def _speaks_of_itself(sentence: Sentence) -> bool:
    """Whether the sentence has a word for the reporter that is not part of a reason for refusing (not held by us)."""
    reasons = {lexicon().concepts[name] for name in guards().impersonal}
    edges = [(token.start, token.end) for token in sentence.tokens if token.code in reasons]
    starts = [sentence.tokens[0].start, *(end for _, end in edges)]
    ends = [*(start for start, _ in edges), sentence.tokens[-1].end]
    return any(names_itself(sentence.text[start:end]) for start, end in zip(starts, ends, strict=True))


def _acting(sentence: Sentence) -> Iterator[str]:
    names = (_text(token, sentence) for at, token in enumerate(sentence.tokens) if _acts(sentence, at))
    return (name for name in names if not re.search(guards().generic, name))


def _acts(sentence: Sentence, at: int) -> bool:
    token, is_counted = sentence.tokens[at], any(after.number for after in sentence.tokens[at + 1 : at + 2])
    return (
        token.code == UNKNOWN
        and not is_counted
        and not _goes_on(sentence, at + 1)
        and not decides(sentence, at)
        and bool(
            re.search(f"{guards().institution}|{guards().generic}", _text(token, sentence))
            and not re.search(guards().bystander, sentence.text[: token.start])
            and (at == 0 or sentence.codes[at - 1] in neutral() or _begins_apart(sentence, at))
            and not _is_bracketed(sentence, token)
        )
    )


def _begins_apart(sentence: Sentence, at: int) -> bool:
    """Whether the token goes on with a name that a small word has cut, or a mark stands before it."""
    return ":" in sentence.text[sentence.tokens[at - 1].end : sentence.tokens[at].start] or _goes_on(sentence, at)


def _goes_on(sentence: Sentence, at: int) -> bool:
    """Whether the token at `at` goes on with the name before it, of which a small word was cut out."""
    before, *token = sentence.tokens[at - 1 : at + 1]
    between = sentence.text[before.end : token[0].start] if token else ""
    return {before.code, *(each.code for each in token)} == {UNKNOWN} and len(between) == 1 and between.isalpha()


def is_office(sentence: Sentence, upto: int, title: str) -> bool:
    """Whether the office of a government acts before the figure, in the report of that government as a whole."""
    before = sentence.text[max(sentence.tokens[0].start - _NAME, 0) : sentence.tokens[upto].start]
    names = re.findall(guards().office, re.split("[;。\n]", before)[-1])
    return bool(title) and bool(names) and not _shortens(names[-1], title)


def decides(sentence: Sentence, at: int) -> bool:
    """Whether the token names the body that decided a case, right before the word for its decision."""
    decided = {lexicon().concepts[name] for name in _DECISIONS}
    is_decided = bool(decided & set(sentence.codes[at + 1 : at + 2]))
    return is_decided and re.search(guards().deciders, _text(sentence.tokens[at], sentence)) is not None


def _is_bracketed(sentence: Sentence, token: Token) -> bool:
    """Whether the token is all that its brackets hold (the villages (communities))."""
    return sentence.text[token.start - 1 : token.start] == "(" and sentence.text[token.end : token.end + 1] == ")"


def _text(token: Token, sentence: Sentence) -> str:
    return sentence.text[token.start : token.end]


def _shortens(name: str, title: str) -> bool:
    """Whether the letters of `name` stand in `title` in their order, as they do in a short form."""
    letters = iter(title)
    return all(letter in letters for letter in name)


def covers_area(sentence: Sentence, upto: int) -> bool:
    """Whether the last body named before the figure is a whole area."""
    last = sentence.codes.rfind(lexicon().concepts["all_area"], 0, upto)
    behind = sentence.text[sentence.tokens[last].end : sentence.tokens[upto].start]
    return last >= 0 and not names_itself(behind)


def counts_bodies(sentence: Sentence, at: int) -> bool:
    """Whether the figure counts bodies that did something (43 units sent people)."""
    return re.match(guards().counted_bodies, sentence.text[sentence.tokens[at].end :]) is not None


def names_itself(text: str) -> bool:
    """Whether the text has a word for the reporter (our bureau)."""
    return re.search(guards().itself, text) is not None
