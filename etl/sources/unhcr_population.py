"""UNHCR, refugees, asylum-seekers and other people in need of protection, by origin and country of asylum, as a table
of R. Context for a route, never trafficking.
"""

import polars as pl

from etl.errors import SourceError
from etl.parsed import Finding, Parsed
from etl.r_tables import read_r

SOURCE = "unhcr_population"
# The package that has the file; its figures end in this year.
RELEASE = "2025.12.1"
NEWEST = 2025
KINDS = {"refugees": "refugees", "asylum_seekers": "asylum_seekers", "oip": "others_in_need"}
# `coo` and `coa` are codes of UNHCR's own.
PLACES = {"coo_iso": "origin_code", "coa_iso": "destination_code"}
# The publisher prints 0 or 5 for a figure below five.
ROUNDED = 5
# The largest year and number of people that are plausible.
MOST = {"year": 2100} | dict.fromkeys(KINDS, 100_000_000)
OUTPUT = ("kind", "origin_code", "destination_code", "year", "month", "low", "high", "unit", "locator")


def parse(content: bytes, file: str) -> Parsed:
    """Parse the three figures of each row.

    Returns:
        one row a figure above zero: `kind`, `origin_code`, `destination_code` (as printed), `year`, `month` (null),
        `low`, `high` (a printed 5 may be 1 to 5), `unit`, `locator` (`row 12, column oip`). `read` counts the figures;
        blank ones are set aside, and zeros, which may be up to four people.

    Raises:
        SourceError: not an R data file of this form, or of another version of the package.
    """
    table = read_r(content, [*PLACES], MOST, source=SOURCE, file=file, blank=KINDS)
    if table["year"].max() != NEWEST:
        problem = f"its newest year is not {NEWEST}: another version of the package; adapt RELEASE"
        raise SourceError(problem, source=SOURCE, file=file)
    cells = table.unpivot([*KINDS], index=["row", "year", *PLACES], variable_name="column", value_name="persons")
    known = cells.filter(pl.col("persons") > 0)
    aside = {"no_value": cells["persons"].null_count(), "zero_or_few": cells.filter(persons=0).height}
    rows = known.rename(PLACES).select(
        *PLACES.values(),
        kind=pl.col("column").replace_strict(KINDS),
        year=pl.col("year").cast(pl.Int16),
        month=pl.lit(None, dtype=pl.Int8),
        low=pl.when(pl.col("persons") == ROUNDED).then(1.0).otherwise("persons"),
        high="persons",
        unit=pl.lit("persons"),
        locator=pl.format("row {}, column {}", "row", "column"),
    )
    return Parsed(
        rows=rows.select(OUTPUT),
        release=RELEASE,
        release_basis="version of the package; nothing in the file says",
        read=cells.height,
        kept=rows.height,
        findings=[Finding(SOURCE, RELEASE, reason, "", n) for reason, n in aside.items() if n],
    )
