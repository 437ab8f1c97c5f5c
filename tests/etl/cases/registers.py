"""Releases of a made-up case register, in a temporary folder: no state has such figures."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from etl.cases import publishing
from etl.cases.audit import TableAudit
from etl.cases.releases import CaseRegister
from etl.cases.tables import DIMENSIONS, TOTAL

HAITI = CaseRegister(
    state="HTI",
    title="A made-up register",
    publisher="A made-up ministry",
    contact="office@example.org",
    page="https://example.org/register",
    license="CC-BY-4.0",
    license_page="https://creativecommons.org/licenses/by/4.0/",
    unit="persons",
    date="referral",
)
DAY = date(2024, 3, 1)


@dataclass(frozen=True)
class MadeUpLayout:
    """A layout, as far as a release has it."""

    text: str
    unit: str
    kind: str
    register: Mapping[str, str]


@dataclass(frozen=True)
class MadeUpRule:
    """The rule of an audit."""

    threshold: int = 11
    width: int = 5


@dataclass(frozen=True)
class MadeUpAudit:
    """What an audit found."""

    narrowest: int | None = 5
    earlier: int = 2
    rule: MadeUpRule = field(default_factory=MadeUpRule)
    tables: Sequence[TableAudit] = ()


def layout(register: CaseRegister = HAITI) -> MadeUpLayout:
    """The layout of a register."""
    facts = asdict(register)
    for name in ("state", "unit", "date"):
        facts.pop(name)
    return MadeUpLayout("minors_under = 18\n", register.unit, register.date, facts)


Cell = Mapping[str, object]


def cell(year: int, low: int, high: int | None = None, indicator: str = "detected_victims", **parts: str) -> Cell:
    """A row of `PUBLISHED`; without `high` the number is exact."""
    status = "exact" if high is None else "masked"
    dimensions = dict.fromkeys(DIMENSIONS, TOTAL) | parts
    return {"indicator": indicator, "year": year, **dimensions, "low": low, "high": high or low, "status": status}


# Of 2021: 41 victims, of whom 34 to 40 are female and 1 to 7 male, 35 in forced labor, 12 citizens of Peru.
CELLS = [
    cell(2021, 41),
    cell(2021, 34, 40, sex="female"),
    cell(2021, 1, 7, sex="male"),
    cell(2021, 0, sex="not_asked"),
    cell(2021, 35, form="forced_labour"),
    cell(2021, 12, origin="PER"),
    cell(2021, 12, origin="PER", destination="HTI"),
    cell(2022, 1, 10),
    cell(2024, 13),
]


def release(folder: Path, cells: Sequence[Cell] = CELLS, day: date = DAY, register: CaseRegister = HAITI) -> Path:
    """Write a release into the folder of a register; returns its folder."""
    return publishing.write(folder, pl.DataFrame(cells), MadeUpAudit(), layout(register), register.state, day)
