"""Raw files as they came from a publisher, and those of a mirror folder."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from etl.declaration import Declaration
from etl.errors import FetchError


@dataclass(frozen=True)
class RawFile:
    """One file of a publisher, unaltered.

    Attributes:
        source: the source's id.
        name: the file's name, without folders.
        content: its bytes.
        address: where it was downloaded; empty where that is not known (a mirror, a file put there by hand).
        retrieved: the day of its first download (ISO 8601, UTC), or None where that is not known.
        etag, modified: the publisher's own marks of this content (`ETag`, `Last-Modified`), empty where it gave none.
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


# In a declared glob, between two forms of which either serves.
OR = "|"


def distinct(files: Iterable[RawFile]) -> list[RawFile]:
    """Each content once, under the first of its names."""
    # A copy under another name would count every row twice.
    first_by_hash: dict[str, RawFile] = {}
    for file in files:
        first_by_hash.setdefault(file.sha256, file)
    return list(first_by_hash.values())


def visible(path: Path) -> bool:
    """Whether a person put a folder's entry there."""
    # Spreadsheet programs leave lock files (~$name) beside an open workbook.
    return not path.name.startswith((".", "~$"))


def mirrored(declaration: Declaration, mirror: Path) -> list[RawFile]:
    """The source's files in a mirror folder, in the order of their names, each content once.

    Raises:
        FetchError: a declared glob matches no file; the text names source, glob and folder.
    """
    paths: set[Path] = set()
    for pattern in declaration.mirror:
        matches = {path for either in pattern.split(OR) for path in mirror.glob(either) if visible(path)}
        for path in sorted(path for path in matches if not path.is_file()):
            raise FetchError(f"source {declaration.id}: {path} is no file that can be read; mend it or take it away")
        if not matches:
            raise FetchError(
                f"source {declaration.id}: no file matches {pattern} in the mirror folder {mirror}; "
                "put the publisher's file there, or leave the mirror out to ask the publisher"
            )
        paths |= matches
    return distinct(RawFile(declaration.id, path.name, path.read_bytes()) for path in sorted(paths))
