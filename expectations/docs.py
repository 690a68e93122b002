"""The evidence of a verdict in, the page of Great Expectations out: data docs that open offline and ask nobody."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.verdict import Verdict

if TYPE_CHECKING:
    from great_expectations.core import ExpectationSuiteValidationResult

# The page links bootstrap, jquery, vega and a logo from other hosts: no use offline, and a request per view online.
OUTSIDE = re.compile(
    r"""<link\b[^>]*href=["'](?:https?:)?//[^>]*>|<script\b[^>]*src=["'](?:https?:)?//[^>]*>\s*</script>"""
    r"""|<img\b[^>]*src=["'](?:https?:)?//[^>]*>|url\(["']?(?:https?:)?//[^)]*\)""",
    re.IGNORECASE,
)
STYLE = """<style>
body { font: 14px/1.5 sans-serif; max-width: 72rem; margin: 1rem auto; padding: 0 1rem !important }
table { border-collapse: collapse; margin: .5rem 0 }
td, th { border: 1px solid #ccc; padding: .2rem .5rem; text-align: left }
.modal, .navbar, .toast, .popover, .d-none, #ge-cta-footer { display: none !important }
pre, code { white-space: pre-wrap; overflow-wrap: anywhere }
</style>"""


def write(verdict: Verdict, folder: Path) -> Path:
    """Write the data docs of the verdict to `folder`/index.html and return that path; takes about 0.2 s."""
    from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer
    from great_expectations.render.view.view import DefaultJinjaPageView

    page = ValidationResultsPageRenderer().render(_result(verdict))
    html = offline(str(DefaultJinjaPageView().render(page)))  # type: ignore[no-untyped-call]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "index.html"
    path.write_text(html, encoding="utf-8")
    return path


def offline(html: str) -> str:
    """The page without what it would load from other hosts, and with a plain style of its own."""
    return OUTSIDE.sub("", html).replace("</head>", f"{STYLE}</head>", 1)


def _result(verdict: Verdict) -> "ExpectationSuiteValidationResult":
    from great_expectations.core.expectation_validation_result import ExpectationSuiteValidationResultSchema

    result: ExpectationSuiteValidationResult = ExpectationSuiteValidationResultSchema().load(dict(verdict.evidence))
    return result
