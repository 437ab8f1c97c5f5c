"""Requests as no browser sends them, to a running server: no error of the server, nothing comes back that acts.

Methods, paths and headers are right or an attacker's. `make prove` sends 2,000 (`ATALAYA_PROVE_ADDRESSES`).
"""

import random
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from data.place import HERE
from tests.attacks.test_addresses import ID, MANY, PAGES, beside_texts
from tests.attacks.texts import MARK, TEXTS
from tests.faults.processes import Server, served

pytestmark = pytest.mark.long
METHODS = ("GET",) * 12 + ("HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "get", "EVIL")
ROOTS = (
    *(f"/{slug}" for slug in PAGES),
    *(f"/en/{slug}" for slug in PAGES),
    *("/en/country/HTI", "/es/pair/ARG/BRA", "/en/region.csv", "/en/region/map.years", "/pt/country/HTI/victims.svg"),
    *("/", "/ledger", "/api", "/api/v1/", f"/api/v1/{ID}/", "/assets/", "/static/", "/static/js/", "/media/"),
    *(f"/figures/{ID}/", "/figures/", "/component/", "/app/static/", "/vendor/", "/_stcore/", "/_stcore/health"),
    *("/_stcore/host-config", "/_stcore/stream", "/_stcore/metrics", "/_stcore/upload_file/", "/livez", "/readyz"),
    *("/.well-known/security.txt", "/.git/config", "/favicon.png", "/manifest.json", "//", "/./", "/%2e%2e/"),
)
HEADERS = ("Host", "Referer", "Origin", "Cookie", "Range", "Accept-Language", "Accept-Encoding", "X-Forwarded-For")
HEADERS += (
    "X-Forwarded-Proto",
    "If-None-Match",
    "If-Modified-Since",
    "User-Agent",
    "Content-Type",
    "Upgrade",
    "Save-Data",
)
LONGEST = 60


def request(number: int) -> bytes:
    """The bytes of a request by its number."""
    chance = random.Random(f"request {number}")  # noqa: S311
    path = chance.choice(ROOTS)
    if chance.random() < 0.5:
        path += _written(chance) + chance.choice(("", "", "/", f"/{_written(chance)}"))
    query = f"?{_written(chance)}={_written(chance)}" if chance.random() < 0.5 else ""
    given = {"Host": "127.0.0.1"} | {chance.choice(HEADERS): chance.choice(TEXTS) for _ in range(chance.randint(0, 3))}
    if chance.random() < 0.8:
        # An unknown host is refused before anything else is looked at.
        given["Host"] = "127.0.0.1"
    lines = [f"{name}: {value}" for name, value in given.items()]
    head = [f"{chance.choice(METHODS)} {path}{query} HTTP/1.1", *lines, "Connection: close", "Content-Length: 0"]
    return "\r\n".join([*head, "", ""]).encode()


def _written(chance: random.Random) -> str:
    """A text of an attacker as part of an address, encoded or not."""
    text = chance.choice(TEXTS)[:1500]
    return quote(text, safe="") if chance.random() < 0.7 else text


def answered(server: Server, content: bytes) -> tuple[int, str, bytes]:
    """Status, head and body of an answer; status 0 if the connection was closed without one."""
    with closing(socket.create_connection(("127.0.0.1", server.port), LONGEST)) as line:
        line.sendall(content)
        parts = []
        while part := line.recv(65_536):
            parts.append(part)
    head, _, body = b"".join(parts).partition(b"\r\n\r\n")
    return int(head.split(b" ", 2)[1]) if head.startswith(b"HTTP/1.1 ") else 0, head.decode("latin-1").lower(), body


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with served(str(HERE), tmp_path / "log") as running:
        yield running


def test_many_requests(server: Server):
    failures, statuses = {}, []
    for number in range(MANY):
        status, head, body = answered(server, request(number))
        statuses.append(status)
        # As the only one a redirect has what was asked for, encoded.
        named = [line for line in head.splitlines() if MARK in line and not line.startswith("location: ")]
        acts = "text/html" in head and MARK.encode() in beside_texts(body)
        if status >= 500 or named or acts or (MARK.encode() in body and "nosniff" not in head):
            failures[number] = f"{request(number)[:200]!r}: {status} {named} {body[:100]!r}"
    assert failures == {}
    assert statuses.count(200) > MANY / 20
    log = server.log.read_text()
    assert "Traceback" not in log, log[:2000]
