"""The publisher's file list, and the newest workbook it names."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin

from etl.errors import FetchError
from etl.fetching.publishers import Fetched, Publisher
from etl.source_declaration import Declaration

# A file list is read to its end, but not in an endless loop.
LONGEST_LIST = 20
# Workbooks that are tried: the newest, and earlier ones if it cannot be downloaded.
TRIED = 3


def _listed_workbooks(publisher: Publisher, address: str) -> Iterator[tuple[datetime, str]]:
    """Time of change and full address of each workbook of a JSON:API file list, over all its pages."""
    page: str | None = address
    for _ in range(LONGEST_LIST):
        if page is None:
            return
        listing = publisher.json(page)
        if not isinstance(listing, dict):
            raise publisher.refused(page, "the file list does not have its usual form")
        try:
            for item in listing["data"]:
                attributes = item["attributes"]
                if (path := attributes["uri"]["url"]).lower().endswith(".xlsx"):
                    yield datetime.fromisoformat(attributes["changed"]), urljoin(page, path)
            following = (listing.get("links") or {}).get("next")
            page = urljoin(page, following["href"]) if following else None
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise publisher.refused(
                page or address, f"the file list does not have its usual form ({error!r})"
            ) from error


def _newest_workbooks(publisher: Publisher, address: str) -> list[str]:
    """Addresses of the last changed workbooks, newest first."""
    try:
        # By time of change, as the names of the files have no order.
        listed = sorted(set(_listed_workbooks(publisher, address)), reverse=True)
    except TypeError as error:
        raise publisher.refused(address, "the file list mixes dates with and without time zone") from error
    if not listed:
        raise publisher.refused(address, "the file list has no workbook")
    return [workbook for _, workbook in listed[:TRIED]]


def fetch(publisher: Publisher, declaration: Declaration) -> Fetched:
    """Download the newest available workbook of the file list; if the list fails, use the legacy address."""
    listing, legacy = declaration.addresses
    failed: list[str] = []
    try:
        addresses = _newest_workbooks(publisher, listing)
    except FetchError as refusal:
        failed, addresses = [str(refusal)], [legacy]
    stored = {file.address for file in publisher.stored}
    # The legacy address needs no list, and may lag behind the newest release: better than nothing.
    for address in addresses if stored else dict.fromkeys([*addresses, legacy]):
        try:
            return Fetched([publisher.file(address)], "; ".join(failed))
        except FetchError as refusal:
            failed.append(str(refusal))
        if address in stored:
            # Workbooks changed earlier are older than what we have.
            break
    raise FetchError("; ".join(failed))
