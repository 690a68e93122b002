"""One script, one width, no ghosts: what comes in is the printed strings of one document, what goes out reads alike.

Full width becomes half width, traditional becomes simplified, spaces become the ASCII space, invisible characters and
ghost pinyin go away. NFKC is not used: it turns a circled 1 before a 5 into 15. Each step is one character for one, or
a deletion that the offset map remembers, so that every number still leads back to where it was printed.
"""

import csv
import dataclasses
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict

from transforms.forms import load
from transforms.model import Block, Cell, Document, Paragraph, Table

CHARACTERS = Path(__file__).resolve().parent.parent / "data" / "lookups" / "characters"

Span = tuple[int, int]
Origins = npt.NDArray[np.intp]

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_BACKWARDS = "\u202e"  # what stands behind it is shown from its end: 12 is seen as 21
_DIGITS_BACKWARDS = re.compile(rf"{_BACKWARDS}(?=[^\u202c{_BACKWARDS}\n0-9]*[0-9])")
_LETTERS = "a-züɑɡàáèéêìíòóùúāēěīńňōūǎǐǒǔǖǘǚǜǹăĕĭŏŭḿếề\u0300\u0301\u0304\u0306\u0308\u030c"
_SYLLABLE = re.compile(rf"\( ?([{_LETTERS}]{{1,8}})[1-5]? ?\)")
_GHOST = re.compile(rf"\((?<=[\u3400-\u9fff]\() ?[{_LETTERS}]{{1,8}}[1-5]? ?\)(?:\( ?[{_LETTERS}]{{1,8}}[1-5]? ?\))*")
_TONES = re.compile("[\u0300\u0301\u0304\u030c]")
_LOOKALIKES = str.maketrans("ɑɡ\u0306", "ag\u030c")
_HAUNTED = 4  # distinct (character, syllable) pairs from which a page is haunted, measurements.md §2
_TRADITIONAL_SHARE = 0.05
_TRADITIONAL_LEAST = 10
_MARKERS_LEAST = 2


@dataclass(frozen=True, slots=True)
class Normalised:
    """The strings of one document after normalisation, in the order given.

    `origins[k][i]` is the index in the k-th printed string of `plains[k][i]`; empty when the two run in step.
    `ghosts` counts the syllables deleted. `is_traditional` and `taiwan` say what the document was converted into.
    """

    plains: list[str]
    origins: list[tuple[int, ...]]
    ghosts: int
    is_traditional: bool
    taiwan: bool


