"""Copies on this machine of the snapshots of an object store: a server that starts while the store is gone has data.

Below `ATALAYA_CACHE` (by default `~/.cache/atalaya`) each store has a folder in the form of a place. A copy is only
ever read with its hashes; if it cannot be written, the log says so, and everything works without it.
"""

import logging
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from data.place import STAGING, is_store, write
from data.pointer import POINTER

VARIABLE = "ATALAYA_CACHE"
# Copies that are kept of a store.
MOST = 3
_LOG = logging.getLogger("atalaya.snapshot")


def folder(place: str) -> str:
    """The folder with the copies of a store; empty for a folder of this machine, which needs none."""
    return kept_apart(place) if is_store(place) else ""


def kept_apart(place: str, *kind: str) -> str:
    """A folder on this machine for what is kept of a place, such as its copies."""
    named = os.environ.get(VARIABLE, "")
    root = Path(named).expanduser() if named else Path.home() / ".cache" / "atalaya"
    return str(root / "-".join((sha256(place.encode()).hexdigest()[:12], *kind)))


def keep(copy: str, name: str, files: Mapping[str, bytes]) -> None:
    """Keep the files of a whole snapshot; an old copy makes room.

    Args:
        copy: the folder (`folder`).
        name: the id of the snapshot.
        files: the content of each file by its name.
    """
    target, staging = Path(copy) / name, Path(copy) / f"{STAGING}{name}-{os.getpid()}"
    try:
        if not _same(target, files):
            staging.mkdir(parents=True, exist_ok=True)
            for file, content in files.items():
                (staging / file).write_bytes(content)
            shutil.rmtree(target, ignore_errors=True)
            staging.rename(target)
        _prune(Path(copy), name)
    except OSError as error:
        _LOG.warning("atalaya: snapshot %s is shown, but no copy of it can be kept in %s (%s)", name, copy, error)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def mark(place: str, name: str) -> None:
    """Note which copy is that of the snapshot that is shown; for a folder of this machine nothing happens."""
    if copy := folder(place):
        with suppress(OSError):
            write(f"{copy}/{POINTER}", f"{name}\n".encode())


def _same(target: Path, files: Mapping[str, bytes]) -> bool:
    """Whether a copy has these files; their content is compared, since a copy may be damaged."""
    with suppress(OSError):
        return all((target / file).read_bytes() == content for file, content in files.items())
    return False


def _prune(copy: Path, current: str) -> None:
    others = [path for path in copy.iterdir() if path.is_dir() and path.name != current]
    for path in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)[MOST - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
