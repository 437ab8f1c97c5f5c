"""What may pass to the application, tested in plain ASGI; no websocket does."""

import pytest

from dashboard.server.guard import Guard
from tests import threads

HOSTS = ("Observatory.example.org",)


def answer_type(scope):
    return b"application/json" if scope["path"].endswith("/data") else b"text/plain"


async def inner(scope, _receive, send):
    """Accepts whatever reaches it."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", answer_type(scope))]})
        await send({"type": "http.response.body", "body": b"page"})
    else:
        await send({"type": "lifespan.startup.complete"})


def sent(kind="http", host="localhost:8501", path="/", query=b"", method="GET", origin=None, **options):
    """The messages the guarded application sends for one request; `options` are the guard's."""
    messages = []

    async def send(message):
        messages.append(message)

    async def receive():
        return {"type": f"{kind}.connect"}

    headers = [(b"host", host.encode()), *([(b"origin", origin.encode())] if origin else [])]
    scope = {"type": kind, "method": method, "path": path, "query_string": query, "headers": headers}
    threads.run(Guard(inner, HOSTS, **options)(scope, receive, send))
    return messages


def status(**request):
    return sent(**request)[0]["status"]


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8501", "127.0.0.1:8501", "[::1]:8501", "observatory.example.org"]
)
def test_known_hosts_are_answered(host):
    assert status(host=host) == 200


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "observatory.example.or", "", "evil"),
        *("8.8.8.8", "10.0.0.7:8501", "127.0.0.2", "[2001:db8::1]:8501", "2130706433"),
    ],
)
def test_other_names_and_addresses_are_refused(host):
    assert status(host=host) == 421


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/startupz"])
def test_a_probe_may_name_any_host(path):
    assert status(host="10.1.2.3:8501", path=path) == 200


PUBLIC = "https://observatory.example.org/o"


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:8501", None),
        ("localhost:8501", "http://localhost:8501"),
        ("observatory.example.org", "https://observatory.example.org"),
        ("observatory.example.org:443", "https://OBSERVATORY.example.org"),
        ("observatory.example.org", "http://observatory.example.org:80"),
        # A proxy names itself as the host.
        ("localhost:8501", "https://observatory.example.org"),
    ],
)
def test_our_own_pages_may_send_something(host, origin):
    assert status(method="POST", host=host, origin=origin, origins=[PUBLIC]) == 200


@pytest.mark.parametrize(
    "origin",
    [
        *("http://localhost:8502", "https://localhost", "http://localhost", "http://127.0.0.1:8501", "null", "file://"),
        *("https://evil.example", "http://localhost:8501.evil.example", "https://observatory.example.org:8443", "x"),
        "http://observatory.example.org",
    ],
)
def test_pages_of_another_site_or_port_may_not(origin):
    assert status(method="POST", host="localhost:8501", origin=origin, origins=[PUBLIC]) == 403
    assert status(method="GET", host="localhost:8501", origin=origin, origins=[PUBLIC]) == 200


def test_a_websocket_is_refused_with_one_line(caplog):
    assert sent("websocket") == [{"type": "websocket.close", "code": 1008, "reason": ""}]
    assert [record.getMessage() for record in caplog.records] == ["refused"]


def test_allowed_addresses():
    assert status(path="/en/region") == 200
    assert sent("lifespan") == [{"type": "lifespan.startup.complete"}]


@pytest.mark.parametrize(("length", "answer"), [(4096, 200), (4097, 414)])
def test_an_endless_query_is_refused(length, answer):
    assert status(query=b"a" * length) == answer


@pytest.mark.parametrize("path", ["/", "/en/region"])
def test_every_answer_carries_the_headers(path):
    headers = {name.decode(): text.decode() for name, text in sent(path=path)[0]["headers"]}
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["referrer-policy"] == "same-origin"
    policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["form-action"] == "'self'"
    assert not [rule for rule in policy.values() if "http" in rule or "*" in rule]


def test_data_responses_carry_only_the_headers_for_data():
    assert sent(path="/data")[0]["headers"] == [
        (b"content-type", b"application/json"),
        (b"x-content-type-options", b"nosniff"),
    ]


def test_hsts_is_sent_only_where_it_is_set():
    name = b"strict-transport-security"
    assert name not in dict(sent()[0]["headers"])
    assert dict(sent(hsts=600)[0]["headers"])[name] == b"max-age=600"
