"""Connections on which no request comes are closed; requests that come are not, however slow their answers."""

import asyncio

import pytest
import uvicorn

from dashboard.server import connections, serve
from dashboard.server.connections import OF_A_SESSION, OWN, PatientProtocol, sessions_within
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


def talked(monkeypatch, talk, silent=0.2, headers=0.2):
    """What `talk(reader, writer)` returns, on a connection to a server with short clocks."""
    monkeypatch.setattr(connections, "SILENT", silent)
    monkeypatch.setattr(connections, "HEADERS", headers)

    async def scene():
        config = uvicorn.Config(application, http=PatientProtocol, log_config=None, lifespan="off", access_log=False)
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


def test_sessions_need_files():
    assert sessions_within(8192) > 1500
    assert sessions_within(1024) * OF_A_SESSION + OWN <= 1024


def test_too_few_files_are_one_clear_line(monkeypatch):
    monkeypatch.setattr(connections, "raised_descriptors", lambda: 128)
    with pytest.raises(serve.StartError) as error:
        serve._sessions()
    assert "ulimit -n" in str(error.value)
    assert "\n" not in str(error.value)


def test_few_files_are_said_in_one_line_and_limit_the_readers(monkeypatch, capsys):
    monkeypatch.setattr(connections, "raised_descriptors", lambda: 1024)
    most = serve._sessions()
    assert most == sessions_within(1024)
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert f"{most} readers" in line
