"""The fiscal year: the statistical period and the title first, then what the text speaks of, then hints.

In: Page, Title, dates already found. Out: the year or None, the signals, and the notes. Two strong signals that differ
give no year; hints (address, index number, date of publication) count only where they agree with one another.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from transforms.identify.page import Page
from transforms.identify.signals import Signal, spelled, values
from transforms.identify.title import Title
from transforms.identify.words import words
from transforms.model import Note

_FIRST = 2008  # the Regulations are in force since 2008-05-01
_SPOKEN_OFTEN = 3
_LAST_MONTH = "12"
_YEAR, _MOST_OF_A_YEAR = 12, 10  # months; many count until the report is written, in November or December
_FIELD = "fiscal_year"
_FAMILY = {"index number": "publication"}  # a site that moves gives both anew, so they do not confirm each other


def fiscal_year(
    page: Page, found: Sequence[Title], dates: Sequence[Signal]
) -> tuple[int | None, list[Signal], list[Note]]:
    """The year that the report covers, every signal for it, and what is to be said about it.

    found: the titles of the page, best first. dates: of its publication, or else of the document; index numbers.
    """
    title = found[0] if found else Title()
    period = list(_period(page))
    titled = [Signal(_FIELD, "title", year, title.at) for year in title.years if int(year) >= _FIRST]
    said = _spoken(page, title, bool(titled))
    majority = [Signal(_FIELD, "majority", year, "") for year in _dominant(said)]
    majority.extend(_announced(page, title))  # the dominant year stays first
    hints = [*_address(page), *_from_index(dates), *_from_publication(dates), *_most_spoken(said)]
    year, notes = _decide(period, titled, majority, hints, said)
    again = [Signal(_FIELD, "other title", other, one.at) for one in found[1:] for other in _years_again(title, one)]
    signals = [*period, *titled, *majority, *hints, *again]
    if year is not None and (_is_ahead(year, period, hints, said) or _is_doubted(year, period, hints, again)):
        return None, signals, [Note("year_conflict", place=signals[0].at, detail=spelled(signals))]
    return year, signals, [*notes, *_parts_of_years(page)]


def _is_ahead(year: int, period: list[Signal], hints: list[Signal], said: Counter[str]) -> bool:
    """Whether it was published before that year, or in it while nothing but the title says that it is about it."""
    over = max((int(hint.value) for hint in hints if hint.source == "publication"), default=year)
    return year > over + 1 or (year > over and not period and said[str(year)] <= said[str(over)])


def _years_again(title: Title, other: Title) -> tuple[str, ...]:
    """The years of another title of the same report, which stands in its head or its text."""
    same = other.zone != "chrome" and (not other.name or other.name == title.name)
    return other.years if same else ()


def _is_doubted(year: int, period: list[Signal], hints: list[Signal], again: list[Signal]) -> bool:
    """Whether another title says another year and neither the period nor the publication confirms the first."""
    confirming = {signal.value for signal in (*period, *hints) if signal.source in ("period", "publication")}
    return str(year) not in confirming and any(signal.value != str(year) for signal in again)


def _parts_of_years(page: Page) -> Iterator[Note]:
    """What is said about periods of less than a year; the first year of the Regulations began in May."""
    for period in words().year.period.finditer(page.text, page.body):
        for found in words().year.months.finditer(page.text, *period.span()):
            first, month, last, end = (int(part or found[1]) for part in found.groups())
            months = 12 * (last - first) + end - month + 1
            if 0 < months < _YEAR and first != _FIRST:
                yield Note("period_short" if months < _MOST_OF_A_YEAR else "period_part", detail=found.group())


def _decide(
    period: list[Signal], titled: list[Signal], majority: list[Signal], hints: list[Signal], said: Counter[str]
) -> tuple[int | None, list[Note]]:
    strong = [*period, *titled]
    years = values(strong)
    if len(years) == 1:
        return _checked(years[0], strong, majority, said)
    if years:
        return _among(period, titled)
    if majority:
        return _of_body(majority)
    families = {(_FAMILY.get(hint.source, hint.source), hint.value) for hint in hints}
    agreeing = [year for year, count in Counter(value for _, value in families).items() if count > 1]
    if len(agreeing) == 1:
        return int(agreeing[0]), [Note("year_inferred", detail=spelled(hints))]
    return None, [Note("year_unknown", detail=spelled(hints))]


def _of_body(said: list[Signal]) -> tuple[int | None, list[Note]]:
    """What the text speaks of most and what its opening announces, where the two are one year."""
    if len(values(said)) > 1:
        return None, [Note("year_conflict", place=said[-1].at, detail=spelled(said))]
    return int(said[0].value), [Note("year_from_body", detail=said[0].value)]


def _checked(
    year: str, strong: list[Signal], majority: list[Signal], said: Counter[str]
) -> tuple[int | None, list[Note]]:
    """A lone strong year, unless the text never speaks of it and often of another one."""
    if majority and majority[0].value != year and not said[year] and len({signal.source for signal in strong}) == 1:
        return None, [Note("year_conflict", place=strong[0].at, detail=spelled([*strong, *majority]))]
    return int(year), []


def _among(period: list[Signal], titled: list[Signal]) -> tuple[int | None, list[Note]]:
    """Several strong years: a title that names one end of a period that runs into the next year decides."""
    ends = sorted(int(signal.value) for signal in period)
    if len(values(titled)) == 1 and titled[0].value in values(period) and ends[-1] - ends[0] == 1:
        return int(titled[0].value), [Note("period_odd", place=period[0].at, detail=spelled(period))]
    signals = [*period, *titled]
    return None, [Note("year_conflict", place=signals[0].at, detail=spelled(signals))]


def _period(page: Page) -> Iterator[Signal]:
    for found in words().year.period.finditer(page.text, page.body):
        for year in words().year.within_period.finditer(page.text, *found.span()):
            yield Signal(_FIELD, "period", year.group(1), page.locate(*year.span(1)))


def _announced(page: Page, title: Title) -> Iterator[Signal]:
    """In the opening: further on, other reports are spoken of."""
    start = max(page.body, title.start)
    for found in words().year.announced.finditer(page.text, start, start + words().scope.opening):
        yield Signal(_FIELD, "announced", found.group(1), page.locate(*found.span(1)))


def _spoken(page: Page, title: Title, titled: bool) -> Counter[str]:
    """How often the text speaks of each year, besides what is asked to be confirmed: the title, or else the period."""
    years = Counter(words().year.spoken.findall(page.text, page.body))
    years.subtract(title.years if title.zone == "body" else ())
    for period in () if titled else words().year.period.finditer(page.text, page.body):
        years.subtract(words().year.spoken.findall(page.text, *period.span()))
    return Counter({year: count for year, count in years.items() if count > 0 and int(year) >= _FIRST})


def _dominant(said: Counter[str]) -> list[str]:
    """The year spoken of at least three times and twice as often as any other."""
    first, second = [*said.most_common(2), ("", 0), ("", 0)][:2]
    return [first[0]] if first[1] >= max(_SPOKEN_OFTEN, 2 * second[1]) else []


def _most_spoken(said: Counter[str]) -> list[Signal]:
    ranked = [*said.most_common(2), ("", 0)][:2]
    return [Signal(_FIELD, "spoken", ranked[0][0], "")] if ranked[0][1] > ranked[-1][1] else []


def _address(page: Page) -> Iterator[Signal]:
    for found in words().year.address.finditer(page.source):
        yield Signal(_FIELD, "address", next(filter(None, found.groups())), "")


def _from_index(dates: Sequence[Signal]) -> Iterator[Signal]:
    for signal in dates:
        found = words().year.index.search(signal.value) if signal.field == "index_number" else None
        if found:
            yield Signal(_FIELD, "index number", str(int(found.group(1)) - 1), signal.at)


def _from_publication(dates: Sequence[Signal]) -> Iterator[Signal]:
    for signal in dates:
        if signal.field in ("published_on", "document_date"):
            year, month, _ = signal.value.split("-")
            yield Signal(_FIELD, "publication", year if month == _LAST_MONTH else str(int(year) - 1), signal.at)
