"""The archive itself: names that every file system takes, a hash of each file, the same bytes from the same files."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from offline.laptop.sums import NAME as SUMS

# Windows refuses these names whatever follows their dot, these characters, and a dot or blank at the end.
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ]$')
# Windows takes 259 characters, with the folder into which a person unpacks.
LONGEST = 180
# The first moment that an archive can tell: when it was made would make each one another.
MOMENT = (1980, 1, 1, 0, 0, 0)
FILE, PROGRAM = 0o100644, 0o100755
UNIX = 3
SCRIPTS = (".sh", ".command")


class NameFault(Exception):  # noqa: N818 - a fault of the product's files, not of the program
    """Files whose names some file system refuses; the text lists them."""


def refused(names: Iterable[str]) -> list[str]:
    """The names that a file system of one of the systems does not take, each with why."""
    seen: dict[str, str] = {}
    faults = []
    for name in names:
        if len(name) > LONGEST:
            faults.append(f"{name}: longer than {LONGEST}")
        if any(RESERVED.fullmatch(part) or FORBIDDEN.search(part) for part in name.split("/")):
            faults.append(f"{name}: not a name on Windows")
        if (other := seen.setdefault(name.lower(), name)) != name:
            faults.append(f"{name}: the same as {other} where case does not count")
    return faults


def sums(digests: Mapping[str, str]) -> bytes:
    """The list of hashes, as `sha256sum -c` reads it."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()


def write(path: Path, folder: str, texts: Mapping[str, bytes], wheels: Iterable[Path]) -> None:
    """Write the archive to `path`: `texts` by their names and the wheels, all under `folder`, whole or not at all.

    Nothing is compressed: the wheels are already, and compressed bytes differ from one library to the next.

    Raises:
        NameFault: a file has a name that some file system refuses.
    """
    held = {f"wheels/{wheel.name}": wheel for wheel in wheels}
    if faults := refused(f"{folder}/{name}" for name in (*texts, *held)):
        raise NameFault("; ".join(faults))
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in texts.items()}
    digests |= {name: hashlib.sha256(wheel.read_bytes()).hexdigest() for name, wheel in held.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    with ZipFile(draft, "w", ZIP_STORED) as archive:
        for name in sorted((*digests, SUMS)):
            content = sums(digests) if name == SUMS else texts[name] if name in texts else held[name].read_bytes()
            archive.writestr(_entry(f"{folder}/{name}"), content)
    draft.replace(path)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, MOMENT)
    entry.create_system = UNIX
    entry.external_attr = (PROGRAM if name.endswith(SCRIPTS) else FILE) << 16
    return entry
