"""What may pass to the application over HTTP and websocket, tested in plain ASGI."""

import asyncio

import pytest
from prometheus_client import REGISTRY

from dashboard.server import guard as guards
from dashboard.server.budgets import Places
from dashboard.server.guard import MOST_WAITING, UPLOADS_EACH, Guard
from tests import threads

HOSTS = ("Observatory.example.org",)


def answer_type(scope):
    return b"application/json" if scope["path"].endswith("/data") else b"text/plain"


async def inner(scope, _receive, send):
    """Accepts whatever reaches it."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
    elif scope["type"] == "http":
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
    assert sent("websocket", host=host) == [{"type": "websocket.accept"}]


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "observatory.example.or", "", "evil"),
        *("8.8.8.8", "10.0.0.7:8501", "127.0.0.2", "[2001:db8::1]:8501", "2130706433"),
    ],
)
def test_other_names_and_addresses_are_refused(host):
    assert status(host=host) == 421
    assert sent("websocket", host=host)[0]["type"] == "websocket.close"


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
def test_our_own_pages_may_open_a_session(host, origin):
    assert sent("websocket", host=host, origin=origin, origins=[PUBLIC]) == [{"type": "websocket.accept"}]


@pytest.mark.parametrize(
    "origin",
    [
        *("http://localhost:8502", "https://localhost", "http://localhost", "http://127.0.0.1:8501", "null", "file://"),
        *("https://evil.example", "http://localhost:8501.evil.example", "https://observatory.example.org:8443", "x"),
        "http://observatory.example.org",
    ],
)
def test_pages_of_another_site_or_port_may_not(origin):
    assert sent("websocket", host="localhost:8501", origin=origin, origins=[PUBLIC])[0]["type"] == "websocket.close"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/agent/mcp"])
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_blocked_addresses(path, method):
    assert status(path=path, method=method) == 404


@pytest.mark.parametrize("path", ["/o/_stcore/metrics", "/o/_stcore/agent/mcp", "/o/_stcore/upload_file/a"])
def test_blocked_addresses_stay_blocked_under_a_path(path):
    messages = []

    async def send(message):
        messages.append(message)

    async def receive():
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": [(b"host", b"localhost")]}
    threads.run(Guard(inner, HOSTS, "/o")(scope, receive, send))
    assert messages[0]["status"] == 404


def upload_scope(length, *headers):
    """A request that uploads a file of some bytes."""
    named = [(b"host", b"localhost"), (b"content-length", str(length).encode()), *headers]
    path = "/_stcore/upload_file/a/b"
    return {"type": "http", "method": "PUT", "path": path, "query_string": b"", "headers": named}


def uploads(guard, client, length, count):
    """The statuses of as many uploads of a client, each of some bytes."""
    answers = []

    async def send(message):
        if "status" in message:
            answers.append(message["status"])

    for _ in range(count):
        threads.run(guard(upload_scope(length) | {"client": (client, 1)}, None, send))
    return answers


def test_small_uploads_of_one_client_do_not_close_the_preview_to_others():
    guard = Guard(inner, HOSTS)
    burst = int(UPLOADS_EACH.burst)
    assert uploads(guard, "10.0.0.1", 50_000, burst + 40).count(200) == burst
    assert uploads(guard, "10.0.0.2", 50_000, 20) == [200] * 20


def test_the_bytes_of_uploads_are_limited_for_one_client_and_for_all():
    guard = Guard(inner, HOSTS)
    first = uploads(guard, "10.0.0.1", 2_000_000, 40)
    assert 200 in first
    # More of a file than this never comes into memory.
    kept = min(2_000_000, guards.KEPT)
    assert first.count(200) * kept <= guards.BYTES_EACH.burst + kept
    every = first.count(200) + sum(uploads(guard, f"10.0.1.{n}", 2_000_000, 20).count(200) for n in range(12))
    assert every * kept <= guards.BYTES_TOGETHER.burst + kept


def test_uploads_are_taken_back_and_never_read():
    answers = [status(path="/_stcore/upload_file/a/b", method=method) for method in ("DELETE", "GET", "POST")]
    assert answers == [200, 404, 404]


def test_allowed_addresses():
    assert status(path="/_stcore/health") == 200
    assert sent("lifespan") == [{"type": "lifespan.startup.complete"}]


@pytest.mark.parametrize(("length", "answer"), [(4096, 200), (4097, 414)])
def test_an_endless_query_is_refused(length, answer):
    assert status(query=b"a" * length) == answer


@pytest.mark.parametrize("path", ["/", "/_stcore/metrics"])
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


def exchanged(*frames):
    """The websocket messages the application receives, and those the client is sent."""
    received, answers = [], []
    queue = [{"type": "websocket.connect"}, *({"type": "websocket.receive", **frame} for frame in frames)]

    accepted = asyncio.Event()

    async def application(_scope, receive, send):
        while (message := await receive())["type"] != "websocket.disconnect":
            received.append(message)
            accepted.set()
        await send({"type": "websocket.send", "bytes": b"too late"})

    async def receive():
        if len(queue) == len(frames):
            await accepted.wait()
        if not queue:
            # Nobody leaves before the last message has been read.
            while len(received) <= len(frames):
                await asyncio.sleep(0)
        return queue.pop(0) if queue else {"type": "websocket.disconnect", "code": 1005}

    async def send(message):
        answers.append(message)

    scope = {"type": "websocket", "path": "/", "query_string": b"", "headers": [(b"host", b"localhost")]}
    threads.run(Guard(application)(scope, receive, send))
    return received, answers


def test_a_text_frame_closes_the_websocket_before_the_application_sees_it():
    received, answers = exchanged({"bytes": b"1"}, {"text": "x"}, {"bytes": b"2"})
    assert b"2" not in [message.get("bytes") for message in received]
    assert answers == [{"type": "websocket.close", "code": 1003}]


def test_a_flood_of_messages_closes_the_websocket():
    received, answers = exchanged(*[{"bytes": b"1"}] * 1000)
    assert len(received) <= MOST_WAITING
    assert answers == [{"type": "websocket.close", "code": 1008}]


def test_normal_traffic_passes_unchanged():
    received, answers = exchanged(*[{"bytes": b"1"}] * 60)
    assert len(received) == 61
    assert answers == [{"type": "websocket.send", "bytes": b"too late"}]


def test_hsts_is_sent_only_where_it_is_set():
    name = b"strict-transport-security"
    assert name not in dict(sent()[0]["headers"])
    assert dict(sent(hsts=600)[0]["headers"])[name] == b"max-age=600"


def test_a_full_server_refuses_a_session_with_one_line(caplog):
    assert [message["type"] for message in sent("websocket", most=0)] == ["websocket.close"]
    assert [record.getMessage() for record in caplog.records] == ["refused"]


def counted(status):
    return REGISTRY.get_sample_value("atalaya_refusals_total", {"kind": "websocket", "status": status}) or 0


@pytest.mark.parametrize(("places", "expected"), [(Places(0, 5), 503), (Places(5, 0), 429)])
def test_a_session_without_a_place_gets_the_status_that_says_whose_excess_it_is(places, expected):
    """Where the server can answer with a status; it is counted, for the alarm on refused readers."""
    before, messages, guard = counted(str(expected)), [], Guard(inner, HOSTS)
    guard.places = places

    async def send(message):
        messages.append(message)

    scope = {"type": "websocket", "path": "/_stcore/stream", "query_string": b"", "headers": [(b"host", b"localhost")]}
    threads.run(guard(scope | {"extensions": {"websocket.http.response": {}}}, None, send))
    assert [message["type"] for message in messages] == [
        "websocket.http.response.start",
        "websocket.http.response.body",
    ]
    assert messages[0]["status"] == expected
    assert int(dict(messages[0]["headers"])[b"retry-after"]) > 0
    assert counted(str(expected)) == before + 1


def request(path, receive, application, method="GET", headers=()):
    """The messages of one request to an application behind a guard."""
    messages = []

    async def send(message):
        messages.append(message)

    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "client": ("10.0.0.1", 1)}
    threads.run(Guard(application, HOSTS)(scope | {"headers": [(b"host", b"localhost"), *headers]}, receive, send))
    return messages


def test_a_body_that_does_not_come_is_answered_and_not_waited_for(monkeypatch):
    monkeypatch.setattr(guards, "NEXT_PART", 0.05)
    read = []

    async def application(scope, receive, send):
        read.append((await receive())["type"])
        await inner(scope, receive, send)

    async def receive():
        await asyncio.sleep(60)

    messages = request("/figures/a/b", receive, application, "POST", [(b"content-length", b"10")])
    assert read == ["http.disconnect"]
    assert [message["status"] for message in messages if "status" in message] == [408]
