"""Raw files from the publishers, or from a mirror folder; the only module that opens a network connection."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from rich.progress import Progress
from urllib3 import Retry
from urllib3.exceptions import HTTPError

from etl.config import USER_AGENT, Limits
from etl.declaration import Declaration
from etl.errors import FetchError
from etl.rawfile import RawFile, held, keep, mirrored

__all__ = ["RawFile", "fetch", "open_session"]

# What passes by itself; any other refusal would only be repeated.
REPEATED_STATUS = (429, 500, 502, 503, 504)
CHUNK = 1 << 16
HTML_STARTS = (b"<!doctype html", b"<html")
# A file list is read to its end, but never round in circles.
LONGEST_LIST = 20


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
class _Publisher:
    """One publisher's server: whole answers, or a FetchError that names source, address and remedy."""

    source: str
    session: requests.Session
    limits: Limits
    progress: Progress | None

    def refused(self, address: str, problem: str) -> FetchError:
        """An error that names source, address and remedy."""
        remedy = "try again later, or build from a folder of the publisher's files with --mirror"
        return FetchError(f"source {self.source}, {address}: {problem}; {remedy}")

    def get(self, address: str) -> bytes:
        """The whole body at an address, decompressed; never an error page in its place."""
        try:
            with self.session.get(address, timeout=(self.limits.connect, self.limits.read), stream=True) as response:
                if not response.ok:
                    raise self.refused(address, f"HTTP {response.status_code} {response.reason}")
                body = self._body(response, address)
        except (requests.RequestException, HTTPError) as error:
            raise self.refused(address, f"no whole answer ({error})") from error
        if not body.strip():
            raise self.refused(address, "the answer is empty")
        # A portal that is down or wants a login answers 200 with a page of its own.
        if body[:200].lstrip().lower().startswith(HTML_STARTS):
            raise self.refused(address, "the answer is an HTML page in place of the file")
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
                    raise self.refused(address, f"the answer is larger than {self.limits.max_bytes:,} bytes")
                if time.monotonic() - begun > self.limits.deadline:
                    raise self.refused(address, f"the download took longer than {self.limits.deadline:g} seconds")
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

    def json(self, address: str) -> dict[str, Any] | list[Any]:
        """The JSON at an address."""
        try:
            # A byte-order mark before the JSON is no error.
            answer: dict[str, Any] | list[Any] = json.loads(self.get(address).decode("utf-8-sig"))
        except ValueError as error:
            raise self.refused(address, f"the answer is no JSON ({error})") from error
        return answer

    def file(self, address: str) -> RawFile:
        """The file at an address, under the name it has there."""
        name = PurePosixPath(unquote(urlsplit(address).path)).name
        return RawFile(self.source, name, self.get(address), address, _today())


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _listed_workbooks(publisher: _Publisher, address: str) -> Iterator[tuple[datetime, str]]:
    """When each workbook of a JSON:API file list was changed, and its whole address; follows the list's pages."""
    page: str | None = address
    for _ in range(LONGEST_LIST):
        if page is None:
            return
        listing = publisher.json(page)
        if not isinstance(listing, dict):
            raise publisher.refused(page, "the file list has another form")
        try:
            for item in listing["data"]:
                attributes = item["attributes"]
                if (path := attributes["uri"]["url"]).lower().endswith(".xlsx"):
                    yield datetime.fromisoformat(attributes["changed"]), urljoin(page, path)
            following = (listing.get("links") or {}).get("next")
            page = urljoin(page, following["href"]) if following else None
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise publisher.refused(page or address, f"the file list has another form ({error!r})") from error


def _newest_workbook(publisher: _Publisher, address: str) -> str:
    try:
        listed = list(_listed_workbooks(publisher, address))
        return max(listed)[1]
    except TypeError as error:
        raise publisher.refused(address, "the file list mixes dates with and without time zone") from error
    except ValueError as error:
        raise publisher.refused(address, "the file list names no workbook") from error


def _unodc_files(publisher: _Publisher, declaration: Declaration) -> RawFile:
    """The newest workbook of the file list; when the list fails, the legacy address."""
    listing, legacy = declaration.addresses
    try:
        newest = _newest_workbook(publisher, listing)
    except FetchError as refusal:
        try:
            return publisher.file(legacy)
        except FetchError as second:
            raise FetchError(f"{second} (before that, {refusal})") from second
    return publisher.file(newest)


def _indicator_page(publisher: _Publisher, address: str) -> tuple[dict[str, Any], list[Any]]:
    """Meta and rows of one page of the World Bank's v2 API, whose refusals come with HTTP 200."""
    answer = publisher.json(address)
    match answer:
        case [{"message": [*messages]}]:
            said = "; ".join(f"error {m.get('id')}: {m.get('value')}" for m in messages if isinstance(m, dict))
            raise publisher.refused(address, f"{said} (one unknown country code refuses the whole call)")
        case [dict(meta), None]:
            raise publisher.refused(address, f"the answer holds no rows (total {meta.get('total')})")
        case [{"pages": pages, "total": total} as meta, [*rows]] if f"{pages}{total}".isdigit():
            return {**meta, "pages": int(pages), "total": int(total)}, rows
    raise publisher.refused(address, "the answer is not of the form [meta, rows]")


def _worldbank_v2(publisher: _Publisher, declaration: Declaration) -> RawFile:
    """Every page of the answer as one file of the same form, `[meta, rows]`."""
    address = declaration.addresses[0]
    meta, rows = _indicator_page(publisher, address)
    for number in range(2, meta["pages"] + 1):
        page = f"{address}{'&' if '?' in address else '?'}page={number}"
        further, more = _indicator_page(publisher, page)
        if further.get("lastupdated") != meta.get("lastupdated"):
            raise publisher.refused(page, "the publisher updated the figures between two pages")
        rows = rows + more
    if len(rows) != meta["total"]:
        raise publisher.refused(address, f"{len(rows)} rows came where {meta['total']} were announced")
    whole = [{**meta, "pages": 1}, rows]
    content = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
    return RawFile(declaration.id, f"{declaration.id}_{meta.get('lastupdated')}.json", content, address, _today())


FETCHERS = {"unodc_files": _unodc_files, "worldbank_v2": _worldbank_v2}


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
        publisher = _Publisher(declaration.id, session or open_session(limits), limits, progress)
        keep(fetcher(publisher, declaration), folder)
    files = held(declaration, folder)
    if not files:
        wanted = " and ".join(PurePosixPath(pattern).name for pattern in declaration.mirror)
        raise FetchError(
            f"source {declaration.id}: it is frozen and has no live address; get {wanted} from {declaration.publisher} "
            f"({declaration.landing_page}) and put it in {folder}, or name a folder with --mirror"
        )
    return files
