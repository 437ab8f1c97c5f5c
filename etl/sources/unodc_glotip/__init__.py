"""UNODC, Global Report on Trafficking in Persons: the workbook behind data.unodc.org, any release.

Its form: one sheet; banner rows with the release date; a header row; then one figure a row, as text. Totals, sub-totals
and four dimensions share one column, so a row only has meaning together with its dimension, sex and age.
"""

import fastexcel
import polars as pl
import pycountry

from etl.errors import SourceError
from etl.parsed import Finding, Parsed
from etl.sources.unodc_glotip.api import fetch
from etl.sources.unodc_glotip.banner import release_date
from etl.tabular import expect_columns, open_workbook, read_grid

__all__ = ["fetch", "parse"]

SOURCE = "unodc_glotip"
COLUMNS = (
    "Iso3_code",
    "Country",
    "Region",
    "Subregion",
    "Indicator",
    "Dimension",
    "Category",
    "Sex",
    "Age",
    "Year",
    "Unit of measurement",
    "txtVALUE",
    "Source",
)
INDICATORS = {
    "Detected trafficking victims": "detected_victims",
    "Persons brought into formal contact": "persons_formal_contact",
    "Persons prosecuted": "persons_prosecuted",
    "Persons convicted": "persons_convicted",
    "Offences of trafficking in persons": "offences",
}
DIMENSIONS = {
    "Total": "total",
    "by form of exploitation": "form",
    "by citizenship": "citizenship",
    "by country of repatriation": "repatriation",
}
FORMS = {
    "Sexual exploitation": "sexual_exploitation",
    "Forced labour": "forced_labour",
    "Organ removal": "organ_removal",
    # Releases use either name.
    "Removal of organs": "organ_removal",
    "Other forms of exploitation": "other",
}
SEXES = {name.capitalize(): name for name in ("total", "female", "male", "other", "unknown")}
AGES = {"Total": "total", "0 to 17 years": "0-17", "18 years or over": "18+", "Unknown": "unknown"}
UNITS = {"Counts": "counts"}
# Places in the workbook that have no code of their own in ISO 3166.
WITHOUT_CODE = ("Sark",)
ISO3 = frozenset(country.alpha_3 for country in pycountry.countries)
MASK = "<5"
# Of so many masked cells one zero at least is printed where zeros are printed at all: fewer are stray cells. (October
# 2025 prints 17,014 with 16,191 masked, April none with 29,558.)
MASKED_FOR_A_ZERO = 100
# A spreadsheet may print a whole number with thousands commas, or with a decimal of 0; 1.000 may mean a thousand.
NUMBER = r"^([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.00?)?$"
YEAR = r"^(19|20)[0-9]{2}(\.0+)?$"
# A row above the table has one or two cells, the header thirteen.
BANNER_ROWS = 10
HEADER_CELLS = 6


def parse(content: bytes, file: str) -> Parsed:
    """Parse one release of the workbook: all countries, all dimensions.

    Returns:
        rows with `area` (ISO3 as printed), `country`, `indicator`, `dimension` {total, form, citizenship,
        repatriation}, `category` (as printed, null where blank), `form`, `sex`, `age`, `year`, `printed`, `low`,
        `high` (persons or offences), `status` {exact, masked}, `locator` (sheet!row).

    Raises:
        SourceError: not a workbook, a changed form, an unknown sex or age, or an invalid value or year.
    """
    book = open_workbook(content, source=SOURCE, file=file)
    sheet, grid, header = _find_table(book, file)
    release = release_date(grid.head(header), source=SOURCE, file=file, sheet=sheet)
    table = _named(grid, header, file=file, sheet=sheet)
    _refuse_bad_cells(table, release, file=file, sheet=sheet)
    rows, findings = _set_aside_unknown(_coded(table, sheet), release)
    intervals, strays = _with_interval(rows, release)
    return Parsed(
        rows=intervals,
        release=release,
        release_basis="banner above the table",
        read=table.height,
        kept=rows.height,
        findings=[*findings, *strays],
    )


