"""A snapshot for readers: every byte compared with its hash, then read from memory, never from a file again.

So nothing damaged is shown, and a build that deletes the folder takes nothing away from a running server. If the
current snapshot is missing or damaged, the newest whole one beside it is opened, and `fault` says what is wrong. Of an
object store a copy is kept on this machine (`data.copies`): it is read again instead of the store if it is whole, and
opened if the store is gone.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar

import polars as pl

from data import copies, pointer, trust
from data.contract import ADDED, SCHEMAS
from data.package import refusal
from data.place import place_of, read
from data.pointer import POINTER, Pointer
from data.signed import METADATA, REASONS, SignedFiles, TrustError
from data.snapshot import BOUNDARIES, EMBARGO, MANIFEST, REMEDY, Snapshot, SnapshotError, newest_first, parsed

T = TypeVar("T")

# A build may be replacing files at this moment: damage counts if it is still there after a pause (in seconds).
TRIES = 2
PAUSE = 0.3


class SnapshotFault(NamedTuple):
    """Why a snapshot is not used: a file, by its path from the folder of all snapshots, and what is wrong with it.

    The reason is `missing`, `unreadable`, `damaged`, `of another version` (of the contract), or one of
    `data.signed.REASONS`.
    """

    file: str
    reason: str

    def __str__(self) -> str:
        """The fault in one line, for logs."""
        return f"the file {self.file} is {self.reason}"


class FaultError(Exception):
    """A snapshot is not complete."""

    def __init__(self, fault: SnapshotFault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(frozen=True)
class Verified(Snapshot):
    """A snapshot whose files were all compared with their hashes.

    Attributes:
        files: the bytes of each file by its name, e.g. `flows.parquet`.
        seal: the hash of the manifest's file: a build of equal rows has the same id, and another account of them.
        fault: what is wrong with the current snapshot, if this is another one.
        signed: what its publisher has signed; None if it need not be signed.
    """

    files: Mapping[str, bytes] = field(compare=False, repr=False)
    seal: str = field(default="", repr=False)
    fault: SnapshotFault | None = None
    signed: SignedFiles | None = field(default=None, compare=False, repr=False)

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
        built = self.manifest["created"][:10]
        return f"{self.fault}; snapshot {self.id}, built {built}, is used instead: {_remedy(self.fault)}"


def open_whole(location: str | None = None) -> Verified:
    """Open the current snapshot of a place (`data.place.place_of`) or, if it is not whole, the newest that is.

    Raises:
        SnapshotError: none is whole.
    """
    place = place_of(location)
    try:
        snapshot = again(lambda: servable(place, pointed(place).at(datetime.now(UTC))))
    except FaultError as error:
        fault = error.fault
    else:
        copies.mark(place, snapshot.id)
        return snapshot
    for folder in filter(None, (place, copies.folder(place))):
        for name in _candidates(folder):
            with suppress(FaultError):
                return replace(servable(folder, name), fault=fault)
    raise SnapshotError(f"no whole snapshot in {place} ({fault}): {_remedy(fault)}")


def _remedy(fault: SnapshotFault) -> str:
    """What the operator can do. A build does not help where signatures are asked for."""
    unsigned = fault.reason in REASONS or (fault.file.startswith(f"{METADATA}/") and fault.reason == "missing")
    return "it has to be signed, see Signatures in docs/operations.md" if unsigned else REMEDY


def again(opening: Callable[[], T]) -> T:
    """The result of a function that opens a snapshot, tried again after a pause if it finds damage.

    Raises:
        FaultError: the damage is still there.
    """
    for _ in range(TRIES - 1):
        with suppress(FaultError):
            return opening()
        time.sleep(PAUSE)
    return opening()


def verified(place: str, name: str, copy: str | None = None) -> Verified:
    """One snapshot of a place by its id, of any version of the contract, all of it compared with its hashes.

    Args:
        copy: the folder of copies that is read first; by default as `data.copies.folder` says, empty for none.

    Raises:
        FaultError: a file is missing, or is not the one that was published.
    """
    content, manifest = _manifest(place, name)
    files = {MANIFEST: content}
    copy = copies.folder(place) if copy is None else copy
    for table, digest in _digests(manifest).items():
        file = f"{name}/{table}.parquet"
        files[f"{table}.parquet"] = _copied(copy, file, digest) or _whole(place, file, digest)
    if copy:
        copies.keep(copy, name, files)
    seal, signed = sha256(content).hexdigest(), trust.statement(place)
    return Verified(root=f"{place}/{name}", id=name, files=files, seal=seal, signed=signed)


def _whole(place: str, file: str, digest: str) -> bytes:
    """A file of a place, if it has its hash."""
    content = _read(place, file)
    if f"sha256:{sha256(content).hexdigest()}" != digest:
        raise FaultError(SnapshotFault(file, "damaged"))
    return content


def _copied(copy: str, file: str, digest: str) -> bytes:
    """A file of the copies on this machine, if it is there and has its hash; else nothing."""
    with suppress(FaultError):
        return _whole(copy, file, digest) if copy else b""
    return b""


def pointed(place: str) -> Pointer:
    """What the pointer of a place says, and what is signed there is read again.

    Raises:
        FaultError: it cannot be read, is not a pointer, or is not signed.
    """
    try:
        trust.renew(place)
        return pointer.pointer(place, trust.reader(place))
    except TrustError as error:
        raise FaultError(SnapshotFault(error.file, error.reason)) from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FaultError(SnapshotFault(POINTER, "missing")) from error
    except OSError as error:
        raise FaultError(SnapshotFault(POINTER, "unreadable")) from error
    except ValueError as error:
        raise FaultError(SnapshotFault(POINTER, "damaged")) from error


def current_manifest(place: str, name: str) -> bytes:
    """The file of a manifest as it is now.

    Raises:
        FaultError: it is missing, damaged or not signed.
    """
    return _manifest(place, name)[0]


def servable(place: str, name: str, copy: str | None = None) -> Verified:
    """A snapshot of this version of the contract with its tables (but `ADDED`), so that every page can be shown.

    Raises:
        FaultError: it is not whole.
    """
    snapshot = verified(place, name, copy)
    if refusal(snapshot.manifest) or not _digests(snapshot.manifest).keys() >= {*SCHEMAS, BOUNDARIES} - ADDED:
        raise FaultError(SnapshotFault(f"{name}/{MANIFEST}", "of another version"))
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
        raise FaultError(SnapshotFault(file, "damaged"))
    try:
        trust.confirm(place, file, content)
    except TrustError as error:
        raise FaultError(SnapshotFault(error.file, error.reason)) from error
    return content, manifest


def _digests(manifest: dict[str, Any]) -> dict[str, str]:
    """The hash of each table in the manifest."""
    return {resource["name"]: resource["hash"] for resource in manifest["resources"]}


def _candidates(place: str) -> list[str]:
    """The ids of the snapshots of a place that may stand in for the current one, the newest first.

    Not one that was withdrawn or whose embargo has not ended.
    """
    withdrawn = pointer.withdrawn_ids(pointer.history(place))
    with suppress(OSError, ValueError):
        return [name for name in newest_first(place) if name not in withdrawn and not under_embargo(place, name)]
    return []


def under_embargo(place: str, name: str) -> bool:
    """Whether a snapshot may not be shown yet; also if its manifest does not say."""
    try:
        until = _manifest(place, name)[1].get(EMBARGO)
        return until is not None and datetime.fromisoformat(until) > datetime.now(UTC)
    except (FaultError, ValueError, TypeError):
        return True


def _read(place: str, file: str) -> bytes:
    try:
        return read(f"{place}/{file}")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FaultError(SnapshotFault(file, "missing")) from error
    except (OSError, ValueError) as error:
        raise FaultError(SnapshotFault(file, "unreadable")) from error
