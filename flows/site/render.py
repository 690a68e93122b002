"""The templates of the quality site: a template and its values in, a page out that runs no script but ours.

Everything is escaped; a policy in the page names our style and script by their hashes, so that a browser runs nothing
that a report may have brought, even if it got past the escaping.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from flows.site.limits import limits
from flows.texts import label, texts

TEMPLATES = Path(__file__).parents[1] / "templates"


def render(name: str, **values: object) -> str:
    """The page that a template makes of `values`."""
    return _environment().get_template(name).render(**values)


def write(path: Path, page: str) -> Path:
    """Puts a page in its place, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(page, encoding="utf-8")
    return beside.replace(path)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    style, script = (own(name) for name in ("style.css", "script.js"))
    environment.filters["number"] = number
    environment.globals |= {
        "t": texts(),
        "label": label,
        "limits": limits(),
        "style": Markup(style),
        "script": Markup(script),
        "policy": f"default-src 'none'; img-src data:; style-src '{digest(style)}'; script-src '{digest(script)}'",
    }
    return environment


def own(name: str) -> str:
    """Our style or script, as it stands in the pages."""
    return (TEMPLATES / name).read_text(encoding="utf-8").strip()


def digest(text: str) -> str:
    """The hash of an inline style or script as a content security policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def number(value: float | None) -> str:
    """A number with separators of thousands; blank for none."""
    return "" if value is None else f"{value:,.10g}"
