"""The styles of a word-processor document in, out which of them change the meaning of the text that they are given to.

A style may hide its text, cross it out, raise or lower it (`FootnoteReference` does), or make it white.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from lxml import etree

from transforms.read.package import xml

Element = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
OFF = ("0", "false", "off")
LEVEL = ("0", "0pt", "")
WHITE = ("FFFFFF", "ffffff")
TELLING = (b"vanish", b"trike", b"vertAlign", b"position", *(name.encode() for name in WHITE))


class Styles(NamedTuple):
    """The ids of the styles that hide, cross out, raise or lower their text, or make it white."""

    hidden: frozenset[str] = frozenset()
    struck: frozenset[str] = frozenset()
    raised: frozenset[str] = frozenset()
    white: frozenset[str] = frozenset()


Says = Callable[[Element], bool | None]


def is_on(toggle: Element | None) -> bool:
    """Whether a property is there and not switched off."""
    return toggle is not None and toggle.get(VAL, "1") not in OFF


def hides(properties: Element) -> bool | None:
    """Whether properties hide their text; None when they do not say."""
    vanish = properties.find(W + "vanish")
    return None if vanish is None else is_on(vanish)


def strikes(properties: Element) -> bool | None:
    """Whether properties cross their text out; None when they do not say."""
    found = [item for name in ("strike", "dstrike") if (item := properties.find(W + name)) is not None]
    return any(map(is_on, found)) if found else None


def raises(properties: Element) -> bool | None:
    """Whether properties raise or lower their text; None when they do not say."""
    align, position = properties.find(W + "vertAlign"), properties.find(W + "position")
    if align is None and position is None:
        return None
    aligned = align is not None and align.get(VAL) != "baseline"
    return aligned or (position is not None and position.get(VAL, "") not in LEVEL)


def whitens(properties: Element) -> bool | None:
    """Whether properties make their text white; None when they do not say."""
    colour = properties.find(W + "color")
    return None if colour is None else colour.get(VAL) in WHITE


def telling_styles(source: bytes) -> Styles:
    """The styles that change the meaning of their text, by themselves or by the style that they are based on."""
    if not any(word in source for word in TELLING):
        return Styles()
    styles = {style.get(W + "styleId", ""): style for style in xml(source, "styles").iter(W + "style")}
    bases = {
        name: base.get(VAL, "") for name, style in styles.items() if (base := style.find(W + "basedOn")) is not None
    }
    said = {name: found for name, style in styles.items() if (found := style.find(W + "rPr")) is not None}
    return Styles(*(named(styles, bases, said, says) for says in (hides, strikes, raises, whitens)))


def named(
    styles: Mapping[str, Element], bases: Mapping[str, str], said: Mapping[str, Element], says: Says
) -> frozenset[str]:
    """The ids of the styles that have a property."""
    own = {name: stated for name, properties in said.items() if (stated := says(properties)) is not None}
    if not any(own.values()):
        return frozenset()
    return frozenset(name for name in styles if handed_down(name, own, bases))


def handed_down(name: str, own: Mapping[str, bool], bases: Mapping[str, str]) -> bool:
    """What a style says of a property, or the nearest that it is based on; styles may be based on one another."""
    seen: set[str] = set()
    while name not in own and name in bases and name not in seen:
        seen.add(name)
        name = bases[name]
    return own.get(name, False)
