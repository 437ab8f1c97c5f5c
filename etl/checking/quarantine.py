"""After a failed check, move the new files of the affected sources aside until a person accepts them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from data.snapshot import Snapshot
from etl.checking.published import malformed
from etl.checking.result import Check, listed
from etl.errors import HeldError, PublishError
from etl.fetching.fetch import SourceFiles
from etl.fetching.store import hold_back

Sources = Sequence[dict[str, Any]]


def held_error(
    failed: Sequence[Check], sources: Sources, before: Snapshot | None, raw: Path, page: Path | None = None
) -> HeldError:
    """The error of a build whose checks failed; the new downloads of the sources concerned are moved aside.

    The next build downloads them again and fails again, a build of other sources works without them, and a build with
    `--accept` uses them again.

    Args:
        failed: the checks that failed.
        sources, before: the sources in the manifest, and the snapshot that they were compared with.
        raw: the folder of downloads.
        page: the page of the build.
    """
    new = _new(sources, before.manifest.get("sources", ())) if before and not malformed(before.manifest) else {}
    blamed = _blamed(failed, [source["name"] for source in sources])
    files = {name: own for name, own in new.items() if name in blamed}
    downloaded = {name: [file["file"] for file in own if file["retrieved"]] for name, own in files.items()}
    aside = [hold_back(raw / name, names) for name, names in downloaded.items() if names]
    names = listed([f"{name}/{file['file']}" for name, own in files.items() for file in own])
    return HeldError(failed, f"the new {names}" if names else "", aside, page)


def unpublished(
    error: PublishError, files: Mapping[str, SourceFiles], before: Snapshot | None, raw: Path
) -> PublishError:
    """Move all new downloads aside, since any of them may be the cause; returns the error with their folders added.

    Otherwise each build of another source would read them again and fail too. The next build of their sources downloads
    them again, and a build with `--accept` uses them again.
    """
    if before is None or malformed(before.manifest):
        return error
    known = {file.get("sha256") for file in _files(before.manifest.get("sources", ()))}
    new = {
        name: [file.name for file in own.files if file.retrieved and file.sha256 not in known]
        for name, own in files.items()
    }
    aside = [hold_back(raw / name, names) for name, names in new.items() if names and known]
    places = f"; until then the new downloads are in {', '.join(map(str, aside))} and not used" if aside else ""
    return PublishError(f"{error}{places}", error.findings)


def _new(sources: Sources, earlier: Sources) -> dict[str, list[dict[str, Any]]]:
    """The files that the published snapshot does not have, by source; empty if it lists no files."""
    known = {file.get("sha256") for file in _files(earlier)}
    new = {source["name"]: [file for file in _files([source]) if file["sha256"] not in known] for source in sources}
    return {name: files for name, files in new.items() if files} if known else {}


def _files(sources: Sources) -> Iterator[dict[str, Any]]:
    return (file for source in sources for file in source.get("releases", ()))


def _blamed(failed: Sequence[Check], names: Sequence[str]) -> set[str]:
    """The sources that the checks name; all sources if one check names none."""
    named = [set(re.findall(r"\w+", f"{check.name} {check.saw}")) & set(names) for check in failed]
    return set().union(*named) if all(named) else set(names)
