"""What was published beside what is true: a case and the rows of its report come in, a row of counts goes out.

Wrong is a published number that its report does not state; found is one that it states and that was published as
stated. Blank is not zero: a number published where none is printed must follow from the others, and say so.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.corpus import texts
from tests.corpus.cases import Case
from tests.corpus.fills import broken
from tests.corpus.form import Key
from tests.corpus.papers import Stated, truth
from tests.corpus.prose import Claim
from tests.corpus.publishing import Published

Row = dict[str, Any]
Status = Mapping[str, str]
Truth = Mapping[Key, Sequence[Stated]]
INFERENCES = ("inferred", "derived")
EXAMPLES = 3


def judged(case: Case, found: Published) -> Row:
    """The counts of one case, of which `found` was published."""
    stated, sections = truth(case.paper), found.sections
    tables = [fact for fact in found.facts if fact["origin"] == "table"]
    prose = [fact for fact in found.facts if fact["origin"] == "prose"]
    wrong = [say for fact in tables if (say := _wrong(fact, stated))]
    wrong += [f"prose {_key(fact)}={fact['value']}" for fact in prose if not _claimed(fact, case.paper.claims)]
    wrong += [f"{name} published though a sum fails" for name in _unheld(case, tables)]
    counts = _values(case, sections, tables, stated) | _sections(case, sections, tables)
    counts |= _prose(case, sections, prose) | {"misnamed": int(_misnamed(case, found.report))}
    return _labels(case, found) | counts | {"cells": len(stated), "wrong": len(wrong), "examples": wrong[:EXAMPLES]}


def _labels(case: Case, found: Published) -> Row:
    hand = case.paper.hand
    return {
        "source": case.source,
        "refused": found.report["reason"],
        "kind": case.paper.kind,
        "format": case.format,
        "dialect": case.kind,
        "script": case.script,
        "number": hand.number,
        "empty": hand.empty,
        "damage": case.damage,
        "lost_text": case.format == "text" and case.kind in texts.LOST,
    }


def _key(fact: Row) -> Key:
    return fact["metric"], fact["applicant"]


def _wrong(fact: Row, stated: Truth) -> str:
    """Why a fact of a table is wrong, or nothing."""
    said = stated.get(_key(fact))
    if said is None:
        return f"{_key(fact)} is in no table of the report"
    numbers = {one.printed for one in said if one.state == "reported"}
    told = f"{_key(fact)}={fact['value']} {fact['state']}, printed {[one.printed for one in said]}"
    if len(numbers) > 1:
        return f"stated twice: {told}"
    if not numbers and fact["state"] not in INFERENCES:
        return f"nothing printed: {told}"
    expected = said[0] if said else None
    if expected is not None and expected.unit and fact["value"] and fact["unit"] != expected.unit:
        return f"unit {fact['unit']}: {told}"
    return "" if expected is None or abs(fact["value"] - expected.value) < 1e-9 else told


def _claimed(fact: Row, claims: Sequence[Claim]) -> bool:
    """Whether the prose says so; a careful reader may name some quantities otherwise."""
    return any(
        fact["metric"] in (claim.metric, *claim.also)
        and fact["applicant"] == claim.applicant
        and _same_item(fact["item"], claim.item)
        and abs(fact["value"] - claim.value) < 1e-9
        for claim in claims
    )


def _same_item(named: str, printed: str) -> bool:
    """A reader may call 财政信息 what it is about: 财政."""
    return printed.startswith(named) and bool(named) == bool(printed)


def _unheld(case: Case, tables: Sequence[Row]) -> Iterator[str]:
    """Sections of which all operands of a sum were published that does not hold."""
    published = {_key(fact) for fact in tables}
    for section in case.paper.sections:
        if any(published.issuperset(rule.left + rule.right) for rule in broken(section)):
            yield section.name


def _values(case: Case, sections: Status, tables: Sequence[Row], stated: Truth) -> Row:
    """Of the values that are printed and survive: found, held, lost. Sections with a planted fault are left out.

    Of a report with a damaged table only that table is asked for.
    """
    values = {_key(fact): fact["value"] for fact in tables}
    lossy = case.format == "unruled PDF" or (case.format == "text" and case.kind in texts.LOSSY)
    counts = Counter(printed=0, found=0, value_held=0, value_lost=0)
    for key, said in stated.items():
        one = next(iter(said), None)
        if one is None or one.state != "reported" or one.section == case.paper.faulty or (lossy and not one.alone):
            continue
        if case.struck not in ("", one.section):
            continue
        counts["printed"] += 1
        if key in values:
            counts["found"] += abs(values[key] - one.value) < 1e-9
        else:
            counts["value_held" if sections.get(one.section) == "held" else "value_lost"] += 1
    return dict(counts)


def _sections(case: Case, sections: Status, tables: Sequence[Row]) -> Row:
    """Whether the planted fault was held, and how many clean sections were.

    A fault between numbers none of which is published is held too: what cannot be read cannot be wrong.
    """
    faulty = case.paper.faulty
    clean = [section.name for section in case.paper.sections if section.name not in (faulty, case.struck)]
    clean += ["narrative"] if case.paper.claims else []
    clean = [] if case.format == "text" and case.kind in texts.LOST else clean
    rule = case.paper.planted
    operands = {*rule.left, *rule.right} if rule else set()
    held = sections.get(faulty) == "held" or operands.isdisjoint(map(_key, tables))
    return {
        "planted": int(bool(faulty)),
        "identity": rule.identity if rule else "",
        "planted_held": int(bool(faulty) and held),
        "clean": len(clean),
        "clean_held": sum(sections.get(name) == "held" for name in clean),
    }


def _prose(case: Case, sections: Status, prose: Sequence[Row]) -> Row:
    claims = case.paper.claims
    found = sum(
        any(_claimed(fact, [claim]) for fact in prose) for claim in claims if sections.get("narrative") == "published"
    )
    return {"claims": len(claims), "claims_found": found}


def _misnamed(case: Case, report: Row) -> bool:
    """Whether a report is published under another year, agency or region than its own; a name may say the city too."""
    who = case.paper.who
    if report["status"] not in ("published", "partly_held"):
        return False
    other_year = report["fiscal_year"] not in (None, who.fiscal_year)
    other_region = report["region_code"] not in ("", who.region_code)
    return other_year or other_region or not (report["agency"] == "" or report["agency"].endswith(who.agency))
