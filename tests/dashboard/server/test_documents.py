"""Which addresses get Streamlit's document and which ours, tested in plain ASGI."""

import html
import re

import pytest

from dashboard.server.documents import Documents
from dashboard.shell import navigation
from data.i18n import LANGUAGES, language
from tests import threads

NOTHING = "There is no page at this address."


def answer(path, base="", query=b"", accept="", method="GET", kind="text/html; charset=utf-8"):
    """Status and text for one request; the application behind answers everything as its document."""
    messages = []

    async def inner(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind.encode())]})
        await send({"type": "http.response.body", "body": b"inner"})

    async def send(message):
        messages.append(message)

    async def receive():
        return {"type": "http.request"}

    headers = [(b"accept-language", accept.encode())]
    scope = {"type": "http", "method": method, "path": path, "query_string": query, "headers": headers}
    threads.run(Documents(inner, base)(scope, receive, send))
    return messages[0]["status"], b"".join(message.get("body", b"") for message in messages[1:]).decode()


@pytest.mark.parametrize("path", ["/", *(f"/{slug}" for slug in navigation.scripts())])
def test_a_page_gets_the_document_with_our_name(path):
    status, text = answer(path)
    assert status == 200
    assert "<title>Atalaya</title>" in text


@pytest.mark.parametrize("path", ["/nowhere", "/home", "/region/x", "/a/b/c", "/Region", "/index.html", "/static/no"])
def test_any_other_document_is_our_404_page(path):
    status, text = answer(path, query=b"lang=en")
    assert status == 404
    assert f"<h1>{NOTHING}</h1>" in text


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
    for path in ("/", "/routes", "/sources"):
        text = answer(path, query=b"lang=en")[1]
        assert len(re.findall(r"[\"(]\./(?:assets|figures|static)/", text)) > 5
        assert not re.findall(r"""["'(=]/(?!/)[a-z][^"' ]*""", re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL))


def test_foreign_text_is_not_echoed():
    assert "script>alert" not in answer("/<script>alert(1)</script>", query=b"lang=<script>alert(1)</script>")[1]
