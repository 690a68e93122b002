"""Which of the names on a page is the reporting agency's.

In: Page and its titles. Out: the Name or nothing, every name as a signal, and the notes. The title, who compiles and
who signs are believed before a publisher or a path; names that contradict each other give none.
"""

from collections.abc import Sequence

from transforms.identify.agency import CLOSING, STRONG, Name, alike, apart, is_of_two_places, names, shortened
from transforms.identify.page import Page
from transforms.identify.places import places
from transforms.identify.signals import Signal, spelled
from transforms.identify.title import Title
from transforms.identify.words import agencies, words
from transforms.model import Note


def agency_of(page: Page, found: list[Title]) -> tuple[Name | None, list[Signal], list[Note]]:
    """The reporting agency, every signal for it, and what is to be said about it."""
    said = list(dict.fromkeys(names(page, found)))
    signals = [Signal("agency", name.source, name.printed, name.at) for name in said]
    if not said or said[0].source == CLOSING:  # alone it may be the site's own footer
        return None, signals, [Note("agency_unknown")]
    best = _best(page, found, said)
    if best is None or is_of_two_places(best):
        return None, signals, [Note("agency_conflict", place=said[0].at, detail=spelled(signals))]
    if agencies().overwritten.search(best.printed):
        return None, signals, [Note("agency_overwritten", place=best.at, detail=best.printed)]
    rivals = [name for name in said if name.source in STRONG and not alike(best, name)]
    if any(_spoken_instead(page, best, rival) for rival in rivals) or _signed_otherwise(page, best, said):
        return None, signals, [Note("agency_conflict", place=best.at, detail=spelled(signals))]
    weak = [] if best.source in STRONG else [Note("agency_weak", place=best.at, detail=best.source)]
    return _with_region(best, said), signals, weak


def _best(page: Page, found: list[Title], said: list[Name]) -> Name | None:
    if found and found[0].above:
        return _not_the_site(page, said)
    return said[0] if said[0].source in STRONG else _of_the_weak(page, said)


def _of_the_weak(page: Page, said: list[Name]) -> Name | None:
    """A name that only a publisher or a path gives: one that the text can be of, and that no other place disputes."""
    kinds = {found["kind"] for found in words().itself.finditer(page.text, page.body)}
    fitting = (name for name in said if name.source != CLOSING and not _is_mere_path(page, name))
    best = next((name for name in fitting if not kinds or any(kind in name.body for kind in kinds)), None)
    if best is None:
        return None
    others = [name for name in said if name.source != best.source and not name.body.startswith(agencies().government)]
    disputed = any(
        not any(_may_be_one(best, name) for name in others if name.source == source)
        for source in {name.source for name in others}
    )
    return None if disputed else best


def _is_mere_path(page: Page, name: Name) -> bool:
    """Whether a region is only passed on the way to the page, and the text does not speak for it."""
    passed = name.source == "breadcrumb" and name.printed == name.region
    return passed and words().scope.area.search(page.text, page.body) is None


def _signed_otherwise(page: Page, best: Name, said: Sequence[Name]) -> bool:
    """Whether another organ signs below the text than the title names, and nobody compiles it who agrees with it."""
    if best.source != "title" or best.body.startswith(agencies().government):  # an organ of its may sign for it
        return False
    middle = (page.body + len(page.text)) // 2
    signed = [name for name in said if name.source == "signature" and page.text.rfind(name.printed) > middle]
    signed = [name for name in signed if not name.body.startswith(agencies().government)]
    confirmed = any(name.source == "preamble" and _may_be_one(best, name) for name in said)
    return bool(signed) and not confirmed and not any(_may_be_one(best, name) for name in signed)


def _may_be_one(one: Name, other: Name) -> bool:
    return not apart(one, other) and (alike(one, other) or shortened(one, other))


def _not_the_site(page: Page, said: list[Name]) -> Name | None:
    """Whose report has the name of a government above its title: a site is called so too. None when that is unsure."""
    site = said[0]
    if site.source != "title" or not site.body.startswith(agencies().government):
        return site
    others = [name for name in said if name.source in (*STRONG, "publisher") and not alike(site, name)]
    kinds = {found["kind"] for found in words().itself.finditer(page.text, page.body)}
    for name in others:
        if name.source in STRONG or any(kind in name.body for kind in kinds):
            return name
    return None if others or kinds else site


def _spoken_instead(page: Page, best: Name, rival: Name) -> bool:
    """Whether the text never speaks of the best name's organ outside its title, but of the rival's more than once."""
    if rival.body.startswith(agencies().government):  # the site's own header and footer
        return False
    own = max(page.text.count(best.printed, page.body), page.text.count(best.body, page.body))
    return own <= 1 and page.text.count(rival.printed, page.body) > 1


def _with_region(best: Name, said: list[Name]) -> Name:
    """A name printed short takes its region from a longer printing of the same organ."""
    if best.codes or best.national:
        return best
    longer = next((name for name in said if _is_longer(name, best)), best)
    return best._replace(codes=longer.codes, region=longer.region, body=longer.body)


def _is_longer(name: Name, best: Name) -> bool:
    """Whether a name prints in full the region that the best name leaves out, or gives without its class word."""
    before = best.body.removesuffix(name.body)
    shorts = [places().by_code[code].short for code in name.codes]
    return bool(shorts) and best.body.endswith(name.body) and before in ("", *shorts)
