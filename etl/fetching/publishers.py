"""Tools for the `fetch` functions of sources: request JSON and files from a publisher, one address at a time.

No connection is opened here: a `Publisher` gets a function that downloads the bytes at an address.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from etl.errors import FetchError
from etl.fetching.raw import RawFile, nameable

# Far above what any source has; more would take days.
MOST_PAGES = 500
# How many characters of a publisher's text an error quotes.
LONGEST_WORD = 80


def refused(source: str, address: str, problem: str) -> FetchError:
    """An error that names source, address and remedy."""
    remedy = "try again later, or build from a folder of the publisher's files with --mirror"
    return FetchError(f"source {source}, {address}: {problem}; {remedy}")


class Fetched(NamedTuple):
    """The files from a publisher, and why they may not be its newest (empty if they are)."""

    files: list[RawFile]
    behind: str = ""


class Body(NamedTuple):
    """A complete answer, with its ETag and Last-Modified (empty if it has none)."""

    content: bytes
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True)
class Publisher:
    """The publisher of a source, and the files downloaded from it earlier.

    Attributes:
        get: downloads the body at an address, with headers; None if it is not modified; raises FetchError.
        stored: the files from earlier downloads.
    """

    source: str
    get: Callable[[str, Mapping[str, str]], Body | None]
    stored: Sequence[RawFile] = ()

    def refused(self, address: str, problem: str) -> FetchError:
        """An error that names source, address and remedy."""
        return refused(self.source, address, problem)

    def json(self, address: str) -> dict[str, Any] | list[Any]:
        """The JSON at an address."""
        body = self.get(address, {})
        try:
            # Some portals put a byte-order mark before the JSON, or pad it with NUL.
            answer: dict[str, Any] | list[Any] = json.loads(
                body.content.strip(b"\0").decode("utf-8-sig") if body else ""
            )
        except (ValueError, RecursionError) as error:
            raise self.refused(address, f"the answer is not JSON ({error})") from error
        return answer

    def file(self, address: str) -> RawFile:
        """The file at an address, named as there; the earlier download if the publisher says it is unchanged."""
        known = max(
            (file for file in self.stored if file.address == address and (file.etag or file.modified)),
            key=lambda file: file.retrieved or "",
            default=None,
        )
        name = PurePosixPath(unquote(urlsplit(address).path)).name
        if not nameable(name):
            raise self.refused(address, f"{name[:LONGEST_WORD]!a} cannot be a file's name")
        body = self.get(address, _unless(known))
        if body is None and known:
            return known
        if body is None:
            raise self.refused(address, "it says the file is not modified, but there is no earlier download")
        return RawFile(self.source, name, body.content, address, now(), body.etag, body.modified)


def _unless(known: RawFile | None) -> dict[str, str]:
    """Headers to request a file only if it has changed."""
    marks = {"If-None-Match": known.etag, "If-Modified-Since": known.modified} if known else {}
    return {name: mark for name, mark in marks.items() if mark}


def now() -> str:
    """The current time (ISO 8601, UTC, to the second)."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def refuse_endless(publisher: Publisher, address: str, pages: int, total: int, first: int) -> None:
    """Refuse more pages than the announced rows need, or than `MOST_PAGES`.

    Args:
        pages, total: the announced number of pages, and of rows.
        first: the number of rows on the first page.

    Raises:
        FetchError: there are too many pages; the text has the numbers.
    """
    announced = f"it announces {pages:,} pages for {total:,} rows, with {first:,} on the first"
    if pages > max(1, -(-total // max(1, first))):
        raise publisher.refused(address, f"{announced}, which does not add up")
    if pages > MOST_PAGES:
        raise publisher.refused(address, f"{announced}; at most {MOST_PAGES} pages are requested")


def compact_json(publisher: Publisher, address: str, whole: object) -> bytes:
    """An answer as compact JSON in the order received, so that equal answers are equal bytes and stored once.

    Raises:
        FetchError: it has a lone surrogate, which cannot be encoded.
    """
    try:
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError as error:
        raise publisher.refused(address, f"the answer has a character that cannot be encoded ({error})") from error
