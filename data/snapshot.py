"""Open the published snapshot, and publish a new one, whole or not at all.

A snapshot is a folder `<id>/` with a Parquet file for each table, `boundaries.parquet` (GeoParquet) and
`datapackage.json`; beside it the file `current` has the id of the published one (`data.pointer`). It is replaced last,
in one step.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas as gpd
import polars as pl
import shapely

from data import package, pointer
from data.contract import MAP_CRS
from data.place import HERE, STAGING, names, place_of, read, remove

MANIFEST = "datapackage.json"
BOUNDARIES = "boundaries"
# The key of a manifest that holds the hash of all the others. A file beside it could not be replaced in the same step.
SEAL = "hash"
REMEDY = "run 'python -m etl build', or set ATALAYA_SNAPSHOT"
ID_LENGTH = 12
# The id depends on coordinates to 10 m (the unit is the kilometer) and figures to 1e-6: below that, machines differ.
COORDINATE_GRID = 0.01
FIGURE_DIGITS = 6
# How many snapshots a place keeps for readers and for a way back; `ATALAYA_KEPT` names another number.
KEPT_SNAPSHOTS = 3
KEPT_VARIABLE = "ATALAYA_KEPT"
LEAST_KEPT = 2
# The key of a manifest that has the moment before which the snapshot is not shown.
EMBARGO = "not_before"


class SnapshotError(Exception):
    """A snapshot cannot be opened or written; the text says what to do."""


@dataclass(frozen=True)
class Snapshot:
    """One published snapshot, read-only and as its files are; `data.verified` has one whose hashes were compared.

    `root` is a folder or an object-store address that Polars can scan.
    """

    root: str
    id: str

    @classmethod
    def open(cls, location: str | None = None) -> "Snapshot":
        """Open the current snapshot of `location` (default: `ATALAYA_SNAPSHOT`, else the one in this package).

        Raises:
            SnapshotError: there is none, or `current` names one that does not exist.
        """
        place = place_of(location)
        try:
            name = pointer.pointer(place).at(datetime.now(UTC))
            snapshot = cls(root=f"{place}/{name}", id=name)
            snapshot.manifest  # noqa: B018 - reading it is the check
        except (OSError, ValueError, RecursionError) as error:
            # The system's message may have several lines.
            problem = " ".join(f"no readable snapshot in {place} ({error})".split())
            raise SnapshotError(f"{problem}: {REMEDY}") from error
        return snapshot

    def table(self, name: str) -> pl.LazyFrame:
        """A table of `data.contract.SCHEMAS`, not read until collected."""
        return pl.scan_parquet(f"{self.root}/{name}.parquet")

    def boundaries(self) -> gpd.GeoDataFrame:
        """Polygons: area, kind, label_x, label_y, geometry (km, `data.contract.MAP_CRS`)."""
        return shapes(self.table(BOUNDARIES).collect())

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The data package: resources, sources, findings."""
        return parsed(read(f"{self.root}/{MANIFEST}"))


def parsed(content: bytes) -> dict[str, Any]:
    """A manifest from the bytes of its file.

    Raises:
        ValueError, RecursionError: it is not a JSON object, or its content has changed since it was sealed.
    """
    manifest = json.loads(content)
    if not isinstance(manifest, dict):
        raise ValueError(f"{MANIFEST} is not a JSON object")  # noqa: TRY004 - about a file, not about an argument
    # Manifests of version 1 of the contract have no seal.
    due = SEAL in manifest or manifest.get("contract", 1) != 1
    if due and manifest.get(SEAL) != sealed(manifest)[SEAL]:
        raise ValueError(f"{MANIFEST} is damaged: its content does not give its own hash")
    return manifest


