"""UN DESA, bilateral migrant stock, revision of 2020: a matrix of estimates for each year, origins as rows.

Context for a route, never trafficking. Names are informal English, and regions stand among the countries.
"""

import json
from collections.abc import Iterator

import polars as pl

from etl.errors import SourceError
from etl.parsed import Finding, Parsed

SOURCE = "undesa_migrant_stock_2020"
OUTPUT = {"origin": pl.String, "destination": pl.String, "year": pl.Int16, "persons": pl.Int64, "locator": pl.String}


def parse(content: bytes, file: str) -> Parsed:
    """Parse all cells of the matrices.

    Returns:
        one row a cell above zero: `origin`, `destination` (names as printed), `year`, `persons`, `locator`
        (`year 2020, Venezuela to Colombia`). `read` counts the cells; those of a region, which has countries of its
        own, and zeros, since a zero and an unknown figure are printed alike, are set aside.

    Raises:
        SourceError: not this file's form.
    """
    try:
        table = json.loads(content)
        names, regions, matrices = table["names"], {*table["regions"]}, table["matrix"]
        rows = [row for year, matrix in matrices.items() for row in _cells(int(year), matrix, names, regions)]
        stocks, release = pl.DataFrame(rows, schema=OUTPUT, orient="row"), max(matrices)
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, pl.exceptions.PolarsError) as error:
        problem = f"it is not a list of names and a matrix for each year ({error}); download it again"
        raise SourceError(problem, source=SOURCE, file=file) from error
    # Between countries: the cells of regions repeat them.
    read, between = len(matrices) * len(names) ** 2, len(matrices) * (len(names) - len(regions)) ** 2
    aside = {"region": read - between, "zero_or_unknown": between - stocks.height}
    return Parsed(
        rows=stocks,
        release=release,
        release_basis="newest year of the figures",
        read=read,
        kept=stocks.height,
        findings=[Finding(SOURCE, release, reason, "", n) for reason, n in aside.items() if n],
    )


def _cells(
    year: int, matrix: list[list[int]], names: list[str], regions: set[int]
) -> Iterator[tuple[str, str, int, int, str]]:
    """The cells above zero between two countries."""
    if not regions <= {*range(len(names))}:
        raise ValueError("a region that is not in the list")
    for at, (origin, line) in enumerate(zip(names, matrix, strict=True)):
        for to, (destination, persons) in enumerate(zip(names, line, strict=True)):
            if not isinstance(persons, int) or persons < 0:
                raise ValueError(f"{origin} to {destination} in {year} is {persons}, not a number of people")
            if persons > 0 and not {at, to} & regions:
                yield origin, destination, year, persons, f"year {year}, {origin} to {destination}"
