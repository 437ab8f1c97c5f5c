"""Clients without a browser on loopback: some ask for far too much, others are the readers who must not notice.

The addresses of loopback (127.0.0.1, 127.0.0.2 ...) stand for clients of different addresses.
"""

import asyncio
import contextlib
import random
import time
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from math import ceil, inf

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LONGEST = 60.0
# The clients.
READER, ATTACKER = "127.0.0.1", "127.0.0.2"
# How fast one attacker sends: just below what a websocket is closed for.
PACE = 9.5


@dataclass
class Waits:
    """Milliseconds that readers waited, and what went wrong."""

    took: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def p95(self) -> float:
        """The wait that one of twenty exceeds."""
        return sorted(self.took)[ceil(len(self.took) * 0.95) - 1] if self.took else inf


def connected(port: int, address: str = READER) -> websockets.connect:
    """A new session of a client."""
    uri = f"ws://127.0.0.1:{port}/_stcore/stream"
    return websockets.connect(
        uri,
        subprotocols=["streamlit"],
        max_size=None,
        local_addr=(address, 0),
        open_timeout=LONGEST,
        ping_interval=None,
    )


def rerun(query: str) -> bytes:
    """A request for a run of a page."""
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.is_history_navigation = True
    return message.SerializeToString()


def view(chance: random.Random) -> str:
    """The address of some view of Region."""
    return f"lang={chance.choice(['en', 'es', 'pt', 'fr'])}&year={chance.randrange(2008, 2023)}"


async def acted(socket: websockets.ClientConnection, query: str) -> float:
    """Ask for a run and wait for its end; returns milliseconds."""
    begun = time.perf_counter()
    await socket.send(rerun(query))
    while True:
        message = ForwardMsg.FromString(await asyncio.wait_for(socket.recv(), LONGEST))
        if message.WhichOneof("type") == "script_finished":
            return (time.perf_counter() - begun) * 1000


async def attacker(port: int, number: int, until: float, address: str = ATTACKER) -> int:
    """Ask for runs at `PACE` without waiting for their ends; returns how many were asked for."""
    chance, asked = random.Random(number), 0  # noqa: S311
    async with connected(port, address) as socket:

        async def listen() -> None:
            with contextlib.suppress(websockets.ConnectionClosed):
                async for _ in socket:
                    pass

        listening = asyncio.create_task(listen())
        due = time.monotonic() + chance.random() / PACE
        with contextlib.suppress(websockets.ConnectionClosed):
            while time.monotonic() < until:
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                await asyncio.wait_for(socket.send(rerun(view(chance))), LONGEST)
                asked, due = asked + 1, due + 1 / PACE
        listening.cancel()
    return asked


async def reader(port: int, number: int, until: float, waits: Waits, every: float = 0.5, address: str = READER) -> None:
    """Open a session and act again and again, as long as `until`."""
    chance = random.Random(1000 + number)  # noqa: S311
    try:
        async with connected(port, address) as socket:
            await acted(socket, view(chance))
            while time.monotonic() < until:
                await asyncio.sleep(chance.uniform(0.5, 1.5) * every)
                waits.took.append(await acted(socket, view(chance)))
    except (OSError, TimeoutError, websockets.WebSocketException) as error:
        waits.failed.append(repr(error))


async def got(port: int, path: str, address: str = READER, host: str = "127.0.0.1") -> tuple[int, float]:
    """Fetch an address on a connection of its own; returns the status and milliseconds."""
    begun = time.perf_counter()
    status, _ = await fetched(port, path, address, host)
    return status, (time.perf_counter() - begun) * 1000


async def fetched(port: int, path: str, address: str = READER, host: str = "127.0.0.1") -> tuple[int, bytes]:
    """The status and the body at an address, on a connection of its own; status 0 if it was closed."""
    reading, writing = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
    try:
        # Of version 1.0, so that no part has a length before it.
        writing.write(f"GET {path} HTTP/1.0\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = await asyncio.wait_for(reading.read(), LONGEST)
    finally:
        writing.close()
    return int(answer.split(b" ", 2)[1]) if answer else 0, answer.partition(b"\r\n\r\n")[2]


async def probed(look: Callable[[], Awaitable[tuple[int, float]]], until: Callable[[], bool], waits: Waits) -> None:
    """Look again and again until something is over."""
    while not until():
        status, took = await look()
        waits.took.append(took)
        if status != 200:
            waits.failed.append(str(status))
        await asyncio.sleep(0.02)


def numbers(monitor: str) -> Iterator[tuple[str, float]]:
    """The names and values of the metrics at the monitor's address."""
    with urllib.request.urlopen(f"{monitor}/metrics", timeout=LONGEST) as answer:  # noqa: S310 - our own
        for line in answer.read().decode().splitlines():
            if not line.startswith("#"):
                name, _, value = line.rpartition(" ")
                yield name, float(value)