def sealed(manifest: dict[str, Any]) -> dict[str, Any]:
    """The manifest with the hash of its own content, whatever the order of its keys or the spaces in its file."""
    content = {name: value for name, value in manifest.items() if name != SEAL}
    canonical = json.dumps(json.loads(json.dumps(content)), sort_keys=True)
    return {**content, SEAL: f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"}


def shapes(frame: pl.DataFrame) -> gpd.GeoDataFrame:
    """The table of polygons as a GeoDataFrame."""
    geometry = gpd.GeoSeries.from_wkb(frame["geometry"].to_numpy(), crs=MAP_CRS)
    return gpd.GeoDataFrame(frame.drop("geometry").to_dict(as_series=False), geometry=geometry)


def snapshot_id(tables: dict[str, pl.DataFrame], boundaries: gpd.GeoDataFrame) -> str:
    """The id of a snapshot with these rows; their order and the machine make no difference."""
    digest = hashlib.sha256()
    for name in sorted(tables):
        digest.update(name.encode())
        for line in sorted(_canonical(tables[name])):
            digest.update(line.encode())
    for area, shape in sorted(zip(boundaries["area"], boundaries.geometry, strict=True), key=lambda pair: pair[0]):
        digest.update(area.encode() + shapely.set_precision(shape, COORDINATE_GRID).normalize().wkb)
    return digest.hexdigest()[:ID_LENGTH]


def _canonical(table: pl.DataFrame) -> Iterable[str]:
    rounded = table.select(sorted(table.columns)).with_columns(pl.col(pl.Float64).round(FIGURE_DIGITS))
    return rounded.write_ndjson().splitlines()


def clear_staging(home: Path) -> None:
    """Delete what a killed build left unfinished; call it only while no other build is writing.

    Raises:
        OSError: something cannot be deleted.
    """
    for path in home.glob(f"{STAGING}*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@dataclass(frozen=True)
class Showing:
    """When a published snapshot is shown, and who published it.

    Attributes:
        at: the end of its embargo (UTC); None: it is shown at once.
        by: the name that the history of the place keeps; may be empty.
    """

    at: datetime | None = None
    by: str = ""


def publish(
    tables: dict[str, pl.DataFrame],
    boundaries: gpd.GeoDataFrame,
    manifest: dict[str, Any],
    home: Path = HERE,
    beside: Mapping[str, bytes] | None = None,
    showing: Showing | None = None,
    signed: Collection[str] = (),
) -> str:
    """Write a snapshot beside the others and make it the current one; returns its id.

    Args:
        tables, boundaries, manifest: what the snapshot holds.
        home: the folder of snapshots.
        beside: more files, by their path in the snapshot's folder; the id does not depend on them.
        showing: when it is shown, and by whom it was published.
        signed: ids of snapshots that stay as they are, if they are there: another manifest would not be signed.

    All files are complete under the new id before `current` changes; a reader of the old snapshot keeps reading it.

    Raises:
        SnapshotError: the folder cannot be written, or the snapshot cannot wait.
    """
    try:
        return _publish(tables, boundaries, manifest, home, beside or {}, showing or Showing(), signed)
    except (OSError, pl.exceptions.PolarsError) as error:
        # On a full disk Polars raises its own errors.
        problem = f"the snapshot cannot be written to {home} ({error}); free some space or name another with --snapshot"
        raise SnapshotError(problem) from error


def _publish(
    tables: dict[str, pl.DataFrame],
    boundaries: gpd.GeoDataFrame,
    manifest: dict[str, Any],
    home: Path,
    beside: Mapping[str, bytes],
    showing: Showing,
    signed: Collection[str],
) -> str:
    name, most = snapshot_id(tables, boundaries), kept()
    if showing.at:
        _refuse_to_wait(home, name)
        manifest = {**manifest, EMBARGO: pointer.timestamp(showing.at)}
    # The process id in the name keeps two builds apart.
    staging = home / f"{STAGING}{name}-{os.getpid()}"
    shutil.rmtree(staging, ignore_errors=True)
    try:
        staging.mkdir(parents=True)
        for path, content in beside.items():
            (staging / path).parent.mkdir(exist_ok=True)
            (staging / path).write_bytes(content)
        _write(tables, boundaries, {"name": "atalaya", "id": name, "contract": package.CONTRACT, **manifest}, staging)
        if name not in signed or not (home / name).exists():
            _install(staging, home / name)
        show(str(home), name, showing)
    finally:
        # Leave nothing unfinished behind; the disk may be full.
        shutil.rmtree(staging, ignore_errors=True)
    prune(str(home), most)
    return name


def show(place: str, name: str, showing: Showing) -> None:
    """Make a complete snapshot the current one of a place, at once or at the end of its embargo.

    Raises:
        OSError, ValueError: the place cannot be written.
    """
    if showing.at:
        pointer.wait(place, name, showing.at, showing.by)
    else:
        pointer.turn(place, name, showing.by)


def _refuse_to_wait(home: Path, name: str) -> None:
    """Refuse an embargo that could not be kept.

    Raises:
        SnapshotError: nothing is published that could be shown meanwhile, or it has the same rows.
    """
    try:
        shown = pointer.pointer(str(home)).current
    except (OSError, ValueError):
        raise SnapshotError("no snapshot is published that could be shown until then: leave --not-before out") from None
    if shown == name:
        raise SnapshotError(f"nothing was published: the published snapshot {name} has the same rows")


def kept() -> int:
    """How many snapshots a place keeps.

    Raises:
        SnapshotError: `ATALAYA_KEPT` is not a number, or too small.
    """
    value = os.environ.get(KEPT_VARIABLE, "") or str(KEPT_SNAPSHOTS)
    if not value.isdecimal() or int(value) < LEAST_KEPT:
        raise SnapshotError(f"{KEPT_VARIABLE} is {value!r}; give a whole number of at least {LEAST_KEPT}")
    return int(value)


def _write(
    tables: dict[str, pl.DataFrame], boundaries: gpd.GeoDataFrame, manifest: dict[str, Any], staging: Path
) -> None:
    """Every table as one Parquet file, and the manifest that describes them."""
    for table, frame in tables.items():
        frame.write_parquet(staging / f"{table}.parquet", compression="zstd", statistics=True)
    boundaries.to_parquet(staging / f"{BOUNDARIES}.parquet", compression="zstd", index=False)
    resources = [package.resource(staging, table, frame) for table, frame in tables.items()]
    resources.append(package.boundaries_resource(staging, BOUNDARIES, boundaries))
    complete = sealed({**manifest, "resources": resources})
    (staging / MANIFEST).write_text(json.dumps(complete, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _install(staging: Path, target: Path) -> None:
    """Move the finished folder into place. If the id exists, rows are equal: replace file by file, the manifest last.

    At no moment does `current` name a folder that does not exist.
    """
    if not target.exists():
        staging.rename(target)
        return
    files = sorted((path for path in staging.rglob("*") if path.is_file()), key=lambda path: path.name == MANIFEST)
    for path in files:
        place = target / path.relative_to(staging)
        place.parent.mkdir(exist_ok=True)
        path.replace(place)
    # What is left is of an earlier build of the same rows.
    names = {path.relative_to(staging) for path in files}
    for path in [path for path in target.rglob("*") if path.is_file() and path.relative_to(target) not in names]:
        path.unlink()
    shutil.rmtree(staging)


def prune(place: str, most: int) -> None:
    """Delete the oldest snapshots of a place; the current one and the one that waits stay.

    The new one is published by now: failing to delete an old one is not an error.
    """
    with suppress(OSError, ValueError):
        known = pointer.pointer(place)
        stay = {known.current, *([known.waiting.id] if known.waiting else [])}
        for name in newest_first(place)[most:]:
            if name not in stay:
                with suppress(OSError, ValueError):
                    # Without its manifest a snapshot is not read any more.
                    remove(f"{place}/{name}")


def newest_first(place: str) -> list[str]:
    """The ids of the snapshots of a place, the one that was shown last first, then those never shown by their day.

    Raises:
        OSError, ValueError: the place cannot be listed.
    """
    turns = {one.id: place_in_time for place_in_time, one in enumerate(pointer.history(place))}
    known = ""
    with suppress(OSError, ValueError):
        known = pointer.pointer(place).current
    dated = [
        (name == known, turns.get(name, -1), str(day), name)
        for name in names(place)
        if not name.startswith(".") and (day := _created(place, name)) is not None
    ]
    return [name for *_, name in sorted(dated, reverse=True)]


def _created(place: str, name: str) -> str | None:
    """The day on which a snapshot was built; None without a readable manifest."""
    try:
        return str(parsed(read(f"{place}/{name}/{MANIFEST}")).get("created", ""))
    except (OSError, ValueError, RecursionError):
        return None
