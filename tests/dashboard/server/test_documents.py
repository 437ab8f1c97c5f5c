"""Which addresses get Streamlit's document and which ours, tested in plain ASGI."""

import gzip
import html
import re

import brotli
import pytest

from dashboard.catalog import pages
from dashboard.server.documents import Documents
from dashboard.shell import navigation
from data.i18n import LANGUAGES, language
from tests import threads

REGION = "lang=fr&indicator=offences&year=2019"
NOTHING = "There is no page at this address."


def answer(path, base="", query=b"", accept="", method="GET", kind="text/html; charset=utf-8"):
    """Status and text for one request; the application behind answers everything as its document."""
    start, *rest = answered(path, base, query, accept, method, kind)
    return start["status"], b"".join(message.get("body", b"") for message in rest).decode()


def sent(path, **headers):
    """Status, headers and body for one request with some headers."""
    start, *rest = answered(path, query=b"lang=en", **headers)
    found = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], found, b"".join(message.get("body", b"") for message in rest)


def redirect(path, base, query, method):
    """Status and location for one request."""
    start = answered(path, base, query.encode(), method=method)[0]
    return start["status"], dict(start["headers"])[b"location"].decode()


def answered(path, base="", query=b"", accept="", method="GET", kind="text/html; charset=utf-8", **more):
    """The messages of the answer to a request."""
    messages = []

    async def inner(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind.encode())]})
        await send({"type": "http.response.body", "body": b"inner"})

    async def send(message):
        messages.append(message)

    async def receive():
        return {"type": "http.request"}

    headers = [(b"accept-language", accept.encode())]
    headers += [(name.replace("_", "-").encode(), value.encode()) for name, value in more.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": query, "headers": headers}
    threads.run(Documents(inner, base)(scope, receive, send))
    return messages


@pytest.mark.parametrize("path", ["/", *(f"/{slug}" for slug in navigation.scripts() if slug not in pages())])
def test_a_page_gets_the_document_with_our_name(path):
    status, text = answer(path)
    assert status == 200
    assert "<title>Atalaya</title>" in text


@pytest.mark.parametrize("path", ["/nowhere", "/Home", "/region/x", "/a/b/c", "/Region", "/index.html", "/static/no"])
def test_any_other_document_is_our_404_page(path):
    status, text = answer(path, query=b"lang=en")
    assert status == 404
    assert f"<h1>{NOTHING}</h1>" in text


@pytest.mark.parametrize(
    ("path", "base", "query", "expected"),
    [
        ("/", "", REGION, "fr/region?indicator=offences&year=2019"),
        ("/atalaya/", "atalaya", "of=BRA", "en/region?of=BRA"),
        ("/ledger", "", "paragraph=23&whose=CRI", "en/declaration?paragraph=23&whose=CRI"),
        ("/a/b/ledger", "a/b", "", "en/declaration"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_old_address_leads_on_with_every_parameter(path, base, query, expected, method):
    status, location = redirect(path, base, query, method)
    # Relative, so that it is right behind a proxy too.
    assert (status, location) == (307, expected)


@pytest.mark.parametrize("query", ["", "lang=fr", "snapshot=fe6ac5d7b215", "area=CRI", "indicators=offences"])
def test_the_root_without_filters_of_the_region_is_page_home(query):
    assert answer("/", query=query.encode())[0] == 200


def test_nothing_of_an_address_gets_into_the_headers_of_a_redirect():
    _, location = redirect("/", "", "year=1\r\nSet-Cookie:%20a=b", "GET")
    assert not {"\r", "\n"} & set(location)
    assert redirect("/", "", "year=2019&x=https://example.org", "GET")[1].startswith("en/region?")


def links(path, **request):
    return re.findall('href="([^"]+lang=[^"]*)"', answer(path, **request)[1])


@pytest.mark.parametrize(
    ("path", "base", "up"),
    [("/x", "", "./"), ("/a/b", "", "../"), ("/a/b/c", "", "../../"), ("/o/x", "/o/", "./"), ("/o/a/b", "o", "../")],
)
def test_its_links_are_relative_and_keep_the_language(path, base, up):
    slugs = list(navigation.scripts())
    assert links(path, base=base, query=b"lang=fr") == [f"{up}{slug}?lang=fr" for slug in ["", *slugs[1:]]]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_reader_is_answered_in_the_language_of_the_address(code):
    text = answer("/nowhere", query=f"lang={code}".encode(), accept="de")[1]
    assert f'<html lang="{code}">' in text
    assert language(code).text(NOTHING) in text
    assert navigation.title(language(code), "sources") in text
    assert html.escape(navigation.purpose(language(code), "sources")) in text
    assert "<svg" in text


@pytest.mark.parametrize(("accept", "code"), [("pt-BR,pt;q=0.9,en;q=0.5", "pt"), ("de", "en"), ("", "en")])
def test_without_a_language_in_the_address_the_browser_decides(accept, code):
    assert f'<html lang="{code}">' in answer("/nowhere", accept=accept, query=b"lang=xx")[1]


@pytest.mark.parametrize(
    ("path", "request_"),
    [
        ("/static/js/index.js", {"kind": "text/javascript"}),
        ("/_stcore/health", {"kind": "text/plain"}),
        ("/media/a.html", {}),
        ("/component/a/index.html", {}),
        ("/nowhere", {"method": "POST"}),
        ("/nowhere", {"base": "o"}),
        ("/other", {"base": "o"}),
    ],
)
def test_everything_else_is_left_to_streamlit(path, request_):
    assert answer(path, **request_) == (200, "inner")


def test_the_base_path_gets_a_trailing_slash():
    """Without it `./assets` would lead to the server's root."""
    assert answer("/o", base="/o", query=b"lang=fr") == (307, "")
    assert answer("/o/", base="/o", query=b"lang=fr")[0] == 200


def test_every_address_in_a_document_is_relative():
    """So it works behind a proxy that adds or removes a path prefix."""
    for path in ("/", "/sources"):
        text = answer(path, query=b"lang=en")[1]
        assert len(re.findall(r"[\"(]\./(?:assets|figures|static)/", text)) > 5
        assert not re.findall(r"""["'(=]/(?!/)[a-z][^"' ]*""", re.sub(r' d="[^"]*"', "", text))
        assert {link[:2] for link in re.findall(r' href="([^"]*)"', text)} <= {"./", "#r"}


def test_foreign_text_is_not_echoed():
    assert "script>alert" not in answer("/<script>alert(1)</script>", query=b"lang=<script>alert(1)</script>")[1]


@pytest.mark.parametrize("path", ["/", "/sources"])
def test_our_fonts_are_named_before_all_files_and_streamlits_is_not_fetched(path):
    text = answer(path, query=b"lang=en")[1]
    assert text.count('@font-face { font-family: "Atalaya Serif"') == 1
    assert text.index("/serif-semibold.woff2") < text.index('<script type="module"')
    assert text.index("/serif-semibold.woff2") < text.index("theme.css")
    assert 'as="font"' not in text


UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@pytest.mark.parametrize(("accept", "how"), [("gzip, br", "br"), ("gzip", "gzip"), ("", "")])
@pytest.mark.parametrize("path", ["/", "/en/region", "/present", "/en/about", "/nowhere"])
def test_a_document_is_sent_compressed(path, accept, how):
    status, headers, body = sent(path, accept_encoding=accept)
    assert status == (404 if path == "/nowhere" else 200)
    assert headers.get("content-encoding", "") == how
    assert headers["content-length"] == str(len(body))
    assert headers["vary"].split(", ")[0] == "Accept-Encoding"
    assert b"<html lang=" in UNPACK[how](body)


@pytest.mark.parametrize("path", ["/", "/sources", "/en/about"])
def test_a_known_document_is_not_sent_again(path):
    _, headers, _ = sent(path, accept_encoding="br")
    status, again, body = sent(path, accept_encoding="br", if_none_match=headers["etag"])
    assert (status, body, again["etag"]) == (304, b"", headers["etag"])
    assert sent(path, if_none_match='W/"other"')[0] == 200


def test_a_reader_who_saves_data_has_a_document_of_their_own():
    mark = b'<meta name="save-data" content="on">'
    assert [mark in sent("/present", **headers)[2] for headers in ({}, {"save_data": "on"})] == [False, True]


@pytest.mark.parametrize(
    ("path", "query", "location"),
    [
        ("/about", "lang=fr", "fr/about"),
        ("/about", "", "en/about"),
        ("/about", "lang=pt&x=1", "pt/about?x=1"),
        ("/en", "x=1", "en/?x=1"),
        # Pages that are not documents yet.
        ("/pt/", "", "../?lang=pt"),
        ("/en/home", "", "../?lang=en"),
        ("/fr/country/HTI", "edition=2025-04-14", "../../country?edition=2025-04-14&area=HTI&lang=fr"),
        ("/pair", "one=HTI&other=USA&lang=pt", "pt/pair/HTI/USA"),
    ],
)
def test_an_address_of_a_document_leads_on_with_every_parameter(path, query, location):
    assert redirect(path, "", query, "GET") == (307, location)


MISSING = (
    *("/de/about", "/en/nowhere", "/en/about/more", "/en/region/more", "/en/region.txt", "/en/region/nothing.csv"),
    *("/en/country/ZZZ", "/en/pair/HTI/ZZZ", "/en/pair/HTI"),
)


@pytest.mark.parametrize("path", MISSING)
def test_what_is_no_document_is_missing(path):
    assert sent(path)[0] == 404
