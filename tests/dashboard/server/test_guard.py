"""What may pass to the application over HTTP and websocket, tested in plain ASGI."""

import pytest

from dashboard.server.guard import BURST, UPLOADS_AT_ONCE, Bucket, Guard
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


def sent(kind="http", host="localhost:8501", path="/", query=b"", method="GET"):
    """The messages the guarded application sends for one request."""
    messages = []

    async def send(message):
        messages.append(message)

    async def receive():
        return {"type": f"{kind}.connect"}

    scope = {"type": kind, "method": method, "path": path, "query_string": query, "headers": [(b"host", host.encode())]}
    threads.run(Guard(inner, HOSTS)(scope, receive, send))
    return messages


def status(**request):
    return sent(**request)[0]["status"]


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8501", "127.0.0.1:8501", "10.0.0.7", "[::1]:8501", "observatory.example.org"]
)
def test_known_hosts_and_plain_addresses_are_answered(host):
    assert status(host=host) == 200
    assert sent("websocket", host=host) == [{"type": "websocket.accept"}]


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "observatory.example.or", "", "evil"]
)
def test_other_names_are_refused(host):
    assert status(host=host) == 421
    assert sent("websocket", host=host)[0]["type"] == "websocket.close"


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


def test_workbook_uploads_are_rate_limited():
    guard, answers = Guard(inner, HOSTS), []

    async def send(message):
        if "status" in message:
            answers.append(message["status"])

    for method in ["PUT"] * (UPLOADS_AT_ONCE + 2) + ["DELETE", "GET"]:
        scope = {"type": "http", "method": method, "path": "/_stcore/upload_file/a/b", "query_string": b""}
        threads.run(guard(scope | {"headers": [(b"host", b"localhost")]}, None, send))
    assert answers == [200] * UPLOADS_AT_ONCE + [429, 429, 200, 404]


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

    async def application(_scope, receive, send):
        while (message := await receive())["type"] != "websocket.disconnect":
            received.append(message)
        await send({"type": "websocket.send", "bytes": b"too late"})

    async def receive():
        return queue.pop(0) if queue else {"type": "websocket.disconnect", "code": 1005}

    async def send(message):
        answers.append(message)

    scope = {"type": "websocket", "path": "/", "query_string": b"", "headers": [(b"host", b"localhost")]}
    threads.run(Guard(application)(scope, receive, send))
    return received, answers


def test_a_text_frame_closes_the_websocket_before_the_application_sees_it():
    received, answers = exchanged({"bytes": b"1"}, {"text": "x"}, {"bytes": b"2"})
    assert [message.get("bytes") for message in received] == [None, b"1"]
    assert answers == [{"type": "websocket.close", "code": 1003}]


def test_a_flood_of_messages_closes_the_websocket():
    received, answers = exchanged(*[{"bytes": b"1"}] * 1000)
    assert BURST <= len(received) - 1 <= BURST + 20
    assert answers == [{"type": "websocket.close", "code": 1008}]


def test_normal_traffic_passes_unchanged():
    received, answers = exchanged(*[{"bytes": b"1"}] * 60)
    assert len(received) == 61
    assert answers == [{"type": "websocket.send", "bytes": b"too late"}]


def test_the_token_bucket_refills_up_to_its_limit():
    bucket = Bucket(0.0)
    assert all(bucket.take(0.0) for _ in range(BURST))
    assert not bucket.take(0.0)
    assert [bucket.take(0.25) for _ in range(3)] == [True, True, False]
    assert sum(bucket.take(1e6) for _ in range(2 * BURST)) == BURST
