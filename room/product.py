"""The files of the product that serving needs, as bytes: no link, no raw file, no older snapshot, no compiled code."""

from collections.abc import Iterator
from pathlib import Path

from room.needed import SERVING

# What the program needs besides the folders of its code and data.
BESIDES = ("LICENSE", "CITATION.cff", "README.md", "CHANGELOG.md")
ROOM = ("room/__init__.py", "room/laptop")
NEVER = ("data/raw", "data/snapshot")
SNAPSHOT = "data/snapshot"
LEFT = ("__pycache__", ".DS_Store")


def snapshot(root: Path) -> str:
    """The id of the snapshot that is published in the project at `root`."""
    return (root / SNAPSHOT / "current").read_text("utf-8").strip()


def files(root: Path) -> dict[str, bytes]:
    """Path in the program's folder, with `/`, to content; a link's content is that of the file it leads to."""
    shown = (f"{SNAPSHOT}/current", f"{SNAPSHOT}/{snapshot(root)}")
    paths = [path for name in (*SERVING, *BESIDES, *ROOM) for path in _below(root / name)]
    names = {path.relative_to(root).as_posix(): path for path in paths}
    kept = (name for name in names if _within(name, shown) or not _within(name, NEVER))
    return {name: names[name].read_bytes() for name in sorted(kept)}


def _below(path: Path) -> Iterator[Path]:
    found = path.rglob("*") if path.is_dir() else iter([path])
    return (file for file in found if file.is_file() and not set(LEFT) & set(file.parts))


def _within(name: str, folders: tuple[str, ...]) -> bool:
    return any(name == folder or name.startswith(f"{folder}/") for folder in folders)
