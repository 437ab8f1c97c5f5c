"""Download from publishers' servers, complete answers only; the only module that opens a network connection."""

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from rich.progress import Progress
from urllib3 import Retry
from urllib3.exceptions import HTTPError

from etl.fetching.publishers import Body, refused

CONTACT_VARIABLE = "ATALAYA_CONTACT"
PROJECT = "open observatory on trafficking in persons in the Americas"


@dataclass(frozen=True)
class DownloadLimits:
    """How long and how much a download may take; times in seconds, sizes in bytes.

    Attributes:
        connect, read: the longest wait for a connection, and for the next bytes.
        deadline: the longest time for a whole body; `read` does not limit a slow trickle.
        max_bytes: the largest file accepted, after decompression.
        retries, backoff: how often a failed request is repeated, and the first pause (doubled each time).
        longest_pause: the longest `Retry-After` of a publisher that is respected.
        pause: the least time between two requests to one server.
    """

    connect: float = 10.0
    read: float = 30.0
    deadline: float = 300.0
    max_bytes: int = 200_000_000
    retries: int = 4
    backoff: float = 1.0
    longest_pause: int = 60
    pause: float = 0.5


def user_agent(environment: Mapping[str, str] = os.environ) -> str:
    """The User-Agent of this project, with a contact (`ATALAYA_CONTACT`) if one is set."""
    # Characters that a header cannot have would make every request fail.
    contact = " ".join(environment.get(CONTACT_VARIABLE, "").encode("latin-1", "replace").decode("latin-1").split())
    return f"Atalaya/0.1 ({PROJECT}{f'; contact: {contact}' * bool(contact)})"


@dataclass
class Transfer:
    """One body being received, in several answers if the connection breaks."""

    received: bytearray = field(default_factory=bytearray)
    # Seconds of receiving, without the pauses in between.
    spent: float = 0.0
    etag: str = ""
    modified: str = ""
    resumable: bool = False

    def headers(self) -> dict[str, str]:
        """Headers to request only the rest, if the file has not changed."""
        # A weak tag does not guarantee equal bytes.
        mark = self.modified if self.etag.startswith("W/") or not self.etag else self.etag
        if not (self.received and self.resumable and mark):
            return {}
        return {"Range": f"bytes={len(self.received)}-", "If-Range": mark}

    def unfit(self, status: int, answered: Mapping[str, str], *, requested: bool) -> str:
        """Why a partial answer is not the requested rest; empty if it is, or if the answer is the whole file.

        Args:
            requested: whether the rest was requested.
        """
        if status != HTTPStatus.PARTIAL_CONTENT:
            return ""
        if not requested:
            return "HTTP 206: a part of the file, though the whole file was requested"
        stated = answered.get("Content-Range", "")
        place = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", stated.strip())
        if place and int(place[1]) == len(self.received):
            return ""
        return f"HTTP 206: expected the rest from byte {len(self.received)}, got {stated or 'an unnamed part'}"

    def begin(self, status: int, answered: Mapping[str, str]) -> None:
        """Note a new answer; bytes received before are kept only if this is the rest."""
        if status != HTTPStatus.PARTIAL_CONTENT:
            self.received.clear()
        self.etag, self.modified = (answered.get(name, "") for name in ("ETag", "Last-Modified"))
        # In a compressed body, byte positions are not those of the file.
        self.resumable = answered.get("Accept-Ranges") == "bytes" and "Content-Encoding" not in answered


# Temporary failures; retrying others is useless.
REPEATED_STATUS = (429, 500, 502, 503, 504)
# Small enough to check size and deadline often at any speed.
CHUNK = 1 << 16
WHOLE_OR_REST = (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT)
HTML_STARTS = (b"<!doctype html", b"<html")
# The last two: an address or a header of the answer is invalid (a redirect to `http://[`, a year of ten digits).
CUT = (requests.RequestException, HTTPError, ValueError, OverflowError)


