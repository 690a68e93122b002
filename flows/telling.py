"""What was found in drafts, told: on the screen in the reader's language, or as JSON for a program (docs/check.md)."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Literal, get_args

from rich.console import Console

from flows.draft import ERRORS, Draft, Number, Problem, Status
from flows.position import BRIEFLY, Position, words
from flows.terminal import safe
from flows.texts import Phrase, label, texts

Language = Literal["zh", "en"]
VERSION = 1
GROUPS = (("errors", ERRORS), ("warnings", ("warning",)), ("info", ("info",)))
OUTCOMES = ("pass", "fail", "not_assessable")


def print_drafts(found: Sequence[Draft], language: Language, out: Console) -> None:
    """Every file on `out` with its problems by severity, and a sentence about all of them."""
    for draft in found:
        _print_draft(draft, language, out)
    counted = Counter(draft.status for draft in found)
    told = [
        _say(f"overall_{status}", language, count=counted[status]) for status in get_args(Status) if counted[status]
    ]
    said = _say("comma", language).join(told)
    out.print(f"\n{_say('overall', language, files=len(found), said=said)}", style="bold")


def as_json(found: Sequence[Draft]) -> str:
    """All that was found, as one JSON object; fields are only ever added as long as `version` stays."""
    counted = Counter(draft.status for draft in found)
    summary = {status: counted[status] for status in get_args(Status)}
    told = {"version": VERSION, "summary": summary, "files": [_file(draft) for draft in found]}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _print_draft(draft: Draft, language: Language, out: Console) -> None:
    year = _say("year", language, year=draft.fiscal_year) if draft.fiscal_year else ""
    out.print(f"\n{safe('  '.join(filter(None, (draft.file, draft.agency, year))))}", style="bold")
    if draft.status in ("clean", "unchecked", "unreadable"):
        out.print(f"  {_say(draft.status, language)}")
    if draft.reason is not None:
        out.print(f"  {safe(getattr(draft.reason, language))}")
        return
    for name, severities in GROUPS:
        problems = [problem for problem in draft.problems if problem.severity in severities]
        if problems:
            out.print(f"  {_say(name, language)}")
        for place, problem in enumerate(problems, 1):
            out.print("\n".join(safe(line) for line in _told(place, problem, language)))
    _print_extent(draft, language, out)


def _print_extent(draft: Draft, language: Language, out: Console) -> None:
    """What was read and how much of it could be checked: nothing found in nothing read is no praise."""
    found = draft.sections or {}
    sections = {code: found[code] for code in texts()["section"] if code in found}
    for name, statuses in (("read", ("published", "held")), ("lost", ("lost",))):
        labels = [getattr(label("section", code), language) for code, status in sections.items() if status in statuses]
        if labels:
            out.print(f"  {_say(name, language, sections=_say('comma', language).join(labels))}")
    checks = draft.checks or {}
    passed, failed, unknown = (checks.get(outcome, 0) for outcome in OUTCOMES)
    total = passed + failed + unknown
    blanks = _say("blanks", language) if unknown else ""
    out.print(f"  {_say('counts', language, all=total, passed=passed, failed=failed, open=unknown)}{blanks}")


def _told(place: int, problem: Problem, language: Language) -> Iterator[str]:
    section = getattr(label("section", problem.section or "report"), language)
    yield f"    {place}. {section}  {getattr(problem.sentence, language)} [{problem.rule}]"
    zeros = [number for number in problem.numbers if number.value == 0]
    shown = [number for number in problem.numbers if number.value != 0 or len(zeros) == 1]
    # A number whose column cannot be known is a candidate for several cells, and printed once.
    yield from dict.fromkeys(f"       {_number(number, language)}" for number in shown)
    if len(zeros) > 1:
        yield f"       {_say('zeros', language, count=len(zeros))}"
    if not problem.numbers and (where := _where(problem.position, language)):
        yield f"       {_say('place', language, where=where)}"
    yield f"       {_say('mend', language, advice=getattr(problem.advice, language))}"


def _number(number: Number, language: Language) -> str:
    name = getattr(number.name, language)
    told = _say("printed" if number.printed.strip() else "blank", language, name=name, printed=number.printed.strip())
    return "  ".join([told, _where(number.position, language)]).rstrip()


def _where(position: Position, language: Language) -> str:
    return _say("comma", language).join(getattr(each, language) for each in words(position, BRIEFLY))


def _say(name: str, language: Language, /, **values: object) -> str:
    return str(getattr(texts()["check"][name].fill(**values), language))


def _file(draft: Draft) -> dict[str, Any]:
    checks = {outcome: (draft.checks or {}).get(outcome, 0) for outcome in OUTCOMES}
    return {
        "file": draft.file,
        "status": draft.status,
        "reason": _both(draft.reason) if draft.reason else None,
        "report_id": draft.report_id,
        "agency": draft.agency,
        "fiscal_year": draft.fiscal_year,
        "sections": draft.sections or {},
        "checks": checks,
        "problems": [_plain(problem) for problem in draft.problems],
    }


def _plain(problem: Problem) -> dict[str, Any]:
    told = {name: value for name, value in asdict(problem).items() if name != "numbers"}
    told["position"] = _known(problem.position)
    numbers = [_number_plain(number) for number in problem.numbers]
    return told | {"sentence": _both(problem.sentence), "advice": _both(problem.advice), "numbers": numbers}


def _number_plain(number: Number) -> dict[str, Any]:
    return asdict(number) | {"name": _both(number.name), "position": _known(number.position)}


def _known(position: Position) -> dict[str, Any]:
    return {name: value for name, value in position._asdict().items() if value}


def _both(phrase: Phrase) -> dict[str, str]:
    return {"zh": phrase.zh, "en": phrase.en}
