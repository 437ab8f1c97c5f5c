"""Write the ZIP files: of the program with a hash of each file, so that equal files give equal bytes, and of a site."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from offline.laptop.contents import SUMS

FILE = 0o100644
PROGRAM = 0o100755
UNIX = 3
SCRIPTS = (".sh", ".command")


def write(path: Path, folder: str, texts: Mapping[str, bytes], wheels: Iterable[Path]) -> None:
    """Write the archive to `path`, whole or not at all: `texts` by name and the wheels, all in `folder`.

    Nothing is compressed: the wheels are already, and compressed bytes would depend on the library.
    """
    paths = {f"wheels/{wheel.name}": wheel for wheel in wheels}
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    sums = ""
    with ZipFile(draft, "w") as archive:
        for name in sorted((*texts, *paths)):
            content = texts[name] if name in texts else paths[name].read_bytes()
            archive.writestr(_entry(f"{folder}/{name}"), content)
            # In the format of `sha256sum -c`.
            sums += f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        archive.writestr(_entry(f"{folder}/{SUMS}"), sums)
    draft.replace(path)


def pack(path: Path, folder: Path) -> None:
    """Write the files of a folder to `path`, whole or not at all, in a folder of that name; pages are compressed."""
    draft = path.with_suffix(".part")
    with ZipFile(draft, "w", ZIP_DEFLATED) as archive:
        for file in sorted(one for one in folder.rglob("*") if one.is_file()):
            name = f"{path.stem}/{file.relative_to(folder).as_posix()}"
            archive.writestr(_entry(name), file.read_bytes(), ZIP_DEFLATED)
    draft.replace(path)


def _entry(name: str) -> ZipInfo:
    # Without a time, every entry gets the earliest one of the format, so archives do not differ.
    entry = ZipInfo(name)
    entry.create_system = UNIX
    entry.external_attr = (PROGRAM if name.endswith(SCRIPTS) else FILE) << 16
    return entry
