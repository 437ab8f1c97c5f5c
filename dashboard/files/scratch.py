"""A folder of files for the life of a process; what a killed one has left is taken away by the next that starts.

A lock tells whose process lives: the system lets go of it however a process ends, and whichever container it ran in.
"""

import os
import shutil
import stat
import tempfile
from pathlib import Path
from weakref import finalize

try:
    import fcntl
except ImportError:  # not on Windows, where what a killed process left stays
    fcntl = None  # type: ignore[assignment]

PREFIX, LOCK = "atalaya-", "lock"


def scratch(owner: object) -> Path:
    """A new folder that only this user reads; it goes with its owner, or else with the process."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    if not fcntl:
        finalize(owner, shutil.rmtree, folder, ignore_errors=True)
        return folder
    # Under its own name only once it is held, so that nobody takes the folder for left.
    held = os.open(draft := folder / f"{LOCK}.draft", os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    draft.replace(folder / LOCK)
    finalize(owner, _remove, folder, held)
    return folder


def clear_left() -> list[Path]:
    """Take away the folders of this user whose processes are gone; returns which."""
    every = sorted(Path(tempfile.gettempdir()).glob(f"{PREFIX}*")) if fcntl else []
    return [folder for folder in every if _left(folder)]


def _left(folder: Path) -> bool:
    """Whether a folder was nobody's any more, and is gone now."""
    try:
        told = folder.lstat()
        if not stat.S_ISDIR(told.st_mode) or told.st_uid != os.geteuid():
            return False
        held = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW)
    except OSError:
        # Without a lock it is not known whose it is.
        return False
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        return False
    _remove(folder, held)
    return True


def _remove(folder: Path, held: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    os.close(held)
