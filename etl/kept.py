"""Raw files kept from earlier downloads, under their hash, each with a receipt of where and when it came."""

import fnmatch
import json
from pathlib import Path, PurePosixPath
from typing import Any

from etl.declaration import Declaration
from etl.errors import FetchError
from etl.rawfile import OR, RawFile, distinct, visible

# Beside the files and not in their names, so that a name depends on the content alone.
RECEIPTS = "receipts.json"
REFUSED = "refused"
# What a receipt tells back to the file; its hash and size are for a person who verifies it.
TOLD = ("address", "retrieved", "etag", "modified")


def _receipts(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / RECEIPTS
    try:
        known: dict[str, dict[str, Any]] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    except (OSError, ValueError) as error:
        raise FetchError(f"{path} cannot be read ({error}); mend it, or take it away: days are lost") from error
    return known


def held(declaration: Declaration, folder: Path) -> list[RawFile]:
    """The source's files already in its raw folder, in the order of their names, each content once."""
    patterns = [PurePosixPath(either).name for pattern in declaration.mirror for either in pattern.split(OR)]
    known = _receipts(folder)
    paths = [path for path in sorted(folder.glob("*")) if visible(path) and path.is_file() and path.name != RECEIPTS]
    wanted = [path for path in paths if any(fnmatch.fnmatchcase(path.name, pattern) for pattern in patterns)]
    return distinct(_held(declaration.id, path, known.get(path.name, {})) for path in wanted)


def _held(source: str, path: Path, receipt: dict[str, Any]) -> RawFile:
    file = RawFile(source, path.name, path.read_bytes(), **{key: receipt[key] for key in TOLD if key in receipt})
    if receipt.get("sha256", file.sha256) != file.sha256:
        raise FetchError(f"source {source}: {path} is not what was downloaded; take it away, and it is asked for again")
    return file


def _write_whole(path: Path, content: bytes) -> None:
    # A build that is stopped here must not leave half a file under a name that says it is whole.
    partial = path.with_name(f".{path.name}.part")
    partial.write_bytes(content)
    partial.replace(path)


def keep(file: RawFile, folder: Path) -> RawFile:
    """Write a downloaded file beside the earlier ones, with its hash in its name, and return it under that name.

    What is held already keeps its first day: the same bytes under a newer date are no new release.
    """
    name = kept_name(file)
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / name).exists():
        _write_whole(folder / name, file.content)
        # After the file: a file without its receipt only has no day, a receipt without its file would be a lie.
        receipt = {key: getattr(file, key) for key in TOLD} | {"sha256": file.sha256, "bytes": len(file.content)}
        _write_receipts(folder, {**_receipts(folder), name: receipt})
    return RawFile(file.source, name, file.content, file.address, file.retrieved, file.etag, file.modified)


def kept_name(file: RawFile) -> str:
    """The name a download is kept under; one that is held already has it."""
    # No date in the name: a locator starts with it, and must be the same wherever and whenever the file was fetched.
    path, mark = PurePosixPath(file.name), file.sha256[:12]
    return file.name if path.stem.endswith(f"-{mark}") else f"{path.stem}-{mark}{path.suffix}"


def refuse(folder: Path, names: frozenset[str]) -> None:
    """Put files that cannot be read out of the way of the next build, where a person finds them."""
    (folder / REFUSED).mkdir(exist_ok=True)
    for name in sorted(names):
        (folder / name).replace(folder / REFUSED / name)
    _write_receipts(folder, {name: told for name, told in _receipts(folder).items() if name not in names})


def _write_receipts(folder: Path, receipts: dict[str, dict[str, Any]]) -> None:
    _write_whole(folder / RECEIPTS, json.dumps(receipts, indent=1, sort_keys=True).encode())
