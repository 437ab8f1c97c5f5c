"""UNODC, Global Report on Trafficking in Persons: the workbook behind data.unodc.org, any release.

Its form: one sheet; banner rows with the release date; a header row; then one figure a row, as text. Totals, sub-totals
and four dimensions share one column, so a row only has meaning together with its dimension, sex and age.
"""

import polars as pl

from etl.areas import state_codes
from etl.parsed import Finding, Parsed
from etl.sources.unodc_glotip.api import fetch
from etl.sources.unodc_glotip.layout import find_table, named
from etl.sources.unodc_glotip.places import of_countries, shown
from etl.sources.unodc_glotip.sheet import BLANK, SOURCE, WorkbookSheet

__all__ = ["fetch", "parse"]

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
MASK = "<5"
# Of so many masked cells one zero at least is printed where zeros are printed at all: fewer are stray cells. (October
# 2025 prints 17,014 with 16,191 masked, April none with 29,558.)
MASKED_FOR_A_ZERO = 100
# A spreadsheet may print a whole number with thousands commas, or with a decimal of 0; 1.000 may mean a thousand.
NUMBER = r"^([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.00?)?$"
YEAR = r"^(19|20)[0-9]{2}(\.0+)?$"


def parse(content: bytes, file: str) -> Parsed:
    """Parse one release of the workbook: all countries, all dimensions.

    Returns:
        rows with `area` (ISO3), `country` (as printed), `indicator`, `dimension` {total, form, citizenship,
        repatriation}, `category` (as printed, null where blank), `form`, `sex`, `age`, `year`, `printed`, `low`,
        `high` (persons or offences), `status` {exact, masked}, `locator` (sheet!row).

    Raises:
        SourceError: not a workbook, a changed form; or a row of one of the 35 states with an unknown sex or age, an
            invalid value or year, or a code and a name that do not fit.
    """
    sheet, grid, header = find_table(content, file)
    table, new_columns = named(grid, header, sheet)
    placed, elsewhere = of_countries(table, sheet)
    sound, unreadable = _readable(placed, sheet)
    rows, unknown = _set_aside_unknown(_coded(sound, sheet), sheet)
    intervals, strays = _with_interval(rows, sheet.release)
    return Parsed(
        rows=intervals,
        release=sheet.release,
        release_basis="banner above the table",
        read=table.height,
        kept=rows.height,
        findings=[*new_columns, *elsewhere, *unreadable, *unknown, *strays],
    )


def _readable(table: pl.DataFrame, sheet: WorkbookSheet) -> tuple[pl.DataFrame, list[Finding]]:
    """The rows whose cells can be read, and findings about the others; a year cannot be after the release.

    Raises:
        SourceError: a cell of one of the 35 states cannot be read; the text names the first one.
    """
    year = pl.col("Year").str.head(4).cast(pl.Int16, strict=False)
    sound = {
        "Sex": _id("Sex", SEXES).is_not_null(),
        "Age": _id("Age", AGES).is_not_null(),
        "Year": pl.col("Year").str.contains(YEAR) & (year <= int(sheet.release[:4])),
        "txtVALUE": pl.col("txtVALUE").str.contains(NUMBER) | (pl.col("txtVALUE") == MASK),
    }
    findings: list[Finding] = []
    for column, test in sound.items():
        bad = table.filter(~test.fill_null(value=False))
        for row, cell in bad.filter(pl.col("area").is_in(state_codes())).select("row", column).head(1).iter_rows():
            unknown = "" if cell is None else ", which is not a known value"
            raise sheet.error(f"column {column} {shown(cell)}{unknown}; check the file with the publisher", row)
        findings += sheet.findings(
            bad, "unreadable_cell", pl.format("{}: {}", pl.lit(column), pl.col(column).fill_null(BLANK))
        )
        table = table.join(bad.select("row"), on="row", how="anti", maintain_order="left")
    return table, findings


def _coded(table: pl.DataFrame, sheet: WorkbookSheet) -> pl.DataFrame:
    """Our ids for the publisher's words; null for unknown words."""
    return table.select(
        "row",
        "area",
        country="Country",
        indicator_label="Indicator",
        dimension_label="Dimension",
        unit_label="Unit of measurement",
        category="Category",
        indicator=_id("Indicator", INDICATORS),
        dimension=_id("Dimension", DIMENSIONS),
        unit=_id("Unit of measurement", UNITS),
        form=_form(),
        sex=_id("Sex", SEXES),
        age=_id("Age", AGES),
        year=pl.col("Year").str.head(4).cast(pl.Int16),
        printed="txtVALUE",
        locator=sheet.locator(pl.col("row")),
    )


def _id(column: str, ids: dict[str, str]) -> pl.Expr:
    """The id of each word, whatever its case and blanks; null where the word is unknown."""
    word = pl.col(column).str.to_lowercase().str.replace_all(r"\s+", " ")
    return word.replace_strict({name.lower(): id_ for name, id_ in ids.items()}, default=None, return_dtype=pl.String)


def _form() -> pl.Expr:
    """`total` outside the form dimension; null where the category is unknown in its dimension."""
    dimension, whole = _id("Dimension", DIMENSIONS), _id("Category", {"Total": "total"})
    return (
        pl.when(dimension == "form")
        .then(_id("Category", FORMS))
        .when((dimension == "total") & whole.is_null())
        .then(None)
        .otherwise(pl.lit("total"))
    )


def _set_aside_unknown(rows: pl.DataFrame, sheet: WorkbookSheet) -> tuple[pl.DataFrame, list[Finding]]:
    """Set rows with an unknown indicator, dimension, unit or category aside, with findings."""
    # Added to the whole list, a part of it would count its victims twice.
    part = (pl.col("dimension") == "citizenship") & pl.any_horizontal(pl.col("sex", "age") != "total")
    reasons = {
        "unknown_indicator": (pl.col("indicator").is_null(), "indicator_label"),
        "unknown_dimension": (pl.col("dimension").is_null(), "dimension_label"),
        "unknown_unit": (pl.col("unit").is_null(), "unit_label"),
        "unknown_category": (pl.col("form").is_null(), "category"),
        "citizenship_by_sex_or_age": (part, "category"),
    }
    # Reason by reason on the remaining rows, so a row is set aside for the first one that applies.
    findings: list[Finding] = []
    for reason, (unknown, label) in reasons.items():
        findings += sheet.findings(rows.filter(unknown), reason, pl.col(label))
        rows = rows.filter(~unknown.fill_null(value=False))
    return rows.drop("row", "indicator_label", "dimension_label", "unit_label", "unit"), findings


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
