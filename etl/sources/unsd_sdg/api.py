"""Download from the API of the UN SDG Global Database: the list of series with releases, and rows in pages."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from etl.errors import FetchError
from etl.fetching.publishers import Fetched, Publisher, compact_json, now, refuse_endless
from etl.fetching.raw import RawFile
from etl.source_declaration import Declaration
from etl.sources.unsd_sdg.codes import RELEASE, SERIES

# Much larger pages time out at the publisher's.
PAGE_SIZE = 1000
# The hash that the store of raw files puts into a name.
HASH = re.compile(r"-[0-9a-f]{12}(?=\.json$)")


class _Page(NamedTuple):
    rows: list[Any]
    total: int
    pages: int


def fetch(publisher: Publisher, declaration: Declaration) -> Fetched:
    """Download each series with a new release as a JSON file {series, release, data}.

    Args:
        publisher: its stored files have the names `<source>_<series>_<release>.json`, with or without a hash.
        declaration: its addresses are those of `Series/List` and of `Series/Data`.

    Raises:
        FetchError: a refusal, a series or release that is not in the list, or pages that do not add up.
    """
    listing, data = declaration.addresses
    stored = {HASH.sub("", file.name) for file in publisher.stored}
    files = []
    for series, release in _releases(publisher, listing).items():
        name = f"{declaration.id}_{series}_{release}.json"
        if name not in stored:
            address = f"{data}?seriesCode={series}"
            whole = {"series": series, "release": release, "data": list(_rows(publisher, address, series))}
            content = compact_json(publisher, address, whole)
            files.append(RawFile(declaration.id, name, content, address, now()))
    return Fetched(files)


def _releases(publisher: Publisher, address: str) -> dict[str, str]:
    """The release of each series that is read here, from the list of all series."""
    answer = publisher.json(address)
    if not isinstance(answer, list):
        raise _unlike(publisher, address, answer, "a list of series")
    return {series: _release(publisher, address, series, answer) for series in SERIES}


def _release(publisher: Publisher, address: str, series: str, listed: list[Any]) -> str:
    stated = {str(item.get("release")) for item in listed if isinstance(item, dict) and item.get("code") == series}
    if len(stated) != 1:
        shown = f"has releases {', '.join(sorted(stated))} of" if stated else f"of {len(listed)} series does not have"
        raise publisher.refused(address, f"the list {shown} series {series}")
    (release,) = stated
    # It becomes part of a file's name, and releases are sorted by it.
    if not RELEASE.fullmatch(release):
        raise publisher.refused(
            address, f"the list gives series {series} the release {release!r}, which is not a quarter"
        )
    return release


def _rows(publisher: Publisher, address: str, series: str) -> Iterator[Any]:
    """The rows of all pages, in the order received."""
    first = latest = _page(publisher, address, 1, series)
    refuse_endless(publisher, address, first.pages, first.total, len(first.rows))
    yield from first.rows
    came = len(first.rows)
    for number in range(2, first.pages + 1):
        page = _page(publisher, address, number, series)
        # Rows that move between pages could be repeated or lost.
        if (page.total, page.pages) != (first.total, first.pages):
            problem = f"the publisher changed the figures between two pages ({first.total} rows, then {page.total})"
            raise publisher.refused(address, problem)
        if page.rows == latest.rows:
            raise publisher.refused(address, f"page {number} repeats the one before it")
        yield from page.rows
        came, latest = came + len(page.rows), page
    if came != first.total:
        raise publisher.refused(address, f"{came} rows came, but {first.total} were announced")


def _page(publisher: Publisher, address: str, number: int, series: str) -> _Page:
    whole = f"{address}&page={number}&pageSize={PAGE_SIZE}"
    match answer := publisher.json(whole):
        case {
            "size": int(size),
            "totalElements": int(total),
            "totalPages": int(pages),
            "pageNumber": int(stated),
            "data": [*rows],
        }:
            pass
        case _:
            raise _unlike(publisher, whole, answer, "a page of rows")
    if stated != number or not 0 < len(rows) <= size:
        problem = f"page {number} of {pages} says it is page {stated}, and has {len(rows)} rows of at most {size}"
        raise publisher.refused(whole, problem)
    if any(not isinstance(row, dict) or row.get("series") != series for row in rows):
        raise publisher.refused(whole, f"some rows are of other series than {series}")
    return _Page(rows, total, pages)


def _unlike(publisher: Publisher, address: str, answer: object, expected: str) -> FetchError:
    """The error for an error message with a success status; it quotes the publisher's text, if any."""
    texts = [str(word) for key, word in answer.items() if key.lower() == "message"] if isinstance(answer, dict) else []
    shown = texts[0] if texts else json.dumps(answer)[:80]
    return publisher.refused(address, f"the answer is not {expected}, but says: {shown}")
