"""The real proxy sends `/desk/` to the desk: pages, sessions, and what stays closed."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.browser.conftest import free_port
from tests.faults.processes import until
from tests.load import proxy

pytestmark = proxy.WITH_PROXY
NAME = "atalaya.example.org"
# What a browser sends for a session; the key is of any 16 bytes.
SESSION = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="}


class Echo(BaseHTTPRequestHandler):
    """Answers with its own name and what it was asked for."""

    def do_GET(self) -> None:
        asked = [self.server.name, self.path, self.headers.get("Host"), self.headers.get("Upgrade", "")]
        body = " ".join(asked).strip().encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Named(ThreadingHTTPServer):
    """A server with a name."""

    def __init__(self, name: str) -> None:
        super().__init__(("127.0.0.1", 0), Echo)
        self.name = name
        Thread(target=self.serve_forever, daemon=True).start()


@contextmanager
def behind(folder: Path, *desks: str) -> Iterator[int]:
    """The port of the proxy before stand-ins for a replica and for desks of these names."""
    port, servers = free_port(), [Named(name) for name in ("replica", *desks)]
    replica, *rest = (server.server_address[1] for server in servers)
    process = proxy.start(folder, port, [replica], desks=rest)
    try:
        until(lambda: answers(port), 60)
        yield port
    finally:
        process.stop()
        for server in servers:
            server.shutdown()
            server.server_close()


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with behind(tmp_path_factory.mktemp("proxy"), "desk") as one:
        yield one


def answers(port: int) -> bool:
    with suppress(OSError):
        return get(port, "/")[0] == 200
    return False


def get(port: int, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    """Status, body and headers of an answer."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers={"Host": NAME, **headers})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), dict(answer.headers)


@pytest.mark.parametrize("path", ["/desk/", "/desk/region?lang=es&x=%2F", "/desk/static/js/a.js", "/desk/media/a.csv"])
def test_the_desk_answers_under_the_name_of_the_site(port: int, path: str):
    assert get(port, path)[:2] == (200, f"desk {path} {NAME}")


@pytest.mark.parametrize("path", ["/", "/region", "/desks", "/_stcore/health", "/media/desk/a.csv"])
def test_everything_else_is_for_the_replicas(port: int, path: str):
    assert get(port, path)[:2] == (200, f"replica {path} {NAME}")


def test_the_path_without_a_slash_leads_to_it_on_the_same_site(port: int):
    status, _, headers = get(port, "/desk?lang=es")
    assert (status, headers["Location"]) == (307, "/desk/?lang=es")


@pytest.mark.parametrize("origin", ["", f"https://{NAME}", f"http://{NAME}"])
def test_a_session_of_our_own_page_is_passed_on(port: int, origin: str):
    more = {"Origin": origin} if origin else {}
    found = get(port, "/desk/_stcore/stream", **SESSION, **more)
    assert found[:2] == (200, f"desk /desk/_stcore/stream {NAME} websocket")


@pytest.mark.parametrize(
    "origin", ["https://example.org", f"https://{NAME}.example.org", f"https://{NAME}:8080", "null"]
)
def test_a_session_of_a_page_of_another_site_is_refused(port: int, origin: str):
    found = get(port, "/desk/_stcore/stream", **SESSION, Origin=origin)
    assert found[0] == 403


def test_the_counts_of_the_desk_are_closed(port: int):
    assert get(port, "/desk/_stcore/metrics")[0] == 404


def test_no_page_of_another_site_may_frame_it(port: int):
    headers = get(port, "/desk/region")[2]
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_reader_stays_at_one_of_two_desks(tmp_path: Path):
    """The cookie has the number of the desk, for this session of the browser alone; new readers come to both."""
    with behind(tmp_path, "first", "second") as port:
        found = [get(port, "/desk/region") for _ in range(4)]
        assert {body.split()[0] for _, body, _ in found} == {"first", "second"}
        for _, body, headers in found:
            cookie, *rest = headers["set-cookie"].split("; ")
            assert cookie == f"atalaya_desk={1 + (body.split()[0] == 'second')}"
            assert {*rest} == {"path=/", "HttpOnly", "SameSite=Lax"}
            for path, more in (("/desk/media/a.csv", {}), ("/desk/_stcore/stream", SESSION)):
                again = get(port, path, Cookie=cookie, **more)
                assert (again[0], again[1].split()[0]) == (200, body.split()[0])
                assert "set-cookie" not in again[2]