def _find_table(book: fastexcel.ExcelReader, file: str) -> tuple[str, pl.DataFrame, int]:
    """The one sheet with a row of known headings near its top: (sheet, grid, index of that row)."""
    grids = ((sheet, read_grid(book, sheet, source=SOURCE, file=file)) for sheet in book.sheet_names)
    tables = [(sheet, grid, row) for sheet, grid in grids if (row := _header_row(grid)) is not None]
    if len(tables) == 1:
        return tables[0]
    sheets = ", ".join([sheet for sheet, _, _ in tables] or book.sheet_names)
    problem = (
        "more than one sheet has a table; keep the one that counts"
        if tables
        else f"no header row with {COLUMNS[0]}, {COLUMNS[1]} ... among the first rows; adapt the parser"
    )
    raise SourceError(problem, source=SOURCE, file=file, sheet=sheets)


def _header_row(grid: pl.DataFrame) -> int | None:
    top = (set(row[1:]) & set(COLUMNS) for row in grid.head(BANNER_ROWS).iter_rows())
    return next((index for index, headings in enumerate(top) if len(headings) >= HEADER_CELLS), None)


def _named(grid: pl.DataFrame, header: int, *, file: str, sheet: str) -> pl.DataFrame:
    """The rows below the header with the publisher's column names, without blank rows and columns."""
    names = grid.row(header)[1:]
    headings = [name for name in names if name is not None]
    expect_columns(headings, COLUMNS, source=SOURCE, file=file, sheet=sheet, row=header + 1)
    keep = {f"column_{index}": name for index, name in enumerate(names) if name is not None}
    body = grid.slice(header + 1)
    for column in (name for name in grid.columns[1:] if name not in keep):
        for row, cell in body.drop_nulls(column).select("row", column).head(1).iter_rows():
            problem = f"{cell!r} is in a column without a heading; the publisher changed the columns, adapt the parser"
            raise SourceError(problem, source=SOURCE, file=file, sheet=sheet, row=row)
    body = body.select("row", *keep).rename(keep)
    body = body.filter(pl.any_horizontal(pl.col(*COLUMNS).is_not_null()))
    if body.is_empty():
        raise SourceError("the table has no rows; download it again", source=SOURCE, file=file, sheet=sheet)
    return body


def _refuse_bad_cells(table: pl.DataFrame, release: str, *, file: str, sheet: str) -> None:
    """Refuse unknown or invalid cells, also years after the release; the error names the first one."""
    year = pl.col("Year").str.head(4).cast(pl.Int16, strict=False)
    sound = {
        "Iso3_code": pl.col("Iso3_code").str.contains("^[A-Z]{3}$") | pl.col("Iso3_code").is_null(),
        "Country": pl.col("Country").is_not_null(),
        "Sex": pl.col("Sex").is_in(SEXES),
        "Age": pl.col("Age").is_in(AGES),
        "Year": pl.col("Year").str.contains(YEAR) & (year <= int(release[:4])),
        "txtVALUE": pl.col("txtVALUE").str.contains(NUMBER) | (pl.col("txtVALUE") == MASK),
    }
    for column, test in sound.items():
        bad = table.filter(~test.fill_null(False)).select("row", column).head(1)
        for row, cell in bad.iter_rows():
            shown = "is blank" if cell is None else f"is {cell!r}, which is not a known value"
            problem = f"column {column} {shown}; check the file with the publisher"
            raise SourceError(problem, source=SOURCE, file=file, sheet=sheet, row=row)


