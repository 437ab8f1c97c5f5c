"""The site as files in an object store, from a folder that `site_command` wrote: only what has changed is written.

Documents come after the files to which they lead, and `current.json` last.
"""

import json
import mimetypes
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from dashboard import static
from dashboard.export import cited_view
from dashboard.export.cited_view import KEPT
from data import place

MANIFEST = "manifest.json"
CURRENT = "current.json"
# Requests at once: a store answers each after some milliseconds.
AT_ONCE = 16
SOON = "public, max-age=300"
KINDS = {**static.MEDIA_TYPES, **{f".{ending}": kind for ending, (_, kind, _) in cited_view.FORMATS.items()}}


def put(folder: Path, store: str, keep: int) -> int:
    """Write the files of a folder into a store, and remove those that the folder has no longer.

    Args:
        store: an address such as `s3://bucket/site`.
        keep: how many snapshots have their pages at `s/<id>/`, too; 0: those that are there stay.

    Returns:
        How many files were written.

    Raises:
        OSError: the store cannot be read or written; `current.json` is then that of the site before.
    """
    manifest = json.loads((folder / MANIFEST).read_bytes())
    places = [f"{store}/{KEPT}/{manifest['id']}"] * bool(keep) + [store]
    written = 0
    for one in places:
        before = _manifest(one)
        changed = [name for name, known in manifest["files"].items() if before.get(name) != known]
        _each(changed, partial(_write, folder, one))
        _write(folder, one, MANIFEST)
        _each(before.keys() - manifest["files"].keys(), partial(_remove, one))
        written += len(changed)
    _write(folder, store, CURRENT)
    if keep:
        _forget(store, keep)
    return written


def kind(name: str) -> str:
    """The media type of a file by its ending."""
    ending = Path(name).suffix
    found = KINDS.get(ending) or mimetypes.types_map.get(ending, "application/octet-stream")
    return f"{found}; charset=utf-8" if found.startswith("text/") else found


def caching(name: str) -> str:
    """How long a file may be kept: for ever if its address changes with its content."""
    return static.FOREVER if name.startswith("assets/") else "no-cache" if name == CURRENT else SOON


def _each(names: Collection[str], do: Callable[[str], object]) -> None:
    """Do something for each file, for several at once: documents last."""
    documents = [name for name in names if name.endswith(".html")]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for some in ({*names} - {*documents}, documents):
            # The first error is raised.
            list(pool.map(do, sorted(some)))


def _write(folder: Path, store: str, name: str) -> None:
    place.write(f"{store}/{name}", (folder / name).read_bytes(), kind(name), caching(name))


def _remove(store: str, name: str) -> None:
    place.remove(f"{store}/{name}")


def _manifest(store: str) -> Mapping[str, str]:
    """The hashes of the files that a store has, by name."""
    try:
        known: Mapping[str, str] = json.loads(place.read(f"{store}/{MANIFEST}"))["files"]
    except FileNotFoundError:
        return {}
    return known


def _forget(store: str, keep: int) -> None:
    """Remove the pages of all snapshots but the last ones."""
    days = {}
    for name in place.names(f"{store}/{KEPT}"):
        try:
            days[name] = json.loads(place.read(f"{store}/{KEPT}/{name}/{MANIFEST}"))["created"]
        except FileNotFoundError:
            # A writer was ended before it came to the manifest.
            days[name] = ""
    for name in sorted(days, key=lambda name: days[name])[:-keep]:
        place.remove(f"{store}/{KEPT}/{name}")
