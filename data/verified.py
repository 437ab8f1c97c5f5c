"""The snapshot that a process shows: every byte compared with its hash, then read from memory, never from a file again.

So nothing damaged is shown, and a build that deletes the folder takes nothing away from a running server. If the
current snapshot is missing or damaged, the newest whole one beside it is opened, and `fault` says what is wrong.
"""

import re
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, cached_property
from hashlib import sha256
from typing import Any, NamedTuple

import polars as pl

from data.contract import SCHEMAS
from data.package import refusal
from data.snapshot import (
    BOUNDARIES,
    MANIFEST,
    POINTER,
    REMEDY,
    Snapshot,
    SnapshotError,
    names,
    parsed,
    place_of,
    read,
)

# A build may be replacing files at this moment: damage counts if it is still there after a pause (in seconds).
TRIES, PAUSE = 2, 0.3


class Fault(NamedTuple):
    """Why a snapshot is not used: a file, by its path from the folder of all snapshots, and what is wrong with it.

    The reason is `missing`, `unreadable`, `damaged` or `of another version` (of the contract).
    """

    file: str
    reason: str

    def __str__(self) -> str:
        """The fault in one line, for logs."""
        return f"the file {self.file} is {self.reason}"


class FaultError(Exception):
    """A snapshot is not complete."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(frozen=True)
class Verified(Snapshot):
    """A snapshot whose files were all compared with their hashes.

    Attributes:
        files: the bytes of each file by its name, e.g. `flows.parquet`.
        fault: what is wrong with the current snapshot, if this is another one.
    """

    files: Mapping[str, bytes] = field(compare=False, repr=False)
    fault: Fault | None = None

    def table(self, name: str) -> pl.LazyFrame:
        """A table of `data.contract.SCHEMAS`, not unpacked until collected."""
        return pl.scan_parquet(self.files[f"{name}.parquet"])

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The data package: resources, sources, findings."""
        return parsed(self.files[MANIFEST])

    @property
    def warning(self) -> str:
        """One line for a log if this is not the current snapshot; else empty."""
        if not self.fault:
            return ""
        return f"{self.fault}; snapshot {self.id}, built {self.manifest['created'][:10]}, is used instead: {REMEDY}"


@cache
def opened() -> Verified:
    """The snapshot of this process.

    Raises:
        SnapshotError: there is none to open; the text says what to do.
    """
    return open_whole()


def open_whole(location: str | None = None) -> Verified:
    """Open the current snapshot of a place (`data.snapshot.place_of`) or, if it is not whole, the newest that is.

    Raises:
        SnapshotError: none is whole.
    """
    place = place_of(location)
    for attempt in range(TRIES):
        time.sleep(PAUSE if attempt else 0)
        try:
            return _servable(place, _current(place))
        except FaultError as error:
            fault = error.fault
    for name in _newest_first(place):
        with suppress(FaultError):
            return replace(_servable(place, name), fault=fault)
    raise SnapshotError(f"no whole snapshot in {place} ({fault}): {REMEDY}")


def verified(place: str, name: str) -> Verified:
    """One snapshot of a place by its id, of any version of the contract, all of it compared with its hashes.

    Raises:
        FaultError: a file is missing, or is not the one that was published.
    """
    content, manifest = _manifest(place, name)
    files = {MANIFEST: content}
    for table, digest in _digests(manifest).items():
        file = f"{table}.parquet"
        files[file] = _read(place, f"{name}/{file}")
        if f"sha256:{sha256(files[file]).hexdigest()}" != digest:
            raise FaultError(Fault(f"{name}/{file}", "damaged"))
    return Verified(root=f"{place}/{name}", id=name, files=files)


def _current(place: str) -> str:
    """The id in the pointer file."""
    name = _read(place, POINTER).decode(errors="replace").strip()
    if not re.fullmatch(r"[\w-]+", name):
        raise FaultError(Fault(POINTER, "damaged"))
    return name


def _servable(place: str, name: str) -> Verified:
    """A snapshot of this version of the contract with all its tables, so that every page can be shown."""
    snapshot = verified(place, name)
    if refusal(snapshot.manifest) or not _digests(snapshot.manifest).keys() >= {*SCHEMAS, BOUNDARIES}:
        raise FaultError(Fault(f"{name}/{MANIFEST}", "of another version"))
    return snapshot


def _manifest(place: str, name: str) -> tuple[bytes, dict[str, Any]]:
    """The manifest of a snapshot, as its file and as what the file says."""
    file = f"{name}/{MANIFEST}"
    content = _read(place, file)
    try:
        manifest = parsed(content)
        datetime.fromisoformat(manifest["created"])
        whole = manifest["id"] == name and bool(_digests(manifest))
    except (ValueError, LookupError, TypeError, RecursionError):
        whole = False
    if not whole:
        raise FaultError(Fault(file, "damaged"))
    return content, manifest


def _digests(manifest: dict[str, Any]) -> dict[str, str]:
    """The hash of each table in the manifest."""
    return {resource["name"]: resource["hash"] for resource in manifest["resources"]}


def _newest_first(place: str) -> list[str]:
    """The ids of the snapshots of a place with a readable manifest, by the moment of their build."""
    dated = []
    with suppress(OSError, ValueError):
        # Names that begin with a point are those of unfinished builds.
        for name in (name for name in names(place) if not name.startswith(".")):
            with suppress(FaultError):
                dated.append((str(_manifest(place, name)[1]["created"]), name))
    return [name for _, name in sorted(dated, reverse=True)]


def _read(place: str, file: str) -> bytes:
    try:
        return read(f"{place}/{file}")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FaultError(Fault(file, "missing")) from error
    except (OSError, ValueError) as error:
        raise FaultError(Fault(file, "unreadable")) from error