def _coded(table: pl.DataFrame, sheet: str) -> pl.DataFrame:
    """Our ids for the publisher's words; null for unknown words."""
    return table.select(
        area="Iso3_code",
        country="Country",
        indicator_label="Indicator",
        dimension_label="Dimension",
        unit_label="Unit of measurement",
        category="Category",
        indicator=pl.col("Indicator").replace_strict(INDICATORS, default=None),
        dimension=pl.col("Dimension").replace_strict(DIMENSIONS, default=None),
        unit_known=pl.col("Unit of measurement").is_in(UNITS),
        form=_form(),
        sex=pl.col("Sex").replace_strict(SEXES),
        age=pl.col("Age").replace_strict(AGES),
        year=pl.col("Year").str.head(4).cast(pl.Int16),
        printed="txtVALUE",
        locator=pl.format("{}!{}", pl.lit(sheet), "row"),
    )


def _form() -> pl.Expr:
    """`total` outside the form dimension; null where the category is unknown in its dimension."""
    dimension, category = pl.col("Dimension"), pl.col("Category")
    return (
        pl.when(dimension == "by form of exploitation")
        .then(category.replace_strict(FORMS, default=None))
        .when((dimension == "Total") & (category.fill_null("") != "Total"))
        .then(None)
        .otherwise(pl.lit("total"))
    )


def _set_aside_unknown(rows: pl.DataFrame, release: str) -> tuple[pl.DataFrame, list[Finding]]:
    """Set rows with an unknown indicator, dimension, unit or category aside, with findings."""
    # Added to the whole list, a part of it would count its victims twice.
    part = (pl.col("dimension") == "citizenship") & pl.any_horizontal(pl.col("sex", "age") != "total")
    reasons = {
        "no_iso_code": (pl.col("area").is_null(), "country"),
        "unknown_iso_code": (~pl.col("area").is_in(ISO3), "area"),
        "unknown_indicator": (pl.col("indicator").is_null(), "indicator_label"),
        "unknown_dimension": (pl.col("dimension").is_null(), "dimension_label"),
        "unknown_unit": (~pl.col("unit_known").fill_null(False), "unit_label"),
        "unknown_category": (pl.col("form").is_null(), "category"),
        "citizenship_by_sex_or_age": (part, "category"),
    }
    # Reason by reason on the remaining rows, so a row is set aside for the first one that applies.
    findings: list[Finding] = []
    for reason, (unknown, label) in reasons.items():
        groups = rows.filter(unknown).group_by(pl.col(label).fill_null("(blank)").alias("label"))
        findings += [
            Finding(SOURCE, release, reason, name, n, unexpected=name not in WITHOUT_CODE, first=first)
            for name, n, first in groups.agg(pl.len(), first=pl.col("locator").first()).sort("label").iter_rows()
        ]
        rows = rows.filter(~unknown)
    return rows.drop("indicator_label", "dimension_label", "unit_label", "unit_known"), findings


def _with_interval(rows: pl.DataFrame, release: str) -> tuple[pl.DataFrame, list[Finding]]:
    """Figures as closed intervals: a mask is 0 to 4 in a release without zeros, and 1 to 4 in one with zeros.

    A few stray zeros do not narrow thousands of masks: they are a finding, and the masks stay wide.
    """
    value = pl.col("printed").str.replace_all(",", "").cast(pl.Float64, strict=False)
    masked = pl.col("printed") == MASK
    zeros = rows.filter(value == 0)
    hidden = rows.filter(masked).height
    prints_zero = not zeros.is_empty() and zeros.height * MASKED_FOR_A_ZERO >= hidden
    intervals = rows.with_columns(
        low=pl.when(masked).then(pl.lit(1.0 if prints_zero else 0.0)).otherwise(value),
        high=pl.when(masked).then(pl.lit(4.0)).otherwise(value),
        status=pl.when(masked).then(pl.lit("masked")).otherwise(pl.lit("exact")),
    )
    return intervals, [] if prints_zero else _stray(zeros, hidden, release)


def _stray(zeros: pl.DataFrame, hidden: int, release: str) -> list[Finding]:
    """A finding if a release prints hardly any zeros."""
    detail = f"{MASK} in {hidden:,} cells"
    return [
        Finding(SOURCE, release, "few_zeros", detail, zeros.height, set_aside=False, unexpected=True, first=first)
        for first in zeros["locator"].head(1)
    ]
