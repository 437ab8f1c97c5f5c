"""The line on one screen: fetch, parse, harmonise, validate, compare, publish."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
from geopandas import GeoDataFrame
from rich.progress import Progress

from data.report import store
from data.snapshot import HERE, POINTER, Snapshot, SnapshotError, clear_staging, publish
from etl import areas, boundaries, check, checks, validate
from etl.checks import Check
from etl.config import RAW
from etl.declaration import Declaration, declarations
from etl.errors import FetchError, PublishError, SourceError
from etl.fetch import Held, fetch
from etl.finding import Finding
from etl.holding import held_error, unpublished
from etl.kept import clear, refuse, take_back
from etl.lock import alone
from etl.manifest import checked, manifest
from etl.rawfile import RawFile
from etl.receipts import Receipt, receive
from etl.tables import POLYGONS, redistributable, tables


@dataclass(frozen=True)
class Request:
    """What a person asks of a build.

    Attributes:
        sources: the ids to refresh; all where there are none.
        mirror: a folder that stands in for the publishers.
        home, raw, reports: where snapshots, raw files and accepted reports lie.
        strict: publish nothing with a stale source, or with something new in the files.
        accept: why checks that fail may pass this once; empty to be held by them.
        today: the day of the build (UTC), after which no release can be dated.
    """

    sources: tuple[str, ...] = ()
    mirror: Path | None = None
    home: Path = HERE
    raw: Path = RAW
    reports: Path = store.REPORTS
    strict: bool = False
    accept: str = ""
    today: date = field(default_factory=lambda: datetime.now(UTC).date())


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
    """Build a snapshot and make it the current one, whole or not at all, and alone in its folders.

    Raises:
        AtalayaError: anything that stops the build; the published snapshot is untouched.
        SnapshotError: it cannot be written.
    """
    # From a mirror alone nothing is kept, and nothing kept is read.
    kept = [request.raw] if request.mirror is None or request.sources else []
    try:
        with alone([request.home, *kept]):
            clear_staging(request.home)
            for raw in kept:
                clear(raw)
            return _built(request, progress)
    except OSError as error:
        problem = f"a file cannot be read or written ({error}), nothing was published"
        raise PublishError(f"{problem}; mend or free its place, or name another with --snapshot or --raw") from error


def _built(request: Request, progress: Progress | None) -> Outcome:
    known = declarations()
    before = _published(request.home)
    files, receipts = _gathered(known, request, progress)
    try:
        frames, shapes, findings = _made(known, files, receipts)
        package = manifest(known, files, receipts, findings)
        _refuse_unbalanced(frames, package)
    except PublishError as error:
        raise unpublished(error, files, before, request.raw) from error
    outcome = Outcome("", findings, _compared(frames, package, before, request), _stale(files))
    _refuse_under_strict(outcome, strict=request.strict)
    held = any(not check.passed for check in outcome.checks)
    package = checked(package, outcome.checks, request.accept if held else "")
    # What was read is in the tables; publishing needs its room.
    del files, receipts
    return replace(outcome, snapshot=publish(frames, shapes, package, request.home))


def _made(
    known: Mapping[str, Declaration], files: Mapping[str, Held], receipts: Mapping[str, list[Receipt]]
) -> tuple[dict[str, pl.DataFrame], GeoDataFrame, list[Finding]]:
    """The tables, the polygons, and what a person should look at.

    Raises:
        PublishError: they break the contract.
    """
    shapes, countries = boundaries.build(files[POLYGONS].files)
    frames, findings = tables({name: [receipt.parsed for receipt in held] for name, held in receipts.items()})
    frames = redistributable(frames, known) | {"countries": countries, "areas": areas.states()}
    frames = validate.tables(frames)
    validate.boundaries(shapes)
    validate.unread_labels(findings, {name: sum(r.parsed.read for r in held) for name, held in receipts.items()})
    return frames, shapes, findings


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
        if wanted and request.accept and request.mirror is None:
            take_back(request.raw / name)
        ask = partial(
            fetch, source, request.mirror, raw=request.raw, reports=request.reports, ask=wanted, progress=progress
        )
        if name == POLYGONS:
            files[name] = ask()
        else:
            files[name], receipts[name] = _read(ask, request.raw / name, request.today)
    return files, receipts


def _refuse_unknown(sources: Collection[str], known: Collection[str]) -> None:
    for name in sources:
        if name not in known:
            raise FetchError(f"no source {name} is declared; the sources are {', '.join(known)}")


def _read(ask: Callable[..., Held], folder: Path, today: date) -> tuple[Held, list[Receipt]]:
    """A source's files and what is in them; one just downloaded that cannot be read is put aside, and asked no more.

    So the publisher's next newest serves, or what is held from before.
    """
    unread: dict[str, str] = {}
    while True:
        held = ask(unread=unread)
        try:
            return held, receive(held.files, today)
        except SourceError:
            new = [file for file in held.files if file.name in held.new]
            broken = {file.name: problem for file in new if (problem := _broken(file, today))}
            if not broken:
                raise
            refuse(folder, broken.keys())
            unread |= {file.address: broken[file.name] for file in held.files if file.name in broken}


def _broken(file: RawFile, today: date) -> str:
    """Why nobody can read a file, or nothing."""
    try:
        receive([file], today)
    except SourceError as error:
        return str(error)
    return ""


def _refuse_unbalanced(frames: Mapping[str, pl.DataFrame], package: dict[str, Any]) -> None:
    """What `python -m etl check` would refuse is not published.

    Raises:
        PublishError: rows of a file are neither in the tables nor set aside.
    """
    lazy = {name: frames[name].lazy() for name in check.LOCATED}
    lost = [f"{result.name}: {result.saw}" for result in check.accounts(package["sources"], lazy) if not result.passed]
    if lost:
        raise PublishError(f"rows are lost or come twice, nothing was published ({'; '.join(lost)}); mend the tables")


def _compared(
    frames: Mapping[str, pl.DataFrame], package: dict[str, Any], before: Snapshot | None, request: Request
) -> list[Check]:
    """The checks' results.

    Raises:
        HeldError: one failed and nobody has said why it may pass.
    """
    results = checks.run(frames, package["sources"], before)
    failed = [result for result in results if not result.passed]
    if failed and not request.accept:
        raise held_error(failed, package["sources"], before, request.raw)
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
