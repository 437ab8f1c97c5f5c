"""Files of a folder that stands in for the publishers."""

from pathlib import Path

from etl.declaration import Declaration
from etl.errors import FetchError
from etl.rawfile import OR, RawFile, distinct, refuse_odd, visible


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
