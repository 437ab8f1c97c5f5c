"""The steps from the lock files to the archive."""

import json
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from data.i18n import LANGUAGES
from offline import archive, needed, program, readme, words
from offline.needed import Locked
from offline.targets import Target
from offline.wheels import Wheels, fetch

SCRIPTS = Path(__file__).parent / "scripts"
# pip comes along as a wheel: many a Linux has Python and its module venv, but no pip.
INSTALLER = Path(__file__).with_name("installer.lock")
LAPTOP = "program/offline/laptop"


class NothingWholeError(Exception):
    """No target has all its wheels; the text says what is missing."""


def fetched(root: Path, chosen: Sequence[Target], kept: Path) -> tuple[list[Wheels], Path]:
    """The wheels of each target, and that of pip.

    Raises:
        offline.wheels.WheelError: pip fails in another way than by finding no wheel.
    """
    found = [fetch(target, wanted(root, target), kept) for target in chosen]
    installer = fetch(chosen[0], needed.locked(INSTALLER.read_text("utf-8")), kept)
    return found, installer.files[0]


def wanted(root: Path, target: Target) -> list[Locked]:
    """The entries of the lock file that serving needs on a target."""
    declared = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = needed.closure(needed.roots(root, declared), target.environment)
    entries = needed.locked((root / "requirements.lock").read_text("utf-8"))
    return [entry for entry in entries if entry.name in names and entry.applies(target.environment)]


def archived(root: Path, chosen: Sequence[Target], kept: Path, out: Path, say: Callable[[str], None]) -> Path:
    """Write the archive of the project at `root` into `out`; returns its path.

    Raises:
        NothingWholeError: no target has all its wheels.
        offline.wheels.WheelError: pip fails in another way than by finding no wheel.
        offline.archive.NameFault: a file has a name that some file system refuses.
    """
    found, installer = fetched(root, chosen, kept)
    whole = [one for one in found if not one.missing]
    for one in found:
        size = sum(file.stat().st_size for file in one.files) / 1e6
        told = f"{len(one.files)} wheels, {size:.0f} MB, installed {one.unpacked / 1e6:.0f} MB"
        told = f"no wheel of {', '.join(one.missing)}: left out" if one.missing else told
        say(f"{one.target.system} {one.target.python}: {told}")
    if not whole:
        raise NothingWholeError("no system has all its wheels")
    snapshot = program.snapshot(root)
    folder = f"atalaya-room-{snapshot}"
    texts = {f"program/{name}": content for name, content in program.files(root).items()}
    texts |= _told(root, snapshot, found, installer.name)
    path = out / f"{folder}.zip"
    archive.write(path, folder, texts, {file for one in whole for file in one.files} | {installer})
    return path


def _told(root: Path, snapshot: str, found: Sequence[Wheels], installer: str) -> dict[str, bytes]:
    """What is written for this archive: pages to read, start scripts, and what the laptop's part goes by."""
    manifest = json.loads((root / program.SNAPSHOT / snapshot / "datapackage.json").read_text("utf-8"))
    account = readme.Account(snapshot, manifest["created"][:10], found)
    entries = {entry.written: entry for one in account.whole for entry in wanted(root, one)}
    requirements = "".join(entries[name].text() for name in sorted(entries))
    held = {"snapshot": snapshot, "pip": installer, "targets": _held(found), "words": words.told()}
    return {
        **readme.pages(account),
        **_scripts(account),
        f"{LAPTOP}/contents.json": json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True).encode(),
        f"{LAPTOP}/requirements.txt": requirements.encode(),
    }


def _held(found: Sequence[Wheels]) -> dict[str, dict[str, Any]]:
    whole = [one for one in found if not one.missing]
    held: dict[str, dict[str, Any]] = {one.target.system: {} for one in whole}
    for one in whole:
        names = sorted(file.name for file in one.files)
        held[one.target.system][one.target.python] = {"wheels": names, "unpacked": one.unpacked}
    return held


def _scripts(account: readme.Account) -> dict[str, bytes]:
    pythons = sorted({target.python for target in account.whole}, key=lambda python: int(python[2:]), reverse=True)
    told = words.told()
    lines = [told[code]["no_python"].format(pythons=", ".join(pythons)) for code in LANGUAGES]
    posix, windows = ((SCRIPTS / name).read_text("utf-8") for name in ("start.sh", "start.bat"))
    commands = " ".join(f"python{python}" for python in pythons)
    shell = posix.replace("@COMMANDS@", commands).replace("@PYTHONS@", " ".join(pythons))
    shell = shell.replace("@WORDS@", "\n".join(lines))
    batch = windows.replace("@PYTHONS@", " ".join(pythons))
    batch = batch.replace("@WORDS@", "\n".join(f"echo {line}" for line in lines)).replace("\n", "\r\n")
    return {"start.sh": shell.encode(), "start.command": shell.encode(), "start.bat": batch.encode()}
