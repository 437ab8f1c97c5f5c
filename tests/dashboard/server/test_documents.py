"""Which addresses are documents, where others lead, and what is said where there is nothing, in plain ASGI."""

import csv
import gzip
import html
import io
import re

import brotli
import pytest
from starlette.routing import Route

from dashboard import menu
from dashboard.catalog import pages
from dashboard.export import workbook
from dashboard.server import feeds
from dashboard.server import pages as views
from dashboard.server.documents import Documents
from dashboard.server.serve import application, mounted
from data.i18n import LANGUAGES, language
from tests import threads

REGION = "lang=fr&indicator=offences&year=2019"
NOTHING = "There is no page at this address."
APPLICATION = application()


def answered(path, base="", query=b"", method="GET", app=APPLICATION, **headers):
    """The messages of the answer to a request."""
    messages = []

    async def send(message):
        messages.append(message)

    async def receive():
        return {"type": "http.request"}

    raw = [
        (b"host", b"localhost"),
        *((name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()),
    ]
    scope = {"type": "http", "method": method, "path": path, "query_string": query, "headers": raw}
    bare = f"/{base.strip('/')}".rstrip("/")
    threads.run(Documents(mounted(app, bare), base)(scope, receive, send))
    return messages


def sent(path, query=b"", **more):
    """Status, headers and body for one request with some headers."""
    start, *rest = answered(path, query=query, **more)
    found = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return start["status"], found, b"".join(message.get("body", b"") for message in rest)


def text(path, **more):
    return sent(path, **more)[2].decode()


def redirect(path, base, query, method):
    """Status and location for one request."""
    start = answered(path, base, query.encode(), method=method)[0]
    return start["status"], dict(start["headers"])[b"location"].decode()


def place(slug):
    """The path of a page in a language."""
    return {"home": "", "country": "country/HTI", "pair": "pair/ARG/BRA"}.get(slug, slug)


def query(slug):
    """The parameters without which a page has nothing to show."""
    return CELL if slug == "passport" else b""


@pytest.mark.parametrize("slug", pages())
def test_every_page_has_a_document(slug):
    status, headers, body = sent(f"/en/{place(slug)}", query=query(slug))
    assert status == 200
    assert headers["cache-control"] == "no-cache"
    assert b'<html lang="en">' in body


@pytest.mark.parametrize(
    "path", ["/nowhere", "/Home", "/region/x", "/a/b/c", "/Region", "/static/no", "/en/about/more"]
)
def test_any_other_address_is_our_404_page(path):
    status, _, body = sent(path, query=b"lang=en")
    assert status == 404
    assert f"<h1>{NOTHING}</h1>" in body.decode()


@pytest.mark.parametrize(
    ("path", "base", "query", "expected"),
    [
        ("/", "", REGION, "fr/region?indicator=offences&year=2019"),
        ("/", "", "", "en/"),
        # What names a row leads to its passport.
        ("/atalaya/", "atalaya", "of=BRA", "en/region?of=BRA#passport-of"),
        ("/ledger", "", "entry=x:1", "en/declaration?entry=x:1#passport-entry"),
        ("/fr/country", "", "area=HTI&role=HTI.transit.hti", "country/HTI?role=HTI.transit.hti#passport-role"),
        ("/country", "", "area=HND&figure=", "en/country/HND?figure="),
        ("/ledger", "", "paragraph=23&whose=CRI", "en/declaration?paragraph=23&whose=CRI"),
        ("/a/b/ledger", "a/b", "", "en/declaration"),
        ("/es/ledger", "", "paragraph=23", "declaration?paragraph=23"),
        ("/country", "", "lang=es&area=HND&edition=2025-04-14", "es/country/HND?edition=2025-04-14"),
        ("/about", "", "lang=pt&x=1", "pt/about?x=1"),
        ("/en", "", "x=1", "en/?x=1"),
        ("/en/home", "", "", "./"),
        ("/fr/country", "", "area=HTI", "country/HTI"),
        ("/fr/country/HTI", "", "area=CRI", "../country/CRI"),
        ("/en/pair/USA/HTI", "", "edition=2025-04-14", "../../pair/HTI/USA?edition=2025-04-14"),
        ("/en/pair/USA/HTI/DOM", "", "", "../../../pair/HTI/USA/DOM"),
        ("/en/pair/HTI/USA", "", "transit=DOM&record=a", "../../pair/HTI/USA/DOM?record=a#passport-record"),
        ("/en/pair/HTI/USA/XXX", "", "", "../../../pair/HTI/USA?transit=XXX"),
        # The list of states to meet with sends the second one.
        ("/en/pair/HTI", "", "other=DOM", "../pair/DOM/HTI"),
        ("/en/pair", "", "one=HTI", "pair/HTI"),
        ("/en/pair/HTI/XXX", "", "", "../../pair/HTI?other=XXX"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_other_addresses_lead_on_with_every_parameter(path, base, query, expected, method):
    status, location = redirect(path, base, query, method)
    # Relative, so that it is right behind a proxy too.
    assert (status, location) == (307, expected)


def test_nothing_of_an_address_gets_into_the_headers_of_a_redirect():
    _, location = redirect("/", "", "year=1\r\nSet-Cookie:%20a=b", "GET")
    assert not {"\r", "\n"} & set(location)
    assert redirect("/", "", "year=2019&x=https://example.org", "GET")[1].startswith("en/region?")
    assert redirect("/country", "", "area=//example.org", "GET")[1] == "en/country/%2F%2Fexample.org"


ROLES = "“Roles coded from US government reports”"
CELL = b"table=roles&area=ARG&year=2011&role=transit&source=hti"
MISSING = (
    *("/de/about", "/en/nowhere", "/en/region.txt", "/en/region/nothing.csv"),
    *("/en/pair/HTI.csv", "/en/pair/HTI/XXX.csv"),
)


@pytest.mark.parametrize(
    ("path", "query", "heading"),
    [("/en/pair", b"other=DOM", "Two states"), ("/en/pair/HTI", b"other=XXX", "Haiti and")],
)
def test_a_state_alone_or_one_that_does_not_exist_is_said_where_two_are_chosen(path, query, heading):
    status, _, body = sent(path, query=query)
    assert status == 404
    assert f"<h1>{heading}" in body.decode()


@pytest.mark.parametrize("path", MISSING)
def test_what_does_not_exist_is_missing(path):
    assert sent(path)[0] == 404


def test_a_third_state_that_does_not_exist_is_said_on_the_page_of_the_pair():
    status, _, body = sent("/es/pair/ARG/BRA", query=b"transit=ZZZ")
    assert status == 404
    assert "«ZZZ»" in body.decode()
    assert re.search("<h1>Entre .*Argentina y .*Brasil</h1>", body.decode())


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (b"", "The address names no table with cells."),
        (b"table=areas&area=ARG", "The address names no table with cells."),
        (b"table=roles&area=ARG", f"Missing in the key of the table {ROLES}: year, role, source."),
        (CELL.replace(b"2011", b"1999"), f"No row of the table {ROLES} has this key."),
        (CELL.replace(b"2011", b"<b>"), f"Missing in the key of the table {ROLES}: year."),
    ],
)
def test_a_key_that_names_no_row_or_several_is_said_and_is_missing(query, words):
    status, _, body = sent("/en/passport", query=query)
    assert (status, words in html.unescape(body.decode())) == (404, True)
    assert sent("/en/passport.csv", query=query)[0] == 404


def test_a_state_that_does_not_exist_is_said_on_the_list_of_states():
    assert redirect("/es/country/ZZZ", "", "edition=2025-04-14", "GET") == (307, "../country?area=ZZZ")
    status, _, body = sent("/es/country", query=b"area=ZZZ")
    assert status == 404
    assert "«ZZZ»" in body.decode()
    assert 'href="country/HTI"' in body.decode()
    assert sent("/es/country")[0] == 200


def links(path, **request):
    return re.findall('<li><a href="([^"]*)"', text(path, **request))


@pytest.mark.parametrize(
    ("path", "base", "up"),
    [("/x", "", "./"), ("/a/b", "", "../"), ("/a/b/c", "", "../../"), ("/o/x", "/o/", "./"), ("/o/a/b", "o", "../")],
)
def test_the_links_of_the_404_page_are_relative_and_keep_the_language(path, base, up):
    slugs = ["" if slug == "home" else slug for slug in menu.scripts()]
    assert links(path, base=base, query=b"lang=fr") == [f"{up}fr/{slug}" for slug in slugs]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("path", "query"), [("/nowhere", "lang={}"), ("/{}/nowhere", "")])
def test_the_reader_is_answered_in_the_language_of_the_address(code, path, query):
    page = text(path.format(code), query=query.format(code).encode(), accept_language="de")
    assert f'<html lang="{code}">' in page
    assert language(code).text(NOTHING) in page
    assert menu.title(language(code), "sources") in page
    assert html.escape(menu.purpose(language(code), "sources")) in page


@pytest.mark.parametrize(("accept", "code"), [("pt-BR,pt;q=0.9,en;q=0.5", "pt"), ("de", "en"), ("", "en")])
def test_without_a_language_in_the_address_the_browser_decides(accept, code):
    assert f'<html lang="{code}">' in text("/nowhere", accept_language=accept, query=b"lang=xx")


def test_what_is_sent_to_a_page_that_takes_nothing_is_refused():
    assert sent("/nowhere", method="POST")[0] == 404
    assert sent("/en/region", method="POST")[0] == 404


def test_the_base_path_gets_a_trailing_slash():
    """Without it `./assets` would lead to the server's root."""
    assert redirect("/o", "/o", "lang=fr", "GET") == (307, "/o/?lang=fr")
    assert redirect("/o/", "/o", "lang=fr", "GET") == (307, "fr/")


@pytest.mark.parametrize("slug", pages())
def test_every_address_in_a_document_is_relative(slug):
    """So it works behind a proxy that adds or removes a path prefix."""
    found = re.findall(r' (?:href|src|action)="([^"]*)"', text(f"/en/{place(slug)}", query=query(slug)))
    assert len(found) > 20
    assert [one for one in found if one.startswith("/")] == []


def test_foreign_text_is_not_echoed():
    assert "script>alert" not in text("/<script>alert(1)</script>", query=b"lang=<script>alert(1)</script>")
    assert "<script>alert" not in text("/en/region", query=b"year=%3Cscript%3Ealert(1)%3C/script%3E")


UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@pytest.mark.parametrize(("accept", "how"), [("gzip, br", "br"), ("gzip", "gzip"), ("", "")])
@pytest.mark.parametrize("path", ["/en/", "/en/region", "/en/about", "/nowhere"])
def test_a_document_is_sent_compressed(path, accept, how):
    status, headers, body = sent(path, query=b"lang=en", accept_encoding=accept)
    assert status == (404 if path == "/nowhere" else 200)
    assert headers.get("content-encoding", "") == how
    assert headers["content-length"] == str(len(body))
    assert headers["vary"].split(", ")[0] == "Accept-Encoding"
    assert b"<html lang=" in UNPACK[how](body)


@pytest.mark.parametrize("path", ["/en/", "/en/region", "/en/about"])
def test_a_known_document_is_not_sent_again(path):
    _, headers, _ = sent(path, accept_encoding="br")
    status, again, body = sent(path, accept_encoding="br", if_none_match=headers["etag"])
    assert (status, body, again["etag"]) == (304, b"", headers["etag"])
    assert sent(path, if_none_match='W/"other"')[0] == 200


def test_a_known_document_is_not_even_drawn(monkeypatch):
    """A proxy has it of another replica."""
    known = sent("/en/region")[1]["etag"]
    monkeypatch.setattr(views, "_KEPT", views.ContentCache(views.MOST))
    monkeypatch.setattr(views, "written_for", None)
    assert sent("/en/region", if_none_match=known)[0] == 304


def led(path, query):
    """Where a proxy that keeps documents is led inside; empty: nowhere."""
    return sent(path, query, atalaya_keeps="1")[1].get("x-accel-redirect", "")


@pytest.mark.parametrize(
    ("query", "one"),
    [
        (b"year=2019&measure=count", "?measure=count&year=2019"),
        (b"measure=c%6Funt&year=2019&subregion=", "?measure=count&year=2019"),
        (b"measure=count&year=2019&utm_source=x", "?measure=count&year=2019"),
        (b"measure=rate", ""),
        (b"from=2019&to=2019", "?year=2019"),
        (b"rows=region&year=2019", "?year=2019&rows=region"),
    ],
)
def test_a_proxy_that_keeps_documents_is_led_to_the_one_address_of_a_view(query, one):
    assert led("/en/region", query) == f"/en/region{one}"
    # Which leads nowhere else, and is the same document; nobody else is led.
    assert led("/en/region", one[1:].encode()) == ""
    assert sent("/en/region", query)[1]["etag"] == sent("/en/region", one[1:].encode())[1]["etag"]


@pytest.mark.parametrize("query", [b"nothing=1", b"year=9", b"snapshot=abc", b"find=a", b""])
def test_what_has_no_one_address_is_answered_where_it_is(query):
    assert led("/en/sources", query) == ""


@pytest.mark.parametrize("slug", pages())
def test_the_one_address_of_a_page_leads_nowhere_else(slug):
    here, given = f"/en/{place(slug)}", query(slug) or b"to=2019&from=2012"
    there = led(here, given) or f"{here}?{given.decode()}"
    assert led(here, there.partition("?")[2].encode()) == ""


def test_the_version_of_a_document_changes_with_all_that_it_depends_on(monkeypatch):
    versions = [
        sent(path, query=query, **headers)[1]["etag"]
        for path, query, headers in (
            ("/en/about", b"", {}),
            ("/es/about", b"", {}),
            ("/en/region", b"", {}),
            ("/en/region", b"year=2019", {}),
            ("/en/region", b"", {"hx_request": "true"}),
            ("/en/region", b"", {"hx_request": "true", "atalaya_drawing": "phone"}),
        )
    ]
    monkeypatch.setenv("ATALAYA_PUBLIC_ADDRESS", "https://atalaya.example.org")
    versions.append(sent("/en/about")[1]["etag"])
    monkeypatch.setattr(views, "_code", lambda: "another program")
    monkeypatch.setattr(views, "_KEPT", views.ContentCache(views.MOST))
    versions.append(sent("/en/about")[1]["etag"])
    assert len({*versions}) == len(versions)
    # The order of parameters is none of it.
    both = [
        sent("/en/region", query=query)[1]["etag"] for query in (b"year=2019&measure=count", b"measure=count&year=2019")
    ]
    assert both[0] == both[1]


def test_a_page_of_what_does_not_exist_has_no_version_and_costs_its_turn():
    status, headers, _ = sent("/en/passport", query=b"row=nothing")
    assert status == 404
    assert "etag" not in headers


def test_a_script_gets_the_part_that_changes_with_the_drawing_that_fits():
    whole, part = text("/en/region"), text("/en/region", hx_request="true", atalaya_drawing="phone")
    assert part.startswith("<title>")
    assert len(part) < len(whole) / 2
    assert 'class="phone"' in part
    assert 'class="desk"' not in part
    assert text("/en/region", hx_request="true", atalaya_drawing="<b>") == text("/en/region", hx_request="true")


def test_a_page_that_fails_says_so_in_the_reader_s_language(monkeypatch):
    def fails(*_arguments, **_named):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(views, "kept", fails)
    monkeypatch.setattr(views, "_KEPT", views.ContentCache(views.MOST))
    status, _, body = sent("/fr/region")
    assert status == 500
    assert "cette partie de la page" in body.decode().lower()
    assert b"secret" not in body
    assert len(re.findall("<li><a ", body.decode())) == len(menu.scripts())


@pytest.mark.parametrize("base", ["/", "/atalaya/"])
def test_a_route_that_fails_is_answered_once_by_our_page(monkeypatch, base):
    async def fails(_request):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(feeds, "routes", lambda: [Route("/fr/feed.atom", fails, methods=["GET", "POST"])])
    app = application()
    start, *rest = answered(f"{base}fr/feed.atom", base, app=app)
    body = b"".join(message.get("body", b"") for message in rest).decode()
    assert [start["status"], *(message["type"] for message in rest)] == [500, "http.response.body"]
    assert "cette partie de la page" in body.lower()
    assert "secret" not in body
    start, *rest = answered(f"{base}fr/feed.atom", base, method="POST", app=app)
    assert [start["status"], *(message["body"] for message in rest)] == [500, b"failed\n"]


def test_what_fails_within_its_answer_is_not_answered_again():
    sent_before = [{"type": "http.response.start", "status": 200, "headers": []}, {"type": "http.response.body"}]
    messages = []

    async def fails(_scope, _receive, send):
        for message in sent_before:
            await send(message)
        raise RuntimeError

    async def send(message):
        messages.append(message)

    scope = {"type": "http", "method": "GET", "path": "/api/v1/x", "query_string": b"", "headers": []}
    threads.run(Documents(fails)(scope, None, send))
    assert messages == sent_before


def test_the_documents_of_all_pages_are_made_ahead(monkeypatch):
    made = []
    monkeypatch.setattr(
        views, "kept", lambda asked: made.append((asked.place.lang.code, asked.place.page.slug)) or MADE
    )
    views.draw_ahead()
    slugs = [slug for slug, page in pages().items() if not (page.path or page.named)]
    assert set(made) == {(code, slug) for code in LANGUAGES for slug in slugs}


class MADE:
    """A document that takes no time."""

    @staticmethod
    def packed(_how):
        return b""


def test_a_view_too_large_for_a_sheet_is_refused_in_one_sentence(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 30)
    status, headers, body = sent("/es/region.xlsx")
    assert (status, headers["content-type"]) == (413, "text/plain; charset=utf-8")
    assert body.decode() == (
        "La selección tiene 35 filas; una hoja de Excel admite 30 como máximo. Use CSV o Parquet.\n"
    )
    assert sent("/es/region.csv")[0] == 200


def test_a_filter_of_a_page_holds_for_its_files_whatever_its_name():
    """The form of exploitation is a filter of Routes, and a part of the key of a cell; of a briefing it is its kind."""
    _, _, body = sent("/en/routes.csv", query=b"evidence=stated&form=forced_labour")
    rows = list(csv.DictReader(io.StringIO(body.decode(), newline="")))
    assert {row["asked_forms"] for row in rows} == {"forced_labour"}
    assert len(rows) < len(sent("/en/routes.csv", query=b"evidence=stated")[2].splitlines()) - 1


@pytest.mark.parametrize(
    ("path", "query", "why"),
    [
        ("/en/region.csv", b"foo=1", b"a parameter of its address is not known.*This page knows: .*year"),
        ("/en/region.csv", b"year=1800", b"or its value does not exist"),
        ("/en/country/HTI/victims.png", b"", b"there are no figures to draw for this view"),
        ("/en/country/HTI/nothing.png", b"", b"its address has a part that does not exist"),
    ],
)
def test_a_file_that_does_not_exist_says_why(path: str, query: bytes, why: bytes):
    status, _, body = sent(path, query=query)
    assert status == 404
    assert re.search(why, body)
    assert b"foo" not in body
