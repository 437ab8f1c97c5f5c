"""The raw files of a source: downloaded now, downloaded earlier, or from a mirror folder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from rich.progress import Progress

from data.report import store
from data.reviewed import REFERENCE
from etl.cases import source as registries
from etl.errors import FetchError
from etl.fetching.download import DownloadLimits, Server, open_session, user_agent
from etl.fetching.publishers import Body, Fetched, Publisher
from etl.fetching.raw import RawFile, Receipt, mirrored, offered
from etl.fetching.store import keep, stored_files
from etl.source_declaration import LIVE, REGISTRY, REPORTS, Declaration

__all__ = ["RawFile", "SourceFiles", "fetch"]

# The status of a source whose rows come from the published snapshot, and of files from a mirror folder.
CARRIED_OVER = "carried_over"
MIRROR = "mirror"

Getter = Callable[[str, Mapping[str, str]], Body | None]


@dataclass(frozen=True)
class SourceFiles:
    """The raw files of a source, and how current they are.

    Attributes:
        files: all files that we have, without duplicates; none if the published snapshot's rows are used instead.
        status: one of `data.columns.FRESHNESS`.
        tried: the time of the last request to the publisher (ISO 8601, UTC), or None.
        problem: why a source is stale, in words.
        new: the names of files that this build downloaded for the first time.
        carried: the receipts of files whose rows come from the published snapshot, if they are not parsed (polygons).
    """

    files: list[RawFile]
    status: str
    tried: str | None = None
    problem: str = ""
    new: frozenset[str] = field(default_factory=frozenset)
    carried: tuple[Receipt, ...] = ()

    @property
    def receipts(self) -> tuple[Receipt, ...]:
        """The manifest's entries for the files, those that are not at hand last."""
        return (*(file.receipt for file in self.files), *self.carried)


def fetch(
    declaration: Declaration,
    mirror: Path | None,
    *,
    raw: Path,
    reports: Path = store.REPORTS,
    ask: bool = True,
    published: bool = False,
    unread: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    limits: DownloadLimits = DownloadLimits(),  # noqa: B008 - frozen
) -> SourceFiles:
    """All raw files of a source, including the newest release, without duplicates.

    If a publisher cannot be reached, earlier downloads are used, or the published snapshot's rows; the status is then
    `stale`. A frozen source whose files are not at hand is carried over from the published snapshot, and so is a source
    that need not be asked.

    Args:
        declaration: the source.
        mirror: a folder to use instead of the publisher (nothing is requested or written), or None.
        raw: the folder of downloads; this source's are in `raw/<id>/`, with earlier releases.
        reports: the folder of accepted reports.
        ask: whether to ask the publisher; otherwise the published snapshot's rows are used, and without one earlier
            downloads, or else the mirror.
        published: whether the published snapshot has the source's rows, to be used instead of files.
        unread: addresses of files that could not be read, and why; they are not requested again.
        limits: limits of downloads; the defaults are patient.
        progress: a progress bar, which gets a task for each download.

    Raises:
        FetchError: there are no earlier downloads and the publisher cannot be reached, or a file is missing; the text
            names source, address and remedy.
    """
    folder = raw / declaration.id
    if declaration.own or declaration.fetch in (REPORTS, REGISTRY):
        return _of_this_project(declaration, reports)
    if published and not (ask and _at_hand(declaration, mirror, folder)):
        return SourceFiles([], CARRIED_OVER)
    if not ask and (files := stored_files(declaration, folder)):
        return SourceFiles(files, "frozen" if declaration.frozen else "not_asked")
    if mirror is not None:
        return SourceFiles(mirrored(declaration, mirror), MIRROR)
    if declaration.fetch == LIVE:
        server = Server(declaration.id, open_session(limits, user_agent()), limits, progress)
        return _downloaded(declaration, _without_unread(server.get, unread or {}), folder, published=published)
    return SourceFiles(_required(declaration, folder), "frozen")


def _of_this_project(declaration: Declaration, reports: Path) -> SourceFiles:
    """The files that every clone has: transcribed facts, accepted reports, or the releases of a case register."""
    if declaration.own:
        return SourceFiles(
            [RawFile(declaration.id, name, (REFERENCE / name).read_bytes()) for name in declaration.mirror], "reference"
        )
    if declaration.fetch == REGISTRY:
        tables = registries.files(declaration.id, registries.REGISTRIES)
        return SourceFiles([RawFile(declaration.id, path, content) for path, content in tables], "sent")
    return SourceFiles([RawFile(declaration.id, path.name, path.read_bytes()) for path in store.paths(reports)], "sent")


def _at_hand(declaration: Declaration, mirror: Path | None, folder: Path) -> bool:
    """Whether a source has files here, or a publisher to ask."""
    if not declaration.frozen:
        return True
    return offered(declaration, mirror) if mirror else bool(stored_files(declaration, folder))


def _without_unread(get: Getter, unread: Mapping[str, str]) -> Getter:
    """A getter that refuses the addresses of unreadable files."""

    def get_readable(address: str, headers: Mapping[str, str]) -> Body | None:
        # The address of a page begins with that of the whole file.
        if problem := next((why for known, why in unread.items() if address.startswith(known)), None):
            raise FetchError(problem)
        return get(address, headers)

    return get_readable


def _downloaded(declaration: Declaration, get: Getter, folder: Path, *, published: bool) -> SourceFiles:
    before = stored_files(declaration, folder)
    tried = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        fetched: Fetched = declaration.module.fetch(Publisher(declaration.id, get, before), declaration)
        stored = [keep(file, folder) for file in fetched.files]
    except FetchError as error:
        if not (before or published):
            raise
        return SourceFiles(before, "stale", tried, str(error))
    # All stored files, as figures of earlier releases are shown too.
    new = frozenset(file.name for file in stored) - {file.name for file in before}
    files = stored_files(declaration, folder)
    # A file whose name matches no pattern would be stored and never read.
    if unread := sorted({file.name for file in stored if file.sha256 not in {one.sha256 for one in files}}):
        problem = (
            f"source {declaration.id}: no pattern of `mirror` matches {', '.join(unread)}; add one to its declaration"
        )
        if not (before or published):
            raise FetchError(problem)
        return SourceFiles(before, "stale", tried, problem)
    return SourceFiles(files, "stale" if fetched.behind else "fresh", tried, fetched.behind, new)


def _required(declaration: Declaration, folder: Path) -> list[RawFile]:
    files = stored_files(declaration, folder)
    if not files:
        names = " and ".join(PurePosixPath(pattern).name for pattern in declaration.mirror)
        raise FetchError(
            f"source {declaration.id}: it is frozen and cannot be downloaded; get {names} from "
            f"{declaration.publisher} ({declaration.landing_page}) and put it in {folder}, or name a folder that has "
            "it with --mirror"
        )
    return files
