"""The quality site in a real browser: builds one from the samples and a hostile report, opens it, uses it.

    python -m tests.flows.site.check [HOME] [--screenshots DIR]

With HOME, the site that stands there is only opened. Says "skipped" and ends well where there is no Chromium.
"""

import argparse
import base64
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.report import write_site
from tests.flows.frames import frame, run
from tests.flows.reports import SAMPLES, checked
from tests.flows.site.browser import browser, program
from tests.flows.site.many import many
from transforms.decisions import Decision

SCRIPT = "<script>hacked=1</script><img src=x onerror=hacked=1>"
SHOWN = SCRIPT.replace("<", "&lt;") + "javascript:hacked=1"
# A title, a number and a sentence that show scripts, and a line of the source that runs them.
SCRIPTED = {
    "</title>": f"{SHOWN}</title>",
    "<td>17</td>": f"<td>17{SHOWN}</td>",
    "263条。": f"263条{SHOWN}{SCRIPT}。",
}
SOURCE = '"><img src=x onerror=hacked=1>.html'
RUNS = [run(f"r{day}", day, reports_published=day, reports_held=2, rejected=1) for day in range(1, 9)]
WIDTHS = {"narrow": 380, "wide": 1440}
# The data docs are Great Expectations' own page: looked at for complaints, not for its width.
LONG = 700  # reports; above what a list shows at once
FITS = "!document.querySelector('nav.top') || document.documentElement.scrollWidth <= innerWidth"
VISIBLE = "[...document.querySelectorAll('#all tbody tr')].filter(row => !row.hidden)"


SAID = {"who": "李四", "decided_on": date(2026, 3, 1), "reason": f"机关书面更正{SCRIPT}"}
CLOSED = {"section": "requests", "metric": "requests_concluded", "origin": "table"}
WRONG = (("natural_person", "c1656-1658", 21.0, 23.0), ("total", "c1681-1683", 23.0, 25.0))


def decisions():
    """Both wrong totals of a sample corrected, and the fault of another accepted as printed."""
    where = {"report_id": "c71c4b49d641962d", "source": "t3-total-planted.txt"}
    for applicant, locator, read, value in WRONG:
        cell = where | CLOSED | {"applicant": applicant, "locator": locator, "printed": f"{read:g}", "read": read}
        yield Decision(decision="correct", **cell, value=value, **SAID)
    about = {"section": "remedies", "identity": "T4.REV", "finding_id": "c554aea815778801"}
    named = {"report_id": "c6215d682108c67b", "source": "t4-reconsideration-planted.html"}
    yield Decision(decision="accept", **named, **about, **SAID)


def build(home):
    """A site of all samples, and one of them once more with scripts in its name, cells, prose and source."""
    given = {path.name: path.read_bytes() for path in SAMPLES.iterdir()}
    page = given["t3-row-planted.html"].decode()
    for clean, with_scripts in SCRIPTED.items():
        assert clean in page
        page = page.replace(clean, with_scripts)
    tables = checked(home, given | {SOURCE: page.encode()}, tuple(decisions())).tables
    write_site(home, {**tables, "quality.runs": frame("quality.runs", *RUNS)})


def every_page(page, site, shots):
    """Each page in both widths: nothing is complained of, nothing runs, nothing stands out to the right."""
    for path in sorted(site.rglob("*.html")):
        for name, width in WIDTHS.items():
            page.resize(width, 1000)
            page.open(path)
            assert page.ask("typeof hacked") == "undefined", path
            assert page.ask(FITS), f"{path} is wider than {width}"
            if shots and path.parent == site:
                shoot(page, shots / f"{path.stem}-{name}.png")
    assert page.complaints == [], page.complaints


def lists(page, site):
    """The list of reports filters by word and by status, and sorts both ways."""
    page.open(site / "reports.html")
    everything = page.ask(f"{VISIBLE}.length")
    page.ask("words = document.querySelector('input'); words.value = '2022'; words.dispatchEvent(new Event('input'))")
    some = page.ask(f"{VISIBLE}.map(row => row.textContent.includes('2022'))")
    assert 0 < len(some) < everything and all(some)
    assert page.ask("Number(document.querySelector('output').textContent)") == len(some)
    page.open(site / "reports.html", "#status=held")
    assert set(page.ask(f"{VISIBLE}.map(row => row.dataset.status)")) == {"held"}
    page.open(site / "reports.html")
    years = []
    for _ in range(2):
        page.click("#all thead th:nth-child(3)")
        years.append([year for year in page.ask(f"{VISIBLE}.map(row => row.cells[2].textContent)") if year])
    assert years[0] == sorted(years[0]) and years[1] == years[0][::-1] and len(set(years[0])) > 2


