"""Documents in, damaged ones out, the same for the same seed: bytes, text, markup, numbers, members of packages."""

import re
import warnings
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

import yaml
from lxml import etree

from tests.fuzz.bases import Base

LARGEST = 20_000
PACKAGES = ("docx", "xlsx", "zip")
NUMBER = re.compile(rb"\d+(?:[.,]\d+)?")
TAG = re.compile(rb"<[^<>]{0,300}>")
ATTRIBUTE = re.compile(rb"""([\w:]+)=("[^"<>]*"|'[^'<>]*'|[^\s"'<>]+)""")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
EDGES = (b"\x00", b"\xff", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\x00\x00\x00", b"\x01\x00\x00\x00")

Mutation = Callable[[bytes, Random], bytes]


@cache
def tokens(kind: str) -> tuple[bytes, ...]:
    """The declared tokens of a kind, in UTF-8 and as a Chinese page may have them."""
    words = yaml.safe_load((Path(__file__).parent / "tokens.yml").read_text("utf-8"))[kind]
    return tuple(word.encode(code, "replace") for word in words for code in ("utf-8", "utf-8", "gb18030"))


def place(data: bytes, rng: Random) -> tuple[int, int]:
    """The two ends of a stretch, short more often than long."""
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + int(rng.expovariate(1 / rng.choice((2, 40, 1_000)))))


def flip(data: bytes, rng: Random) -> bytes:
    """Some bits are turned over."""
    found = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 8, 60)) if data else 0):
        found[rng.randrange(len(found))] ^= 1 << rng.randrange(8)
    return bytes(found)


def edge(data: bytes, rng: Random) -> bytes:
    """Bytes that lengths and counts do not expect."""
    start, _ = place(data, rng)
    put = rng.choice(EDGES)
    return data[:start] + put + data[start + len(put) :]


def cut(data: bytes, rng: Random) -> bytes:
    """The end is missing."""
    return data[: rng.randrange(len(data) + 1)]


def drop(data: bytes, rng: Random) -> bytes:
    """A stretch is missing."""
    start, end = place(data, rng)
    return data[:start] + data[end:]


def repeat(data: bytes, rng: Random) -> bytes:
    """A stretch stands there several times."""
    start, end = place(data, rng)
    return data[:start] + data[start:end] * rng.choice((2, 2, 3, 30, 400)) + data[end:]


def move(data: bytes, rng: Random) -> bytes:
    """A stretch stands elsewhere."""
    start, end = place(data, rng)
    rest = data[:start] + data[end:]
    to, _ = place(rest, rng)
    return rest[:to] + data[start:end] + rest[to:]


def swapped(pattern: re.Pattern[bytes], kind: str) -> Mutation:
    """Some matches give way to a token."""

    def mutated(data: bytes, rng: Random) -> bytes:
        found = list(pattern.finditer(data))
        for match in sorted(rng.sample(found, min(len(found), rng.choice((1, 1, 3, 20)))), key=lambda m: -m.start()):
            data = data[: match.start()] + rng.choice(tokens(kind)) + data[match.end() :]
        return data

    return mutated


def put_in(kind: str) -> Mutation:
    """A token is put in somewhere."""

    def mutated(data: bytes, rng: Random) -> bytes:
        start, _ = place(data, rng)
        return data[:start] + rng.choice(tokens(kind)) * rng.choice((1, 1, 1, 2, 300)) + data[start:]

    return mutated


def tag(data: bytes, rng: Random) -> bytes:
    """A tag is dropped, doubled, or exchanged for another of the document."""
    found = list(TAG.finditer(data))
    if not found:
        return data
    match, other = rng.choice(found), rng.choice(found)
    put = rng.choice((b"", match[0] * 2, other[0], match[0] * 200))
    return data[: match.start()] + put + data[match.end() :]


