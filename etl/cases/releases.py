"""The releases of a case register: a folder with one folder for each, which is named by its day and never changed.

haiti/2026-12-01/datapackage.json     what it is, who publishes it, and the hash of each file
                 tables/by_form.csv   and .parquet, and so on for each of `etl.cases.tables.TABLES`
                 audit.md             one page for people
                 layout.toml          how the records were read
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl

from etl.cases.tables import DIMENSIONS, EXACT, KEY, MASKED, PUBLISHED, TABLES, TOTAL, CaseTable
from etl.errors import AtalayaError

PACKAGE = "datapackage.json"
AUDIT = "audit.md"
LAYOUT = "layout.toml"
# The facts of a register that are links on pages.
ADDRESSES = ("page", "license_page")
NUMBERS = {"year": pl.Int64, "low": pl.Int64, "high": pl.Int64}
# Facts of the register that are in every row of its tables: by column the attribute of `CaseRegister`.
PRINTED = {"area": "state", "date_counted": "date", "counting_unit": "unit"}


@dataclass(frozen=True)
class CaseRegister:
    """A register, as its releases describe it.

    Attributes:
        state: ISO 3166-1 alpha-3.
        title: its name; publisher: the office that keeps it.
        contact: the e-mail address for questions.
        page: its page on the web.
        license: the id of the license of the tables, such as CC-BY-4.0; license_page: its text on the web.
        unit: what is counted, one of `data.columns.COUNTING_UNIT`.
        date: the date of a case that counts, one of `etl.cases.words.COVERAGE`.
    """

    state: str
    title: str
    publisher: str
    contact: str
    page: str
    license: str
    license_page: str
    unit: str
    date: str


@dataclass(frozen=True)
class CaseRelease:
    """A release: its folder, and its data package. Its files are read, and compared with their hashes, when needed."""

    folder: Path
    package: Mapping[str, Any]

    @property
    def day(self) -> str:
        """The day of the release (ISO 8601)."""
        return self.folder.name

    @property
    def register(self) -> CaseRegister:
        """The register.

        Raises:
            AtalayaError: the data package does not say all of it.
        """
        try:
            (license_,), (publisher,) = self.package["licenses"], self.package["contributors"]
            facts = {name: self.package[name] for name in ("state", "title", "unit", "date")}
            facts |= {"publisher": publisher["title"], "contact": publisher["email"], "page": self.package["homepage"]}
            facts |= {"license": license_["name"], "license_page": license_["path"]}
        except (KeyError, TypeError, ValueError) as error:
            raise self.damaged(PACKAGE, f"it lacks {error}") from error
        if faults := [*_faults(facts)]:
            raise self.damaged(PACKAGE, "; ".join(faults))
        return CaseRegister(**facts)

    @property
    def indicators(self) -> list[str]:
        """The counts in its tables, by the ids of UNODC's."""
        listed = self.package.get("indicators")
        if not listed or not isinstance(listed, list):
            raise self.damaged(PACKAGE, "it lacks indicators")
        return [str(one) for one in listed]

    @property
    def protection(self) -> tuple[int, int]:
        """The threshold and the width of its rule (`etl.cases.protection.Rule`).

        Raises:
            AtalayaError: the data package does not say them.
        """
        try:
            threshold, width = (self.package["protection"][name] for name in ("threshold", "width"))
            return int(threshold), int(width)
        except (KeyError, TypeError, ValueError) as error:
            raise self.damaged(PACKAGE, "it lacks protection, its threshold and its width") from error

    def content(self, path: str) -> bytes:
        """A file as it was published.

        Raises:
            AtalayaError: it is missing, or has changed since.
        """
        try:
            (known,) = (one["hash"] for one in self.package["resources"] if one["path"] == path)
            content = (self.folder / path).read_bytes()
        except (KeyError, TypeError, ValueError, OSError) as error:
            raise self.damaged(path, "it is missing") from error
        if hash_of(content) != known:
            raise self.damaged(path, "it has changed since it was published")
        return content

    def cells(self, table: CaseTable) -> pl.DataFrame:
        """The cells of a table, as from `read`.

        Raises:
            AtalayaError: the file is missing, has changed, or has other columns or values than its register.
        """
        path = path_of(table)
        try:
            frame = read(self.content(path), table)
        except ValueError as error:
            raise self.damaged(path, str(error)) from error
        for column, fact in PRINTED.items():
            if not frame[column].eq(said := getattr(self.register, fact)).all():
                raise self.damaged(path, f"its {column} is not {said} in every row")
        return frame

    def every_cell(self) -> pl.DataFrame:
        """All cells of all tables, each once: `PUBLISHED`, sorted by `KEY`.

        Raises:
            AtalayaError: a table is damaged, or two tables have different numbers in one cell.
        """
        frames = [self.cells(table).select(PUBLISHED) for table in TABLES]
        cells = pl.concat(frames).unique(maintain_order=True).sort(KEY)
        if cells.select(KEY).is_duplicated().any():
            raise self.damaged("tables", "two of its tables have different numbers in one cell")
        return cells

    def damaged(self, path: str, problem: str) -> AtalayaError:
        """An error that names the file."""
        return AtalayaError(f"{self.folder / path}: {problem}; copy the folder of the release again, unchanged")