def numbers(page, path):
    """A click on a number shows the line of the source that prints it, a click there leads back."""
    page.open(path)
    number = page.ask("document.querySelector('td.wrong a.v').textContent")
    page.click("td.wrong a.v")
    shown = "(() => { const b = document.querySelector('.source a:target').getBoundingClientRect();"
    assert page.ask(f"{shown} return b.top >= 0 && b.bottom <= innerHeight && b.width > 0; }})()")
    assert page.ask("document.querySelector('.source a:target').textContent") == number
    page.click(".source a:target")
    assert page.ask("document.querySelector(':target').textContent") == number
    assert page.ask("document.querySelector(':target').matches('a.v')")
    page.click("td.wrong sup a")
    assert page.ask("document.querySelector('.finding:target') !== null")


def long_lists(page, site):
    """A list of many reports shows some of them; the others are a click or a word away."""
    page.open(site / "reports.html")
    step, everything = page.ask(
        "[Number(document.body.dataset.rows), Number(document.querySelector('output').textContent)]"
    )
    assert page.ask(f"{VISIBLE}.length") == step < everything
    page.ask("document.querySelector('.wide + button').click()")
    assert page.ask(f"{VISIBLE}.length") == min(2 * step, everything)
    last = page.ask("[...document.querySelectorAll('#all tbody tr')].at(-1).cells[6].textContent")
    page.open(site / "reports.html")
    page.ask(
        f"words = document.querySelector('input'); words.value = {last!r}; words.dispatchEvent(new Event('input'))"
    )
    assert last in page.ask(f"{VISIBLE}.map(row => row.cells[6].textContent)")


def decided(page, site):
    """The corrected numbers stand beside the printed ones, and every decision is in the list of all."""
    page.open(site / "decisions.html")
    rows = page.ask("[...document.querySelectorAll('#decisions tbody tr')].map(row => row.dataset.status)")
    assert rows == ["applied"] * len(list(decisions()))
    page.open(site / page.ask("document.querySelector('#decisions tbody a[href*=c71c]').getAttribute('href')"))
    assert page.ask("[...document.querySelectorAll('b.given')].map(given => given.textContent)") == ["23", "25"]
    assert page.ask("document.querySelectorAll('p.decided').length") == 2


def charts(page, site):
    """Every chart takes up room and has bars of some width."""
    page.open(site / "index.html")
    sizes = page.ask("[...document.querySelectorAll('figure svg')].map(svg => svg.getBoundingClientRect().height)")
    assert len(sizes) == 3 and min(sizes) > 60
    bars = page.ask("[...document.querySelectorAll('g.series rect')].map(bar => bar.getBoundingClientRect().width)")
    assert max(bars) > 50


def hostile(page, site):
    """What the hostile report brought stands on its page as text."""
    page.open(
        next(path for path in (site / "reports").iterdir() if "x onerror=hacked=1&gt;.html" in path.read_text("utf-8"))
    )
    shown = page.ask("document.body.innerText")
    assert SOURCE in shown and shown.count("<script>hacked=1</script>") > 1
    assert page.ask("document.querySelectorAll('img').length") == 0


def shoot(page, path):
    """The whole page as a picture."""
    data = page.call("Page.captureScreenshot", captureBeyondViewport=True, format="png")["data"]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(base64.b64decode(data))


def main():
    parser = argparse.ArgumentParser(description="Open the quality site in a browser and use it.")
    parser.add_argument("home", type=Path, nargs="?")
    parser.add_argument("--screenshots", type=Path)
    given = parser.parse_args()
    if program() is None:
        print("skipped: there is no Chromium here (Debian: apt-get install chromium)")
        return
    with TemporaryDirectory() as made, browser() as page:
        site = (given.home or Path(made)) / "quality"
        if given.home is None:
            build(Path(made))
        every_page(page, site, given.screenshots)
        if given.home is None:
            lists(page, site)
            charts(page, site)
            numbers(page, wrong(site))
            hostile(page, site)
            decided(page, site)
            write_site(Path(made), {**many(Path(made), LONG), "quality.runs": frame("quality.runs", *RUNS)})
            long_lists(page, site)
            assert page.complaints == [], page.complaints
    print(
        "every page is in order"
        + ("" if given.home else ", and lists, charts, numbers, decisions and a hostile report with them")
    )


def wrong(site):
    """The page of the report whose planted error is in a cell of a web page."""
    return next(path for path in (site / "reports").iterdir() if ">t3-row-planted.html<" in path.read_text("utf-8"))


if __name__ == "__main__":
    main()
