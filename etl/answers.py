"""What publishers answer when they are asked for a file: a file list with the newest workbook, figures in pages.

No connection is opened here: a `Publisher` is given the function that fetches the bytes at an address.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from etl.declaration import Declaration
from etl.errors import FetchError
from etl.rawfile import RawFile, nameable

# A file list is read to its end, but never round in circles.
LONGEST_LIST = 20
# Workbooks of a file list that are tried: the newest, and those before it where it cannot be had.
TRIED = 3
# Far above what any source has; a publisher that announces more would be asked for days.
MOST_PAGES = 500
# How much of a publisher's words an error repeats.
LONGEST_WORD = 80
# Two counts as JSON writes them; a superscript is a digit too, and no number.
COUNTS = re.compile("[0-9]{1,9} [0-9]{1,9}")


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
    """One source's publisher, and what is held of it.

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
        return RawFile(self.source, name, body.content, address, _now(), body.etag, body.modified)


def _unless(known: RawFile | None) -> dict[str, str]:
    """Headers that ask for a file only if it is another than the known one."""
    marks = {"If-None-Match": known.etag, "If-Modified-Since": known.modified} if known else {}
    return {name: mark for name, mark in marks.items() if mark}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _listed_workbooks(publisher: Publisher, address: str) -> Iterator[tuple[datetime, str]]:
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


def _newest_workbooks(publisher: Publisher, address: str) -> list[str]:
    """Addresses of the workbooks changed last, the newest first."""
    try:
        # By the day of change: the names of the files carry no order.
        listed = sorted(set(_listed_workbooks(publisher, address)), reverse=True)
    except TypeError as error:
        raise publisher.refused(address, "the file list mixes dates with and without time zone") from error
    if not listed:
        raise publisher.refused(address, "the file list names no workbook")
    return [workbook for _, workbook in listed[:TRIED]]


def unodc_files(publisher: Publisher, declaration: Declaration) -> Fetched:
    """The newest workbook of the file list that can be had; when the list fails, the legacy address."""
    listing, legacy = declaration.addresses
    failed: list[str] = []
    try:
        addresses = _newest_workbooks(publisher, listing)
    except FetchError as refusal:
        failed, addresses = [str(refusal)], [legacy]
    held = {file.address for file in publisher.held}
    # The legacy address needs no list, and may lag behind the newest release: better than nothing.
    for address in addresses if held else dict.fromkeys([*addresses, legacy]):
        try:
            return Fetched([publisher.file(address)], "; ".join(failed))
        except FetchError as refusal:
            failed.append(str(refusal))
        if address in held:
            # What was changed before that is older than what is held.
            break
    raise FetchError("; ".join(failed))


def _indicator_page(publisher: Publisher, address: str) -> tuple[dict[str, Any], list[Any]]:
    """Meta and rows of one page of the World Bank's v2 API, whose refusals come with HTTP 200."""
    answer = publisher.json(address)
    match answer:
        case [{"message": [*messages]}]:
            said = "; ".join(f"error {m.get('id')}: {m.get('value')}" for m in messages if isinstance(m, dict))
            raise publisher.refused(address, f"{said} (one unknown country code refuses the whole call)")
        case [dict(meta), None]:
            raise publisher.refused(address, f"the answer holds no rows (total {meta.get('total')})")
        case [{"pages": pages, "total": total} as meta, [*rows]] if COUNTS.fullmatch(f"{pages} {total}"):
            # Either number may come as a text.
            return {**meta, "pages": int(pages), "total": int(total)}, rows
    raise publisher.refused(address, "the answer is not of the form [meta, rows]")


def refuse_endless(publisher: Publisher, address: str, pages: int, total: int, first: int) -> None:
    """Stop before pages that the announced rows do not need, or that nobody could wait for.

    Args:
        pages, total: how many pages and rows are announced, `first` how many rows the first page holds.

    Raises:
        FetchError: names these numbers.
    """
    told = f"it announces {pages:,} pages for {total:,} rows, with {first:,} on the first"
    if pages > max(1, -(-total // max(1, first))):
        raise publisher.refused(address, f"{told}, which do not agree")
    if pages > MOST_PAGES:
        raise publisher.refused(address, f"{told}; at most {MOST_PAGES} pages are asked for")


def written(publisher: Publisher, address: str, whole: object) -> bytes:
    """An answer as JSON, compact and in the order received: equal answers are equal bytes, and so are kept once.

    Raises:
        FetchError: it holds half a letter (a lone surrogate), which no file can.
    """
    try:
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError as error:
        raise publisher.refused(address, f"the answer holds what is no text ({error})") from error


def worldbank_v2(publisher: Publisher, declaration: Declaration) -> Fetched:
    """Every page of the answer as one file of the same form, `[meta, rows]`."""
    address = declaration.addresses[0]
    meta, rows = _indicator_page(publisher, address)
    refuse_endless(publisher, address, meta["pages"], meta["total"], len(rows))
    latest = rows
    for number in range(2, meta["pages"] + 1):
        page = f"{address}{'&' if '?' in address else '?'}page={number}"
        further, more = _indicator_page(publisher, page)
        # Figures of two updates would pass for one release, and rows that move from page to page come twice or never.
        if any(further.get(told) != meta.get(told) for told in ("lastupdated", "total", "pages")):
            raise publisher.refused(page, "the publisher updated the figures between two pages")
        if more == latest:
            raise publisher.refused(page, f"page {number} repeats the one before it")
        rows, latest = rows + more, more
    # A row lost on the way would read as a country without a figure.
    if len(rows) != meta["total"]:
        raise publisher.refused(address, f"{len(rows)} rows came where {meta['total']} were announced")
    content = written(publisher, address, [{**meta, "pages": 1}, rows])
    name = f"{declaration.id}_{meta.get('lastupdated')}.json"
    return Fetched([RawFile(declaration.id, name, content, address, _now())])
