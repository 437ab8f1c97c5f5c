"""Streamlit's own files are sent compressed, each address by its base path; everything else is passed on."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
import streamlit

from dashboard import sending
from dashboard.server import packing
from dashboard.shell.upstream import document
from tests import threads

STATIC = Path(streamlit.__file__).parent / "static"
PAGE = ("<p>Detected victims</p>" * 300).encode()
SCRIPT = next(address for address in document.addresses() if address.endswith(".js")).removeprefix(".")
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


def answer(path, base="", method="GET", kind="text/html; charset=utf-8", status=200, inner_headers=(), **headers):
    """Status, headers and body for one request; the application behind answers everything in two parts."""
    messages = []

    async def inner(_scope, _receive, send):
        own = [(b"content-type", kind.encode()), (b"content-length", str(len(PAGE)).encode()), *inner_headers]
        await send({"type": "http.response.start", "status": status, "headers": own})
        await send({"type": "http.response.body", "body": PAGE[:100], "more_body": True})
        await send({"type": "http.response.body", "body": PAGE[100:]})

    async def send(message):
        messages.append(message)

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": raw, "query_string": b""}
    threads.run(packing.Packing(inner, base)(scope, None, send))
    start, *rest = messages
    received = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return start["status"], received, b"".join(message.get("body", b"") for message in rest)


@pytest.mark.parametrize(("accept", "how"), [("gzip, br", "br"), ("gzip", "gzip"), ("", "")])
@pytest.mark.parametrize(("base", "path"), [("", SCRIPT), ("/atalaya", f"/atalaya{SCRIPT}")])
def test_streamlits_scripts_are_sent_compressed(base, path, accept, how):
    status, received, body = answer(path, base, accept_encoding=accept)
    assert status == 200
    assert received.get("content-encoding", "") == how
    assert received["content-type"].startswith("text/javascript")
    assert "immutable" in received["cache-control"]
    assert UNPACK[how](body) == (STATIC / SCRIPT[1:]).read_bytes()


def test_every_script_and_style_sheet_in_streamlits_document_is_compressed():
    """As the browser asks for them: by the addresses in the document."""
    text = (STATIC / "index.html").read_text("utf-8")
    named = re.findall(r'(?:src|href)="\.(/static/[^"]+\.(?:js|css))"', text)
    assert len(named) > 5
    for path in named:
        assert answer(path, accept_encoding="gzip")[1]["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    "path",
    [
        "/static/js/none.js",
        "/static/../index.html",
        "/static/js/../js",
        "/index.html",
        f"/x{SCRIPT}",
        f"{SCRIPT}/",
        "/",
    ],
)
def test_no_other_address_is_a_file_of_streamlit(path):
    assert answer(path)[2] == PAGE


def test_fonts_and_what_is_not_fetched_are_left_to_streamlit():
    font = next((STATIC / "static" / "media").glob("*.woff2")).relative_to(STATIC).as_posix()
    for path, method in ((f"/{font}", "GET"), (SCRIPT, "POST")):
        status, received, body = answer(path, method=method, kind="font/woff2", accept_encoding="br")
        assert (status, body) == (200, PAGE)
        assert "content-encoding" not in received


def test_what_a_first_page_needs_is_compressed_before_anyone_asks(monkeypatch):
    """Each file once in each encoding, those of Streamlit's document too."""
    packed = []
    monkeypatch.setattr(sending.Content, "packed", lambda content, how: packed.append((content.version, how)))
    packing.pack()
    script = sending.Content((STATIC / SCRIPT[1:]).read_bytes(), "text/javascript").version
    assert len(packed) == len(set(packed)) > 60
    for how in sending.ENCODINGS:
        assert (script, how) in packed
