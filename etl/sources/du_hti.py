"""University of Denver, Human Trafficking Index for 2008: measures that the US report's narratives state for a country.

Only the columns that `data/reference/hti_measures.csv` declares are read: laws, plans, bodies, help for victims,
training, campaigns, research, cooperation. The others (roles, profiles of victims, conduct, what is lacking) are not.
"""

import polars as pl
from openpyxl.utils import get_column_letter

from data.declaration import measures
from etl.errors import SourceError
from etl.parsed import Finding, Parsed
from etl.tabular import expect_columns, open_workbook, read_grid

SOURCE = "du_hti"
# The one sheet, named by the year of the report.
RELEASE = "2008"
YEAR = "Year"
COUNTRY = "Country"
# The meaning of 3 in this workbook is not documented: stated, but not specified.
STATED = {"1": "yes", "3": "unspecified"}
NOT_STATED = "0"
OUTPUT = ("label", "measure", "paragraph", "stated", "printed", "differs", "locator")


def parse(content: bytes, file: str) -> Parsed:
    """Parse the declared measures of each country's row.

    Returns:
        one row a cell that states a measure: `label` (country as printed), `measure`, `paragraph` (1-32), `stated`
        {yes, unspecified}, `printed` (the code), `differs` (another row of the same label prints otherwise, a blank
        included), `locator` (`2008!12, column BK`). `read` counts the cells of the declared columns in the
        countries' rows; 0 and blank are set aside, since the narrative then says nothing of the measure.

    Raises:
        SourceError: no workbook, another sheet, a declared column missing or there twice, a row of another year or
            of no country.
    """
    table, places = _table(content, file)
    cells = _cells(table, places)
    statements = cells.filter(pl.col("stated").is_not_null())
    return Parsed(
        rows=statements.select(OUTPUT),
        release=RELEASE,
        release_basis="sheet name",
        read=cells.height,
        kept=statements.height,
        findings=_set_aside(cells),
    )


def _table(content: bytes, file: str) -> tuple[pl.DataFrame, dict[str, str]]:
    """The countries' rows, columns under their headings; and the letter of each declared column."""
    book = open_workbook(content, source=SOURCE, file=file)
    if book.sheet_names != [RELEASE]:
        problem = f"expected one sheet named {RELEASE}, found {', '.join(book.sheet_names)}; check the file"
        raise SourceError(problem, source=SOURCE, file=file)
    grid = read_grid(book, RELEASE, source=SOURCE, file=file)
    if grid.width == 1 or grid.is_empty():
        raise SourceError("the sheet is empty; download it again", source=SOURCE, file=file, sheet=RELEASE)
    row, *header = grid.row(0)
    headings = (YEAR, COUNTRY, *measures()["column"])
    # The other columns are known but not used.
    expect_columns([h for h in header if h in headings], headings, source=SOURCE, file=file, sheet=RELEASE, row=row)
    names = {f"column_{header.index(name)}": name for name in headings}
    rows = grid.slice(1).select("row", *names).rename(names)
    # Below the countries, and in columns without a heading, there are shares and empty rows.
    rows = rows.filter(pl.any_horizontal(pl.col(*headings).is_not_null()))
    _refuse_other_rows(rows, file)
    return rows, {name: get_column_letter(header.index(name) + 1) for name in measures()["column"]}


def _refuse_other_rows(rows: pl.DataFrame, file: str) -> None:
    if rows.is_empty():
        raise SourceError("the table has no rows; download it again", source=SOURCE, file=file, sheet=RELEASE)
    sound = (pl.col(YEAR) == RELEASE) & pl.col(COUNTRY).is_not_null()
    for row, year, country in rows.filter(~sound.fill_null(value=False)).select("row", YEAR, COUNTRY).iter_rows():
        problem = f"year {year or 'blank'} and country {country or 'blank'}, expected {RELEASE} and a country"
        raise SourceError(f"{problem}; check the file", source=SOURCE, file=file, sheet=RELEASE, row=row)


def _cells(table: pl.DataFrame, places: dict[str, str]) -> pl.DataFrame:
    """One row for each cell of a declared column."""
    long = table.unpivot(list(places), index=["row", COUNTRY], variable_name="column", value_name="printed")
    said = pl.col("printed").replace(NOT_STATED, None)
    cells = long.join(measures(), on="column", how="left", validate="m:1", maintain_order="left").with_columns(
        label=COUNTRY,
        letter=pl.col("column").replace_strict(places),
        stated=pl.col("printed").replace_strict(STATED, default=None, return_dtype=pl.String),
        # A blank in one row and a 1 in another are two different statements about the country.
        differs=said.n_unique().over(COUNTRY, "measure") > 1,
    )
    locator = pl.format("{}!{}, column {}", pl.lit(RELEASE), "row", "letter")
    return cells.with_columns(locator=locator).sort("row", maintain_order=True)


def _set_aside(cells: pl.DataFrame) -> list[Finding]:
    """Findings about cells without a statement, and unknown codes."""
    others = cells.filter(pl.col("stated").is_null())
    silent = others.filter(pl.col("printed").is_null() | (pl.col("printed") == NOT_STATED)).height
    new = others.filter(pl.col("printed") != NOT_STATED).with_columns(detail=pl.format("{}: {}", "measure", "printed"))
    counts = new.group_by("detail").agg(pl.len(), pl.col("locator").first()).sort("detail")
    findings = [Finding(SOURCE, RELEASE, "not_stated", "", silent)] if silent else []
    return findings + [
        Finding(SOURCE, RELEASE, "unknown_code", detail, n, unexpected=True, first=first)
        for detail, n, first in counts.iter_rows()
    ]
