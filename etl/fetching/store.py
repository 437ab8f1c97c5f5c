"""The store of downloads: files with a hash in their name, each with a receipt of its address and time."""

import fnmatch
import json
import re
from collections.abc import Collection
from pathlib import Path, PurePosixPath
from typing import Any

from etl.errors import FetchError
from etl.fetching.raw import OR, RawFile, distinct, nameable, refuse_unreadable, visible
from etl.source_declaration import Declaration

# Receipts are in a file of their own, so that a name depends only on the content.
RECEIPTS = "receipts.json"
# Subfolders of files that are not used: unreadable ones, and those that wait for a person's decision.
REFUSED = "refused"
HELD_BACK = "held"
PARTIAL = ".part"
# Facts read from a receipt; its hash and size are for people who verify the file.
FACTS = ("address", "retrieved", "etag", "modified")
TEXTS = ("address", "etag", "modified", "sha256")
MOMENT = "$|[0-9]{4}-[0-9]{2}-[0-9]{2}"


def _receipts(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / RECEIPTS
    try:
        # A broken link does not mean that there are no receipts.
        known = json.loads(path.read_text("utf-8")) if path.exists() or path.is_symlink() else {}
    except (OSError, ValueError, RecursionError) as error:
        raise FetchError(
            f"{path} cannot be read ({error}); repair it, or delete it and lose the times of downloads"
        ) from error
    if not isinstance(known, dict) or not all(map(_well_formed, known.values())):
        raise FetchError(f"{path} does not have its form; repair it, or delete it and lose the times of downloads")
    return known


def _well_formed(receipt: object) -> bool:
    """Whether the facts of a receipt are texts; the time of a file put there by hand is null."""
    facts = {**dict.fromkeys(TEXTS, ""), **receipt} if isinstance(receipt, dict) else {}
    when = facts.get("retrieved") or ""
    return bool(facts) and all(isinstance(facts[name], str) for name in TEXTS) and bool(re.match(MOMENT, str(when)))


def _entries(folder: Path) -> list[Path]:
    """The entries of a source's folder, sorted by name; empty if there is no folder yet.

    Raises:
        FetchError: it is not a folder, a broken link, or not readable.
    """
    try:
        return sorted(folder.iterdir()) if folder.exists() or folder.is_symlink() else []
    except OSError as error:
        raise FetchError(f"{folder} cannot be read ({error.strerror}); repair or remove it") from error


def stored_files(declaration: Declaration, folder: Path) -> list[RawFile]:
    """The source's stored files, sorted by name, without duplicates."""
    patterns = [PurePosixPath(either).name for pattern in declaration.mirror for either in pattern.split(OR)]
    known = _receipts(folder)
    paths = [path for path in _entries(folder) if visible(path) and path.name not in {RECEIPTS, REFUSED, HELD_BACK}]
    own = [path for path in paths if any(fnmatch.fnmatchcase(path.name, pattern) for pattern in patterns)]
    for path in own:
        refuse_unreadable(declaration.id, path)
    return distinct(_stored_file(declaration.id, path, known.get(path.name, {})) for path in own)


def _stored_file(source: str, path: Path, receipt: dict[str, Any]) -> RawFile:
    file = RawFile(source, path.name, path.read_bytes(), **{key: receipt[key] for key in FACTS if key in receipt})
    if receipt.get("sha256", file.sha256) != file.sha256:
        raise FetchError(f"source {source}: {path} has changed since its download; delete it to download it again")
    return file


def _write_whole(path: Path, content: bytes) -> None:
    # A build that is killed here must not leave half a file under its final name.
    partial = path.with_name(f".{path.name}{PARTIAL}")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        # The error of a full disk does not name the file.
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        partial.unlink(missing_ok=True)


def keep(file: RawFile, folder: Path) -> RawFile:
    """Store a downloaded file with its hash in its name; returns it under that name.

    A file that is stored already keeps its first time: equal bytes with a newer date are not a new release. A file that
    was held back is used again, since the publisher still has it.
    """
    name = stored_name(file)
    if not nameable(file.name):
        raise FetchError(f"source {file.source}, {file.address}: {file.name[:80]!a} cannot be a file's name")
    folder.mkdir(parents=True, exist_ok=True)
    if (back := folder / HELD_BACK / name).exists():
        back.replace(folder / name)
    if not (folder / name).exists():
        _write_whole(folder / name, file.content)
    # Written after the file, also if an earlier build was killed in between: no receipt without its file.
    if name not in (receipts := _receipts(folder)):
        receipt = {key: getattr(file, key) for key in FACTS} | {"sha256": file.sha256, "bytes": len(file.content)}
        _write_receipts(folder, {**receipts, name: receipt})
    return RawFile(file.source, name, file.content, file.address, file.retrieved, file.etag, file.modified)


def stored_name(file: RawFile) -> str:
    """The name in the store; a file from the store has it already."""
    # No date in the name: a locator starts with it, and must be the same wherever and whenever the file was fetched.
    path, mark = PurePosixPath(file.name), file.sha256[:12]
    return file.name if path.stem.endswith(f"-{mark}") else f"{path.stem}-{mark}{path.suffix}"


def refuse(folder: Path, names: Collection[str]) -> None:
    """Put files that cannot be read out of the way of the next build, where a person finds them."""
    _move(folder, names, folder / REFUSED)
    _write_receipts(folder, {name: receipt for name, receipt in _receipts(folder).items() if name not in names})


def hold_back(folder: Path, names: Collection[str]) -> Path:
    """Move files that failed a check out of use; their receipts stay. Returns the folder with the files."""
    return _move(folder, names, folder / HELD_BACK)


def take_back(folder: Path) -> None:
    """Use the files again that were held back."""
    aside = folder / HELD_BACK
    _move(aside, [path.name for path in aside.glob("*") if visible(path)], folder)


def _move(folder: Path, names: Collection[str], to: Path) -> Path:
    if names:
        to.mkdir(exist_ok=True)
    for name in sorted(names):
        (folder / name).replace(to / name)
    return to


def clear(raw: Path) -> None:
    """Delete what a killed build had half written."""
    for path in raw.glob(f"*/.*{PARTIAL}"):
        path.unlink()


def _write_receipts(folder: Path, receipts: dict[str, dict[str, Any]]) -> None:
    _write_whole(folder / RECEIPTS, json.dumps(receipts, indent=1, sort_keys=True).encode())
