"""The country of each row; rows of groups, and of places without a country code, are set aside and counted."""

import polars as pl
import pycountry

from etl.areas import resolve, state_codes
from etl.parsed import Finding
from etl.sources.unodc_glotip.sheet import WorkbookSheet

# The codes of groups in the releases so far: regions, and two islands in one row. Their rows have no country.
GROUPS = ("Aruba/Curacao", "CAR", "CAS", "EEU", "MCA", "MCN", "SAF", "SAM")
# Places in the workbook that have no code of their own in ISO 3166.
WITHOUT_CODE = ("Sark",)
ISO3 = frozenset(country.alpha_3 for country in pycountry.countries)


def of_countries(table: pl.DataFrame, sheet: WorkbookSheet) -> tuple[pl.DataFrame, list[Finding]]:
    """The rows of a country, with its ISO3 as `area`, and findings about the others.

    A row without a code is read by its country's name, and a finding says so.

    Args:
        table: `row` (as a spreadsheet counts), `Iso3_code`, `Country`.
        sheet: where the rows are.

    Raises:
        SourceError: a row has the code or the name of one of the 35 states, and the other one does not fit.
    """
    rows = _with_area(table)
    _refuse_doubtful_states(rows, sheet)
    code, country = pl.col("Iso3_code"), pl.col("Country")
    group = code.is_in(GROUPS).fill_null(value=False) | country.is_null()
    kept, rest = rows.filter(pl.col("area").is_not_null()), rows.filter(pl.col("area").is_null())
    by_name = kept.filter(code.is_null())
    findings = sheet.findings(by_name, "read_by_country_name", country, set_aside=False)
    reasons = {
        "not_a_country": (group, pl.coalesce(code, country)),
        "no_iso_code": (code.is_null(), country),
        "unknown_iso_code": (pl.lit(value=True), code),
    }
    for reason, (applies, label) in reasons.items():
        findings += sheet.findings(rest.filter(applies), reason, label, expected=(*GROUPS, *WITHOUT_CODE))
        rest = rest.filter(~applies)
    return kept.drop("code", "named", "state"), findings


def _with_area(table: pl.DataFrame) -> pl.DataFrame:
    """Add `code` (in capitals), `named` (ISO3 of the name), `state` (one of the 35 is meant), and `area`."""
    rows = table.with_columns(
        code=pl.col("Iso3_code").str.to_uppercase(),
        named=resolve(table["Country"])["area"],
        # A name may stand in place of the code.
        spelled=resolve(table["Iso3_code"])["area"],
    )
    code, name = pl.col("code"), pl.col("named")
    state = pl.any_horizontal(pl.col("code", "named", "spelled").is_in(state_codes()).fill_null(value=False))
    # A country may be renamed. That the code and the name are of two countries counts where one is a state.
    fits = name.is_null() | (name == code) | ~state
    known = code.is_in(ISO3) & pl.col("Country").is_not_null()
    area = pl.when(known & fits).then(code).when(code.is_null()).then(name)
    return rows.with_columns(area=area, state=state).drop("spelled")


def _refuse_doubtful_states(rows: pl.DataFrame, sheet: WorkbookSheet) -> None:
    doubtful = rows.filter("state", pl.col("area").is_null()).select("row", "Iso3_code", "Country").head(1)
    for row, code, country in doubtful.iter_rows():
        cells = [f"column {name} {shown(cell)}" for name, cell in (("Iso3_code", code), ("Country", country))]
        problem = f"{' and '.join(cells)}, expected the code and the name of one country"
        raise sheet.error(f"{problem}; check the file with the publisher", row)


def shown(cell: str | None) -> str:
    """A cell's content in an error."""
    return "is blank" if cell is None else f"is {cell!r}"
