"""The line on one screen: fetch, parse, harmonise, validate, compare, publish."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl
from rich.progress import Progress

from data.snapshot import HERE, POINTER, Snapshot, SnapshotError, publish
from etl import areas, boundaries, checks, validate
from etl.checks import Check
from etl.config import RAW
from etl.declaration import Declaration, declarations
from etl.errors import FetchError, HeldError, PublishError, SourceError
from etl.fetch import Held, fetch
from etl.finding import Finding
from etl.kept import refuse
from etl.manifest import checked, manifest
from etl.receipts import Receipt, receive
from etl.tables import POLYGONS, redistributable, tables


@dataclass(frozen=True)
class Request:
    """What a person asks of a build.

    Attributes:
        sources: the ids to refresh; all where there are none.
        mirror: a folder that stands in for the publishers.
        home, raw: where snapshots and raw files lie.
        strict: publish nothing with a stale source, or with something new in the files.
        accept: why checks that fail may pass this once; empty to be held by them.
    """

    sources: tuple[str, ...] = ()
    mirror: Path | None = None
    home: Path = HERE
    raw: Path = RAW
    strict: bool = False
    accept: str = ""


@dataclass(frozen=True)
class Outcome:
    """A finished build: the published id and what a person should look at."""

    snapshot: str
    findings: list[Finding]
    checks: list[Check] = field(default_factory=list)
    stale: dict[str, str] = field(default_factory=dict)

    @property
    def unexpected(self) -> list[Finding]:
        """What was new in the files and is set aside and listed."""
        return [finding for finding in self.findings if finding.unexpected]


def build(request: Request, progress: Progress | None = None) -> Outcome:
    """Build a snapshot and make it the current one, whole or not at all.

    Raises:
        AtalayaError: anything that stops the build; the published snapshot is untouched.
    """
    known = declarations()
    before = _published(request.home)
    files, receipts = _gathered(known, request, progress)
    shapes, countries = boundaries.build(files[POLYGONS].files)
    frames, findings = tables({name: [receipt.parsed for receipt in held] for name, held in receipts.items()})
    frames = redistributable(frames, known) | {"countries": countries, "areas": areas.states()}
    frames = validate.tables(frames)
    validate.boundaries(shapes)
    validate.unread_labels(findings, {name: sum(r.parsed.read for r in held) for name, held in receipts.items()})
    package = manifest(known, files, receipts, findings)
    outcome = Outcome("", findings, _held_back(frames, package, before, request.accept), _stale(files))
    _refuse_under_strict(outcome, strict=request.strict)
    held = any(not check.passed for check in outcome.checks)
    package = checked(package, outcome.checks, request.accept if held else "")
    return replace(outcome, snapshot=publish(frames, shapes, package, request.home))


def _published(home: Path) -> Snapshot | None:
    """The snapshot that a new one is compared with; None for a first build alone.

    Raises:
        PublishError: there is one and it cannot be read: without it a wrong figure would pass unseen.
    """
    if not (home / POINTER).exists():
        return None
    try:
        return Snapshot.open(str(home))
    except SnapshotError as error:
        problem = f"the snapshot published before cannot be read, so nothing can be compared with it ({error})"
        raise PublishError(f"{problem}; mend it, or take {home / POINTER} away to begin anew") from error


def _gathered(
    known: Mapping[str, Declaration], request: Request, progress: Progress | None
) -> tuple[dict[str, Held], dict[str, list[Receipt]]]:
    """The files of every source, and what was read in them.

    Raises:
        FetchError, SourceError: a source has no file that can be read.
    """
    _refuse_unknown(request.sources, known)
    files: dict[str, Held] = {}
    receipts: dict[str, list[Receipt]] = {}
    for name, source in known.items():
        wanted = not request.sources or name in request.sources
        files[name] = fetch(source, request.mirror, raw=request.raw, ask=wanted, progress=progress)
        if name != POLYGONS:
            files[name], receipts[name] = _read(files[name], request.raw / name)
    return files, receipts


def _refuse_unknown(sources: Collection[str], known: Collection[str]) -> None:
    for name in sources:
        if name not in known:
            raise FetchError(f"no source {name} is declared; the sources are {', '.join(known)}")


def _read(held: Held, folder: Path) -> tuple[Held, list[Receipt]]:
    """What is in the files; one just downloaded that cannot be read is put aside, and those from before serve."""
    try:
        return held, receive(held.files)
    except SourceError as error:
        older = held.without_new(str(error))
        if not held.new or not older.files:
            raise
        receipts = receive(older.files)
        refuse(folder, held.new)
        return older, receipts


def _held_back(
    frames: Mapping[str, pl.DataFrame], package: dict[str, Any], before: Snapshot | None, accept: str
) -> list[Check]:
    """The checks' results.

    Raises:
        HeldError: one failed and nobody has said why it may pass.
    """
    results = checks.run(frames, package["sources"], before)
    failed = [check for check in results if not check.passed]
    if failed and not accept:
        raise HeldError(failed)
    return results


def _stale(files: Mapping[str, Held]) -> dict[str, str]:
    return {name: held.problem for name, held in files.items() if held.status == "stale"}


def _refuse_under_strict(outcome: Outcome, *, strict: bool) -> None:
    if strict and outcome.stale:
        told = "; ".join(outcome.stale.values())
        raise PublishError(f"--strict: {len(outcome.stale)} sources are stale, nothing was published ({told})")
    if strict and outcome.unexpected:
        problem = f"--strict: {len(outcome.unexpected)} things are new in the files, nothing was published"
        raise PublishError(problem, outcome.unexpected)
