"""The publisher's file list, and the newest workbook it names."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin

from etl.declaration import Declaration
from etl.errors import FetchError
from etl.fetching.publishers import Fetched, Publisher

# A file list is read to its end, but never round in circles.
LONGEST_LIST = 20
# Workbooks of a file list that are tried: the newest, and those before it where it cannot be had.
TRIED = 3


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


def fetch(publisher: Publisher, declaration: Declaration) -> Fetched:
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
