"""The libraries in an environment of their own, from the folder's wheels alone; made once, then found again."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from offline.laptop import place, sums
from offline.laptop.contents import Trouble

STAMP = "atalaya.stamp"
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
OPTIONS = ("--isolated", "--no-index", "--no-deps", "--no-compile", "--no-cache-dir", "--require-hashes")
QUIET = ("--quiet", "--no-input", "--disable-pip-version-check", "--only-binary=:all:")
MAKING = ".making-"
# A draft this old, in seconds, is what an interrupted start has left.
LEFT = 3600
TRIES, PAUSE = 20, 0.5


def interpreter(environment: Path) -> Path:
    """The Python of an environment."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def found(root: Path, name: str) -> Path | None:
    """The environment called `name` that was installed from exactly this folder's files by exactly this Python."""
    stamp = _stamp(root)
    ready = (folder / name for folder in place.places(root) if _read(folder / name / STAMP) == stamp)
    return next((environment for environment in ready if interpreter(environment).exists()), None)


def installed(root: Path, name: str, target: Mapping[str, Any], pip: str) -> Path:
    """Install the wheels of `target` into a new environment called `name`; returns where it is.

    It gets its name when it is whole, so that what a cut start has left is never taken for it.

    Raises:
        Trouble: a wheel is damaged, there is no place or no room, or pip says why not.
    """
    wheels = {f"wheels/{wheel}" for wheel in (*target["wheels"], pip)}
    if spoilt := sums.damaged(root, lambda path: path in wheels):
        raise Trouble("damaged", files=", ".join(spoilt))
    folder = place.chosen(root, target["unpacked"])
    _clear(folder)
    draft = folder / f"{name}{MAKING}{os.getpid()}"
    try:
        _fill(root, draft, pip)
        (draft / STAMP).write_text(_stamp(root), "utf-8")
        return _settle(draft, folder / name)
    except OSError as error:
        raise Trouble("not_installed", reason=error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables of this process without those that would lead Python, pip or the observatory elsewhere."""
    strange = ("PYTHON", "PIP_", "ATALAYA_", "STREAMLIT_", "VIRTUAL_ENV")
    kept = {name: value for name, value in environment.items() if not name.startswith(strange)}
    return kept | {"PYTHONUTF8": "1", "PIP_CONFIG_FILE": os.devnull}


def _fill(root: Path, draft: Path, pip: str) -> None:
    # Without pip: many a Linux has the module venv, but not the part that brings pip in. It comes along as a wheel.
    venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(draft)
    wheels = root / "wheels"
    command = [str(interpreter(draft)), str(wheels / pip / "pip"), "install", *OPTIONS, *QUIET]
    command += ["--find-links", str(wheels), "-r", str(REQUIREMENTS)]
    told = subprocess.run(command, env=clean(os.environ), capture_output=True, text=True, check=False)  # noqa: S603
    if told.returncode:
        raise Trouble("not_installed", reason=" ".join(told.stderr.split())[-300:])


def _settle(draft: Path, final: Path) -> Path:
    """Give a whole environment its name, unless another start was quicker."""
    if _read(final / STAMP) == _read(draft / STAMP):
        return final
    shutil.rmtree(final, ignore_errors=True)
    for left in reversed(range(TRIES)):
        try:
            draft.replace(final)
            break
        except PermissionError:
            # Windows holds on to fresh files while it looks through them for viruses.
            if not left:
                raise
            time.sleep(PAUSE)
    return final


def _clear(folder: Path) -> None:
    for draft in folder.glob(f"*{MAKING}*"):
        if time.time() - draft.stat().st_mtime > LEFT:
            shutil.rmtree(draft, ignore_errors=True)


def _stamp(root: Path) -> str:
    return hashlib.sha256(f"{_read(root / sums.NAME)}{sys.version}{sys.base_prefix}".encode()).hexdigest()


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        return ""
