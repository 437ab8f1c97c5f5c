"""Read the three forms of files of the UN SDG Global Database as records of text.

Their content says which: the bulk CSV of one series, the API's rows of one series as `fetch` keeps them, and SDMX-CSV.
"""

import json
import re
from datetime import date
from typing import NamedTuple

from etl.errors import SourceError
from etl.sources.unsd_sdg.codes import GLOBAL, RELEASE, SERIES, SOURCE, WHOLE
from etl.tabular import Record, expect_columns, named, read_records

BULK_COLUMNS = ("age", "geo_area", "nature", "sex", "units", "year")
BULK_RELEASE = re.compile(r"(?<![0-9])20[0-9]{2}-(?:0[1-9]|1[0-2])(?![0-9])")
SDMX_HEADER = (
    "DATAFLOW FREQ REPORTING_TYPE SERIES REF_AREA SEX AGE URBANISATION INCOME_WEALTH_QUANTILE EDUCATION_LEV OCCUPATION "
    "CUST_BREAKDOWN COMPOSITE_BREAKDOWN DISABILITY_STATUS ACTIVITY PRODUCT TIME_PERIOD OBS_VALUE OBS_STATUS UNIT_MULT "
    "UNIT_MEASURE BASE_PER NATURE TIME_DETAIL COMMENT_OBS TIME_COVERAGE UPPER_BOUND LOWER_BOUND SOURCE_DETAIL "
    "COMMENT_TS GEO_INFO_URL GEO_INFO_TYPE CUST_BREAKDOWN_LB DATA_LAST_UPDATE"
)
SDMX_COLUMNS = tuple(SDMX_HEADER.split())
SDMX_BREAKDOWNS = SDMX_COLUMNS[7:16]
# SDMX codes of missing or suppressed values, even if there is a value.
SDMX_NO_VALUE = ("M", "O", "L", "Q")
API_KEYS = {"series", "release", "data"}


class Printed(NamedTuple):
    """One record of any form, as text; `breakdown` (`Location=URBAN`) is empty for totals."""

    locator: str
    series: str
    area: str
    year: str
    sex: str
    age: str
    value: str
    unit: str
    nature: str
    reporting: str = GLOBAL
    breakdown: str = ""


class SdgTable(NamedTuple):
    """The records of one file, with their series and release."""

    release: str
    basis: str
    part: str
    records: list[Printed]


def read_table(content: bytes, file: str) -> SdgTable:
    """The records of a file in any of the three forms.

    Raises:
        SourceError: another form, a file without rows, or an invalid record; the text names it.
    """
    # A byte-order mark and the API's NUL padding are not part of the text.
    text = content.removeprefix(b"\xef\xbb\xbf").strip(b"\0")
    table = _kept_answer(text, file) if text.lstrip().startswith(b"{") else _csv(text, file)
    if not table.records:
        raise SourceError("the file has no rows; download it again", source=SOURCE, file=file)
    return table


def unread(locator: str, problem: str, file: str) -> SourceError:
    """An error that names the record and the remedy."""
    return SourceError(f"{locator}, {problem}; check the file with the publisher", source=SOURCE, file=file)


def _csv(text: bytes, file: str) -> SdgTable:
    header, *body = read_records(text, encoding="utf-8", source=SOURCE, file=file)
    form = _sdmx if "REF_AREA" in header.cells else _bulk
    return form(header, body, file)


def _bulk(header: Record, body: list[Record], file: str) -> SdgTable:
    """The bulk CSV: codes in lower case, and the column of values is named after the series."""
    series = [name for name in header.cells if name.upper() in SERIES]
    if len(series) != 1:
        problem = f"not a known form: expected one column named after a series ({', '.join(SERIES)}); adapt the parser"
        raise SourceError(problem, source=SOURCE, file=file, row=header.row)
    expect_columns(header.cells, (*BULK_COLUMNS, *series), source=SOURCE, file=file, sheet="", row=header.row)
    if not (release := BULK_RELEASE.search(file)):
        problem = "the name of a bulk file must have its release as YYYY-MM; name it as it was when downloaded"
        raise SourceError(problem, source=SOURCE, file=file)
    part = series[0].upper()
    records = [
        Printed(f"row {n}", part, c["geo_area"], c["year"], c["sex"], c["age"], c[series[0]], c["units"], c["nature"])
        for n, c in named(header, body, source=SOURCE, file=file)
    ]
    return SdgTable(release[0], "file name", part, records)


