"""Is every file what it was when the archive was made? `SHA256SUMS` says so, in the form that `sha256sum -c` reads."""

import hashlib
from collections.abc import Callable
from pathlib import Path

NAME = "SHA256SUMS"
CHUNK = 1 << 20


def listed(root: Path) -> dict[str, str]:
    """File (with `/`, from `root`) to its hash; empty where the list itself cannot be read."""
    try:
        lines = (root / NAME).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def damaged(root: Path, wanted: Callable[[str], bool]) -> list[str]:
    """The files, of those that `wanted` picks by name, that are gone, cannot be read or are not what they were."""
    sums = listed(root)
    if not sums:
        return [NAME]
    return [name for name, digest in sums.items() if wanted(name) and _digest(root / name) != digest]


def _digest(path: Path) -> str:
    """The hash of a file; empty if it cannot be read."""
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                found.update(chunk)
    except OSError:
        return ""
    return found.hexdigest()
