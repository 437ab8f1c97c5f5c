"""Raw files kept from earlier downloads, under their hash, with where and when each was downloaded."""

import fnmatch
import json
from pathlib import Path, PurePosixPath

from etl.declaration import Declaration
from etl.rawfile import OR, RawFile, distinct, visible

# Beside the files and not in their names, so that a name depends on the content alone.
PROVENANCE = "provenance.json"


def _provenance(folder: Path) -> dict[str, dict[str, str]]:
    path = folder / PROVENANCE
    known: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return known


def held(declaration: Declaration, folder: Path) -> list[RawFile]:
    """The source's files already in its raw folder, in the order of their names, each content once."""
    patterns = [PurePosixPath(either).name for pattern in declaration.mirror for either in pattern.split(OR)]
    known = _provenance(folder)
    paths = [path for path in sorted(folder.glob("*")) if visible(path) and path.is_file() and path.name != PROVENANCE]
    wanted = [path for path in paths if any(fnmatch.fnmatchcase(path.name, pattern) for pattern in patterns)]
    return distinct(RawFile(declaration.id, p.name, p.read_bytes(), **known.get(p.name, {})) for p in wanted)


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
        # After the file: a file without its entry only has no day, an entry without its file would be a lie.
        known = {**_provenance(folder), name: {"address": file.address, "retrieved": file.retrieved}}
        _write_whole(folder / PROVENANCE, json.dumps(known, indent=1, sort_keys=True).encode())
    return kept
