"""World Bank, total population: answers of the v2 API, and two CSV forms (a row per figure, or a column per year)."""

import json
import re
from collections import Counter
from typing import Any, NamedTuple

import polars as pl

from etl.errors import SourceError
from etl.fetching.publishers import Fetched, Publisher, compact_json, now, refuse_endless
from etl.fetching.raw import RawFile
from etl.parsed import Finding, Parsed
from etl.source_declaration import Declaration
from etl.tabular import Record, expect_columns, named, read_records

SOURCE = "worldbank_population"
INDICATOR = "SP.POP.TOTL"
LONG_COLUMNS = ("Country Name", "Country Code", "Year", "Value")
WIDE_COLUMNS = ("Country Name", "Country Code", "Indicator Name", "Indicator Code")
LAST_UPDATED = "Last Updated Date"
YEAR = re.compile(r"(19|20)[0-9]{2}")
NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?([eE]\+?[0-9]{1,2})?")
# The smallest on record, Tuvalu in 1960, has about five thousand; the world has less than ten billion.
PEOPLE = (1_000, 20_000_000_000)
# Two counts as JSON writes them; a superscript is a digit too, but not a number.
COUNTS = re.compile("[0-9]{1,9} [0-9]{1,9}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DATE_IN_NAME = re.compile(r"(?<![0-9])20[0-9]{2}-(0[1-9]|1[0-2])(-[0-3][0-9])?(?![0-9])")
ISO3 = re.compile(r"[A-Z]{3}")
SCHEMA = {"area": pl.String, "year": pl.Int16, "low": pl.Float64, "high": pl.Float64, "locator": pl.String}


class PopulationCell(NamedTuple):
    """One figure as printed: empty texts if nothing is printed; `row` from 1, or None in an API answer."""

    code: str
    year: str
    value: str
    locator: str
    row: int | None


class PopulationTable(NamedTuple):
    """A file's cells and its release."""

    cells: list[PopulationCell]
    release: str
    basis: str


def parse(content: bytes, file: str) -> Parsed:
    """Parse one release in any of the three forms.

    Returns:
        `area` (ISO3 as printed; the publisher's groups of countries have codes of the same shape), `year`, `low` and
        `high` (persons, equal), `locator` (row, or record); one row an area and year.

    Raises:
        SourceError: not one of the forms, a refusal or a part of the answer in place of the whole, another indicator,
            a year or value that is not a number, two figures for one area and year.
    """
    table = (
        _api(content, file) if content.lstrip(b"\xef\xbb\xbf \r\n").startswith((b"[", b"{")) else _csv(content, file)
    )
    if not table.cells:
        raise SourceError("the table has no rows; download it again", source=SOURCE, file=file)
    reasons = [_reason(cell, file) for cell in table.cells]
    reasons = _with_repeats(table.cells, reasons, file)
    figures = [cell for cell, reason in zip(table.cells, reasons, strict=True) if not reason]
    counts = Counter(reason for reason in reasons if reason)
    return Parsed(
        rows=pl.DataFrame([_row(cell) for cell in figures], schema=SCHEMA, orient="row"),
        release=table.release,
        release_basis=table.basis,
        read=len(table.cells),
        kept=len(figures),
        findings=[Finding(SOURCE, table.release, reason, "", n) for reason, n in sorted(counts.items())],
    )


def _error(problem: str, file: str, row: int | None = None) -> SourceError:
    return SourceError(problem, source=SOURCE, file=file, row=row)


def _row(cell: PopulationCell) -> tuple[str, int, float, float, str]:
    return cell.code, int(cell.year), float(cell.value), float(cell.value), cell.locator


def _reason(cell: PopulationCell, file: str) -> str:
    """Why a cell is set aside; empty if it is not."""
    for name, text, form in (
        ("Country Code", cell.code, ISO3),
        ("Year", cell.year, YEAR),
        ("Value", cell.value, NUMBER),
    ):
        # A country without a code and a year without a figure are the publisher's own blanks; a year is always there.
        if (text or name == "Year") and not form.fullmatch(text):
            raise _error(
                f"{name} is {text!r} ({cell.code} {cell.year}), which cannot be read; check it with the publisher",
                file,
                cell.row,
            )
    if not cell.code:
        return "no_iso_code"
    if cell.value and not PEOPLE[0] <= float(cell.value) <= PEOPLE[1]:
        raise _error(
            f"Value is {cell.value!r} ({cell.code} {cell.year}), not a population; check it with the publisher",
            file,
            cell.row,
        )
    return "" if cell.value else "no_value"


def _with_repeats(cells: list[PopulationCell], reasons: list[str], file: str) -> list[str]:
    """Set aside figures printed twice with one value; two values for one area and year cannot be read."""
    first: dict[tuple[str, str], PopulationCell] = {}
    marked = list(reasons)
    for index, cell in enumerate(cells):
        earlier = first.setdefault((cell.code, cell.year), cell) if not reasons[index] else cell
        if earlier is cell:
            continue
        if float(earlier.value) != float(cell.value):
            problem = f"{cell.code} {cell.year} is {earlier.value} ({earlier.locator}) and {cell.value}; check the file"
            raise _error(problem, file, cell.row)
        marked[index] = "repeated_row"
    return marked


def _api(content: bytes, file: str) -> PopulationTable:
    """The v2 API's `[meta, rows]`, all pages in one."""
    try:
        answer = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _error(f"the JSON is damaged or cut short ({error}); download it again", file) from error
    match answer:
        case [{"message": [*messages]}]:
            raise _error(f"the publisher refused: {messages}; download it again", file)
        case [{"total": total, "lastupdated": str(release)}, list() | None as rows] if DATE.fullmatch(release):
            # One page of several would be taken for a release without the other countries.
            if str(total) != str(len(rows or [])):
                raise _error(f"{len(rows or [])} of {total} rows; download all pages", file)
            return PopulationTable([_api_cell(row, file) for row in rows or []], release, "lastupdated of the answer")
    raise _error("the answer does not have the form [meta, rows] with total and lastupdated; download it again", file)


def _api_cell(row: Any, file: str) -> PopulationCell:  # noqa: ANN401 - JSON
    match row:
        case {"indicator": {"id": str(indicator)}} if indicator != INDICATOR:
            raise _error(f"indicator {indicator}, expected {INDICATOR}; download it again", file)
        case {"indicator": _, "countryiso3code": str(code), "date": str(year), "value": value}:
            printed = "" if value is None else str(value)
            return PopulationCell(code, year, printed, f"record {code or 'without code'} {year}", None)
    raise _error(f"the record {row!r} does not have its usual form; adapt the parser", file)


def _csv(content: bytes, file: str) -> PopulationTable:
    records = read_records(content, encoding="utf-8-sig", source=SOURCE, file=file)
    start = next((i for i, record in enumerate(records) if record.cells[0] == LONG_COLUMNS[0]), None)
    if start is None:
        raise _error(
            f"no header row with {', '.join(LONG_COLUMNS)}; the publisher changed the columns, adapt the parser", file
        )
    banner, header, body = records[:start], records[start], records[start + 1 :]
    wide = WIDE_COLUMNS[-1] in header.cells
    release, basis = _release(banner, file)
    return PopulationTable(_wide(header, body, file) if wide else _long(header, body, file), release, basis)


def _release(banner: list[Record], file: str) -> tuple[str, str]:
    for record in banner:
        if record.cells[0] == LAST_UPDATED and DATE.fullmatch("".join(record.cells[1:])):
            return "".join(record.cells[1:]), f"{LAST_UPDATED}, above the table"
    date = DATE_IN_NAME.search(file)
    return (date.group(), "file name") if date else ("undated", "nothing in the file says")


def _long(header: Record, body: list[Record], file: str) -> list[PopulationCell]:
    expect_columns(header.cells, LONG_COLUMNS, source=SOURCE, file=file, sheet="", row=header.row)
    return [
        PopulationCell(cells["Country Code"], cells["Year"], cells["Value"], f"row {row}", row)
        for row, cells in named(header, body, source=SOURCE, file=file)
    ]


def _wide(header: Record, body: list[Record], file: str) -> list[PopulationCell]:
    # Lines of this form end with a comma, so the last column has no name.
    years = [name for name in header.cells if YEAR.fullmatch(name)]
    others = [name for name in header.cells if name and name not in years]
    expect_columns(others, WIDE_COLUMNS, source=SOURCE, file=file, sheet="", row=header.row)
    cells = []
    for row, record in named(header, body, source=SOURCE, file=file):
        if record["Indicator Code"] != INDICATOR:
            raise _error(f"indicator {record['Indicator Code']!r}, expected {INDICATOR}; download it again", file, row)
        cells += [PopulationCell(record["Country Code"], y, record[y], f"row {row}, column {y}", row) for y in years]
    return cells


def _page(publisher: Publisher, address: str) -> tuple[dict[str, Any], list[Any]]:
    """Meta and rows of one page of the World Bank's v2 API, whose refusals come with HTTP 200."""
    answer = publisher.json(address)
    match answer:
        case [{"message": [*messages]}]:
            said = "; ".join(f"error {m.get('id')}: {m.get('value')}" for m in messages if isinstance(m, dict))
            raise publisher.refused(address, f"{said} (one unknown country code refuses the whole call)")
        case [dict(meta), None]:
            raise publisher.refused(address, f"the answer has no rows (total {meta.get('total')})")
        case [{"pages": pages, "total": total} as meta, [*rows]] if COUNTS.fullmatch(f"{pages} {total}"):
            # Either number may be a text.
            return {**meta, "pages": int(pages), "total": int(total)}, rows
    raise publisher.refused(address, "the answer does not have the form [meta, rows]")


def fetch(publisher: Publisher, declaration: Declaration) -> Fetched:
    """Every page of the answer as one file of the same form, `[meta, rows]`."""
    address = declaration.addresses[0]
    meta, rows = _page(publisher, address)
    refuse_endless(publisher, address, meta["pages"], meta["total"], len(rows))
    latest = rows
    for number in range(2, meta["pages"] + 1):
        page = f"{address}{'&' if '?' in address else '?'}page={number}"
        further, more = _page(publisher, page)
        # If figures are updated meanwhile, two releases would be mixed, and rows could be repeated or lost.
        if any(further.get(name) != meta.get(name) for name in ("lastupdated", "total", "pages")):
            raise publisher.refused(page, "the publisher updated the figures between two pages")
        if more == latest:
            raise publisher.refused(page, f"page {number} repeats the one before it")
        rows, latest = rows + more, more
    # A lost row would look like a country without a figure.
    if len(rows) != meta["total"]:
        raise publisher.refused(address, f"{len(rows)} rows came, but {meta['total']} were announced")
    content = compact_json(publisher, address, [{**meta, "pages": 1}, rows])
    name = f"{declaration.id}_{meta.get('lastupdated')}.json"
    return Fetched([RawFile(declaration.id, name, content, address, now())])