class Taiwan(BaseModel):
    """Words that betray a Taiwan converter, and what they stand for."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    markers: tuple[str, ...]
    idioms: dict[str, str]


def normalise(texts: Sequence[str]) -> Normalised:
    """Fold the strings of one document together, so that conditions on the whole document see all of it."""
    joined = "\n".join(texts)
    if _BACKWARDS in joined:
        joined = _DIGITS_BACKWARDS.sub("\ufffd", joined)
    raw, origins = _drop(joined, [match.span() for match in _INVISIBLE.finditer(joined)], None)
    folded = fold(raw)
    traditional = _is_traditional(raw, folded)
    ghosts = _ghosts(raw, folded)
    plain, origins = _drop(folded, ghosts, origins)
    plain = _patch(plain, traditional)
    taiwan = sum(marker in plain for marker in _taiwan().markers) >= _MARKERS_LEAST
    if taiwan:
        plain, origins = _mainland(plain, origins)
    plains, maps = _share_out(texts, plain, origins)
    return Normalised(plains, maps, len(ghosts), traditional, taiwan)


def normalise_document(document: Document) -> tuple[Document, Normalised]:
    """The document in one script and width: `plain` (and `origins` of paragraphs) from `text`, metadata in place."""
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    tables = [block for block in document.blocks if isinstance(block, Table)]
    printed = [cell for table in tables for row in table.rows for cell in row]
    cells = list(dict(zip(map(id, printed), printed, strict=True)).values())
    found = normalise([paragraph.text for paragraph in paragraphs] + [cell.text for cell in cells])
    fresh: dict[int, Block] = {
        id(old): Paragraph(old.text, old.at, plain, origins)
        for old, plain, origins in zip(paragraphs, found.plains, found.origins, strict=False)
        if plain != old.plain or origins != old.origins
    }
    filled = {
        id(old): Cell(old.text, old.at, plain)
        for old, plain in zip(cells, found.plains[len(paragraphs) :], strict=True)
        if plain != old.plain
    }
    fresh.update((id(table), _filled(table, filled)) for table in tables)
    blocks = tuple([fresh.get(id(block), block) for block in document.blocks])
    metadata = tuple((name, fold(value)) for name, value in document.metadata)
    return dataclasses.replace(document, blocks=blocks, metadata=metadata), found


def fold(text: str) -> str:
    """The text in one width and script, by one table: same length, characters off the basic plane kept."""
    if _touched().search(text) is None:
        return text
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    folded: npt.NDArray[np.uint16] = _table()[units]
    return folded.tobytes().decode("utf-16-le", "surrogatepass")


def squeeze(text: str) -> str:
    """The text without any white space, to compare labels."""
    return "".join(text.split())


def _is_traditional(raw: str, folded: str) -> bool:
    """Whether a good share of the hanzi were traditional: a few stray characters make no script."""
    if raw is folded:
        return False
    before, after = (np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2") for text in (raw, folded))
    changed = _hanzi(before[before != after])
    return changed >= _TRADITIONAL_LEAST and changed >= _TRADITIONAL_SHARE * _hanzi(before)


def _hanzi(units: npt.NDArray[np.uint16]) -> int:
    """How many of these UTF-16 units are hanzi."""
    return int(np.count_nonzero((units >= 0x3400) & (units < 0xA000)))


def _ghosts(raw: str, folded: str) -> list[Span]:
    """Spans of the bracketed syllables that no person wrote, by rules A and B of measurements.md §2."""
    sure: list[Span] = []
    likely: list[Span] = []
    pairs: set[tuple[str, str]] = set()
    for match in _GHOST.finditer(folded):
        place = match.start() - 1
        for group in _SYLLABLE.finditer(folded, *match.span()):
            syllable = _spelt(group[1])
            if not (_reads(raw[place], syllable) or _reads(folded[place], syllable)):
                continue
            pairs.add((raw[place], syllable))
            is_converted = raw[place] != folded[place] or raw[place] in _converted_by_phrase()
            toned = raw[place] in _readings().get(syllable, "") and _toneless(syllable) != syllable
            (sure if is_converted and toned else likely).append(group.span())
    return sorted(sure + likely) if len(pairs) >= _HAUNTED else sure


def _spelt(printed: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", printed).translate(_LOOKALIKES))


def _toneless(syllable: str) -> str:
    return unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", syllable)))


def _reads(character: str, syllable: str) -> bool:
    return character in _toneless_readings().get(_toneless(syllable), "")


def _patch(plain: str, traditional: bool) -> str:
    """Phrases that decide about ambiguous characters, all of the same length; some only in a traditional document."""
    pattern, targets = _phrases("traditional" if traditional else "always")
    return pattern.sub(lambda match: targets[match[0]], plain)


def _mainland(plain: str, origins: Origins | None) -> tuple[str, Origins | None]:
    """Taiwan words put back; a shorter word keeps its ends on the ends of the printed one."""
    pieces: list[str] = []
    kept: list[int] = []
    done = 0
    for match in _idioms().finditer(plain):
        start, end = match.span()
        word = _taiwan().idioms[match[0]]
        pieces += [plain[done:start], word]
        kept += [*range(done, start + len(word) - 1), end - 1]
        done = end
    kept += range(done, len(plain))
    indices = np.array(kept, dtype=np.intp)
    return "".join([*pieces, plain[done:]]), indices if origins is None else origins[indices]


def _drop(text: str, spans: Iterable[Span], origins: Origins | None) -> tuple[str, Origins | None]:
    """The text without the spans, and the places of what is left in what was printed (None: all, in step)."""
    spans = list(spans)
    if not spans:
        return text, origins
    keep = np.ones(len(text), dtype=bool)
    for start, end in spans:
        keep[start:end] = False
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    left = "".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    return left, np.flatnonzero(keep) if origins is None else origins[keep]


def _share_out(texts: Sequence[str], plain: str, origins: Origins | None) -> tuple[list[str], list[tuple[int, ...]]]:
    """Cut the joined text where the printed strings met."""
    if origins is None and plain.count("\n") == len(texts) - 1:
        return plain.split("\n"), [()] * len(texts)
    ends = list(accumulate((len(text) + 1 for text in texts), initial=0))
    if origins is None:
        return [plain[start : end - 1] for start, end in pairwise(ends)], [()] * len(texts)
    starts = np.searchsorted(origins, ends)
    stops = np.searchsorted(origins, [end - 1 for end in ends[1:]])
    plains = [plain[start:stop] for start, stop in zip(starts, stops, strict=False)]
    maps = [origins[first:last] - base for first, last, base in zip(starts, stops, ends, strict=False)]
    return plains, [_map(places, len(text)) for places, text in zip(maps, texts, strict=True)]


def _map(places: Origins, printed: int) -> tuple[int, ...]:
    in_step = places.size == printed and np.array_equal(places, np.arange(printed))
    return () if in_step else tuple(places.tolist())


def _filled(table: Table, fresh: dict[int, Cell]) -> Table:
    """The table with its fresh cells; rows that have none stay the same objects."""
    if not fresh:
        return table
    changed = fresh.keys()
    rows = tuple(
        [
            row if changed.isdisjoint(map(id, row)) else tuple([fresh.get(id(cell), cell) for cell in row])
            for row in table.rows
        ]
    )
    return Table(rows, table.at, table.order)


@cache
def _table() -> npt.NDArray[np.uint16]:
    return np.frombuffer((CHARACTERS / "fold.bin").read_bytes(), dtype="<u2")


@cache
def _touched() -> re.Pattern[str]:
    codes = np.flatnonzero(_table() != np.arange(0x10000))
    return re.compile(f"[{re.escape(''.join(map(chr, codes)))}]")


@cache
def _rows(when: str) -> list[dict[str, str]]:
    with (CHARACTERS / "phrases.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if when == "traditional" or row["when"] == when]


def _doubtful(rows: list[dict[str, str]]) -> frozenset[str]:
    return frozenset(old for row in rows for old, new in zip(row["from"], row["to"], strict=True) if old != new)


@cache
def _converted_by_phrase() -> frozenset[str]:
    return _doubtful(_rows("always"))


@cache
def _phrases(when: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern that starts at the character in doubt and looks back for its word, and what to put from there on."""
    rows = _rows(when)
    doubtful = _doubtful(rows)
    split = [(row, next(place for place, char in enumerate(row["from"]) if char in doubtful)) for row in rows]
    ordered = sorted(split, key=lambda pair: len(pair[0]["from"]), reverse=True)
    words = "|".join(f"(?<={row['from'][: at + 1]}){row['from'][at + 1 :]}" for row, at in ordered)
    pattern = re.compile(f"[{''.join(sorted(doubtful))}](?:{words})")
    return pattern, {row["from"][at:]: row["to"][at:] for row, at in ordered}


@cache
def _readings() -> dict[str, str]:
    found: dict[str, str] = json.loads((CHARACTERS / "readings.json").read_text(encoding="utf-8"))
    return found


@cache
def _toneless_readings() -> dict[str, str]:
    found: dict[str, str] = {}
    for syllable, characters in _readings().items():
        found[_toneless(syllable)] = found.get(_toneless(syllable), "") + characters
    return found


@cache
def _taiwan() -> Taiwan:
    return Taiwan.model_validate(load("lookups/characters/taiwan.yml"))


@cache
def _idioms() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_taiwan().idioms, key=len, reverse=True)))
