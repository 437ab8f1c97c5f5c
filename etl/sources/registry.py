"""A state's case register (`etl.cases`): the tables of its releases, which its ministry has published.

Counts by form of exploitation, by sex and by age are kept, and of victims those by citizenship.
"""

from collections.abc import Sequence

import polars as pl

from data.columns import SEX
from etl.cases import releases
from etl.cases.layout import INDICATORS
from etl.cases.source import PREFIX, indicator
from etl.cases.tables import DIMENSIONS, EXACT, NOT_ASKED, TABLES, TOTAL, CaseTable
from etl.errors import SourceError
from etl.parsed import Finding, Parsed
from etl.registers import PART_OF_A_YEAR

LISTED = ("origin",)
CITIZENSHIP = frozenset({"origin", "destination"})
COLUMNS = ("indicator", "area", "year", "sex", "age", "form", "low", "high", "status", "printed", "locator")
# Why cells are no figures of their own.
REPEATED = "repeated_row"
BY_CITIZENSHIP = "by_citizenship"
NOT_A_CODE = "not_asked"


def parse(content: bytes, file: str) -> Parsed:
    """Parse a table of a release.

    Args:
        file: its path, as `hti/2026-12-01/tables/by_form.csv`; the release is its day.

    Returns:
        one row a cell: `COLUMNS`, by citizenship also `origin`; `locator` is `row 12`.

    Raises:
        SourceError: the table is unknown, or has other columns or values.
    """
    area, release, _, name = file.split("/")
    source = PREFIX + area
    table = next((table for table in TABLES if releases.path_of(table).endswith(f"/{name}")), None)
    if table is None:
        raise SourceError("no such table is known", source=source, file=file)
    try:
        cells = releases.read(content, table)
    except ValueError as error:
        raise SourceError(str(error), source=source, file=file) from error
    judged = cells.with_row_index("row", offset=2).with_columns(_reason(table, release).alias("reason"))
    kept = judged.filter(pl.col("reason").is_null())
    findings = [Finding(source, release, reason, detail, n) for reason, detail, n in _aside(judged, release)]
    columns = (*COLUMNS, *(LISTED if table.dimensions == LISTED else ()))
    return Parsed(_rows(kept, area, columns), release, "folder", cells.height, kept.height, findings, table.name)


def _reason(table: CaseTable, release: str) -> pl.Expr:
    """Why a cell is set aside; null if it is kept."""
    total = pl.all_horizontal(pl.col(DIMENSIONS) == TOTAL)
    not_asked = pl.any_horizontal(pl.col("sex", "age", "form") == NOT_ASKED) | ~pl.col("sex").is_in(SEX)
    return (
        # The year of the release has more cases to come.
        pl.when(pl.col("year") >= int(release[:4]))
        .then(pl.lit(PART_OF_A_YEAR))
        .when(total & (table != TABLES[0]))
        .then(pl.lit(REPEATED))
        .when(pl.lit(bool(CITIZENSHIP & {*table.dimensions})) & ~_list_of_victims(table))
        .then(pl.lit(BY_CITIZENSHIP))
        .when(not_asked)
        .then(pl.lit(NOT_A_CODE))
    )


def _list_of_victims(table: CaseTable) -> pl.Expr:
    return (pl.col("indicator") == INDICATORS["victim"]) & (table.dimensions == LISTED)


def _aside(judged: pl.DataFrame, release: str) -> list[tuple[str, str, int]]:
    """The reasons, with the months of years that are not over (`2026-01/2026-12`), and the number of cells."""
    months = pl.format("{}-01/{}", "year", pl.lit(release[:7]))
    detail = pl.when(pl.col("reason") == PART_OF_A_YEAR).then(months).otherwise(pl.lit(""))
    aside = judged.drop_nulls("reason").group_by("reason", detail=detail).len().sort("reason", "detail")
    return [*aside.iter_rows()]


def _rows(kept: pl.DataFrame, area: str, columns: Sequence[str]) -> pl.DataFrame:
    exact = pl.col("status") == EXACT
    return kept.with_columns(
        indicator=pl.col("indicator").map_elements(lambda code: indicator(area, code), pl.String),
        printed=pl.when(exact).then(pl.col("low").cast(pl.String)).otherwise(pl.format("{}-{}", "low", "high")),
        locator=pl.format("row {}", "row"),
    ).select(columns)
