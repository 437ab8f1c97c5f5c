"""Made-up releases of UNODC's workbook, in the form of the real ones, for builds from start to end.

`may_2023` is older than all that are declared, `autumn_2026` newer. Both hold rows of groups, as the real release of
May 2023 does; the newer one withdraws a list of citizenships and a total, and changes figures of all sizes.
"""

from tests.etl.samples import CITIZENSHIP, FORM, GLOTIP_HEADER, VICTIMS, citizens, glotip_row, workbook

Row = tuple[object, ...]
# Numbers of rows, by code: what a reader of the account has to find again.
GROUPS = {"Aruba/Curacao": 1, "CAR": 2, "CAS": 1, "EEU": 1, "MCA": 2, "MCN": 1, "SAF": 1, "SAM": 3}


def group(code: str, year: int, value: str, dimension: str = "Total", category: str = "Total") -> Row:
    """A row of a region or of two islands: without country, region and sub-region."""
    return (code, *[None] * 3, VICTIMS, dimension, category, "Total", "Total", str(year), "Counts", value, "GLOTIP")


def groups() -> list[Row]:
    """Rows of groups in two dimensions; some hold what no row of a country may."""
    rows = [group(code, 2021, str(1000 + n)) for code, count in GROUPS.items() for n in range(count - 1)]
    rows += [group(code, 2021, "<5", CITIZENSHIP, "Colombia") for code in GROUPS]
    return rows


def release(day: str, rows: list[Row]) -> bytes:
    """A workbook with the banner of the real ones."""
    return workbook({"data_glotip_1": [("UNODC", "unodc_ddds@un.org"), (day,), GLOTIP_HEADER, *rows]})


def may_2023() -> bytes:
    """Lists of Panama and Argentina that April 2025 has not."""
    rows = [
        *groups(),
        glotip_row("PAN", 2021, "27"),
        citizens("PAN", 2021, "Colombia", "19"),
        citizens("PAN", 2021, "Venezuela", "8"),
        glotip_row("MEX", 2021, "38"),
        citizens("MEX", 2021, "Honduras", "7"),
    ]
    return release("30/05/2023", rows)


def april_2025() -> list[Row]:
    """Nothing of Panama."""
    return [
        glotip_row("MEX", 2021, "40"),
        glotip_row("MEX", 2022, "6"),
        glotip_row("MEX", 2022, "11", dimension=FORM, category="Other forms of exploitation"),
        glotip_row("MEX", 2022, "<5", dimension=FORM, category="Other forms of exploitation"),
        glotip_row("CRI", 2022, "1,200"),
        glotip_row("BLZ", 2022, "<5"),
        citizens("MEX", 2021, "Honduras", "9"),
        citizens("MEX", 2022, "Honduras", "6"),
    ]


def october_2025() -> list[Row]:
    """A total of Panama without a list, and the year 2023."""
    return [
        *april_2025()[:2],
        glotip_row("MEX", 2022, "11", dimension=FORM, category="Other forms of exploitation"),
        glotip_row("MEX", 2022, "0", dimension=FORM, category="Other forms of exploitation"),
        glotip_row("CRI", 2022, "1,200"),
        glotip_row("BLZ", 2022, "0"),
        glotip_row("PAN", 2021, "25"),
        glotip_row("ARG", 2023, "60"),
        citizens("ARG", 2023, "Paraguay", "41"),
        glotip_row("MEX", 2023, "50"),
        citizens("MEX", 2023, "Honduras", "12"),
        citizens("MEX", 2021, "Honduras", "9"),
        citizens("MEX", 2022, "Honduras", "6"),
    ]


def autumn_2026() -> bytes:
    """Argentina's list of 2023, Mexico's of 2022 and Belize's total are withdrawn; figures of all sizes are changed."""
    rows = [
        *groups(),
        group("LCN", 2023, "5,000"),
        glotip_row("MEX", 2021, "41"),
        glotip_row("MEX", 2022, "<5"),
        glotip_row("MEX", 2022, "12", dimension=FORM, category="Other forms of exploitation"),
        glotip_row("MEX", 2022, "0", dimension=FORM, category="Other forms of exploitation"),
        glotip_row("CRI", 2022, "1,350"),
        glotip_row("PAN", 2021, "25"),
        glotip_row("ARG", 2023, "60"),
        glotip_row("MEX", 2023, "55"),
        citizens("MEX", 2023, "Honduras", "14"),
        citizens("MEX", 2021, "Honduras", "10"),
    ]
    return release("20/10/2026", rows)
