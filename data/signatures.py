"""The signatures of a place, in the files of TUF: read and compared (`data.trust` says why; `etl.signing` writes them).

`metadata/` has `<n>.root.json` (the keys of each role, and how many must sign), `<n>.targets.json` (the hashes of the
signed files), `<n>.snapshot.json` and `timestamp.json` (which of them is the newest, for some days).
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from filelock import FileLock, Timeout
from tuf.api.exceptions import BadVersionNumberError, DownloadError, DownloadHTTPError, RepositoryError
from tuf.api.exceptions import ExpiredMetadataError as Expired
from tuf.api.metadata import Metadata, Root, Snapshot, Targets, Timestamp
from tuf.ngclient import FetcherInterface, Updater

from data.place import read
from data.signed import EXPIRED, METADATA, OLDER, UNSIGNED, SignedFiles, TrustError

T = TypeVar("T", Root, Timestamp, Snapshot, Targets)
Fetch = Callable[[str], bytes]
# Our keys in the files: the name of a key, and when something was signed.
NAME = "x-atalaya-name"
AT = "x-atalaya-signed"
STAMP = "timestamp.json"
MISSING = 404
# Seconds to wait for another process of this machine that reads the same signatures.
PATIENCE = 30.0


class Chain(NamedTuple):
    """The signatures that count: who may sign, the signed files, and that these are the newest."""

    root: Metadata[Root]
    targets: Metadata[Targets]
    snapshot: Metadata[Snapshot]
    timestamp: Metadata[Timestamp]

    @property
    def statement(self) -> SignedFiles:
        """What was signed, by whom, when, and for how long."""
        files, root = self.targets, self.root.signed
        signed = root.get_verification_result(Targets.type, files.signed_bytes, files.signatures).signed
        return SignedFiles(
            hashes={path: one.hashes["sha256"] for path, one in files.signed.targets.items()},
            by=tuple(sorted(map(name_of, signed.values()))),
            at=str(files.signed.unrecognized_fields.get(AT, "")),
            expires=min(one.signed.expires for one in self),
            files={STAMP: self.timestamp.to_bytes()}
            | {f"{one.signed.version}.{one.signed.type}.json": one.to_bytes() for one in self[:3]},
        )


def name_of(key: Any) -> str:  # noqa: ANN401 - keys have a type of another library
    """The name of a key, or the beginning of its id."""
    return str(key.unrecognized_fields.get(NAME, key.keyid[:8]))


def newest(place: str, trusted: str, folder: str) -> SignedFiles:
    """What is signed for a place now.

    Args:
        trusted: the file of the root that is trusted; newer ones in the place must be signed by its keys.
        folder: where what was accepted before is kept; nothing older is accepted.

    Raises:
        TrustError: the signatures are missing, not valid, expired, or older than those accepted before.
    """
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        root = Path(trusted).read_bytes()
    except OSError as error:
        raise TrustError(trusted, "unreadable") from error
    try:
        with FileLock(Path(folder) / "lock", timeout=PATIENCE):
            Updater(folder, f"{place}/{METADATA}", fetcher=_PlaceFetcher(), bootstrap=root).refresh()
            found, roots = _local(folder).statement, Path(folder, "root_history").glob("*.json")
            return replace(found, files={**{path.name: path.read_bytes() for path in roots}, **found.files})
    except (RepositoryError, DownloadError, OSError, Timeout) as error:
        raise TrustError(f"{METADATA}/{STAMP}", _reason(error)) from error


def accepted_before(folder: str) -> SignedFiles | None:
    """What this machine accepted last, even if it has expired since; None if nothing whole is kept."""
    with suppress(RepositoryError, OSError):
        return _local(folder).statement
    return None


def chain(root: bytes, fetch: Fetch) -> Chain:
    """The signatures of a place or a copy, whether they have expired or not.

    Args:
        root: the file of the root that is trusted.
        fetch: reads a file of `metadata/` by its name.

    Raises:
        RepositoryError, OSError: they are missing, or not valid.
    """
    trusted = newest_root(root, fetch)
    stamp = signed_by(trusted, Timestamp, fetch(STAMP))
    known = stamp.signed.snapshot_meta.version
    snapshot = signed_by(trusted, Snapshot, fetch(f"{known}.{Snapshot.type}.json"), known)
    listed = snapshot.signed.meta[f"{Targets.type}.json"].version
    return Chain(trusted, signed_by(trusted, Targets, fetch(f"{listed}.{Targets.type}.json"), listed), snapshot, stamp)


def newest_root(content: bytes, fetch: Fetch) -> Metadata[Root]:
    """The newest root that the keys of a trusted one lead to.

    Raises:
        RepositoryError, OSError: one of them is not valid.
    """
    root = signed_by(Metadata[Root].from_bytes(content), Root, content)
    while True:
        version = root.signed.version + 1
        try:
            content = fetch(f"{version}.{Root.type}.json")
        except FileNotFoundError:
            return root
        # The keys of the one before and its own.
        root = signed_by(signed_by(root, Root, content, version), Root, content, version)


def signed_by(root: Metadata[Root], kind: type[T], content: bytes, version: int | None = None) -> Metadata[T]:
    """A file of signatures, if enough keys of its role have signed it.

    Raises:
        RepositoryError: they have not, or it is of another role or version.
    """
    found = Metadata[T].from_bytes(content)
    if found.signed.type != kind.type or version not in (None, found.signed.version):
        raise RepositoryError(f"this is {found.signed.type} {found.signed.version}, not {kind.type} {version}")
    root.signed.verify_delegate(kind.type, found.signed_bytes, found.signatures)
    return found


class _PlaceFetcher(FetcherInterface):
    """Reads the signatures of a folder or a store as if it were a server."""

    def _fetch(self, url: str) -> Iterator[bytes]:
        try:
            return iter([read(url)])
        except (FileNotFoundError, NotADirectoryError) as error:
            raise DownloadHTTPError(f"there is no {url}", MISSING) from error


def _local(folder: str) -> Chain:
    """The signatures that were accepted last, as the library keeps them: without the numbers of their versions."""
    root_file, *others = [
        Path(folder, f"{kind.type}.json").read_bytes() for kind in (Root, Targets, Snapshot, Timestamp)
    ]
    root = signed_by(Metadata[Root].from_bytes(root_file), Root, root_file)
    targets, snapshot, stamp = others
    return Chain(
        root, signed_by(root, Targets, targets), signed_by(root, Snapshot, snapshot), signed_by(root, Timestamp, stamp)
    )


def _reason(error: Exception) -> str:
    """Why signatures are not accepted."""
    if isinstance(error, DownloadHTTPError):
        return "missing"
    if isinstance(error, Expired):
        return EXPIRED
    if isinstance(error, BadVersionNumberError):
        return OLDER
    return UNSIGNED if isinstance(error, RepositoryError) else "unreadable"
