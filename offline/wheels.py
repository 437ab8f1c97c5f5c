"""The wheels of each target, fetched by pip from wherever it is set up to look, and held to the lock file's hashes.

What was fetched once is kept in a folder; a second build needs no network.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from packaging.utils import canonicalize_name

from offline.needed import Locked
from offline.targets import Target

_MISSING = re.compile(r"No matching distribution found for ([A-Za-z0-9._-]+)")
# Of pip's own words, how much a person needs to see.
LAST_WORDS = 3


class WheelError(Exception):
    """Wheels cannot be had for another reason than that there are none; the text holds pip's last lines."""


@dataclass(frozen=True)
class Wheels:
    """The wheels of one target: its files, and the names of packages that have none for it."""

    target: Target
    files: tuple[Path, ...]
    missing: tuple[str, ...]

    @property
    def unpacked(self) -> int:
        """Bytes that the files take once they are installed."""
        return sum(entry.file_size for file in self.files for entry in ZipFile(file).infolist())


def fetch(target: Target, entries: Sequence[Locked], kept: Path) -> Wheels:
    """The wheels of a target for the entries of a lock file that apply there, in the folder `kept`.

    Raises:
        WheelError: pip fails in another way than by finding no wheel.
    """
    kept.mkdir(parents=True, exist_ok=True)
    left, missing = list(entries), list[str]()
    # Each round takes one package away, so this ends.
    while True:
        with tempfile.TemporaryDirectory(dir=kept) as folder:
            lacking = _download(target, left, kept, Path(folder))
            if lacking is None:
                files = tuple(sorted(_keep(file, kept) for file in Path(folder).glob("*.whl")))
                return Wheels(target, files, tuple(sorted(missing)))
        missing += [entry.name for entry in left if entry.name == lacking]
        left = [entry for entry in left if entry.name != lacking]


def _download(target: Target, entries: Sequence[Locked], kept: Path, folder: Path) -> str | None:
    """Put the wheels into `folder`: from those kept, else as pip is set up. The first name without a wheel, or None."""
    wanted = folder / "wanted.txt"
    wanted.write_text("".join(entry.text(marked=False) for entry in entries), "utf-8")
    for where in (("--no-index",), ()):
        command = _command(target, wanted, kept, folder, where)
        told = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if not told.returncode:
            return None
    lacking = _MISSING.search(told.stderr)
    name = canonicalize_name(lacking[1]) if lacking else ""
    if name not in {entry.name for entry in entries}:
        raise WheelError(" ".join(told.stderr.strip().splitlines()[-LAST_WORDS:]))
    return name


def _command(target: Target, wanted: Path, kept: Path, folder: Path, where: Sequence[str]) -> list[str]:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check", *where]
    held = ["--find-links", str(kept), "--dest", str(folder), "--no-deps", "--require-hashes", "--only-binary=:all:"]
    tags = [word for tag in target.tags for word in ("--platform", tag)]
    return [*pip, *held, "--implementation", "cp", "--python-version", target.python, *tags, "-r", str(wanted)]


def _keep(file: Path, kept: Path) -> Path:
    return file.replace(kept / file.name)
