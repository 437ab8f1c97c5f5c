"""The raw files of a source: asked from its publisher, held from before, or found in a mirror folder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from rich.progress import Progress

from data.report import store
from data.reviewed import REFERENCE
from etl.answers import Body, Fetched, Publisher, unodc_files, worldbank_v2
from etl.config import Limits, user_agent
from etl.declaration import Declaration
from etl.download import Server, open_session
from etl.errors import FetchError
from etl.kept import held, keep
from etl.mirror import mirrored
from etl.rawfile import RawFile
from etl.sdg_api import unsd_series

__all__ = ["Held", "RawFile", "fetch"]

Fetcher = Callable[[Publisher, Declaration], Fetched]
Getter = Callable[[str, Mapping[str, str]], Body | None]
FETCHERS: dict[str, Fetcher] = {
    "unodc_files": unodc_files,
    "worldbank_v2": worldbank_v2,
    "unsd_series": lambda publisher, source: unsd_series(publisher, source, [file.name for file in publisher.held]),
}


@dataclass(frozen=True)
class Held:
    """The raw files of a source, and how fresh they are.

    Attributes:
        files: every one held, each content once.
        status: one of `data.columns.FRESHNESS`.
        tried: when the publisher was last asked (ISO 8601, UTC), or None.
        problem: why a stale source is stale, in words.
        new: the names of the files that this build downloaded first.
    """

    files: list[RawFile]
    status: str
    tried: str | None = None
    problem: str = ""
    new: frozenset[str] = field(default_factory=frozenset)


def fetch(
    declaration: Declaration,
    mirror: Path | None,
    *,
    raw: Path,
    reports: Path = store.REPORTS,
    ask: bool = True,
    unread: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Held:
    """Every raw file of a source, the newest release included, each content once.

    A publisher that cannot be reached leaves what is held in use, as `stale`.

    Args:
        declaration: the source.
        mirror: a folder that stands in for the publisher (then nothing is asked, nothing is written), or None.
        raw: the folder of kept downloads; this source's lie in `raw/<id>/`, earlier releases beside newer ones.
        reports: the folder of accepted reports.
        ask: whether to ask the publisher; else what is held serves, or the mirror where nothing is.
        unread: addresses whose files turned out to be none that can be read, and why; they are not asked again.
        limits: how to ask; by default patiently, one request at a time.
        progress: a bar that gets a task per download.

    Raises:
        FetchError: nothing is held and the publisher cannot be reached, or a file is missing (names source, address
            and remedy).
    """
    folder = raw / declaration.id
    if declaration.fetch == "reference":
        return Held([_own(declaration, name) for name in declaration.mirror], "reference")
    if declaration.fetch == "reports":
        return Held([RawFile(declaration.id, path.name, path.read_bytes()) for path in store.paths(reports)], "sent")
    if not ask and (files := held(declaration, folder)):
        return Held(files, "frozen" if declaration.frozen else "not_asked")
    if mirror is not None:
        return Held(mirrored(declaration, mirror), "mirror")
    if fetcher := FETCHERS.get(declaration.fetch):
        server = Server(declaration.id, open_session(limits, user_agent()), limits, progress)
        return _asked(declaration, fetcher, _sparing(server.get, unread or {}), folder)
    return Held(_required(declaration, folder), "frozen")


def _sparing(get: Getter, unread: Mapping[str, str]) -> Getter:
    """The same, but for the addresses that are known to give nothing that can be read."""

    def spared(address: str, headers: Mapping[str, str]) -> Body | None:
        # The address of a page begins with that of the whole.
        if problem := next((why for known, why in unread.items() if address.startswith(known)), None):
            raise FetchError(problem)
        return get(address, headers)

    return spared


def _asked(declaration: Declaration, fetcher: Fetcher, get: Getter, folder: Path) -> Held:
    before = held(declaration, folder)
    tried = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        fetched = fetcher(Publisher(declaration.id, get, before), declaration)
        kept = [keep(file, folder) for file in fetched.files]
    except FetchError as error:
        if not before:
            raise
        return Held(before, "stale", tried, str(error))
    # All that is held, not the new files alone: figures of earlier releases are shown beside the newest.
    new = frozenset(file.name for file in kept) - {file.name for file in before}
    files = held(declaration, folder)
    # Under a name that no pattern knows it would be kept, and never read.
    if unread := sorted({file.name for file in kept if file.sha256 not in {one.sha256 for one in files}}):
        problem = f"source {declaration.id}: {', '.join(unread)} has a name that is not declared; extend `mirror`"
        if not before:
            raise FetchError(problem)
        return Held(before, "stale", tried, problem)
    return Held(files, "stale" if fetched.behind else "fresh", tried, fetched.behind, new)


def _required(declaration: Declaration, folder: Path) -> list[RawFile]:
    files = held(declaration, folder)
    if not files:
        wanted = " and ".join(PurePosixPath(pattern).name for pattern in declaration.mirror)
        raise FetchError(
            f"source {declaration.id}: it is frozen and has no live address; get {wanted} from {declaration.publisher} "
            f"({declaration.landing_page}) and put it in {folder}, or name a folder with --mirror"
        )
    return files


def _own(declaration: Declaration, name: str) -> RawFile:
    """A file of facts that this project transcribed and keeps itself."""
    return RawFile(declaration.id, name, (REFERENCE / name).read_bytes())
