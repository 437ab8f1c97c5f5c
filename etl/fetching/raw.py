"""Raw files as they came from a publisher, and those of a mirror folder."""

import unicodedata
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
        address: where it was downloaded from; empty where unknown (a mirror, a file put there by hand).
        retrieved: when it was first downloaded (ISO 8601, UTC, to the second; of old receipts the day), or None.
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


# In bytes: what file systems allow, and of a download, whose name grows by a hash and a mark while it is written.
LONGEST, LONGEST_NAME = 255, 220
# In a declared glob, between two forms of which either serves.
OR = "|"


def distinct(files: Iterable[RawFile]) -> list[RawFile]:
    """Each content once, under the first of its names."""
    # A copy under another name would count every row twice.
    first_by_hash: dict[str, RawFile] = {}
    for file in files:
        first_by_hash.setdefault(file.sha256, file)
    return list(first_by_hash.values())


def nameable(name: str, longest: int = LONGEST_NAME) -> bool:
    """Whether a file can have a name of at most so many bytes that prints as one line of UTF-8."""
    one_line = not any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in name)
    return one_line and "/" not in name and name not in {"", ".", ".."} and len(name.encode()) <= longest


def visible(path: Path) -> bool:
    """Whether a person put a folder's entry there."""
    # Spreadsheet programs leave lock files (~$name) next to an open workbook.
    return not path.name.startswith((".", "~$"))


def refuse_odd(source: str, path: Path) -> None:
    """Stop at an entry with the name of a source's file that is no file, or with a name that no locator can begin with.

    Raises:
        FetchError: names the path and the remedy.
    """
    if not path.is_file():
        raise FetchError(f"source {source}: {path} is no file that can be read; mend it or take it away")
    if not nameable(path.name, LONGEST):
        raise FetchError(f"source {source}: the name of {str(path)!a} is no text of one line in UTF-8; give it another")


def mirrored(declaration: Declaration, mirror: Path) -> list[RawFile]:
    """The source's files in a mirror folder, in the order of their names, each content once.

    Raises:
        FetchError: a declared glob matches no file; the text names source, glob and folder.
    """
    paths: set[Path] = set()
    for pattern in declaration.mirror:
        matches = {path for either in pattern.split(OR) for path in mirror.glob(either) if visible(path)}
        for path in sorted(matches):
            refuse_odd(declaration.id, path)
        if not matches:
            raise FetchError(
                f"source {declaration.id}: no file matches {pattern} in the mirror folder {mirror}; "
                "put the publisher's file there, or leave the mirror out to ask the publisher"
            )
        paths |= matches
    return distinct(RawFile(declaration.id, path.name, path.read_bytes()) for path in sorted(paths))
