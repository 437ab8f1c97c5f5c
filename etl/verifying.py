"""Whether the files of a place, of a copy of it, or of the pages as files are those that were signed."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import Any, NamedTuple

import requests
from tuf.api.exceptions import RepositoryError

from data.place import read
from data.pointer import NEXT, POINTER, FileReader, timestamp
from data.signatures import STAMP, chain
from data.signed import METADATA, SignedFiles
from data.snapshot import MANIFEST, parsed
from etl import as_read
from etl.errors import AtalayaError
from etl.signing import SITE, SITE_MANIFEST, in_words

# Seconds that a site has to answer.
ANSWER = 30.0
OF_REPLICAS = "signed"


class Verdict(NamedTuple):
    """What was found: whether all is as signed, and one line that says who signed what, or what differs."""

    whole: bool
    line: str


def verify(place: str, trusted: bytes = b"") -> Verdict:
    """Compare all files of a place with what was signed.

    Args:
        place: the folder or store of snapshots, the folder of the pages as files, or the address of a site of files.
        trusted: the content of the root file that is trusted; empty: that of the place itself, which only shows that
            its files belong together.
    """
    fetch = reader(place)
    try:
        root = trusted or fetch(f"{METADATA}/1.root.json")
        signed = chain(root, lambda name: fetch(f"{METADATA}/{name}")).statement
    except FileNotFoundError as error:
        return Verdict(False, f"{place} is not signed, or a file of its signatures is missing ({_line(error)})")
    except (OSError, AtalayaError) as error:
        return Verdict(False, f"the signatures in {place} cannot be read ({_line(error)})")
    except (RepositoryError, ValueError) as error:
        return Verdict(False, f"the signatures in {place} are not valid ({_line(error)})")
    compared = 0
    for file, problem in _compared(fetch, signed):
        if problem:
            return Verdict(False, f"{place}: the file {file} {problem}; {in_words(signed)}")
        compared += 1
    past = signed.expires is not None and signed.expires <= datetime.now(UTC)
    notes = [f"expired since {timestamp(signed.expires)}: replicas refuse it"] if past and signed.expires else []
    notes += [] if trusted else [f"by the keys that it names itself (root {sha256(root).hexdigest()[:16]})"]
    return Verdict(True, "; ".join((f"{place}: {compared} files are as {in_words(signed)}", *notes)))


def reader(place: str) -> FileReader:
    """A function that reads a file by its path from a place, which may be the address of a site."""
    if place.startswith(("https://", "http://")):
        site = place.rstrip("/")
        try:
            _got(site, f"{METADATA}/{STAMP}")
        except FileNotFoundError:
            # Pages as files have their signatures at their root, replicas there.
            site = f"{site}/{OF_REPLICAS}"
        return partial(_got, site)
    return lambda file: read(f"{place.rstrip('/')}/{file}")


def _compared(fetch: FileReader, signed: SignedFiles) -> Iterator[tuple[str, str]]:
    """Each file that is compared, and what is wrong with it: first the one by which a reader begins."""
    try:
        manifest = fetch(SITE_MANIFEST)
    except FileNotFoundError:
        yield from _snapshots(fetch, signed)
        return
    content = json.loads(manifest)
    file = f"{SITE}/{content['id']}/{SITE_MANIFEST}"
    yield SITE_MANIFEST, "" if signed.hashes.get(file) == sha256(manifest).hexdigest() else "is not the signed one"
    for path, digest in content["files"].items():
        yield path, _difference(fetch, path, digest)


def _snapshots(fetch: FileReader, signed: SignedFiles) -> Iterator[tuple[str, str]]:
    for file in sorted(signed.hashes, key=lambda path: ("/" in path, path)):
        if not file.startswith(f"{SITE}/"):
            name, _, manifest = file.partition("/")
            if file != POINTER and not _there(fetch, file):
                # An earlier snapshot made room, or what waits was not copied.
                continue
            yield file, _difference(fetch, file, signed.hashes[file])
            if manifest:
                yield from _tables(fetch, name, parsed(fetch(file)))
    if NEXT not in signed.hashes and _there(fetch, NEXT):
        yield NEXT, "is not signed"
    current = f"{fetch(POINTER).decode(errors='replace').strip()}/{MANIFEST}"
    if current not in signed.hashes or not _there(fetch, current):
        yield current, "is missing or not signed"


def _tables(fetch: FileReader, name: str, manifest: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for resource in manifest["resources"]:
        path = f"{name}/{resource['path']}"
        yield path, _difference(fetch, path, resource["hash"])
    if digest := manifest.get(as_read.KEY):
        index = f"{name}/{as_read.INDEX}"
        # Replicas and sites have no need of it.
        if _there(fetch, index):
            yield index, _difference(fetch, index, digest)
            for one in json.loads(fetch(index))["files"]:
                path = f"{name}/{one['path']}"
                yield path, _difference(fetch, path, one["hash"])


def _difference(fetch: FileReader, path: str, digest: str) -> str:
    try:
        content = fetch(path)
    except FileNotFoundError:
        return "is missing"
    except (OSError, ValueError) as error:
        return f"cannot be read ({_line(error)})"
    return "" if sha256(content).hexdigest() == digest.removeprefix("sha256:") else "is not the signed one"


def _there(fetch: FileReader, path: str) -> bool:
    try:
        fetch(path)
    except FileNotFoundError:
        return False
    return True


def _got(site: str, file: str) -> bytes:
    answer = requests.get(f"{site}/{file}", timeout=ANSWER)
    if answer.status_code == requests.codes.not_found:
        raise FileNotFoundError(file)
    answer.raise_for_status()
    return answer.content


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
