"""Each request has an id, is measured, and leaves a line that names no reader and no filter."""

import logging

import pytest

from dashboard.metrics import REGISTRY
from dashboard.server.observed import Observed, kind
from tests import threads


def asked(path, status=200, proxied=False, given=None, query=b"area=HTI"):
    """The headers of the answer."""
    messages = []

    async def application(_scope, _receive, send):
        if status == 0:
            raise ZeroDivisionError
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def send(message):
        messages.append(message)

    headers = [(b"x-request-id", given.encode())] if given else []
    scope = {"type": "http", "path": path, "query_string": query, "headers": headers, "client": ("192.0.2.7", 4000)}
    threads.run(Observed(application, proxied=proxied)(scope, None, send))
    return dict(messages[0]["headers"])


def count(kind):
    return REGISTRY.get_sample_value("atalaya_request_seconds_count", {"kind": kind}) or 0


@pytest.mark.parametrize(
    ("path", "name"),
    [
        *(
            ("/", "document"),
            ("/country", "document"),
            ("/es/country/HTI", "document"),
            ("/en/", "document"),
            ("/en/region.csv", "view"),
            ("/en/country/HTI/victims.png", "view"),
            ("/figures/x/region", "figure"),
            ("/figures/x/ground", "figure"),
        ),
        *(("/api/v1/observations.csv", "api"), ("/livez", "probe")),
        *(("/s/0123456789ab/en/region.csv", "view"), ("/s/0123456789ab/api/v1/", "api"), ("/s/x/en/region", "file")),
        *(("/assets/abc/present.js", "file"), ("/favicon.ico", "file"), ("/en/nothing/a.csv", "file")),
    ],
)
def test_what_a_request_is_for(path, name):
    assert kind(path) == name


def test_a_document_carries_an_id_and_is_measured():
    before = count("document")
    first, second = (asked("/country")[b"x-request-id"] for _ in range(2))
    assert first != second
    assert count("document") == before + 2


def test_a_figure_that_a_browser_keeps_carries_none():
    assert b"x-request-id" not in asked("/figures/x/region")
    assert b"x-request-id" in asked("/figures/x/region", 404)


def test_only_a_proxy_of_ours_gives_ids():
    assert asked("/country", given="from-our-proxy", proxied=True)[b"x-request-id"] == b"from-our-proxy"
    assert asked("/country", given="from-a-stranger")[b"x-request-id"] != b"from-a-stranger"
    assert asked("/country", given="no good id\\n", proxied=True)[b"x-request-id"] != b"no good id\\n"


def test_the_line_names_no_reader_and_no_filter(caplog):
    with caplog.at_level(logging.INFO, "atalaya.request"):
        asked("/country")
        asked("/assets/abc/present.js")
    (record,) = caplog.records
    written = str({name: text for name, text in vars(record).items() if name not in {"args", "msg"}})
    assert (record.kind, record.status) == ("document", 200)
    assert "192.0.2.7" not in written
    assert "HTI" not in written
    assert "country" not in written


def test_a_failure_is_counted():
    name = ("atalaya_errors_total", {"where": "request"})
    before = REGISTRY.get_sample_value(*name) or 0
    with pytest.raises(ZeroDivisionError):
        asked("/country", 0)
    assert REGISTRY.get_sample_value(*name) == before + 1
