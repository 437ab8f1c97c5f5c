"""Publish the tables of a case register as a release: whole or not at all, and never in place of another one."""

import json
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from data import package
from data.i18n import language
from data.languages import of_state
from etl.cases import audit_page
from etl.cases.audit_page import Audited, AuditedRule
from etl.cases.releases import (
    AUDIT,
    LAYOUT,
    NUMBERS,
    PACKAGE,
    PRINTED,
    CaseRegister,
    columns,
    of_table,
    path_of,
    published,
    register,
)
from etl.cases.sweeping import swept_folder
from etl.cases.tables import TABLES, CaseTable
from etl.errors import PublishError
from etl.lock import HOLDER, locked

__all__ = ["published", "write"]

STAGING = ".unfinished-"
# What readers of the tables have to know.
RULES = {
    "unit": "Persons. One who was exploited in several forms is one person in each of them and in the total.",
    "date": "A person is counted in the year of the date of the case that date_counted names.",
    "interval": "Each figure is a whole number from low to high; they are equal for an exact one.",
    "masked": "A range hides a small figure, or one from which a small figure could be computed; see audit.md.",
    "total": "The word total in a column: all persons, whatever is recorded there.",
    "unknown": "unknown: asked and not recorded; not_asked: not asked at all.",
    "few": "No row is published below a figure of few persons, nor in a year that has only its total.",
    "zero": "Zero is published as it is. A combination that cannot exist is a zero like any other.",
    "absent": "Elsewhere, by citizenship a row that is not there is zero; by form, sex and age zeros have a row.",
}


class RegisterLayout(Protocol):
    """The layout by which records were read: its text, what a record counts, the date that counts, the register."""

    @property
    def text(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def register(self) -> Mapping[str, str]: ...


def write(
    folder: Path, cells: pl.DataFrame, audit: Audited, layout: RegisterLayout, state: str, day: date, lang: str = ""
) -> Path:
    """Write a release of a register; returns its folder. The same input gives the same bytes.

    Args:
        folder: that of the register, with a folder for each release.
        cells: the cells of all tables, each once: `PUBLISHED`.
        audit: what was found of them and the earlier releases (`published`).
        layout: its `register` has the facts of `CaseRegister` but for state, unit and date.
        state: ISO 3166-1 alpha-3.
        day: the day of the release.
        lang: the language of the page for people; by default that of letters to the state.

    Raises:
        AtalayaError: the layout does not say all of the register.
        PublishError: the register has a release of that day or a later one, or the folder cannot be written.
    """
    about = register(layout.register, state=state, unit=layout.unit, date=layout.kind)
    page = audit_page.page(language(lang or of_state(state)), about, day, cells, audit)
    target = folder / day.isoformat()
    try:
        with locked([folder]), swept_folder(STAGING, folder, folder / HOLDER) as staging:
            # What a run left behind when its machine stopped.
            for left in set(folder.glob(f"{STAGING}*")) - {staging}:
                shutil.rmtree(left, ignore_errors=True)
            _refuse_earlier(folder, target.name)
            facts = _facts(about, target.name, audit.rule)
            facts["indicators"] = cells["indicator"].unique().sort().to_list()
            _fill(staging, _tables(cells, about), {AUDIT: page, LAYOUT: layout.text}, facts)
            # Only its owner could read the folder until now; a release is for all.
            staging.chmod((staging / "tables").stat().st_mode)
            staging.rename(target)
    except (OSError, pl.exceptions.PolarsError) as error:
        # On a full disk Polars raises its own errors.
        problem = f"nothing was published, as {folder} cannot be written ({' '.join(str(error).split())})"
        raise PublishError(f"{problem}; free some space or name another folder") from error
    return target


def _refuse_earlier(folder: Path, day: str) -> None:
    known = sorted(place.name for place in folder.iterdir() if place.is_dir() and not place.name.startswith("."))
    if known and known[-1] >= day:
        problem = f"{folder} has a release of {known[-1]}, and what is published stays; nothing was published"
        raise PublishError(f"{problem}; give a later day than that")


def _fill(
    staging: Path, tables: Mapping[CaseTable, pl.DataFrame], texts: dict[str, str], facts: dict[str, Any]
) -> None:
    (staging / "tables").mkdir()
    resources = []
    for table, frame in tables.items():
        frame.write_csv(staging / path_of(table))
        frame.write_parquet(staging / path_of(table, "parquet"), compression="zstd")
        fields = [
            {"name": name, "type": package.field_type(kind, nullable=False)} for name, kind in frame.schema.items()
        ]
        schema = {"fields": fields, "primaryKey": ["indicator", "area", "year", *table.dimensions]}
        resources += [
            # A name is of one file only.
            package.described(staging, path, frame.height) | {"name": name, "schema": schema}
            for name, path in ((table.name, path_of(table)), (f"{table.name}_parquet", path_of(table, "parquet")))
        ]
    for path, text in texts.items():
        (staging / path).write_text(text, encoding="utf-8")
        resources.append(package.described(staging, path))
    described = json.dumps(facts | {"rules": RULES, "resources": resources}, indent=1, ensure_ascii=False)
    (staging / PACKAGE).write_text(f"{described}\n", encoding="utf-8")


def _tables(cells: pl.DataFrame, about: CaseRegister) -> dict[CaseTable, pl.DataFrame]:
    """The tables with the columns of their files, sorted."""
    printed = [pl.lit(getattr(about, fact)).alias(column) for column, fact in PRINTED.items()]
    every = cells.with_columns(pl.col(*NUMBERS).cast(pl.Int64), *printed)
    return {
        table: of_table(every, table).select([*columns(table)]).sort("indicator", "year", *table.dimensions)
        for table in TABLES
    }


def _facts(register: CaseRegister, day: str, rule: AuditedRule) -> dict[str, Any]:
    return {
        "name": f"registry-{register.state.lower()}",
        "version": day,
        "title": register.title,
        "homepage": register.page,
        "licenses": [{"name": register.license, "path": register.license_page}],
        "contributors": [{"title": register.publisher, "role": "publisher", "email": register.contact}],
        "state": register.state,
        "unit": register.unit,
        "date": register.date,
        "protection": {"threshold": rule.threshold, "width": rule.width},
    }
