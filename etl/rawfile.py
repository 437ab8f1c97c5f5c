"""Raw files as they came: from a mirror folder, or kept from earlier downloads under their hash."""

import fnmatch
import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from etl.declaration import Declaration
from etl.errors import FetchError

PROVENANCE = "provenance.json"


@dataclass(frozen=True)
class RawFile:
    """One file of a publisher, unaltered.

    Attributes:
        source: the source's id.
        name: the file's name, without folders.
        content: its bytes.
        address: where it was downloaded; empty where that is not known (a mirror, a file put there by hand).
        retrieved: the day of its first download (ISO 8601, UTC), or None where that is not known.
    """

    source: str
    name: str
    content: bytes
    address: str = ""
    retrieved: str | None = None

    @property
    def sha256(self) -> str:
        """The hash of the content, in lower-case hexadecimal."""
        return sha256(self.content).hexdigest()


def _distinct(files: Iterable[RawFile]) -> list[RawFile]:
    first_by_hash: dict[str, RawFile] = {}
    for file in files:
        first_by_hash.setdefault(file.sha256, file)
    return list(first_by_hash.values())


def _visible(path: Path) -> bool:
    # Spreadsheet programs leave lock files (~$name) beside an open workbook.
    return path.is_file() and not path.name.startswith((".", "~$"))


def mirrored(declaration: Declaration, mirror: Path) -> list[RawFile]:
    """The source's files in a mirror folder, in the order of their names, each content once.

    Raises:
        FetchError: a declared glob matches no file; the text names source, glob and folder.
    """
    paths: set[Path] = set()
    for pattern in declaration.mirror:
        matches = {path for path in mirror.glob(pattern) if _visible(path)}
        if not matches:
            raise FetchError(
                f"source {declaration.id}: no file matches {pattern} in the mirror folder {mirror}; "
                "put the publisher's file there, or leave the mirror out to ask the publisher"
            )
        paths |= matches
    return _distinct(RawFile(declaration.id, path.name, path.read_bytes()) for path in sorted(paths))


def _provenance(folder: Path) -> dict[str, dict[str, str]]:
    path = folder / PROVENANCE
    known: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return known


def held(declaration: Declaration, folder: Path) -> list[RawFile]:
    """The source's files already in its raw folder, in the order of their names, each content once."""
    patterns = [PurePosixPath(pattern).name for pattern in declaration.mirror]
    known = _provenance(folder)
    paths = [path for path in sorted(folder.glob("*")) if _visible(path) and path.name != PROVENANCE]
    wanted = [path for path in paths if any(fnmatch.fnmatchcase(path.name, pattern) for pattern in patterns)]
    return _distinct(RawFile(declaration.id, p.name, p.read_bytes(), **known.get(p.name, {})) for p in wanted)


def _write_whole(path: Path, content: bytes) -> None:
    # A build that is stopped here must not leave half a file under a name that says it is whole.
    partial = path.with_name(f".{path.name}.part")
    partial.write_bytes(content)
    partial.replace(path)


def keep(file: RawFile, folder: Path) -> RawFile:
    """Write a downloaded file beside the earlier ones, with its hash in its name, and return it under that name."""
    # No date in the name: a locator starts with it, and must be the same wherever and whenever the file was fetched.
    path = PurePosixPath(file.name)
    name = f"{path.stem}-{file.sha256[:12]}{path.suffix}"
    kept = RawFile(file.source, name, file.content, file.address, file.retrieved)
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / name).exists():
        _write_whole(folder / name, file.content)
        known = {**_provenance(folder), name: {"address": file.address, "retrieved": file.retrieved}}
        _write_whole(folder / PROVENANCE, json.dumps(known, indent=1, sort_keys=True).encode())
    return kept
