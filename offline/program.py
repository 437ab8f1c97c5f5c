"""The files of the program that the archive needs: no links, raw files, older snapshots or compiled code."""

from pathlib import Path

from data.pointer import POINTER
from data.verified import Verified

FOLDERS = ("dashboard", "data", "pages", "offline/laptop")
FILES = (
    "streamlit_config.toml",
    "LICENSE",
    "CITATION.cff",
    "README.md",
    "CHANGELOG.md",
    "offline/__init__.py",
)
SNAPSHOTS = "data/snapshot"
UNUSED = ("data/raw/", f"{SNAPSHOTS}/")
LEFT_OUT = {"__pycache__", ".DS_Store"}


def files(root: Path, snapshot: Verified) -> dict[str, bytes]:
    """The content of each file by its path from `root` (with `/`); links are replaced by their targets."""
    names = {name for folder in FOLDERS for name in _below(root, folder) if not name.startswith(UNUSED)}
    tables = {f"{SNAPSHOTS}/{snapshot.id}/{name}": content for name, content in snapshot.files.items()}
    own = {name: (root / name).read_bytes() for name in sorted({*names, *FILES})}
    return {**own, **tables, f"{SNAPSHOTS}/{POINTER}": f"{snapshot.id}\n".encode()}


def _below(root: Path, folder: str) -> list[str]:
    paths = (path for path in (root / folder).rglob("*") if path.is_file() and not LEFT_OUT & set(path.parts))
    return [path.relative_to(root).as_posix() for path in paths]
