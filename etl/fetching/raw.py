"""Raw files as they came from a publisher, and reading them from a mirror folder."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from etl.errors import FetchError
from etl.source_declaration import Declaration


@dataclass(frozen=True)
class Receipt:
    """The manifest's entry for a file: its name, address, day of the download (or None), hash, and size in bytes."""

    file: str
    address: str
    retrieved: str | None
    sha256: str
    bytes: int


@dataclass(frozen=True)
class RawFile:
    """One file of a publisher, unchanged.

    Attributes:
        source: the source's id.
        name: the file's name, without folders; of a case register its path in `data/registries`.
        content: its bytes.
        address: where it was downloaded from; empty if unknown (a mirror, a file put there by hand).
        retrieved: when it was first downloaded (ISO 8601, UTC, to the second; in old receipts the day), or None.
        etag, modified: the headers `ETag` and `Last-Modified`; empty if there were none.
    """

    source: str
    name: str
    content: bytes
    address: str = ""
    retrieved: str | None = None
    etag: str = ""
    modified: str = ""

    @property
    def sha256(self) -> str:
        """The hash of the content, in lower-case hexadecimal."""
        return sha256(self.content).hexdigest()

    @property
    def receipt(self) -> Receipt:
        """The manifest's entry for this file."""
        day = self.retrieved[:10] if self.retrieved else None
        return Receipt(self.name, self.address, day, self.sha256, len(self.content))


# Longest names in bytes: on file systems, and of a download, to which a hash and a suffix are added.
LONGEST = 255
LONGEST_NAME = 220
# In a declared glob, separates alternatives.
OR = "|"


def distinct(files: Iterable[RawFile]) -> list[RawFile]:
    """The files without duplicates of content; the first name is kept."""
    # A copy under another name would count every row twice.
    first_by_hash: dict[str, RawFile] = {}
    for file in files:
        first_by_hash.setdefault(file.sha256, file)
    return list(first_by_hash.values())


def nameable(name: str, longest: int = LONGEST_NAME) -> bool:
    """Whether a file can have this name: one printable line of UTF-8, of at most `longest` bytes."""
    one_line = not any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in name)
    return one_line and "/" not in name and name not in {"", ".", ".."} and len(name.encode()) <= longest


def visible(path: Path) -> bool:
    """Whether an entry of a folder is neither hidden nor a lock file."""
    # Spreadsheet programs leave lock files (~$name) next to an open workbook.
    return not path.name.startswith((".", "~$"))


def refuse_unreadable(source: str, path: Path) -> None:
    """Refuse an entry that is not a regular file, or whose name cannot be part of a locator.

    Raises:
        FetchError: names the path and the remedy.
    """
    if not path.is_file():
        raise FetchError(f"source {source}: {path} is not a readable file; repair or remove it")
    if not nameable(path.name, LONGEST):
        raise FetchError(f"source {source}: the file name {str(path)!a} is not one line of UTF-8 text; rename it")


def offered(declaration: Declaration, mirror: Path) -> bool:
    """Whether a mirror folder has any file of the source."""
    return any(
        visible(path) for pattern in declaration.mirror for either in pattern.split(OR) for path in mirror.glob(either)
    )


def mirrored(declaration: Declaration, mirror: Path) -> list[RawFile]:
    """The source's files in a mirror folder, sorted by name, without duplicates.

    Raises:
        FetchError: a declared glob matches no file; the text names source, glob and folder.
    """
    paths: set[Path] = set()
    for pattern in declaration.mirror:
        matches = {path for either in pattern.split(OR) for path in mirror.glob(either) if visible(path)}
        for path in sorted(matches):
            refuse_unreadable(declaration.id, path)
        if not matches:
            raise FetchError(
                f"source {declaration.id}: no file matches {pattern} in the mirror folder {mirror}; "
                "put the publisher's file there, name only the sources that it has, or build without a mirror"
            )
        paths |= matches
    return distinct(RawFile(declaration.id, path.name, path.read_bytes()) for path in sorted(paths))
