"""What people have decided, told: rows of quality.reviews in, phrases and the rows about one finding or cell out."""

from collections.abc import Iterable
from typing import Any

from flows.terminal import as_text
from flows.texts import Phrase, label, texts
from transforms.concerned import AGAIN
from transforms.forms import metrics

Record = dict[str, Any]
STATUSES = ("applied", "outdated", "idle")
_CELL = ("section", "metric", "applicant", "item", "origin")


def what(decision: Record) -> Phrase:
    """What was decided: about which rule, or which number, as printed and as corrected."""
    rule = " ".join(filter(None, (decision["identity"], decision["instance"])))
    name, printed, value = _name(decision), decision["printed"], as_text(decision["value"])
    return texts()["decided"][decision["decision"]].fill(rule=rule, name=name, printed=printed, value=value)


def by(decision: Record) -> Phrase:
    """Who decided it, when and why."""
    return texts()["decided"]["by"].fill(**{name: decision[name] for name in ("who", "decided_on", "reason")})


def told(decision: Record) -> Phrase:
    """The whole decision in a line."""
    return texts()["decided"]["told"].fill(what=what(decision), by=by(decision))


def about_finding(decisions: Iterable[Record], finding: Record) -> list[Record]:
    """The decisions on a finding: in force, or made when it read otherwise."""
    return [each for each in decisions if each["decision"] != "correct" and _meets(each, finding)]


def about_cell(decisions: Iterable[Record], cell: Record) -> list[Record]:
    """The corrections of a cell: in force, or made when it read otherwise."""
    own = [each for each in decisions if each["decision"] == "correct"]
    return [each for each in own if all(each[name] == cell[name] for name in _CELL)]


def _meets(decision: Record, finding: Record) -> bool:
    if decision["status"] == "applied":
        return bool(decision["finding_id"] == finding["finding_id"])
    same = all(decision[name] == finding[name] for name in ("section", "identity"))
    base, now = (AGAIN.sub("", each["instance"]) for each in (decision, finding))
    return bool(finding["decision"] == "outdated" and same and base == now)


def _name(decision: Record) -> Phrase:
    metric = metrics().get(decision["metric"])
    applicant = label("applicant", decision["applicant"]) if decision["applicant"] else Phrase(zh="", en="")
    chinese = (metric.zh if metric else decision["metric"], applicant.zh, decision["item"])
    english = (decision["metric"], applicant.en, decision["item"])
    return Phrase(zh=" · ".join(filter(None, chinese)), en=" · ".join(filter(None, english)))