def read(content: bytes, table: CaseTable) -> pl.DataFrame:
    """The cells of a table's file, in its order: `PRINTED`, `PUBLISHED`.

    Raises:
        ValueError: the file has other columns or values; the text says which.
    """
    kinds = columns(table)
    try:
        frame = pl.read_csv(BytesIO(content), schema_overrides=kinds)
    except pl.exceptions.PolarsError as error:
        raise ValueError("it is not a table of numbers and codes") from error
    if frame.columns != [*kinds]:
        raise ValueError(f"its columns are {', '.join(frame.columns)}, expected {', '.join(kinds)}")
    known = pl.col("status").is_in([EXACT, MASKED])
    point = (pl.col("status") != EXACT) | (pl.col("low") == pl.col("high"))
    sound = pl.all_horizontal(pl.all().is_not_null(), known, point, pl.col("low") >= 0, pl.col("low") <= pl.col("high"))
    if row := next((row for row, fine in enumerate(frame.select(sound).to_series(), start=2) if not fine), 0):
        raise ValueError(f"row {row} has a blank, an unknown status, or no interval from low to high")
    others = [pl.lit(TOTAL).alias(name) for name in DIMENSIONS if name not in table.dimensions]
    cells = frame.with_columns(others).select(*PRINTED, *PUBLISHED)
    if cells.select(KEY).is_duplicated().any():
        raise ValueError("it has a cell twice")
    return cells


def register(facts: Mapping[str, str], **more: str) -> CaseRegister:
    """A register from what a layout says of it, and its `state`, `unit` and `date`.

    Raises:
        AtalayaError: something is not said, or an address of the web is none; the text names it.
    """
    known = {**facts, **more}
    if faults := [*_faults(known)]:
        raise AtalayaError(f"[register] of the layout: {'; '.join(faults)}; correct it")
    return CaseRegister(**known)


def _faults(facts: Mapping[str, object]) -> Iterator[str]:
    """What is wrong with the facts of a register: all are texts, and two of them addresses of pages."""
    for name in (one.name for one in fields(CaseRegister)):
        value = facts.get(name)
        if not isinstance(value, str) or not value.strip():
            yield f"it lacks {name}"
        elif name in ADDRESSES and not value.startswith(("https://", "http://")):
            yield f"{name} is {value!r}, which does not begin with https://"


def columns(table: CaseTable) -> dict[str, type[pl.DataType]]:
    """The columns of a table's file and their types."""
    names = ("indicator", "area", "year", *table.dimensions, "low", "high", "status", "date_counted", "counting_unit")
    return {name: NUMBERS.get(name, pl.String) for name in names}


def of_table(cells: pl.DataFrame, table: CaseTable) -> pl.DataFrame:
    """The cells of a table among those of all tables (`PUBLISHED`)."""
    others = [pl.col(name) == TOTAL for name in DIMENSIONS if name not in table.dimensions]
    return cells.filter(*others)


def path_of(table: CaseTable, ending: str = "csv") -> str:
    """The path of a table in the folder of a release."""
    return f"tables/{table.name}.{ending}"


def hash_of(content: bytes) -> str:
    """The hash of a file, as data packages write it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def releases(folder: Path) -> list[CaseRelease]:
    """The releases of a register, the oldest first; none if there is no folder.

    Raises:
        AtalayaError: a folder in it is no release, or its data package cannot be read. Nothing is passed over: what
            was published is known to others, and counts in the next audit.
    """
    places = sorted(place for place in folder.glob("*") if place.is_dir() and not place.name.startswith("."))
    return [_release(place) for place in places]


def published(folder: Path) -> list[pl.DataFrame]:
    """All cells that a register has ever published, a table (`PUBLISHED`) for each release, the oldest first.

    Raises:
        AtalayaError: a release is damaged.
    """
    return [one.every_cell() for one in releases(folder)]


def _release(place: Path) -> CaseRelease:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", place.name):
        raise AtalayaError(f"{place}: it is no release, whose name is a day such as 2026-12-01; move it away")
    try:
        package = json.loads((place / PACKAGE).read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        problem = f"{place / PACKAGE} cannot be read ({error})"
        raise AtalayaError(f"{problem}; copy the folder of the release again, unchanged") from error
    release = CaseRelease(place, package if isinstance(package, dict) else {})
    if release.package.get("version") != place.name:
        raise release.damaged(PACKAGE, f"it is of {release.package.get('version')!r}, not of {place.name}")
    return release