def attribute(data: bytes, rng: Random) -> bytes:
    """An attribute has another value, or an element another attribute."""
    found = list(ATTRIBUTE.finditer(data))
    value = rng.choice(tokens(rng.choice(("numbers", "words"))))
    if found and rng.random() < 0.7:
        match = rng.choice(found)
        return data[: match.start(2)] + b'"' + value + b'"' + data[match.end(2) :]
    match = rng.choice(list(TAG.finditer(data)) or [re.match(rb"", data)])
    at = max(match.end() - 1, 0)
    return data[:at] + b" " + rng.choice(tokens("attributes")) + b'="' + value + b'"' + data[at:]


def element(data: bytes, rng: Random) -> bytes:
    """An element of well-formed XML is gone, doubled, elsewhere, or has another value: what a parser lets pass."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return data
    inner = [item for item in root.iter(etree.Element) if item.getparent() is not None]
    if not inner:
        return data
    one, other = rng.choice(inner), rng.choice(inner)
    how = rng.randrange(5)
    if how == 0:
        one.getparent().remove(one)
    elif how == 1:
        other.addnext(deepcopy(one))
    elif how == 2:
        other.append(deepcopy(one))
    elif one.attrib:
        one.set(rng.choice(list(one.attrib)), known(rng))
    else:
        one.text = known(rng)
    return etree.tostring(root)


def known(rng: Random) -> str:
    """A token that XML can hold."""
    return CONTROL.sub("", rng.choice(tokens(rng.choice(("numbers", "words")))).decode("utf-8", "ignore"))


BYTES: Sequence[Mutation] = (flip, flip, edge, cut, drop, repeat, move)
WORDS: Sequence[Mutation] = (swapped(NUMBER, "numbers"), swapped(NUMBER, "numbers"), put_in("words"), put_in("numbers"))
MARKUP: Sequence[Mutation] = (tag, tag, attribute, attribute, put_in("tags"), swapped(TAG, "tags"))
CHOICES = {
    "html": (*BYTES, *WORDS, *MARKUP, *MARKUP),
    "text": (*BYTES, *WORDS, *WORDS),
    "csv": (*BYTES, *WORDS, *WORDS),
    "part": (flip, drop, repeat, move, *WORDS, *MARKUP, *(element,) * 18),
    "pdf": (*BYTES, *WORDS),
}


def mutated(base: Base, others: Sequence[Base], rng: Random) -> Base:
    """The base, changed in one to four ways; at times joined with a part of another document of its format."""
    data = base.data
    if rng.random() < 0.1:
        other = rng.choice(others).data
        start, end = place(data, rng)[0], place(other, rng)[0]
        data = data[:start] + other[end:]
    for _ in range(rng.choice((1, 1, 2, 4))):
        inner = base.format in PACKAGES and rng.random() < 0.85
        data = member(data, rng) if inner else rng.choice(CHOICES.get(base.format, BYTES))(data, rng)
    return base._replace(data=data[:LARGEST])


def member(data: bytes, rng: Random) -> bytes:
    """A package with one of its members changed, gone, doubled or under another name; whole again around it."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = [(info.filename, package.read(info)) for info in package.infolist()]
    except Exception:  # noqa: BLE001 - what was damaged before stays as it is
        return data
    if not parts:
        return data
    at = rng.choice([number for number, (_, part) in enumerate(parts) for _ in range(1 + len(part).bit_length())])
    name, part = parts[at]
    changed = rng.choice(CHOICES["part"])(part, rng)[: 4 * LARGEST]
    how = rng.random()
    parts[at : at + 1] = (
        [] if how < 0.04
        else [(rng.choice(parts)[0], part)] if how < 0.08
        else [(name, part), (name, changed)] if how < 0.1
        else [(name, changed)]
    )  # fmt: skip
    return repacked(parts)


def repacked(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """The members as a package, doubled names and all."""
    target = BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts:
            package.writestr(name, part)
    return target.getvalue()
