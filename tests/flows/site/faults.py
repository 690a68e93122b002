"""What a page of the quality site must not hold: a page in, what is wrong with it out."""

from pathlib import Path
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from flows.site.render import digest, own

FORBIDDEN = (
    "img, iframe, object, embed, form, base, audio, video, svg a, svg image, link[rel=stylesheet], [src], [style]"
)
ALLOWED = ("data:,",)  # the icon that is none


def faults(path: Path) -> list[str]:
    """Foreign elements, scripts, handlers and links that lead out or nowhere."""
    tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
    found = [f"element {node.html[:80]}" for node in tree.css(FORBIDDEN)]
    found += [f"handler {name}" for node in tree.css("*") for name in node.attributes if name.startswith("on")]
    places = {node.attributes["id"] for node in tree.css("[id]")}
    links = [node.attributes["href"] or "" for node in tree.css("[href]")]
    return found + _scripts(tree) + [f"link {href}" for href in links if not _leads(path, places, href)]


def _scripts(tree: LexborHTMLParser) -> list[str]:
    policy = tree.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
    named = all(f"'{digest(own(name))}'" in policy for name in ("style.css", "script.js"))
    texts = [node.text() for node in tree.css("script")], [node.text() for node in tree.css("style")]
    ours = [own("script.js")], [own("style.css")]
    return [] if named and texts == ours and "unsafe" not in policy else [f"scripts {texts[0]}"]


def _leads(path: Path, places: set[str | None], href: str) -> bool:
    """Whether a link is to a file of the site that is there, or to a place that the page itself has."""
    file, _, place = href.partition("#")
    if file == "":
        return unquote(place) in places
    return href in ALLOWED or (":" not in file and not file.startswith("/") and (path.parent / file).is_file())
