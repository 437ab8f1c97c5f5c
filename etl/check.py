"""Verify a published snapshot against its own manifest and the contract, without a network."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from data.contract import SCHEMAS
from data.snapshot import BOUNDARIES, Snapshot, snapshot_id
from etl import validate
from etl.errors import PublishError
from etl.harmonise import JOIN

# A derived figure names the cells of what it is made from, which are there already.
LOCATED = ("vintages", "flows", "roles", "instruments", "evidence", "migrant_stock")


@dataclass(frozen=True)
class Result:
    """One check: its name, what it saw, whether it passed."""

    name: str
    saw: str
    passed: bool


def run(location: str | None = None) -> list[Result]:
    """Check files, contract, accounts and id of the current snapshot of `location`.

    Raises:
        SnapshotError: there is none to check.
    """
    snapshot = Snapshot.open(location)
    # A damaged file would fail the other checks in ways that hide the cause.
    results = [*_files(snapshot)]
    sound = all(result.passed for result in results)
    return [*results, _contract(snapshot), _identity(snapshot), *_accounts(snapshot)] if sound else results


def report(location: str | None = None) -> list[Result]:
    """What was compared when the current snapshot of `location` was built, with the word that let a failed one pass.

    Raises:
        SnapshotError: there is none.
    """
    manifest = Snapshot.open(location).manifest
    accepted = manifest.get("accepted", "")
    return [_reported(check, accepted) for check in manifest.get("checks", [])]


def _reported(check: dict[str, Any], accepted: str) -> Result:
    word = f"; accepted: {accepted}" if not check["passed"] else ""
    return Result(
        check["name"], f"{check['saw']}, expected {check['expected']}{word}", check["passed"] or bool(accepted)
    )


def _files(snapshot: Snapshot) -> Iterator[Result]:
    resources = {resource["name"]: resource for resource in snapshot.manifest["resources"]}
    wanted = {*SCHEMAS, BOUNDARIES}
    listed = resources.keys() == wanted
    yield Result("manifest", f"{len(resources)} of {len(wanted)} tables listed", listed)
    for name, resource in resources.items():
        yield _file(Path(snapshot.root) / resource["path"], name, resource)


def _file(path: Path, name: str, resource: dict[str, Any]) -> Result:
    if not path.is_file():
        return Result(f"file {name}", "missing", passed=False)
    digest = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    if digest != resource["hash"]:
        return Result(f"file {name}", "its hash is not the manifest's", passed=False)
    rows = pl.scan_parquet(path).select(pl.len()).collect().item()
    return Result(f"file {name}", f"{rows} rows, {resource['size']} bytes", rows == resource["rows"])


def _contract(snapshot: Snapshot) -> Result:
    try:
        validate.tables({name: snapshot.table(name).collect() for name in SCHEMAS})
        validate.boundaries(snapshot.boundaries())
    except PublishError as error:
        return Result("contract", str(error), passed=False)
    return Result("contract", "every row keeps every rule", passed=True)


def _identity(snapshot: Snapshot) -> Result:
    found = snapshot_id({name: snapshot.table(name).collect() for name in SCHEMAS}, snapshot.boundaries())
    return Result("id", f"the rows give {found}, the snapshot is {snapshot.id}", found == snapshot.id)


def _accounts(snapshot: Snapshot) -> Iterator[Result]:
    """Rows read = kept + set aside, where the kept ones are counted anew by the cells that the tables name."""
    cells = _cells(snapshot)
    for source in snapshot.manifest["sources"]:
        for release in (release for release in source["releases"] if "read" in release):
            aside = sum(reason["rows"] for reason in release["set_aside"])
            # What may not be passed on is in no table, and so cannot be counted anew.
            found = cells.get(release["file"], 0) if source["redistribute"] != "none" else release["kept"]
            saw = f"{release['read']} rows read = {found} cells in the tables + {aside} set aside"
            of = " ".join(filter(None, (source["name"], release["release"], release.get("part"))))
            yield Result(f"account {of}", saw, release["read"] == found + aside)


def _cells(snapshot: Snapshot) -> dict[str, int]:
    """Per raw file, how many of its cells the tables name; a figure printed twice names both."""
    located = [snapshot.table(name).select("locator") for name in LOCATED]
    locator = pl.concat(located).select(pl.col("locator").str.split(JOIN).explode()).unique()
    counts = locator.group_by(pl.col("locator").str.extract(r"^(.*?)#").alias("file")).len().collect()
    return dict(counts.iter_rows())
