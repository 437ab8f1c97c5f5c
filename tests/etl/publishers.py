"""A local server in the place of the publishers, and its answers."""

import pytest

from etl.errors import FetchError
from etl.fetching.download import DownloadLimits
from etl.fetching.fetch import fetch

# Retries without pauses; a deadline that a test can wait for.
IMPATIENT = DownloadLimits(
    connect=2, read=2, deadline=0.5, retries=2, backoff=0, longest_pause=1, max_bytes=100_000, pause=0
)
WORKBOOK = b"PK\x03\x04 a workbook"
LISTING, LEGACY, API = "/jsonapi/file/file", "/files/data_glotip.xlsx", "/v2/population"


def item(path, changed):
    return {"attributes": {"filename": path.rpartition("/")[2], "changed": changed, "uri": {"url": path}}}


def list_files(httpserver, *items, **kwargs):
    httpserver.expect_request(LISTING, **kwargs).respond_with_json({"data": list(items)})


def only_workbook(httpserver, answer):
    """A list with one workbook, whose address gives `answer`."""
    list_files(httpserver, item("/sites/data_glotip.xlsx", "2025-10-28T09:00:00+00:00"))
    httpserver.expect_request("/sites/data_glotip.xlsx").respond_with_handler(answer)


def page(rows, number=1, pages=1, total=None, updated="2025-07-01"):
    meta = {"page": number, "pages": pages, "per_page": "2", "total": total or len(rows), "lastupdated": updated}
    return [meta, rows]


def refusal(source, raw, limits=IMPATIENT):
    with pytest.raises(FetchError) as caught:
        fetch(source, None, raw=raw, limits=limits)
    return str(caught.value)
