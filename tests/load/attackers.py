"""Clients who ask for far too much: `python -m tests.load.attackers SCENE ARGUMENTS`, which `crowd.py` starts.

Each scene writes what it was answered, in JSON. What readers wait beside it is counted in another process.
"""

import asyncio
import contextlib
import json
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

import websockets
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.load import pressure
from tests.load.briefings import briefing
from tests.load.clients import ATTACKER, LONGEST, LOST, READER, acted, connected, got, rare_view, rerun, view
from tests.load.crowd import MOST, READY

# How fast one client sends: just below what a websocket is closed for within some seconds.
PACE = 9.5


@dataclass
class Pressed:
    """What clients who do not wait for an end were answered.

    Attributes:
        asked: how many runs they asked for.
        closed: how many of their connections the server closed; they open new ones.
        whole: of each client, the runs whose end it got; `cut` are those that its next one cut short.
        pages: how many answers were of each page, by script hash.
    """

    asked: int = 0
    closed: int = 0
    cut: int = 0
    whole: Counter[int] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)


async def press(port: int, page: str, address: str, clients: int, seconds: float) -> Mapping[str, Any]:
    """Ask for rare views at `PACE` without waiting for their ends."""
    pressed, until = Pressed(), time.monotonic() + seconds

    async def one(number: int) -> None:
        chance = random.Random(number)  # noqa: S311
        while time.monotonic() < until:
            async with connected(port, address) as socket:
                listening = asyncio.create_task(_listen(socket, number, pressed))
                try:
                    await _send(socket, page, chance, until, pressed)
                except websockets.ConnectionClosed:
                    pressed.closed += 1
                listening.cancel()

    await asyncio.gather(*map(one, range(clients)))
    whole = [pressed.whole[number] for number in range(clients)]
    return {**vars(pressed), "whole": whole}


async def _send(
    socket: websockets.ClientConnection, page: str, chance: random.Random, until: float, pressed: Pressed
) -> None:
    due = time.monotonic() + chance.random() / PACE
    while time.monotonic() < until:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        await asyncio.wait_for(socket.send(rerun(rare_view(chance), page)), LONGEST)
        pressed.asked, due = pressed.asked + 1, due + 1 / PACE


async def _listen(socket: websockets.ClientConnection, number: int, pressed: Pressed) -> None:
    with contextlib.suppress(websockets.ConnectionClosed):
        async for data in socket:
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "navigation":
                pressed.pages[message.navigation.page_script_hash] += 1
            elif kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                pressed.whole[number] += 1
            elif kind == "script_finished":
                pressed.cut += 1


async def question(port: int, clients: int, seconds: float) -> Mapping[str, Any]:
    """Ask the API as fast as it answers."""
    statuses, took, until = Counter[int](), list[int](), time.monotonic() + seconds

    async def one(number: int) -> None:
        chance = random.Random(number)  # noqa: S311
        while time.monotonic() < until:
            year = chance.randrange(2005, 2023)
            status, waited = await got(port, f"/api/v1/observations?from={year}&to={year}", ATTACKER)
            statuses[status] += 1
            took.append(round(waited))

    await asyncio.gather(*map(one, range(clients)))
    return {"statuses": statuses, "took": took}


async def brief(port: int, page: str, count: int) -> Mapping[str, Any]:
    """Make briefings, all at once."""
    begun, took = time.monotonic(), list[int]()

    async def one(number: int) -> tuple[int, list[str], int]:
        made = await briefing(port, page, ["pptx", "pdf"][number % 2])
        took.append(round(1000 * (time.monotonic() - begun)))
        return made

    made = await asyncio.gather(*map(one, range(count)))
    sizes, places, clicks = zip(*made, strict=True)
    return {"sizes": sizes, "places": places, "clicks": sum(clicks), "took": took}


async def half_open(port: int, count: int) -> Mapping[str, Any]:
    """Begin requests that never end; returns the seconds until each was closed."""

    async def one() -> float:
        reading, writing = await asyncio.open_connection("127.0.0.1", port, local_addr=(ATTACKER, 0))
        begun = time.monotonic()
        writing.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")

        async def drip() -> None:
            with contextlib.suppress(OSError):
                while not reading.at_eof():
                    writing.write(b"a")
                    await asyncio.sleep(1)

        dripping = asyncio.create_task(drip())
        with contextlib.suppress(ConnectionError):
            await asyncio.wait_for(reading.read(), LONGEST)
        dripping.cancel()
        writing.close()
        return time.monotonic() - begun

    return {"closed": await asyncio.gather(*(one() for _ in range(count)))}


async def open_page(port: int, page: str, count: int) -> Mapping[str, Any]:
    """Open the page, all at once; returns the milliseconds until each had it."""
    took, failed = list[int](), list[str]()
    begun = time.monotonic()

    async def one(number: int) -> None:
        try:
            async with connected(port, READER) as socket:
                await acted(socket, view(random.Random(number)), page)  # noqa: S311
                took.append(round(1000 * (time.monotonic() - begun)))
        except LOST as error:
            failed.append(repr(error))

    await asyncio.gather(*map(one, range(count)))
    return {"took": took, "failed": failed}


async def flood(port: int, page: str, count: int, messages: int) -> Mapping[str, Any]:
    """Send as many messages as possible; returns the codes with which the connections were closed."""

    async def drained(socket: websockets.ClientConnection) -> None:
        async for _ in socket:
            pass

    async def one(number: int) -> int | None:
        # Each from an address of its own: floods of one address share its pace, at which none of them is a flood.
        async with connected(port, f"127.0.2.{number}") as socket:
            with contextlib.suppress(BaseExceptionGroup, websockets.ConnectionClosed):
                async with asyncio.timeout(LONGEST), asyncio.TaskGroup() as group:
                    # Answers that nobody reads would hold up the frame that closes.
                    group.create_task(drained(socket))
                    for _ in range(messages):
                        await socket.send(rerun("lang=en", page))
            return socket.close_code

    return {"codes": await asyncio.gather(*map(one, range(1, count + 1)))}


SCENES: Mapping[str, Callable[..., Coroutine[Any, Any, Mapping[str, Any]]]] = {
    scene.__name__: scene for scene in (press, question, brief, half_open, open_page, flood, *pressure.SCENES)
}


def main(scene: str, arguments: str) -> None:
    """Say that this process is ready, wait for the beginning, and tell what was seen."""
    signal.alarm(MOST)
    sys.stdout.write(READY)
    sys.stdout.flush()
    sys.stdin.readline()
    sys.stdout.write(json.dumps(asyncio.run(SCENES[scene](**json.loads(arguments)))))


if __name__ == "__main__":
    main(*sys.argv[1:])
