"""Where `/desk/...` leads, tested in plain ASGI behind the guard."""

import socket

import pytest

from dashboard.server.desk_address import DeskAddress, host_name
from dashboard.server.documents import Documents
from dashboard.server.guard import Guard
from dashboard.server.serve import application, mounted
from tests import threads

APPLICATION = application()
GIVEN = "https://desk.example.org/o/desk"


def answer(path, query="", host="localhost:8501", base="", method="GET", server=None, **desk):
    """Status and location for one request; the application within has no page."""
    status, headers = answered(path, query, host, base, method, server, **desk)
    return status, headers.get(b"location", b"").decode()


def answered(path, query="", host="localhost:8501", base="", method="GET", server=None, **desk):
    """As `answer`, with all headers."""
    messages = []

    async def send(message):
        messages.append(message)

    async def receive():
        return {"type": "http.request"}

    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "scheme": "http"}
    scope["server"] = server
    scope["headers"] = [(b"host", host.encode())]
    app = Guard(DeskAddress(Documents(mounted(APPLICATION, base), base), base, **desk), ["atalaya.example.org"], base)
    threads.run(app(scope, receive, send))
    return messages[0]["status"], dict(messages[0]["headers"])


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("path", "query", "leads"),
    [
        ("/desk", "", "/desk/"),
        ("/desk/", "", "/desk/"),
        ("/desk/region", "lang=es&year=2019", "/desk/region?lang=es&year=2019"),
        ("/desk/_stcore/health", "", "/desk/_stcore/health"),
        ("/desk/a b?c#d/%2e", "x=%2F", "/desk/a%20b%3Fc%23d/%252e?x=%2F"),
    ],
)
def test_it_leads_to_the_same_page_on_the_desk_with_its_query(path, query, leads, method):
    found = answer(path, query, port=8502, method=method)
    assert found == (307, f"http://localhost:8502{leads}")


def test_under_a_path_the_desk_is_under_that_path():
    desk = {"base": "/atalaya", "port": 8502}
    assert answer("/atalaya/desk/region", "lang=es", **desk) == (
        307,
        "http://localhost:8502/atalaya/desk/region?lang=es",
    )
    assert answer("/atalaya/deskregion", **desk)[0] == 404


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8501", "[::1]:8501", "Atalaya.example.org"])
def test_the_host_name_is_that_of_the_browser(host):
    name = host.lower().removesuffix(":8501")
    assert answer("/desk/", host=host, port=8502) == (307, f"http://{name}:8502/desk/")


def test_a_desk_that_does_not_answer_is_said_and_one_that_does_is_led_to():
    with socket.create_server(("127.0.0.1", 0)) as desk:
        port = desk.getsockname()[1]
        leads = 307, f"http://localhost:{port}/desk/region?lang=pt"
        assert answer("/desk/region", "lang=pt", server=("127.0.0.1", 8501), port=port) == leads
    assert answer("/desk/region", "lang=pt", server=("127.0.0.1", 8501), port=port) == (503, "")
    # A browser that is early comes back by itself; a program reads when.
    _, headers = answered("/desk/region", server=("127.0.0.1", 8501), port=port)
    assert headers[b"refresh"] == headers[b"retry-after"] == b"5"
    # The address of an operator's own desk may be of a machine that this one does not reach.
    assert answer("/desk/", server=("127.0.0.1", 8501), given=GIVEN, port=port) == (307, f"{GIVEN}/")


@pytest.mark.parametrize(
    "host", ["example.org", "example.org:8502", "localhost.example.org", "[::2]", "", "example.org@localhost"]
)
def test_another_host_name_is_refused(host):
    assert answer("/desk/", host=host, port=8502) == (421, "")


@pytest.mark.parametrize("host", ["localhost:80@example.org", "localhost:8501/example.org", "[::1]example.org"])
def test_nothing_but_the_known_name_of_a_host_is_used(host):
    status, location = answer("/desk/", host=host, port=8502)
    assert status == 307
    assert location in {"http://localhost:8502/desk/", "http://[::1]:8502/desk/"}


@pytest.mark.parametrize(
    "path", ["/desk//example.org", "/desk/../..//example.org", "/desk/\r\nSet-Cookie: a=b", "/desk/@b"]
)
def test_no_path_leads_to_another_site(path):
    for desk, start in (({"port": 8502}, "http://localhost:8502/desk/"), ({"given": GIVEN}, f"{GIVEN}/")):
        status, location = answer(path, **desk)
        assert status == 307
        assert location.startswith(start)
        assert not {"\r", "\n", " "} & set(location)


def test_the_address_in_the_setting_goes_before_our_own_desk():
    for port in (0, 8502):
        assert answer("/desk/region", "lang=es", given=GIVEN, port=port) == (307, f"{GIVEN}/region?lang=es")


@pytest.mark.parametrize("path", ["/desk", "/desk/", "/desk/region"])
def test_without_a_desk_it_is_our_page_for_a_missing_address(path):
    assert answer(path) == (404, "")


@pytest.mark.parametrize("path", ["/desks", "/en/region", "/Desk/", "/o/desk/"])
def test_other_addresses_are_left_to_the_documents(path):
    assert answer(path, port=8502)[0] in {200, 404}


@pytest.mark.parametrize(
    ("host", "name"), [("A.example:80", "a.example"), ("[::1]:80", "::1"), ("::1", ""), ("", ""), ("[", "")]
)
def test_a_host_without_its_port(host, name):
    assert host_name(host) == name
