"""A client's own excess is its 429; 503 says that the server has no place for anybody. Through the whole server."""

import asyncio
import json

import pytest

from dashboard import store
from dashboard import turns as waiting
from dashboard.sending import Content
from dashboard.server import api, embeds, pages, pictures
from dashboard.stage import wire
from dashboard.turns import Turns
from data.i18n import LANGUAGES, language
from tests import threads
from tests.dashboard.server.test_api import SERVER, fetch

FIGURES = f"/figures/{store.snapshot().id}"
# An address of each kind of work, and whose turns it takes.
WORK = {
    "/api/v1/observations": (api, "TURNS", "year=2019"),
    "/picture/region.png": (pictures, "TURNS", ""),
    f"{FIGURES}/ground": (wire, "DRAWING", ""),
    f"{FIGURES}/region_change": (wire, "DRAWING", "lang=en&width=720&dark=0"),
    "/embed/region": (embeds, "DRAWING", ""),
    "/en/region": (pages, "DRAWING", ""),
}


@pytest.fixture
def nothing_kept(monkeypatch):
    """No answer was made before."""
    monkeypatch.setattr(pages, "_KEPT", pages.ContentCache(pages.MOST))
    for made in (pictures._content, wire.ground, wire._gzipped, embeds._content):
        store.tables().forget(made)


@pytest.mark.usefixtures("nothing_kept")
@pytest.mark.parametrize("path", WORK)
@pytest.mark.parametrize(("turns", "status"), [(Turns(1, 9, 0), 429), (Turns(1, 0, 9), 503)])
def test_a_client_s_own_excess_is_told_from_a_server_without_places(path, turns, status, monkeypatch):
    room, name, query = WORK[path]
    monkeypatch.setattr(room, name, turns)
    answer = fetch(path, query)
    assert answer.status == status
    assert int(answer.headers["retry-after"]) > 0
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", [path for path in WORK if WORK[path][0] is not api])
def test_what_is_kept_is_never_refused(path, monkeypatch):
    room, name, query = WORK[path]
    assert fetch(path, query).status == 200
    monkeypatch.setattr(room, name, Turns(1, 0, 0))
    assert fetch(path, query).status == 200


@pytest.mark.usefixtures("nothing_kept")
@pytest.mark.parametrize("code", LANGUAGES)
def test_the_refusal_is_a_sentence_in_the_reader_s_language(code, monkeypatch):
    monkeypatch.setattr(api, "TURNS", Turns(1, 9, 0))
    monkeypatch.setattr(pictures, "TURNS", Turns(1, 9, 0))
    sentence = language(code).text("Too many requests at once. Try again in a few seconds.")
    assert json.loads(fetch("/api/v1/observations", accept_language=code).body) == {"error": sentence}
    assert fetch("/picture/region.png", f"lang={code}").body.decode() == f"{sentence}\n"


@pytest.mark.usefixtures("nothing_kept")
def test_only_some_documents_are_made_at_once_and_every_client_gets_its_turn(monkeypatch):
    """Sixty documents of one client, then one of another: it waits for as many as are made at once, not for sixty."""
    order, made_at_once, most = [], 0, 0
    turns = Turns(4, 1500, 600)
    monkeypatch.setattr(pages, "DRAWING", turns)

    async def made(*_arguments, **_named):
        nonlocal made_at_once, most
        made_at_once += 1
        most = max(most, made_at_once)
        await asyncio.sleep(0.005)
        made_at_once -= 1
        return Content(b"made", "text/html")

    monkeypatch.setattr(waiting, "run_in_threadpool", made)

    async def one(client):
        async def send(message):
            if message["type"] == "http.response.body":
                order.append(client)

        scope = {"type": "http", "method": "GET", "path": "/en/region", "query_string": b"", "client": (client, 1)}
        await SERVER(scope | {"headers": [(b"host", b"localhost")]}, None, send)

    async def crowd():
        many = [asyncio.create_task(one("10.0.0.1")) for _ in range(60)]
        await asyncio.sleep(0.012)
        await asyncio.gather(one("10.0.0.2"), *many)

    threads.run(crowd())
    assert most == turns.at_once
    assert len(order) == 61
    assert order.index("10.0.0.2") < 30
