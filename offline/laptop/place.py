"""Where to install the libraries: in the folder itself, or in the user's cache if the folder is not suitable."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from offline.laptop.contents import Trouble

MEGABYTE = 1_000_000
# Besides the wheels' own files: what Python compiles when they are first used.
EXTRA = 120 * MEGABYTE
NOEXEC = getattr(os, "ST_NOEXEC", 0)


def suits(folder: Path) -> bool:
    """Whether libraries can be installed there: the disk allows files, links and running programs."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as probe:
            file, link = Path(probe) / "file", Path(probe) / "link"
            file.touch()
            # An environment has a symbolic link to Python; on Windows, hard links to uv's cache save space.
            link.symlink_to(file) if os.name == "posix" else link.hardlink_to(file)
        # Windows does not have this call.
        return not (hasattr(os, "statvfs") and os.statvfs(folder).f_flag & NOEXEC)
    except OSError:
        return False


def cache(name: str) -> Path:
    """A folder in the user's cache."""
    home = Path.home()
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA", home))
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / name


def places(root: Path) -> Iterator[Path]:
    """The folders to look for and to install libraries in, best first."""
    yield root / "env"
    yield cache(root.name)


def chosen(root: Path, unpacked: int) -> Path:
    """The folder to install `unpacked` bytes into.

    Raises:
        Trouble: there is no suitable folder, or not enough space.
    """
    folder = next(filter(suits, places(root)), None)
    needed = (unpacked + EXTRA) // MEGABYTE
    if folder is None:
        raise Trouble("nowhere", place=cache(root.name), needed=needed)
    free = shutil.disk_usage(folder).free // MEGABYTE
    if free < needed:
        raise Trouble("full", place=folder, needed=needed, free=free)
    return folder
