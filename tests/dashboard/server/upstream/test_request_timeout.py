"""Connections on which no request comes are closed; requests that come are not, however slow their answers."""

import asyncio
import inspect

import pytest
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from dashboard.server import serve
from dashboard.server.upstream import request_timeout
from dashboard.server.upstream.request_timeout import PatientProtocol
from tests import threads

# Seconds; the clocks below are far shorter.
LONGEST = 20


async def application(scope, _receive, send):
    if scope["type"] == "lifespan":
        return
    if scope["path"] == "/slow":
        await asyncio.sleep(0.5)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


def talked(monkeypatch, talk, silent=0.2, headers=0.2, protocol=PatientProtocol, **settings):
    """What `talk(reader, writer)` returns, on a connection to a server with short clocks."""
    monkeypatch.setattr(request_timeout, "SILENT", silent)
    monkeypatch.setattr(request_timeout, "HEADERS", headers)

    async def scene():
        config = uvicorn.Config(
            application, http=protocol, log_config=None, lifespan="off", access_log=False, **settings
        )
        listener = serve.listen("127.0.0.1", 0)
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve(sockets=[listener]))
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        try:
            return await asyncio.wait_for(talk(reader, writer), LONGEST)
        finally:
            writer.close()
            server.should_exit = True
            await asyncio.wait_for(task, LONGEST)

    return threads.run(scene())


async def answered(reader, writer, request):
    writer.write(request)
    await reader.readuntil(b"\r\n\r\n")
    return await reader.readexactly(2)


def test_a_silent_connection_is_closed(monkeypatch):
    async def talk(reader, _writer):
        return await reader.read()

    assert talked(monkeypatch, talk) == b""


def test_a_connection_that_never_ends_its_headers_is_closed_though_bytes_come(monkeypatch):
    async def talk(reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n")
        for n in range(1000):
            await asyncio.sleep(0.02)
            if reader.at_eof() or writer.is_closing():
                return n
            writer.write(b"X-%d: 1\r\n" % n)
        return None

    ended = talked(monkeypatch, talk, silent=LONGEST)
    assert ended is not None


def test_the_same_holds_for_the_second_request_of_a_connection(monkeypatch):
    async def talk(reader, writer):
        first = await answered(reader, writer, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        writer.write(b"GET / HT")
        return first, await reader.read()

    assert talked(monkeypatch, talk, silent=LONGEST) == (b"ok", b"")


def test_a_slow_answer_is_waited_for_and_the_connection_kept(monkeypatch):
    async def talk(reader, writer):
        first = await answered(reader, writer, b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        await asyncio.sleep(0.5)
        return first, await answered(reader, writer, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")

    assert talked(monkeypatch, talk) == (b"ok", b"ok")


def test_headers_in_parts_are_waited_for(monkeypatch):
    async def talk(reader, writer):
        writer.write(b"GET / HTTP/1.1\r\n")
        await asyncio.sleep(0.05)
        return await answered(reader, writer, b"Host: x\r\n\r\n")

    assert talked(monkeypatch, talk, headers=5) == b"ok"


def test_uvicorn_itself_does_not_close_it(monkeypatch):
    """When this fails, uvicorn has a limit of its own, and the override goes."""

    async def talk(reader, writer):
        writer.write(b"GET / HTTP/1.1\r\n")
        # Something does not happen: its only limit, of idle connections, is over long before.
        await asyncio.wait_for(reader.read(), 1)

    with pytest.raises(TimeoutError):
        talked(monkeypatch, talk, protocol=H11Protocol, timeout_keep_alive=0.1)
    limits = {name for name in inspect.signature(uvicorn.Config).parameters if name.startswith("timeout_")}
    assert not {name for name in limits if "request" in name or "header" in name or "read" in name}
