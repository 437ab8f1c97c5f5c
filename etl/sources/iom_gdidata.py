"""IOM, counts of people in irregular transit by nationality and month, as the services of three states publish them.

A crossing is an event, not a person: who crosses twice counts twice. Context for a route, never trafficking.
"""

import re

import polars as pl

from etl.errors import SourceError
from etl.parsed import Finding, Parsed
from etl.r_tables import read_r

SOURCE = "iom_gdidata"
# The day of the package that has the files.
RELEASE = "2025-06-19"
FILE = re.compile(r"irreg_([a-z]+)_nat\.rda")
CROSSED = {"darien": "PAN", "honduras": "HND", "mexico": "MEX"}
DECEMBER = 12
# The largest day since 1970 (that of the year 2100) and number of people that are plausible.
MOST = {"t": 47_482, "n": 10_000_000}


def parse(content: bytes, file: str) -> Parsed:
    """Parse one state's counts: the months of a year are added, as only sums of a year may be passed on.

    Years before 2020 have one row of January in Panama's file, which is the whole year.

    Returns:
        one row a nationality and year: `kind`, `origin_code` (as printed), `destination_code` (the state crossed),
        `year`, `month` (the last one, if the file ends before December), `low`, `high`, `unit`, `locator` (`VEN 2023`).
        `read` counts nationalities and years.

    Raises:
        SourceError: not an R data file of this form, or of a state that is not known here.
    """
    named = FILE.fullmatch(file)
    if named is None or named[1] not in CROSSED:
        raise SourceError(f"its name does not say which of {', '.join(CROSSED)}; rename it", source=SOURCE, file=file)
    day = pl.from_epoch(pl.col("t").cast(pl.Int32), time_unit="d")
    table = read_r(content, ("nat",), MOST, source=SOURCE, file=file)
    months = table.select("nat", "n", year=day.dt.year().cast(pl.Int16), month=day.dt.month())
    years = months.group_by("nat", "year").agg(pl.col("n").sum()).sort("year", "nat")
    last = months.select(pl.col("year", "month").sort_by("year", "month").last()).row(0)
    ended = (pl.col("year") == last[0]) & pl.lit(last[1] < DECEMBER)
    rows = years.filter(pl.col("n") > 0).select(
        kind=pl.lit("crossings"),
        origin_code="nat",
        destination_code=pl.lit(CROSSED[named[1]]),
        year="year",
        month=pl.when(ended).then(pl.lit(last[1], dtype=pl.Int8)),
        low="n",
        high="n",
        unit=pl.lit("events"),
        locator=pl.format("{} {}", "nat", "year"),
    )
    zeros = years.height - rows.height
    return Parsed(
        rows=rows,
        release=RELEASE,
        release_basis="day of the package; nothing in the file says",
        read=years.height,
        kept=rows.height,
        findings=[Finding(SOURCE, RELEASE, "zero_or_unknown", "", zeros, part=named[1])] if zeros else [],
        part=named[1],
    )
