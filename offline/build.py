"""Build the archive from the lock files: download the wheels, collect the files, write the ZIP."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from data.i18n import LANGUAGES
from data.verified import open_whole
from offline import archive, program, readme, words
from offline.targets import Target
from offline.wheels import WheelError, Wheels, download, lock_entries

SCRIPTS = Path(__file__).parent / "scripts"
# uv is included as a wheel: many Linux systems have Python but no pip.
INSTALLER = Path(__file__).with_name("installer.lock")
LAPTOP = "program/offline/laptop"


def downloaded(root: Path, chosen: Sequence[Target], folder: Path) -> list[Wheels]:
    """Download the wheels of each target, uv included.

    Raises:
        WheelError: pip fails for another reason than a missing wheel.
    """
    entries = [*lock_entries(root / "requirements.lock"), *lock_entries(INSTALLER)]
    return [download(target, entries, folder) for target in chosen]


def archived(root: Path, chosen: Sequence[Target], folder: Path, out: Path, say: Callable[[str], None]) -> Path:
    """Write the archive of the project at `root` into `out`; returns its path.

    Raises:
        WheelError: pip fails, or no target has all its wheels.
        data.snapshot.SnapshotError: no snapshot is whole.
    """
    snapshot = open_whole(str(root / program.SNAPSHOTS))
    if snapshot.warning:
        sys.stderr.write(f"atalaya: {snapshot.warning}\n")
    wheels = downloaded(root, chosen, folder)
    for one in wheels:
        size = sum(file.stat().st_size for file in one.files) / 1e6
        summary = f"{len(one.files)} wheels, {size:.0f} MB, installed {one.unpacked / 1e6:.0f} MB"
        summary = f"no wheel of {', '.join(one.missing)}: left out" if one.missing else summary
        say(f"{one.target.system} {one.target.python}: {summary}")
    whole = [one for one in wheels if not one.missing]
    if not whole:
        raise WheelError("no system has all its wheels, nothing was written; the lines above name the missing ones")
    texts = {f"program/{name}": content for name, content in program.files(root, snapshot).items()}
    texts |= {
        **readme.pages(readme.Summary(snapshot.id, snapshot.manifest["created"][:10], wheels)),
        **scripts([one.target for one in whole]),
        f"{LAPTOP}/contents.json": _contents(whole),
        f"{LAPTOP}/requirements.txt": "".join(one.text for one in lock_entries(root / "requirements.lock")).encode(),
    }
    name = f"atalaya-room-desk-{snapshot.id}"
    archive.write(out / f"{name}.zip", name, texts, {file for one in whole for file in one.files})
    return out / f"{name}.zip"


def scripts(targets: Sequence[Target]) -> dict[str, bytes]:
    """The start scripts, by file name."""
    pythons = sorted({target.python for target in targets}, key=lambda python: int(python[2:]), reverse=True)
    sentences = [words.sentences()[code]["no_python"].format(pythons=", ".join(pythons)) for code in LANGUAGES]
    shell, batch = ((SCRIPTS / name).read_text("utf-8") for name in ("start.sh", "start.bat"))
    shell = shell.replace("@COMMANDS@", " ".join(f"python{python}" for python in pythons))
    shell = shell.replace("@PYTHONS@", " ".join(pythons)).replace("@WORDS@", "\n".join(sentences))
    batch = batch.replace("@WORDS@", "\n".join(f"echo {sentence}" for sentence in sentences))
    batch = batch.replace("@PYTHONS@", " ".join(pythons)).replace("\n", "\r\n")
    return {"start.sh": shell.encode(), "start.command": shell.encode(), "start.bat": batch.encode()}


def _contents(whole: Sequence[Wheels]) -> bytes:
    """The file that the start script reads: `offline.laptop.contents.Contents` as JSON."""
    targets: dict[str, dict[str, object]] = {}
    for one in whole:
        uv = next(file.name for file in one.files if file.name.startswith("uv-"))
        targets.setdefault(one.target.system, {})[one.target.python] = {"uv": uv, "unpacked": one.unpacked}
    contents = {"targets": targets, "sentences": words.sentences(), "names": words.names()}
    return json.dumps(contents, ensure_ascii=False, indent=1, sort_keys=True).encode()
