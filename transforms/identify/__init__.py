"""Who reports, for which region and year, over whose figures: an Identification with every signal kept.

In: a normalised Document, the chrome taken out of its body, and the source as given. Out: Identification. What two
strong signals say differently is left out and noted; weak signals never override.
"""

from collections.abc import Sequence

from transforms.identify import dates
from transforms.identify.agency import STRONG, Name, alike, full, is_of_two_places, key, names
from transforms.identify.page import Page, page_of
from transforms.identify.places import places
from transforms.identify.region import level_of, region_of
from transforms.identify.scope import scope_of
from transforms.identify.signals import Signal, agreed, spelled
from transforms.identify.title import Title, titles
from transforms.identify.words import agencies, words
from transforms.identify.year import fiscal_year
from transforms.model import Document, Identification, Note, Paragraph


def identify(document: Document, chrome: Sequence[Paragraph], source: str) -> Identification:
    """Agency, region, level, scope, year, title, dates and index number of a report (domain handbook §11)."""
    page = page_of(document, chrome, source)
    found = titles(page)
    title = found[0] if found else Title()
    published, documented, indexed = (
        tuple(kind(page)) for kind in (dates.published, dates.documented, dates.index_numbers)
    )
    published_on, published_notes = agreed(published, "date_conflict")
    document_date, document_notes = agreed(documented, "date_conflict")
    index_number, index_notes = agreed(indexed, "date_conflict")
    year, year_signals, year_notes = fiscal_year(page, title, (*published, *indexed))
    agency, agency_signals, agency_notes = _agency(page, found)
    scope, scope_signals, scope_notes = scope_of(page, title, agency)
    region, region_signals, region_notes = region_of(page, agency)
    kept = (*agency_signals, *region_signals, *year_signals, *scope_signals, *published, *documented, *indexed)
    return Identification(
        agency=full(agency, region) if agency is not None else "",
        agency_printed=agency.printed if agency is not None else "",
        agency_id=key(agency, region) if agency is not None else "",
        region_code=region,
        level=level_of(agency, region),
        scope=scope,
        fiscal_year=year,
        title=title.text,
        published_on=published_on,
        document_date=document_date,
        index_number=index_number,
        signals=(*kept, *_provenance(page)),
        notes=(
            *agency_notes,
            *region_notes,
            *year_notes,
            *scope_notes,
            *published_notes,
            *document_notes,
            *index_notes,
        ),
    )


def _agency(page: Page, found: list[Title]) -> tuple[Name | None, list[Signal], list[Note]]:
    said = list(dict.fromkeys(names(page, found)))
    signals = [Signal("agency", name.source, name.printed, name.at) for name in said]
    if not said:
        return None, signals, [Note("agency_unknown")]
    best = _not_the_site(page, said) if found and found[0].above else said[0]
    if best is None or is_of_two_places(best):
        return None, signals, [Note("agency_conflict", place=said[0].at, detail=spelled(signals))]
    if agencies().overwritten.search(best.printed):
        return None, signals, [Note("agency_overwritten", place=best.at, detail=best.printed)]
    rivals = [name for name in said if name.source in STRONG and not alike(best, name)]
    if any(_spoken_instead(page, best, rival) for rival in rivals):
        return None, signals, [Note("agency_conflict", place=best.at, detail=spelled(signals))]
    weak = [] if best.source in STRONG else [Note("agency_weak", place=best.at, detail=best.source)]
    return _with_region(best, said), signals, weak


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


def _provenance(page: Page) -> list[Signal]:
    """Hints that prove nothing alone: the government host and the province of the site's permit."""
    host = words().region.host.match(page.source)
    permit = words().region.permit.search(page.text)
    return [
        *([Signal("region_code", "host", host.group(1), "")] if host else []),
        *([Signal("region_code", "permit", permit.group(1), page.locate(*permit.span(1)))] if permit else []),
    ]
