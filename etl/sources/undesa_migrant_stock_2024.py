"""UN DESA, bilateral migrant stock, revision of 2024, as a table of R: estimates by sex, countries as ISO3 codes.

Context for a route, never trafficking.
"""

import polars as pl

from etl.errors import SourceError
from etl.parsed import Parsed
from etl.r_tables import read_r

SOURCE = "undesa_migrant_stock_2024"
KEY = ["from", "geo", "t"]
# The largest year and number of people that are plausible.
MOST = {"t": 2100, "n": 1_000_000_000}
SEXES = ["female", "male"]
OUTPUT = ("origin_code", "destination_code", "year", "persons", "locator")


def parse(content: bytes, file: str) -> Parsed:
    """Parse the table: women and men of each pair and year are added.

    Returns:
        one row a pair of countries and year: `origin_code`, `destination_code` (as printed), `year`, `persons`,
        `locator` (`rows 3 and 4`). `read` counts pairs and years. A zero is one: pairs that are not known are absent.

    Raises:
        SourceError: not an R data file of this form, or a pair and year without one row for each sex.
    """
    table = read_r(content, ("from", "geo", "sex"), MOST, source=SOURCE, file=file)
    pairs = table.group_by(KEY, maintain_order=True).agg("row", "sex", pl.col("n").sum())
    odd = pairs.filter(pl.col("sex").list.sort() != SEXES)
    for origin, destination, year, rows in odd.select(*KEY, "row").head(1).iter_rows():
        problem = f"{origin} to {destination} in {year:.0f} has not one row for women and one for men; check the file"
        raise SourceError(problem, source=SOURCE, file=file, row=rows[0])
    release = str(max(map(int, pairs["t"].unique())))
    stocks = pairs.select(
        origin_code="from",
        destination_code="geo",
        year=pl.col("t").cast(pl.Int16),
        persons=pl.col("n").cast(pl.Int64),
        locator=pl.format("rows {} and {}", pl.col("row").list.first(), pl.col("row").list.last()),
    )
    return Parsed(
        rows=stocks.select(OUTPUT),
        release=release,
        release_basis="newest year of the figures",
        read=pairs.height,
        kept=stocks.height,
    )
