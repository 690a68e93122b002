"""Who reports, for which region and year, over whose figures: an Identification with every signal kept.

In: a normalised Document, the chrome taken out of its body, and the source as given. Out: Identification. What two
strong signals say differently is left out and noted; weak signals never override.
"""

from collections.abc import Sequence

from transforms.identify import dates
from transforms.identify.agency import full, key
from transforms.identify.choice import agency_of
from transforms.identify.page import Page, page_of
from transforms.identify.region import level_of, region_of
from transforms.identify.scope import scope_of
from transforms.identify.signals import Signal, agreed
from transforms.identify.title import Title, titles
from transforms.identify.words import words
from transforms.identify.year import fiscal_year
from transforms.model import Document, Identification, Paragraph


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
    year, year_signals, year_notes = fiscal_year(page, found, (*(published or documented), *indexed))
    agency, agency_signals, agency_notes = agency_of(page, found)
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


def _provenance(page: Page) -> list[Signal]:
    """Hints that prove nothing alone: the government host and the province of the site's permit."""
    host = words().region.host.match(page.source)
    permit = words().region.permit.search(page.text)
    return [
        *([Signal("region_code", "host", host.group(1), "")] if host else []),
        *([Signal("region_code", "permit", permit.group(1), page.locate(*permit.span(1)))] if permit else []),
    ]