def open_session(limits: DownloadLimits, user_agent: str) -> requests.Session:
    """A session with our User-Agent that retries failed requests and respects `Retry-After`."""
    retry = Retry(
        total=limits.retries,
        backoff_factor=limits.backoff,
        status_forcelist=REPEATED_STATUS,
        allowed_methods=("GET",),
        # Return the last answer, so that the error can name its status.
        raise_on_status=False,
        retry_after_max=limits.longest_pause,
    )
    session = requests.Session()
    session.headers["User-Agent"] = user_agent
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    return session


@dataclass
class Server:
    """The server of a source's publisher: complete answers, one request at a time."""

    source: str
    session: requests.Session
    limits: DownloadLimits
    progress: Progress | None = None
    _last_request: dict[str, float] = field(default_factory=dict)

    def get(self, address: str, headers: Mapping[str, str]) -> Body | None:
        """Get the body at an address, decompressed and never an error page; None if it is not modified.

        If the connection breaks, the rest is requested, or the whole if the publisher does not support that.

        Raises:
            FetchError: there is no complete answer; the text names source, address and remedy.
        """
        transfer, retries = Transfer(), self.limits.retries
        while True:
            try:
                return self._whole(address, headers, transfer)
            except CUT as error:
                # If no byte was received, the session has retried enough.
                if retries < 1 or not transfer.received:
                    raise refused(self.source, address, f"no complete answer ({error})") from error
                retries -= 1

    def _whole(self, address: str, headers: Mapping[str, str], transfer: Transfer) -> Body | None:
        self._wait(address)
        timeout = (self.limits.connect, self.limits.read)
        sent = {**headers, **transfer.headers()}
        with self.session.get(address, headers=sent, timeout=timeout, stream=True) as response:
            if response.status_code == HTTPStatus.NOT_MODIFIED and headers:
                return None
            if response.status_code not in WHOLE_OR_REST:
                raise refused(self.source, address, f"HTTP {response.status_code} {response.reason}")
            if problem := transfer.unfit(response.status_code, response.headers, requested="Range" in sent):
                raise refused(self.source, address, problem)
            transfer.begin(response.status_code, response.headers)
            self._read(response, address, transfer)
        return self._sound(address, Body(bytes(transfer.received), transfer.etag, transfer.modified))

    def _wait(self, address: str) -> None:
        """Pause between two requests to one server."""
        host = urlsplit(address).netloc
        since = time.monotonic() - self._last_request.get(host, float("-inf"))
        time.sleep(max(0.0, self.limits.pause - since))
        self._last_request[host] = time.monotonic()

    def _read(self, response: requests.Response, address: str, transfer: Transfer) -> None:
        begun = time.monotonic() - transfer.spent
        with self._reported(response) as report:
            # `read1` returns what has arrived; `iter_content` would wait for a full chunk, past any deadline.
            while chunk := response.raw.read1(CHUNK, decode_content=True):
                transfer.received += chunk
                report(len(chunk))
                if len(transfer.received) > self.limits.max_bytes:
                    raise refused(self.source, address, f"the answer is larger than {self.limits.max_bytes:,} bytes")
                transfer.spent = time.monotonic() - begun
                if transfer.spent > self.limits.deadline:
                    problem = f"the download took longer than {self.limits.deadline:g} seconds"
                    raise refused(self.source, address, problem)

    def _sound(self, address: str, body: Body) -> Body:
        # An empty file would be taken for a release.
        if not body.content.strip():
            raise refused(self.source, address, "the answer is empty")
        # A portal that is down or wants a login answers 200 with an HTML page.
        if body.content[:200].lstrip().lower().startswith(HTML_STARTS):
            raise refused(self.source, address, "the answer is an HTML page instead of the file")
        return body

    @contextmanager
    def _reported(self, response: requests.Response) -> Iterator[Callable[[int], None]]:
        if self.progress is None:
            yield lambda _: None
            return
        stated = response.headers.get("Content-Length", "")
        # The length of a compressed body is not that of the file, and would mislead the progress bar.
        known = stated.isdecimal() and "Content-Encoding" not in response.headers
        task = self.progress.add_task(self.source, total=int(stated) if known else None)
        progress = self.progress
        yield lambda size: progress.advance(task, size)
