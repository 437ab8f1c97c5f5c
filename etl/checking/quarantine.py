"""A failed check puts the new files of the sources it names out of use, until a person accepts them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from data.snapshot import Snapshot
from etl.checking.published import odd
from etl.checking.verdict import Check, listed
from etl.errors import HeldError, PublishError
from etl.fetching.fetch import SourceFiles
from etl.fetching.store import hold_back

Sources = Sequence[dict[str, Any]]


def held_error(failed: Sequence[Check], sources: Sources, before: Snapshot | None, raw: Path) -> HeldError:
    """The error of a build whose checks failed; the new downloads of the sources concerned are moved aside.

    The next build asks for them again and says the same, a build of other sources goes on without them, and one with a
    person's word takes them back.

    Args:
        failed: the checks that failed.
        sources: the manifest's account of the sources, `before` the snapshot that they were compared with.
        raw: the folder of kept downloads.
    """
    new = _new(sources, before.manifest.get("sources", ())) if before and not odd(before.manifest) else {}
    blamed = _blamed(failed, [source["name"] for source in sources])
    files = {name: held for name, held in new.items() if name in blamed}
    downloaded = {name: [file["file"] for file in held if file["retrieved"]] for name, held in files.items()}
    aside = [hold_back(raw / name, names) for name, names in downloaded.items() if names]
    names = listed([f"{name}/{file['file']}" for name, held in files.items() for file in held])
    return HeldError(failed, f"the new {names}" if names else "", aside)


def unpublished(
    error: PublishError, files: Mapping[str, SourceFiles], before: Snapshot | None, raw: Path
) -> PublishError:
    """The error with the places of the files now out of use: all new downloads, since any of them may be the cause.

    Otherwise each build of another source would read them again and end like this one. Their publishers are asked for
    them again, and a build with `--accept` takes them back.
    """
    if before is None or odd(before.manifest):
        return error
    known = {file.get("sha256") for file in _files(before.manifest.get("sources", ()))}
    new = {
        name: [file.name for file in held.files if file.retrieved and file.sha256 not in known]
        for name, held in files.items()
    }
    aside = [hold_back(raw / name, names) for name, names in new.items() if names and known]
    places = f"; until then what was new lies in {', '.join(map(str, aside))}, out of use" if aside else ""
    return PublishError(f"{error}{places}", error.findings)


def _new(sources: Sources, earlier: Sources) -> dict[str, list[dict[str, Any]]]:
    """Per source the files that were not in the snapshot before; none where that says nothing of files."""
    known = {file.get("sha256") for file in _files(earlier)}
    new = {source["name"]: [file for file in _files([source]) if file["sha256"] not in known] for source in sources}
    return {name: files for name, files in new.items() if files} if known else {}


def _files(sources: Sources) -> Iterator[dict[str, Any]]:
    return (file for source in sources for file in source.get("releases", ()))


def _blamed(failed: Sequence[Check], names: Sequence[str]) -> set[str]:
    """The sources that the checks name; all sources where one check names none, since it may be about any."""
    named = [set(re.findall(r"\w+", f"{check.name} {check.saw}")) & set(names) for check in failed]
    return set().union(*named) if all(named) else set(names)
