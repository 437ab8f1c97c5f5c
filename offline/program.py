"""The files of the program that the archive needs: no links, raw files, older snapshots or compiled code."""

from pathlib import Path

FOLDERS = ("dashboard", "data", "pages", "offline/laptop")
FILES = (
    "streamlit_config.toml",
    "LICENSE",
    "CITATION.cff",
    "README.md",
    "CHANGELOG.md",
    "offline/__init__.py",
    "data/snapshot/current",
)
SNAPSHOTS = "data/snapshot"
UNUSED = ("data/raw/", f"{SNAPSHOTS}/")
LEFT_OUT = {"__pycache__", ".DS_Store"}


def snapshot(root: Path) -> str:
    """The id of the published snapshot of the project at `root`."""
    return (root / SNAPSHOTS / "current").read_text("utf-8").strip()


def files(root: Path) -> dict[str, bytes]:
    """The content of each file by its path from `root` (with `/`); links are replaced by their targets."""
    names = {name for folder in FOLDERS for name in _below(root, folder) if not name.startswith(UNUSED)}
    published = f"{SNAPSHOTS}/{snapshot(root)}"
    # The rows as read are for builds only.
    names |= {*FILES, *(name for name in _below(root, published) if not name.startswith(f"{published}/read/"))}
    return {name: (root / name).read_bytes() for name in sorted(names)}


def _below(root: Path, folder: str) -> list[str]:
    paths = (path for path in (root / folder).rglob("*") if path.is_file() and not LEFT_OUT & set(path.parts))
    return [path.relative_to(root).as_posix() for path in paths]
