"""The quality site of many reports: the samples checked once and copied under other names; seconds, memory, sizes.

python -m tests.flows.site.many REPORTS [--home DIR]
"""

import argparse
import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from flows.report import write_site
from tests.flows.frames import frame, run
from tests.flows.reports import SAMPLES, checked

YEARS = 10  # reports of an agency
SHOWN = ("index", "reports", "agencies", "rules", "decisions")


def many(home, reports):
    """The tables of that many reports, of a tenth as many agencies; a third has something held."""
    tables = checked(home, {path.name: path.read_bytes() for path in SAMPLES.iterdir()}).tables
    copies = pl.DataFrame({"copy": range(-(-reports // tables["quality.reports"].height))}, schema={"copy": pl.Int64})
    return {name: copied(given, copies) for name, given in tables.items() if name != "analytics.metrics"}


def copied(given, copies):
    """Every row once for each copy, under another report_id; reports of another agency and year too."""
    if "report_id" not in given.columns:
        return given
    rows = given.join(copies, how="cross")
    renamed = {
        "report_id": pl.format("{}{}", pl.col("report_id").str.head(10), pl.col("copy").cast(pl.String).str.zfill(6))
    }
    if "agency_id" in given.columns and "source" in given.columns:
        renamed |= {
            "agency": pl.when(pl.col("agency") != "").then(pl.format("{}{}", "agency", pl.col("copy") // YEARS)),
            "agency_id": pl.format("{}-{}", "report_id", pl.col("copy") // YEARS),
            "fiscal_year": pl.col("fiscal_year") - (pl.col("copy") % YEARS).cast(pl.Int32),
            "source": pl.format("{}/{}", "copy", "source"),
        }
    return rows.with_columns(**renamed).drop("copy").with_columns(pl.col(pl.String).fill_null(""))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", type=int)
    parser.add_argument("--home", type=Path)
    given = parser.parse_args()
    with TemporaryDirectory() as made:
        home = given.home or Path(made)
        tables = many(home, given.reports)
        runs = [run(f"r{day}", day, reports_published=day * 100, reports_held=20, rejected=10) for day in range(1, 20)]
        before, clock = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        write_site(home, {**tables, "quality.runs": frame("quality.runs", *runs)})
        seconds, peak = time.process_time() - clock, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        count = tables["quality.reports"].height
        tell(home / "quality", count, seconds, peak, before)


def tell(site, count, seconds, peak, before):
    """What it took, and how large the pages are."""
    print(f"{count} reports: {seconds:.1f} s of processor, {1000 * seconds / count:.2f} ms a report")
    print(f"peak {peak / 1024:.0f} MB, before {before / 1024:.0f} MB")
    for name in SHOWN:
        print(f"{name}.html {(site / name).with_suffix('.html').stat().st_size / 1e6:.2f} MB")
    for folder in ("reports", "agencies", "issues"):
        sizes = [path.stat().st_size for path in (site / folder).iterdir()]
        print(f"{folder}/ {len(sizes)} files, {sum(sizes) / 1e6:.0f} MB, largest {max(sizes) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
