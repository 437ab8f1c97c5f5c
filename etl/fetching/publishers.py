"""A publisher that is asked for files, one address at a time; each source asks in its own way (`fetch` of its module).

No connection is opened here: a `Publisher` is given the function that fetches the bytes at an address.
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

# Far above what any source has; a publisher that announces more would be asked for days.
MOST_PAGES = 500
# How much of a publisher's words an error repeats.
LONGEST_WORD = 80


def refused(source: str, address: str, problem: str) -> FetchError:
    """An error that names source, address and remedy."""
    remedy = "try again later, or build from a folder of the publisher's files with --mirror"
    return FetchError(f"source {source}, {address}: {problem}; {remedy}")


class Fetched(NamedTuple):
    """The files that a publisher gave, and why they may not be its newest (empty where they are)."""

    files: list[RawFile]
    behind: str = ""


class Body(NamedTuple):
    """A whole answer, with the publisher's own marks of its content (empty where it gave none)."""

    content: bytes
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True)
class Publisher:
    """One source's publisher, and the files kept from it.

    Attributes:
        get: fetches the body at an address with the headers given, None where it is not modified; raises a FetchError.
        held: the files kept from earlier downloads.
    """

    source: str
    get: Callable[[str, Mapping[str, str]], Body | None]
    held: Sequence[RawFile] = ()

    def refused(self, address: str, problem: str) -> FetchError:
        """An error that names source, address and remedy."""
        return refused(self.source, address, problem)

    def json(self, address: str) -> dict[str, Any] | list[Any]:
        """The JSON at an address."""
        body = self.get(address, {})
        try:
            # A byte-order mark before the JSON is no error, and some portals pad it with NUL.
            answer: dict[str, Any] | list[Any] = json.loads(
                body.content.strip(b"\0").decode("utf-8-sig") if body else ""
            )
        except (ValueError, RecursionError) as error:
            raise self.refused(address, f"the answer is no JSON ({error})") from error
        return answer

    def file(self, address: str) -> RawFile:
        """The file at an address, under the name it has there; the one held, if the publisher says it is the same."""
        known = max(
            (file for file in self.held if file.address == address and (file.etag or file.modified)),
            key=lambda file: file.retrieved or "",
            default=None,
        )
        name = PurePosixPath(unquote(urlsplit(address).path)).name
        if not nameable(name):
            raise self.refused(address, f"no file can be kept under its name {name[:LONGEST_WORD]!a}")
        body = self.get(address, _unless(known))
        if body is None and known:
            return known
        if body is None:
            raise self.refused(address, "it says the file is not modified, and none is held")
        return RawFile(self.source, name, body.content, address, now(), body.etag, body.modified)


def _unless(known: RawFile | None) -> dict[str, str]:
    """Headers that ask for a file only if it is another than the known one."""
    marks = {"If-None-Match": known.etag, "If-Modified-Since": known.modified} if known else {}
    return {name: mark for name, mark in marks.items() if mark}


def now() -> str:
    """The time of day (ISO 8601, UTC, to the second)."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def refuse_endless(publisher: Publisher, address: str, pages: int, total: int, first: int) -> None:
    """Stop before more pages than the announced rows need, or than anybody could wait for.

    Args:
        pages, total: how many pages and rows are announced, `first` how many rows the first page holds.

    Raises:
        FetchError: names these numbers.
    """
    announced = f"it announces {pages:,} pages for {total:,} rows, with {first:,} on the first"
    if pages > max(1, -(-total // max(1, first))):
        raise publisher.refused(address, f"{announced}, which do not agree")
    if pages > MOST_PAGES:
        raise publisher.refused(address, f"{announced}; at most {MOST_PAGES} pages are asked for")


def written(publisher: Publisher, address: str, whole: object) -> bytes:
    """An answer as JSON, compact and in the order received: equal answers are equal bytes, and are kept once.

    Raises:
        FetchError: it holds half a letter (a lone surrogate), which no file can.
    """
    try:
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError as error:
        raise publisher.refused(address, f"the answer holds what is no text ({error})") from error
