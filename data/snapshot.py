"""Open the published snapshot, and publish a new one, whole or not at all.

A snapshot is a folder `<id>/` with a Parquet file for each table, `boundaries.parquet` (GeoParquet) and
`datapackage.json`; beside it the file `current` has the id of the published one. It is replaced last, in one step of
the file system.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas as gpd
import polars as pl
import shapely

from data import package
from data.contract import MAP_CRS

HERE = Path(__file__).parent / "snapshot"
POINTER = "current"
MANIFEST = "datapackage.json"
BOUNDARIES = "boundaries"
# The key of a manifest that holds the hash of all the others. A file beside it could not be replaced in the same step.
SEAL = "hash"
REMEDY = "run 'python -m etl build', or set ATALAYA_SNAPSHOT"
ID_LENGTH = 12
# The id depends on coordinates to 10 m (the unit is the kilometer) and figures to 1e-6: below that, machines differ.
COORDINATE_GRID = 0.01
FIGURE_DIGITS = 6
KEPT_SNAPSHOTS = 2
STAGING = ".staging-"


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
            name = read(f"{place}/{POINTER}").decode().strip()
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


def place_of(location: str | None = None) -> str:
    """Where snapshots are: `location`, else `ATALAYA_SNAPSHOT`, else the folder in this package."""
    return (location or os.environ.get("ATALAYA_SNAPSHOT") or str(HERE)).rstrip("/")


def read(address: str) -> bytes:
    """The bytes of a file in a folder, or at an object-store address such as `s3://bucket/key`.

    Raises:
        OSError, ValueError: it cannot be read.
    """
    if "://" not in address:
        return Path(address).read_bytes()
    # Imported late: a third of a second that a folder does not need.
    from pyarrow.fs import FileSystem  # noqa: PLC0415

    store, path = FileSystem.from_uri(address)
    with store.open_input_file(path) as file:
        return bytes(file.read())


def names(address: str) -> list[str]:
    """The names of what is in a folder, or below an object-store address.

    Raises:
        OSError, ValueError: it cannot be listed.
    """
    if "://" not in address:
        return [path.name for path in Path(address).iterdir()]
    from pyarrow.fs import FileSelector, FileSystem  # noqa: PLC0415

    store, path = FileSystem.from_uri(address)
    return [info.base_name for info in store.get_file_info(FileSelector(path))]


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


def publish(
    tables: dict[str, pl.DataFrame],
    boundaries: gpd.GeoDataFrame,
    manifest: dict[str, Any],
    home: Path = HERE,
    beside: Mapping[str, bytes] | None = None,
) -> str:
    """Write a snapshot beside the others and make it the current one; returns its id.

    Args:
        tables, boundaries, manifest: what the snapshot holds.
        home: the folder of snapshots.
        beside: more files, by their path in the snapshot's folder; the id does not depend on them.

    All files are complete under the new id before `current` changes; a reader of the old snapshot keeps reading it.

    Raises:
        SnapshotError: the folder cannot be written.
    """
    try:
        return _publish(tables, boundaries, manifest, home, beside or {})
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
) -> str:
    name = snapshot_id(tables, boundaries)
    # The process id in the name keeps two builds apart.
    staging = home / f"{STAGING}{name}-{os.getpid()}"
    draft = home / f"{STAGING}{POINTER}-{os.getpid()}"
    shutil.rmtree(staging, ignore_errors=True)
    try:
        staging.mkdir(parents=True)
        for path, content in beside.items():
            (staging / path).parent.mkdir(exist_ok=True)
            (staging / path).write_bytes(content)
        _write(tables, boundaries, {"name": "atalaya", "id": name, "contract": package.CONTRACT, **manifest}, staging)
        _install(staging, home / name)
        before = (home / POINTER).read_text("utf-8").strip() if (home / POINTER).exists() else ""
        draft.write_text(f"{name}\n", encoding="utf-8")
        draft.replace(home / POINTER)
    finally:
        # Leave nothing unfinished behind; the disk may be full.
        shutil.rmtree(staging, ignore_errors=True)
        draft.unlink(missing_ok=True)
    _prune(home, name, before)
    return name


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


def _prune(home: Path, current: str, before: str) -> None:
    """Delete all snapshots but the current one and the one before it, which a running server may still read."""
    others = [path.parent for path in home.glob(f"*/{MANIFEST}") if path.parent.name != current]
    # The one before comes first; a newer one of a killed build was never current and has no reader.
    others.sort(key=lambda path: (path.name == before, path.stat().st_mtime), reverse=True)
    for path in others[KEPT_SNAPSHOTS - 1 :]:
        # The new one is published by now: failing to delete an old one is not an error.
        with suppress(OSError):
            # Renamed first: the next build clears it if this one is killed halfway.
            shutil.rmtree(path.rename(home / f"{STAGING}{path.name}"), ignore_errors=True)
