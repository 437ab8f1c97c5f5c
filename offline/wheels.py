"""Download the wheels of the locked packages that the dashboard needs, for each target; pip checks their hashes.

Downloaded wheels stay in a folder; a second build needs no network.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from offline.targets import Target

# Packages that only the ETL needs: readers of polygons, workbooks and tables of R (with xarray), its lock, and rich
# with its requirements.
ETL_ONLY = frozenset(
    {"pyogrio", "fastexcel", "scipy", "rdata", "xarray", "rich", "markdown-it-py", "mdurl", "pygments"}
)
_ENTRY = re.compile(r"^\S.*\n(?:\s.*\n)*", re.MULTILINE)
_MISSING = re.compile(r"No matching distribution found for ([A-Za-z0-9._-]+)")
# How many of pip's last lines an error shows.
LAST_LINES = 3


class WheelError(Exception):
    """Wheels cannot be downloaded; the text says why, with pip's last lines if pip failed."""


@dataclass(frozen=True)
class LockedPackage:
    """One package of a lock file: the lines with its name and hashes."""

    text: str

    @property
    def requirement(self) -> Requirement:
        """The requirement, parsed."""
        return Requirement(self.text.partition("\\")[0].strip())

    @property
    def name(self) -> str:
        """The normalized name."""
        return canonicalize_name(self.requirement.name)

    @property
    def unmarked(self) -> str:
        """The lines without the environment marker, which pip would evaluate for the machine that it runs on."""
        hashes = self.text.partition("\n")[2]
        return f"{self.requirement.name}{self.requirement.specifier} \\\n{hashes}"

    def applies(self, target: Target) -> bool:
        """Whether the package is installed on a target."""
        marker = self.requirement.marker
        return marker is None or marker.evaluate(target.environment)


@dataclass(frozen=True)
class Wheels:
    """The wheels of one target, and the names of packages without a wheel for it."""

    target: Target
    files: tuple[Path, ...]
    missing: tuple[str, ...]

    @property
    def unpacked(self) -> int:
        """The size of the installed files in bytes."""
        return sum(entry.file_size for file in self.files for entry in ZipFile(file).infolist())


def lock_entries(lock: Path) -> list[LockedPackage]:
    """The entries of a lock file that the dashboard needs."""
    entries = map(LockedPackage, _ENTRY.findall(lock.read_text("utf-8")))
    return [entry for entry in entries if entry.name not in ETL_ONLY]


def download(target: Target, entries: Sequence[LockedPackage], folder: Path) -> Wheels:
    """Download the wheels of the entries that apply to a target into `folder`; files that are there already are used.

    Raises:
        WheelError: pip fails for another reason than a missing wheel.
    """
    folder.mkdir(parents=True, exist_ok=True)
    needed = [entry for entry in entries if entry.applies(target)]
    missing: list[str] = []
    # Each round removes one package, so the loop ends.
    while True:
        with tempfile.TemporaryDirectory(dir=folder) as draft:
            if not (name := _download(target, needed, folder, Path(draft))):
                files = sorted(file.replace(folder / file.name) for file in Path(draft).glob("*.whl"))
                return Wheels(target, tuple(files), tuple(sorted(missing)))
        missing.append(name)
        needed = [entry for entry in needed if entry.name != name]


def _download(target: Target, entries: Sequence[LockedPackage], folder: Path, draft: Path) -> str:
    """Put the wheels into `draft`; returns the name of the first package without one, or an empty text."""
    requirements = draft / "requirements.txt"
    requirements.write_text("".join(entry.unmarked for entry in entries), "utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check"]
    command += ["--no-deps", "--require-hashes", "--only-binary=:all:", "--implementation=cp"]
    command += [f"--python-version={target.python}", *(f"--platform={tag}" for tag in target.tags)]
    command += [f"--find-links={folder}", f"--dest={draft}", f"--requirement={requirements}"]
    # First only from the folder, then from pip's configured index.
    for source in (["--no-index"], []):
        result = subprocess.run([*command, *source], capture_output=True, text=True, check=False)  # noqa: S603
        if not result.returncode:
            return ""
    missing = _MISSING.search(result.stderr)
    name = canonicalize_name(missing[1]) if missing else ""
    if name not in {entry.name for entry in entries}:
        raise WheelError(" ".join(result.stderr.strip().splitlines()[-LAST_LINES:]))
    return name
