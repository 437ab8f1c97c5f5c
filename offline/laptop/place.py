"""Where the libraries are installed: in the folder itself, or for this user where the folder cannot hold them."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from offline.laptop.contents import Trouble

MEGABYTE = 1_000_000
# Beyond the wheels' own files: what Python compiles of them when they are first used.
BESIDES = 120 * MEGABYTE
NOEXEC = getattr(os, "ST_NOEXEC", 0)


def suits(folder: Path) -> bool:
    """Whether libraries can live there: it can be written, holds links where venv makes them, and runs programs."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as probe:
            if os.name == "posix":
                (Path(probe) / "link").symlink_to("nowhere")
        # Windows does not know this call.
        return not (hasattr(os, "statvfs") and os.statvfs(folder).f_flag & NOEXEC)
    except OSError:
        return False


def own(name: str) -> Path:
    """The folder of this user for what can be made again."""
    home = Path.home()
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA", home))
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / name


def places(root: Path) -> Iterator[Path]:
    """Where to look for what is installed, and where to install, the best first."""
    yield root / "env"
    yield own(root.name)


def chosen(root: Path, needed: int) -> Path:
    """The folder to install into.

    Raises:
        Trouble: there is none, or not enough room in it.
    """
    found = next(filter(suits, places(root)), None)
    megabytes = (needed + BESIDES) // MEGABYTE
    if found is None:
        raise Trouble("nowhere", place=own(root.name), needed=megabytes)
    free = shutil.disk_usage(found).free // MEGABYTE
    if free < megabytes:
        raise Trouble("full", place=found, needed=megabytes, free=free)
    return found
