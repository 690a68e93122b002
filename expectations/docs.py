"""The evidence of a verdict in, the page of Great Expectations out: data docs that open offline and ask nobody."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.verdict import Verdict

if TYPE_CHECKING:
    from great_expectations.core import ExpectationSuiteValidationResult

# The page links bootstrap, jquery, vega, fonts and a logo from other hosts, and pages of a site that is not built:
# no use offline, and a request per view online. Its scripts need jquery, so they go too.
OUTSIDE = re.compile(
    r"<link\b[^>]*>|<script\b.*?</script>|<img\b[^>]*>|<footer\b.*?</footer>|url\([^)]*//[^)]*\)"
    r"|href=[\"'](?:https?:|\.\.)[^\"']*[\"']",
    re.IGNORECASE | re.DOTALL,
)
STYLE = """<style>
body { font: 14px/1.5 sans-serif; max-width: 72rem; margin: 1rem auto; padding: 0 1rem !important }
table { border-collapse: collapse; margin: .5rem 0 }
td, th { border: 1px solid #ccc; padding: .2rem .5rem; text-align: left; overflow-wrap: break-word }
.fa-check-circle::before { content: "✓"; color: #2a7d2a }
.fa-times::before { content: "✗"; color: #b3261e }
.fa-exclamation-triangle::before { content: "⚠"; color: #b3261e }
nav, .modal, .card, a[data-toggle], .popover, .d-none { display: none !important }
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
    """The page without what it would load from or link to elsewhere, with a plain style of its own."""
    return OUTSIDE.sub("", html).replace("</head>", f"{STYLE}</head>", 1)


def _result(verdict: Verdict) -> "ExpectationSuiteValidationResult":
    from great_expectations.core.expectation_validation_result import ExpectationSuiteValidationResultSchema

    result: ExpectationSuiteValidationResult = ExpectationSuiteValidationResultSchema().load(dict(verdict.evidence))
    return result
