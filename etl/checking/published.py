"""Verify the published snapshot against its manifest and the contract, and the reviewed files; no network needed."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from dataframely.exc import SchemaError
from polars.exceptions import PolarsError
from shapely.errors import ShapelyError

from data import package
from data.aliases import Aliases
from data.articles import Articles
from data.codebook import Codebook, Errata
from data.contract import SCHEMAS
from data.country_names import CountryNames
from data.declaration import Commitments, Measures, Objectives, Questions
from data.declaration_text import Paragraphs
from data.glossary import Glossary
from data.i18n import DEFAULT
from data.ratios import Ratios
from data.report import store
from data.report.accepted import AcceptedError
from data.reviewed import Reviewed, ReviewedError, read
from data.snapshot import BOUNDARIES, Snapshot, snapshot_id
from data.subregions import Subregions
from data.treaties import Treaties
from data.workplan import Lines
from etl import as_read
from etl.areas import States
from etl.checking import validate
from etl.checking.changes import UsualChanges
from etl.checking.losses import Losses
from etl.checking.recount import recounted
from etl.errors import PublishError, SourceError
from etl.gazetteer import Demonyms, Labels
from etl.making.boundaries import MapLabels
from etl.making.counted_flows import QuestionedFlows
from etl.making.figures import JOIN
from etl.making.flow_releases import FlowReleases
from etl.making.marks import DeclaredUnits
from etl.sources.reference import Acts, Laws

MIGRATION = ("migrant_stock", "migrant_stock_vintages", "movements")
# Tables whose locators are counted; derived figures are not, as their inputs are in `vintages`.
LOCATED = ("vintages", "flows", "roles", "instruments", "evidence", "workplan_lines", *MIGRATION)
# The tables from which the ledger's entries are counted again.
COUNTED_FROM = ("evidence", "instruments", "observations")
# The files of `data/reference/`; the states first, as others refer to them.
REVIEWED: tuple[type[Reviewed], ...] = (
    *(
        States,
        Aliases,
        Labels,
        Demonyms,
        Articles,
        CountryNames,
        Laws,
        Acts,
        FlowReleases,
        QuestionedFlows,
        Measures,
        MapLabels,
    ),
    *(Losses, UsualChanges, Codebook, Errata, DeclaredUnits, Commitments, Questions, Lines, Paragraphs, Objectives),
    *(Subregions, Glossary, Treaties, Ratios),
)
# The parts of a manifest that are read; `?` marks optional ones. Files whose rows are not counted have only `FILE`.
FILE = {"release": str, "file": str, "sha256?": str}
COUNTED_FILE = {**FILE, "part?": str, "read": int, "kept": int, "set_aside": [{"rows": int}]}
MANIFEST = {
    "resources": [{"name": str, "path": str, "hash": str, "size": int, "rows": int}],
    "sources": [{"name": str, "redistribute": str, "releases": [FILE]}],
    "indicators?": [{"id": str, "source": str, "unit": str, "order": int, "shown?": str, "title": {DEFAULT: str}}],
    "checks?": [{"name": str, "saw": str, "expected": str, "passed": bool}],
    **{"accepted?": str, "accepted_by?": str, "approved_by?": str, "not_before?": str},
}
LONGEST = 80
LARGEST = 2**63
# Errors from tables of another form, or damaged ones with the right hash.
UNREADABLE = (PublishError, SchemaError, PolarsError, ShapelyError, OSError, ValueError, LookupError, TypeError)


@dataclass(frozen=True)
class Result:
    """The result of a check: its name, what it found, whether it passed."""

    name: str
    saw: str
    passed: bool


def reviewed() -> Iterator[Result]:
    """Check each reviewed file against its schema."""
    for form in REVIEWED:
        try:
            yield Result(f"reviewed {form.FILE}", f"{read(form).height} rows", passed=True)
        except ReviewedError as error:
            yield Result(f"reviewed {form.FILE}", str(error), passed=False)


def reports(folder: Path = store.REPORTS) -> Iterator[Result]:
    """Check that all accepted reports are there and unchanged."""
    try:
        for one in store.accepted(folder):
            saw = f"{one.entries.height} line(s), accepted on {one.head['accepted']}"
            yield Result(f"report {one.name}", saw, passed=True)
    except (AcceptedError, OSError) as error:
        yield Result("reports", _line(error), passed=False)


def run(location: str | None = None) -> list[Result]:
    """Check manifest, files, contract, row counts and id of the current snapshot of `location`.

    Raises:
        SnapshotError: there is no snapshot to check.
    """
    snapshot = Snapshot.open(location)
    results: list[Result] = []
    # After damage, later checks would fail in ways that hide the cause.
    for checks in (_manifest, _files, _as_read, _content):
        if all(result.passed for result in results):
            results += checks(snapshot)
    return results


def report(location: str | None = None) -> list[Result]:
    """The checks made when the current snapshot of `location` was built, and why failed ones were accepted.

    Raises:
        SnapshotError: there is no snapshot.
    """
    snapshot = Snapshot.open(location)
    if any(not result.passed for result in _manifest(snapshot)):
        return []
    by = [snapshot.manifest[name] for name in ("accepted_by", "approved_by") if name in snapshot.manifest]
    accepted = snapshot.manifest.get("accepted", "") + f" ({' and '.join(by)})" * bool(by)
    return [_reported(check, accepted) for check in snapshot.manifest.get("checks", [])]


def _reported(check: dict[str, Any], accepted: str) -> Result:
    word = f"; accepted: {accepted}" if not check["passed"] else ""
    return Result(
        check["name"], f"{check['saw']}, expected {check['expected']}{word}", check["passed"] or bool(accepted)
    )


def _manifest(snapshot: Snapshot) -> Iterator[Result]:
    """Check the form of the manifest, and that it lists each table once, in a file of its name."""
    if faults := malformed(snapshot.manifest):
        more = f" and {len(faults) - 1} more" if faults[1:] else ""
        yield Result("manifest", f"{faults[0]}{more}; build again", passed=False)
        return
    if problem := package.refusal(snapshot.manifest):
        yield Result("manifest", f"it {problem}", passed=False)
        return
    expected = sorted((name, f"{name}.parquet") for name in (*SCHEMAS, BOUNDARIES))
    listed = sorted((resource["name"], resource["path"]) for resource in snapshot.manifest["resources"])
    yield Result("manifest", f"{len(listed)} of {len(expected)} tables listed", listed == expected)


def malformed(manifest: dict[str, Any]) -> list[str]:
    """What is wrong with the form of a manifest, in words; empty if nothing is."""
    if faults := [*_malformed(manifest, MANIFEST, "")]:
        return faults
    counted = [release for source in manifest["sources"] for release in source["releases"] if "read" in release]
    return [*_malformed(counted, [COUNTED_FILE], "releases")]


def _malformed(value: object, form: object, place: str) -> Iterator[str]:
    """Where a value from JSON does not match a form (dicts, lists with one form, and types)."""
    if isinstance(form, dict) and isinstance(value, dict):
        for name, inner in form.items():
            key = name.removesuffix("?")
            if key in value or key == name:
                yield from _malformed(value.get(key), inner, f"{place}.{key}".lstrip("."))
    elif isinstance(form, list) and isinstance(value, list):
        for number, one in enumerate(value):
            yield from _malformed(one, form[0], f"{place}[{number}]")
    elif type(value) is not form or (isinstance(value, int) and not 0 <= value < LARGEST):
        expected = form.__name__ if isinstance(form, type) else type(form).__name__
        yield f"{place} is {repr(value)[:LONGEST]}, expected {expected}"


def _files(snapshot: Snapshot) -> Iterator[Result]:
    for resource in snapshot.manifest["resources"]:
        name, path = resource["name"], Path(snapshot.root) / resource["path"]
        try:
            yield _file(path, name, resource)
        except UNREADABLE as error:
            yield Result(f"file {name}", _line(error), passed=False)


def _file(path: Path, name: str, resource: dict[str, Any]) -> Result:
    if not path.is_file():
        return Result(f"file {name}", "missing", passed=False)
    digest = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    if digest != resource["hash"]:
        return Result(f"file {name}", "its hash differs from the manifest's", passed=False)
    rows = pl.scan_parquet(path).select(pl.len()).collect().item()
    return Result(f"file {name}", f"{rows} rows, {resource['size']} bytes", rows == resource["rows"])


def _as_read(snapshot: Snapshot) -> Iterator[Result]:
    try:
        yield Result("rows as read", f"{as_read.verified(snapshot)} files", passed=True)
    except SourceError as error:
        yield Result("rows as read", str(error), passed=False)


def _content(snapshot: Snapshot) -> Iterator[Result]:
    for checks in (_contract, _identity, _balanced, _entries):
        try:
            yield from checks(snapshot)
        except UNREADABLE as error:
            yield Result(checks.__name__.lstrip("_"), _line(error), passed=False)


def _line(error: Exception) -> str:
    # Errors of Polars have several lines, with the query plan from the second on.
    return next(iter(str(error).splitlines()), "") or repr(error)


def _contract(snapshot: Snapshot) -> Iterator[Result]:
    validate.tables({name: snapshot.table(name).collect() for name in SCHEMAS})
    validate.boundaries(snapshot.boundaries())
    yield Result("contract", "all rows follow all rules", passed=True)


def _identity(snapshot: Snapshot) -> Iterator[Result]:
    own_id = snapshot_id({name: snapshot.table(name).collect() for name in SCHEMAS}, snapshot.boundaries())
    yield Result("id", f"the rows give {own_id}, the snapshot is {snapshot.id}", own_id == snapshot.id)


def _balanced(snapshot: Snapshot) -> Iterator[Result]:
    yield from accounts(snapshot.manifest["sources"], {name: snapshot.table(name) for name in LOCATED})


def _entries(snapshot: Snapshot) -> Iterator[Result]:
    checks = recounted({name: snapshot.table(name).collect() for name in COUNTED_FROM})
    yield from (Result(check.name, check.saw, check.passed) for check in checks)


def accounts(sources: list[dict[str, Any]], tables: Mapping[str, pl.LazyFrame]) -> Iterator[Result]:
    """Check for each file that rows read = kept + set aside; kept ones are counted by the cells that the tables name.

    Args:
        sources: the sources in the manifest.
        tables: the tables of `LOCATED`.
    """
    cells = _cells(tables)
    for source in sources:
        files: dict[str, list[dict[str, Any]]] = {}
        for release in (release for release in source["releases"] if "read" in release):
            files.setdefault(release["file"], []).append(release)
        for file, parts in files.items():
            read, kept = (sum(part[name] for part in parts) for name in ("read", "kept"))
            aside = sum(reason["rows"] for part in parts for reason in part["set_aside"])
            # Rows that may not be passed on are in no table, so they cannot be counted.
            if source["redistribute"] != "none":
                kept = cells.get((source["name"], file), 0)
            sign = "=" if read == kept + aside else "≠"
            saw = f"{read} rows read {sign} {kept} cells in the tables + {aside} set aside"
            one = (parts[0]["release"], parts[0].get("part")) if len(parts) == 1 else (file,)
            of = " ".join(filter(None, (source["name"], *one)))
            yield Result(f"account {of}", saw, read == kept + aside)


def _cells(tables: Mapping[str, pl.LazyFrame]) -> dict[tuple[str, str], int]:
    """The number of cells that the tables name, by source and raw file; a figure printed twice names both cells."""
    inputs = tables["instruments"].select(pl.col("inputs").explode(empty_as_null=True)).drop_nulls().unnest("inputs")
    located = pl.concat([one.select("source", "locator") for one in (*(tables[name] for name in LOCATED), inputs)])
    cells = located.with_columns(pl.col("locator").str.split(JOIN)).explode("locator").unique()
    file = pl.col("locator").str.extract(r"^(.*?)#").alias("file")
    counts = cells.group_by("source", file).len().collect()
    return {(source, name): n for source, name, n in counts.iter_rows()}
