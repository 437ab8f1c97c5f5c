"""Which encoding an answer gets, and that it unpacks to what was to be sent."""

import gzip
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest
from starlette.datastructures import Headers

from dashboard import sending
from tests import threads

TEXT = b"A sentence on detected victims. " * 400
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


def asking(accept: str) -> Headers:
    return Headers({"accept-encoding": accept})


@pytest.mark.parametrize(("accept", "expected"), [
    ("gzip, deflate, br, zstd", "br"),
    ("gzip, deflate", "gzip"),
    ("GZIP", "gzip"),
    ("br;q=0.4, gzip;q=1", "br"),
    ("br;q=0, gzip", "gzip"),
    ("br; q=0.000, gzip;q=0", ""),
    ("identity", ""),
    ("brotli, xgzip", ""),
    ("", ""),
])  # fmt: skip
def test_the_best_encoding_that_the_browser_accepts(accept, expected):
    assert sending.encoding(asking(accept), "text/javascript") == expected


@pytest.mark.parametrize("kind", ["font/woff2", "image/png", "application/octet-stream"])
def test_what_is_compressed_already_is_sent_as_it_is(kind):
    assert sending.encoding(asking("gzip, br"), kind) == ""


@pytest.mark.parametrize("kind", ["text/css", "text/html; charset=utf-8", "application/json", "image/svg+xml"])
@pytest.mark.parametrize(("accept", "how"), [("br", "br"), ("gzip", "gzip"), ("", "")])
def test_an_answer_unpacks_to_its_content(kind, accept, how):
    answer = threads.run(sending.Content(TEXT, kind).response(asking(accept), **{"Cache-Control": "no-cache"}))
    assert UNPACK[how](answer.body) == TEXT
    assert answer.headers.get("content-encoding", "") == how
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["cache-control"] == "no-cache"
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert (len(answer.body) < len(TEXT) / 10) == bool(how)


@pytest.mark.parametrize("quality", [sending.GOOD, sending.FAST])
@pytest.mark.parametrize("how", [*sending.ENCODINGS, ""])
def test_each_quality_unpacks_to_the_same(how, quality):
    assert UNPACK[how](sending.compressed(TEXT, how, quality)) == TEXT


def test_a_content_is_compressed_once(monkeypatch):
    made, content = [], sending.Content(TEXT, "text/css")
    compress = sending.compressed

    def noted(body, how, quality):
        made.append(how)
        return compress(body, how, quality)

    monkeypatch.setattr(sending, "compressed", noted)
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(content.packed, ["br"] * 8))) == 1
    assert made == ["br"]
