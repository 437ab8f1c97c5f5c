"""Raw files from the publishers, or from a mirror folder; the only module that opens a network connection."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import requests
from requests.adapters import HTTPAdapter
from rich.progress import Progress
from urllib3 import Retry
from urllib3.exceptions import HTTPError

from etl.answers import FETCHERS, Publisher, refused
from etl.config import USER_AGENT, Limits
from etl.declaration import Declaration
from etl.errors import FetchError
from etl.kept import held, keep
from etl.rawfile import RawFile, mirrored

__all__ = ["RawFile", "fetch", "open_session"]

# What passes by itself; any other refusal would only be repeated.
REPEATED_STATUS = (429, 500, 502, 503, 504)
# Small enough that size and deadline are looked at often, whatever the speed.
CHUNK = 1 << 16
HTML_STARTS = (b"<!doctype html", b"<html")


def open_session(limits: Limits) -> requests.Session:
    """A session that names the project, repeats failed requests and heeds `Retry-After`."""
    retry = Retry(
        total=limits.retries,
        backoff_factor=limits.backoff,
        status_forcelist=REPEATED_STATUS,
        allowed_methods=("GET",),
        # The last answer itself, so that the error can say its status.
        raise_on_status=False,
        retry_after_max=limits.longest_pause,
    )
    session = requests.Session()
    session.headers["User-Agent"] = USER_AGENT
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    return session


@dataclass(frozen=True)
class _Server:
    """One publisher's server: whole answers, or a FetchError that names source, address and remedy."""

    source: str
    session: requests.Session
    limits: Limits
    progress: Progress | None

    def get(self, address: str) -> bytes:
        """The whole body at an address, decompressed; never an error page in its place."""
        try:
            with self.session.get(address, timeout=(self.limits.connect, self.limits.read), stream=True) as response:
                if not response.ok:
                    raise refused(self.source, address, f"HTTP {response.status_code} {response.reason}")
                body = self._body(response, address)
        except (requests.RequestException, HTTPError) as error:
            raise refused(self.source, address, f"no whole answer ({error})") from error
        # Kept, an empty file would pass for a release.
        if not body.strip():
            raise refused(self.source, address, "the answer is empty")
        # A portal that is down or wants a login answers 200 with a page of its own.
        if body[:200].lstrip().lower().startswith(HTML_STARTS):
            raise refused(self.source, address, "the answer is an HTML page in place of the file")
        return body

    def _body(self, response: requests.Response, address: str) -> bytes:
        begun = time.monotonic()
        body = bytearray()
        with self._reported(response) as report:
            # `read1` returns what has arrived; `iter_content` would wait for a full chunk, past any deadline.
            while chunk := response.raw.read1(CHUNK, decode_content=True):
                body += chunk
                report(len(chunk))
                if len(body) > self.limits.max_bytes:
                    raise refused(self.source, address, f"the answer is larger than {self.limits.max_bytes:,} bytes")
                if time.monotonic() - begun > self.limits.deadline:
                    raise refused(
                        self.source, address, f"the download took longer than {self.limits.deadline:g} seconds"
                    )
        return bytes(body)

    @contextmanager
    def _reported(self, response: requests.Response) -> Iterator[Callable[[int], None]]:
        if self.progress is None:
            yield lambda _: None
            return
        stated = response.headers.get("Content-Length", "")
        # A compressed body's length is not that of the file, so it would mislead the bar.
        known = stated.isdigit() and "Content-Encoding" not in response.headers
        task = self.progress.add_task(self.source, total=int(stated) if known else None)
        progress = self.progress
        yield lambda size: progress.advance(task, size)


def fetch(
    declaration: Declaration,
    mirror: Path | None,
    *,
    raw: Path,
    session: requests.Session | None = None,
    progress: Progress | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> list[RawFile]:
    """Every raw file held of a source, the newest release included, each content once.

    Args:
        declaration: the source.
        mirror: a folder that stands in for the publisher (then nothing is asked, nothing is written), or None.
        raw: the folder of kept downloads; this source's lie in `raw/<id>/`, earlier releases beside newer ones.
        session, limits: how to ask; by default patiently, one request at a time.
        progress: a bar that gets a task per download.

    Raises:
        FetchError: a file is missing, or the publisher's answer is none (names source, address and remedy).
    """
    if mirror is not None:
        return mirrored(declaration, mirror)
    folder = raw / declaration.id
    if fetcher := FETCHERS.get(declaration.fetch):
        server = _Server(declaration.id, session or open_session(limits), limits, progress)
        keep(fetcher(Publisher(declaration.id, server.get), declaration), folder)
    # All that is held, not the new file alone: figures of earlier releases are shown beside the newest.
    files = held(declaration, folder)
    if not files:
        wanted = " and ".join(PurePosixPath(pattern).name for pattern in declaration.mirror)
        raise FetchError(
            f"source {declaration.id}: it is frozen and has no live address; get {wanted} from {declaration.publisher} "
            f"({declaration.landing_page}) and put it in {folder}, or name a folder with --mirror"
        )
    return files
