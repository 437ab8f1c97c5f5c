"""A build from start to end: fetch, parse, make tables, validate, compare, publish."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
from rich.progress import Progress

from data import pointer
from data.place import HERE
from data.pointer import POINTER
from data.report import store
from data.snapshot import Showing, Snapshot, SnapshotError, clear_staging, publish
from data.verified import FaultError, verified
from etl import areas, as_read, stores
from etl.approval import Approval
from etl.checking import published, table_checks, validate, wholeness
from etl.checking.build_changes import HELD_PAGE, PAGE, Review, page, review, summary
from etl.checking.quarantine import held_error, unpublished
from etl.checking.table_checks import Check
from etl.config import RAW
from etl.errors import FetchError, PublishError
from etl.fetching.fetch import CARRIED_OVER, SourceFiles, fetch
from etl.fetching.store import clear, take_back
from etl.gathering import Ask, Gathered, gather
from etl.lock import locked
from etl.making import doubts
from etl.making.read import Read
from etl.making.tables import redistributable, tables
from etl.manifest import manifest
from etl.parsed import Finding, beyond, merged
from etl.source_declaration import Declaration, declarations


@dataclass(frozen=True)
class Request:
    """The options of a build.

    Attributes:
        sources: the ids to refresh; empty for all.
        mirror: a folder that is used instead of the publishers.
        home, raw, reports: the folders of snapshots, raw files and accepted reports.
        store: the address of an object store in which the snapshot is published; `home` is then a folder to work in.
        strict: publish nothing if a source is stale, or something is new in the files.
        accept: the reason why failed checks may pass this once; if empty, a failed check stops the build.
        by, approved_by: who gave the reason, or publishes; and who agreed.
        not_before: the end of an embargo (UTC): the snapshot is shown from then on. None: at once.
        signed: ids of signed snapshots that stay as they are, as no key is at hand that could sign another manifest.
        today: the day of the build (UTC): no release can be later.
    """

    sources: tuple[str, ...] = ()
    mirror: Path | None = None
    home: Path = HERE
    raw: Path = RAW
    reports: Path = store.REPORTS
    store: str = ""
    strict: bool = False
    accept: str = ""
    by: str = ""
    approved_by: str = ""
    not_before: datetime | None = None
    signed: frozenset[str] = frozenset()
    today: date = field(default_factory=lambda: datetime.now(UTC).date())


@dataclass(frozen=True)
class Outcome:
    """The result of a build: the published id, and what a person should look at.

    Attributes:
        stale: the sources that could not be renewed, and why.
        changed: one line on the figures that changed.
        carried: the sources whose rows come from the snapshot before, without their files.
    """

    snapshot: str
    findings: list[Finding]
    checks: list[Check] = field(default_factory=list)
    stale: dict[str, str] = field(default_factory=dict)
    changed: str = ""
    carried: tuple[str, ...] = ()

    @property
    def unexpected(self) -> list[Finding]:
        """Findings about something new in the files."""
        return [finding for finding in self.findings if finding.unexpected]

    @property
    def doubtful(self) -> list[Finding]:
        """Findings about acts that cannot be as printed: the build is sound, and a person should look at them."""
        return [finding for finding in self.findings if finding.reason in doubts.REASONS]


def build(request: Request, progress: Progress | None = None) -> Outcome:
    """Build a snapshot and publish it, whole or not at all; its folders are locked until the end.

    Raises:
        AtalayaError: something stops the build; the published snapshot is unchanged.
        SnapshotError: the snapshot cannot be written.
    """
    # A build from a mirror only does not use the folder of downloads.
    downloads = [request.raw] if request.mirror is None or request.sources else []
    try:
        with locked([request.home, *downloads]):
            clear_staging(request.home)
            for raw in downloads:
                clear(raw)
            return _sent(request, progress) if request.store else _built(request, progress)
    except OSError as error:
        problem = f"a file cannot be read or written, nothing was published ({error})"
        raise PublishError(
            f"{problem}; check permissions and free space, or name other folders with --snapshot or --raw"
        ) from error


def _sent(request: Request, progress: Progress | None) -> Outcome:
    """Build for an object store: from its published snapshot, and back into it."""
    before = stores.current(request.store)
    _refuse_while_another_waits(request.store, request)
    stores.fetch(request.store, request.home)
    outcome = _built(request, progress)
    stores.send(request.store, request.home, outcome.snapshot, before, _showing(request), request.signed)
    return outcome


def _showing(request: Request) -> Showing:
    return Showing(request.not_before, request.by)


def _refuse_while_another_waits(place: str, request: Request) -> None:
    """Refuse to publish at once what would be shown before, or instead of, a snapshot under embargo.

    Raises:
        PublishError: one waits.
    """
    try:
        pointer.settle(place, datetime.now(UTC))
        waiting = pointer.pointer(place).waiting
    except (OSError, ValueError):
        # The first build, or a damaged place, of which the build speaks later.
        return
    if waiting and not request.not_before:
        until = pointer.timestamp(waiting.at)
        raise PublishError(
            f"snapshot {waiting.id} waits until {until}, nothing was published; build with --not-before, "
            "or drop it with 'python -m etl snapshots cancel'"
        )


def _built(request: Request, progress: Progress | None) -> Outcome:
    _refuse_while_another_waits(str(request.home), request)
    known = declarations()
    before = _published(request.home)
    gathered = _gathered(known, request, progress, before)
    try:
        frames, findings = _made(known, gathered)
        package = manifest(known, gathered.files, gathered.parsed, findings)
        _refuse_unbalanced(frames, package)
    except PublishError as error:
        raise unpublished(error, gathered.files, before, request.raw) from error
    results, seen = _compared(frames, package, before, request)
    outcome = Outcome("", findings, results, _stale(gathered.files), summary(seen), carried=_carried(gathered.files))
    _refuse_under_strict(outcome, strict=request.strict)
    accepted = _approval(request) if any(not check.passed for check in results) else Approval()
    read = _kept(known, gathered, frames, findings)
    package |= {"checks": [asdict(check) for check in results]} | accepted.entries()
    package |= {as_read.KEY: as_read.digest(read[as_read.INDEX])}
    name = publish(frames, gathered.shapes, package, request.home, read, _showing(request), request.signed)
    # The page is not part of the snapshot's id: a snapshot without it is complete.
    (request.home / HELD_PAGE).replace(request.home / name / PAGE)
    return replace(outcome, snapshot=name)


def _approval(request: Request) -> Approval:
    return Approval(request.accept, request.by, request.approved_by)


def _made(known: Mapping[str, Declaration], gathered: Gathered) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """The tables, and what a person should look at.

    Raises:
        PublishError: the tables break the contract.
    """
    read = Read(known, {name: [one.parsed for one in files] for name, files in gathered.parsed.items()})
    incomplete = [*wholeness.of_sources(read)]
    frames, made = tables(read)
    findings = merged([*made, *incomplete])
    frames = redistributable(frames, known) | {"countries": gathered.countries, "areas": areas.states()}
    frames = validate.tables(frames)
    validate.boundaries(gathered.shapes)
    validate.unread_labels(findings, {name: sum(one.read for one in parsed) for name, parsed in read.parsed.items()})
    return frames, findings


def _kept(
    known: Mapping[str, Declaration], gathered: Gathered, frames: Mapping[str, pl.DataFrame], findings: list[Finding]
) -> dict[str, bytes]:
    """What the snapshot keeps of the files: the same tables and findings can be made from it again.

    Raises:
        PublishError: they cannot.
    """
    files = as_read.reduced(known, gathered.parsed, frames, areas.state_codes())
    again, found = _made(known, replace(gathered, parsed=files))
    others = beyond(findings, found)
    faults = [f"table {name}" for name, frame in frames.items() if not again[name].equals(frame)]
    faults += ["the accounts"] * (merged([*others, *found]) != findings)
    if faults:
        problem = f"the rows that the snapshot would keep give other results ({', '.join(faults)})"
        raise PublishError(f"{problem}, nothing was published; correct etl/making/needed.py")
    return as_read.kept(known, files, others)


def _published(home: Path) -> Snapshot | None:
    """The published snapshot, which the new one is compared with; None for a first build.

    Raises:
        PublishError: it cannot be read or is damaged; without a comparison, wrong figures could go unnoticed.
    """
    if not (home / POINTER).exists():
        return None
    try:
        return verified(str(home), Snapshot.open(str(home)).id)
    except (FaultError, SnapshotError) as error:
        problem = f"the published snapshot cannot be read, so the new one cannot be compared with it ({error})"
        raise PublishError(f"{problem}; repair it, or delete {home / POINTER} to start over") from error


def _gathered(
    known: Mapping[str, Declaration], request: Request, progress: Progress | None, before: Snapshot | None
) -> Gathered:
    """The files of all sources, and their parsed content.

    Raises:
        FetchError, SourceError: a source has no file that can be read.
    """
    _refuse_unknown(request.sources, known)
    # A manifest without its form says nothing that could be carried over.
    usable = None if before is None or published.malformed(before.manifest) else before
    return gather(known, partial(_ask, request, progress), request.raw, request.today, usable)


def _refuse_unknown(sources: Collection[str], known: Collection[str]) -> None:
    for name in sources:
        if name not in known:
            raise FetchError(f"there is no source {name!r}; the sources are {', '.join(known)}")


def _ask(request: Request, progress: Progress | None, source: Declaration) -> Ask:
    """How to get the files of a source."""
    refresh = not request.sources or source.id in request.sources
    if refresh and request.accept and request.mirror is None:
        take_back(request.raw / source.id)
    return partial(
        fetch, source, request.mirror, raw=request.raw, reports=request.reports, ask=refresh, progress=progress
    )


def _refuse_unbalanced(frames: Mapping[str, pl.DataFrame], package: dict[str, Any]) -> None:
    """Refuse to publish what `python -m etl check` would refuse.

    Raises:
        PublishError: rows of a file are neither in the tables nor set aside.
    """
    lazy = {name: frames[name].lazy() for name in published.LOCATED}
    lost = [
        f"{result.name}: {result.saw}" for result in published.accounts(package["sources"], lazy) if not result.passed
    ]
    if lost:
        raise PublishError(
            f"rows are lost or repeated, nothing was published ({'; '.join(lost)}); correct `parse` or etl/making"
        )


def _compared(
    frames: Mapping[str, pl.DataFrame], package: dict[str, Any], before: Snapshot | None, request: Request
) -> tuple[list[Check], Review]:
    """The results of the checks, and what changed; both are on the build's page, beside the snapshots.

    Raises:
        HeldError: a check failed and no reason to accept it was given.
    """
    seen = _reviewed(frames, before)
    results = [*table_checks.run(frames, package["sources"], before), *seen.checks]
    failed = [result for result in results if not result.passed]
    place = request.home / HELD_PAGE
    place.write_text(page(seen, results, request.accept, _approval(request).names()), encoding="utf-8")
    if failed and not request.accept:
        raise held_error(failed, package["sources"], before, request.raw, place)
    return results, seen


def _reviewed(frames: Mapping[str, pl.DataFrame], before: Snapshot | None) -> Review:
    try:
        return review(frames, before)
    except table_checks.DAMAGED:
        # The check of the previous snapshot fails too, and stops the build.
        return review(frames, None)


def _stale(files: Mapping[str, SourceFiles]) -> dict[str, str]:
    return {name: one.problem for name, one in files.items() if one.status == "stale"}


def _carried(files: Mapping[str, SourceFiles]) -> tuple[str, ...]:
    return tuple(name for name, one in files.items() if not one.files and one.status in (CARRIED_OVER, "stale"))


def _refuse_under_strict(outcome: Outcome, *, strict: bool) -> None:
    if strict and outcome.stale:
        problems = "; ".join(outcome.stale.values())
        raise PublishError(f"--strict: {len(outcome.stale)} source(s) are stale, nothing was published ({problems})")
    if strict and outcome.unexpected:
        problem = f"--strict: {len(outcome.unexpected)} kind(s) of rows were not recognized, nothing was published"
        raise PublishError(problem, outcome.unexpected)
