"""Install the libraries into a virtual environment, by uv and only from the folder's wheels, or find it."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from offline.laptop import contents, place
from offline.laptop.contents import Trouble

# Written last: an environment without it is incomplete.
STAMP = "atalaya.stamp"
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
OPTIONS = ("--quiet", "--color=never", "--no-config", "--offline", "--no-python-downloads")
STRICT = ("--no-index", "--no-build", "--require-hashes")
# Seconds after which an environment without a stamp was left by an interrupted start.
ABANDONED = 3600
# Characters of uv's message that are shown; the main thing comes first.
LONGEST = 300


def interpreter(environment: Path) -> Path:
    """The Python of an environment."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def found(root: Path, name: str) -> Path | None:
    """The environment for the target `name`, made from exactly these files by exactly this Python, if any."""
    stamp = _stamp(root)
    environments = (path for folder in place.places(root) for path in folder.glob(f"{name}-*"))
    whole = (path for path in environments if _read(path / STAMP) == stamp and interpreter(path).exists())
    return next(whole, None)


def installed(root: Path, name: str, target: Mapping[str, Any]) -> Path:
    """Install the libraries of the target `name` into a new environment.

    Raises:
        Trouble: there is no suitable place or no space, a wheel is damaged, or uv fails.
    """
    folder = place.chosen(root, target["unpacked"])
    _clear(folder, name)
    # Two starts at once use two environments.
    environment = folder / f"{name}-{os.getpid()}"
    try:
        with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as draft:
            uv = _unpacked(root / "wheels" / target["uv"], Path(draft))
            cache = f"--cache-dir={Path(draft) / 'cache'}"
            _run(
                root, [uv, "venv", *OPTIONS, cache, "--no-project", "--clear", "--python", sys.executable, environment]
            )
            python, wheels = f"--python={interpreter(environment)}", f"--find-links={root / 'wheels'}"
            _run(root, [uv, "pip", "sync", *OPTIONS, *STRICT, cache, python, wheels, REQUIREMENTS])
        (environment / STAMP).write_text(_stamp(root), "utf-8")
    except (OSError, BadZipFile) as error:
        raise Trouble("not_installed", reason=error) from error
    finally:
        if not (environment / STAMP).exists():
            shutil.rmtree(environment, ignore_errors=True)
    return environment


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    """Environment variables without those that would change what Python, uv or the observatory do."""
    removed = ("PYTHON", "PIP_", "UV_", "ATALAYA_", "STREAMLIT_", "VIRTUAL_ENV")
    return {name: value for name, value in environment.items() if not name.startswith(removed)} | {"PYTHONUTF8": "1"}


def _unpacked(wheel: Path, folder: Path) -> Path:
    """The program uv, extracted from its wheel."""
    with ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(("/scripts/uv", "/scripts/uv.exe")))
        program = Path(archive.extract(name, folder))
    program.chmod(0o755)
    return program


def _run(root: Path, command: list[str | Path]) -> None:
    result = subprocess.run(command, env=clean(os.environ), capture_output=True, check=False)  # noqa: S603
    if result.returncode:
        if damaged := contents.damaged(root, lambda name: name.startswith("wheels/")):
            raise Trouble("damaged", files=", ".join(damaged))
        raise Trouble("not_installed", reason=" ".join(result.stderr.decode("utf-8", "replace").split())[:LONGEST])


def _clear(folder: Path, name: str) -> None:
    """Delete older environments of this target, and what interrupted starts have left."""
    for path in folder.iterdir():
        made = (path / STAMP).exists()
        if path.name.startswith(f"{name}-") if made else time.time() - path.stat().st_mtime > ABANDONED:
            shutil.rmtree(path, ignore_errors=True)


def _stamp(root: Path) -> str:
    return hashlib.sha256(f"{_read(root / contents.SUMS)}{sys.version}{sys.base_prefix}".encode()).hexdigest()


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        return ""
