"""Small raw files in the publishers' shape, written for the tests, quirks included."""

from io import BytesIO

from openpyxl import Workbook

GLOTIP_HEADER = (
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
VICTIMS = "Detected trafficking victims"
CONVICTED = "Persons convicted"
CITIZENSHIP = "by citizenship"
FORM = "by form of exploitation"
COUNTRIES = {"ARG": "Argentina", "BOL": "Bolivia", "CRI": "Costa Rica", "USA": "United States", "ESP": "Spain"}


def glotip_row(
    iso3: str,
    year: int,
    value: str,
    *,
    indicator: str = VICTIMS,
    dimension: str = "Total",
    category: str | None = "Total",
    sex: str = "Total",
    age: str = "Total",
) -> tuple[str | None, ...]:
    country = COUNTRIES.get(iso3, iso3)
    return (iso3, country, "", "", indicator, dimension, category, sex, age, str(year), "Counts", value, "GLOTIP")


def citizens(iso3: str, year: int, label: str | None, value: str) -> tuple[str | None, ...]:
    return glotip_row(iso3, year, value, dimension=CITIZENSHIP, category=label)


def workbook(sheets: dict[str, list[tuple[object, ...]]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def glotip(
    rows: list[tuple[object, ...]],
    *,
    released: str = "14/04/2025",
    header: tuple[str, ...] = GLOTIP_HEADER,
    sheet: str = "data_glotip_1",
) -> bytes:
    return workbook({sheet: [("UNODC",), (released,), header, *rows]})