def _sdmx(header: Record, body: list[Record], file: str) -> SdgTable:
    """SDMX-CSV of dataflow DF_SDG_GLH, which may hold any series."""
    expect_columns(header.cells, SDMX_COLUMNS, source=SOURCE, file=file, sheet="", row=header.row)
    cells = named(header, body, source=SOURCE, file=file)
    series = {c["SERIES"] for _, c in cells} & SERIES.keys()
    part = series.pop() if len(series) == 1 else ""
    records = [_sdmx_record(f"row {row}", c, file) for row, c in cells]
    # Series are updated one by one; the release of the file is its latest update.
    release = max((_update(f"row {row}", c["DATA_LAST_UPDATE"], file) for row, c in cells), default="")
    return SdgTable(release, "DATA_LAST_UPDATE", part, records)


def _sdmx_record(locator: str, cells: dict[str, str], file: str) -> Printed:
    if cells["SERIES"] in SERIES and cells["UNIT_MULT"] != "0":
        problem = f"column UNIT_MULT is {cells['UNIT_MULT']!r}, expected 0"
        raise unread(locator, problem, file)
    names = ("SERIES", "REF_AREA", "TIME_PERIOD", "SEX", "AGE", "OBS_VALUE", "UNIT_MEASURE", "NATURE", "REPORTING_TYPE")
    series, area, year, sex, age, value, unit, nature, reporting = (cells[name] for name in names)
    value = "" if cells["OBS_STATUS"] in SDMX_NO_VALUE else value
    breakdown = _breakdown({name: cells[name] for name in SDMX_BREAKDOWNS})
    return Printed(locator, series, area, year, sex, age, value, unit, nature, reporting, breakdown)


def _update(locator: str, cell: str, file: str) -> str:
    """The date of a time stamp, ISO 8601."""
    try:
        return date.fromisoformat(cell.partition("T")[0]).isoformat()
    except ValueError as error:
        raise unread(locator, f"column DATA_LAST_UPDATE is {cell!r}, expected a date", file) from error


def _kept_answer(text: bytes, file: str) -> SdgTable:
    """The API's rows of one series, with its code and release before them."""
    try:
        # Numbers as printed, since codes, years and values are texts in one answer and numbers in another.
        answer = json.loads(text.decode("utf-8"), parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        problem = f"the file is damaged or cut short ({error}); download it again from the publisher"
        raise SourceError(problem, source=SOURCE, file=file) from error
    match answer:
        case {"series": str(series), "release": str(release), "data": [*rows]} if answer.keys() == API_KEYS:
            pass
        case _:
            raise SourceError(
                "it does not have the form {series, release, data}; download it again", source=SOURCE, file=file
            )
    if series not in SERIES or not RELEASE.fullmatch(release):
        raise SourceError(
            f"series {series!r} or release {release!r} is not known; download it again", source=SOURCE, file=file
        )
    records = [_api_record(f"record {number}", row, series, file) for number, row in enumerate(rows, start=1)]
    return SdgTable(release, "Series/List of the API", series, records)


def _api_record(locator: str, row: object, series: str, file: str) -> Printed:
    match row:
        case {
            "series": str(code),
            "geoAreaCode": str(area),
            "timePeriodStart": str(year),
            "value": str() | None as value,
            "attributes": {"Nature": str(nature), "Units": str(unit)},
            "dimensions": dict(dimensions),
        } if all(isinstance(word, str) for word in dimensions.values()):
            pass
        case _:
            raise unread(locator, f"{str(row)[:80]!r} does not have the form of the API's rows", file)
    if code != series:
        raise unread(locator, f"series {code!r}, but the file is of {series}", file)
    # A missing dimension has no breakdown.
    reporting = dimensions.pop("Reporting Type", GLOBAL)
    sex, age = dimensions.pop("Sex", "_T"), dimensions.pop("Age", "_T")
    return Printed(locator, code, area, year, sex, age, value or "", unit, nature, reporting, _breakdown(dimensions))


def _breakdown(dimensions: dict[str, str]) -> str:
    return ", ".join(f"{name}={code}" for name, code in dimensions.items() if code.upper() not in WHOLE)
