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
from typing import Any

from tests.load import pressure
from tests.load.clients import ATTACKER, LONGEST, LOST, READER, acted, fetched, got, rare_view, view
from tests.load.crowd import MOST, READY
from tests.load.sessions import press_desk


async def press(port: int, address: str, clients: int, seconds: float) -> Mapping[str, Any]:
    """Ask for rare views as fast as they come; the whole answers of each, and how many were refused."""
    whole, statuses, until = Counter[int](), Counter[int](), time.monotonic() + seconds

    async def one(number: int) -> None:
        chance = random.Random(number)  # noqa: S311
        while time.monotonic() < until:
            status, _ = await got(port, rare_view(chance), address)
            statuses[status] += 1
            whole[number] += status == 200
            # A client that is refused would only count its refusals.
            await asyncio.sleep(0 if status == 200 else 0.1)

    await asyncio.gather(*map(one, range(clients)))
    return {"whole": [whole[number] for number in range(clients)], "statuses": statuses}


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


async def brief(port: int, count: int) -> Mapping[str, Any]:
    """Ask for briefings, all at once."""
    begun, took = time.monotonic(), list[int]()

    async def one(number: int) -> int:
        _, content = await fetched(port, f"/en/country/COL.{['pptx', 'pdf'][number % 2]}")
        took.append(round(1000 * (time.monotonic() - begun)))
        return len(content)

    return {"sizes": await asyncio.gather(*map(one, range(count))), "took": took}


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


async def open_page(port: int, count: int) -> Mapping[str, Any]:
    """Open the page, all at once; returns the milliseconds until each had it."""
    took, failed = list[int](), list[str]()
    begun = time.monotonic()

    async def one(number: int) -> None:
        try:
            await acted(port, view(random.Random(number)), READER)  # noqa: S311
            took.append(round(1000 * (time.monotonic() - begun)))
        except LOST as error:
            failed.append(repr(error))

    await asyncio.gather(*map(one, range(count)))
    return {"took": took, "failed": failed}


SCENES: Mapping[str, Callable[..., Coroutine[Any, Any, Mapping[str, Any]]]] = {
    scene.__name__: scene for scene in (press, question, brief, half_open, open_page, press_desk, *pressure.SCENES)
}


def main(scene: str, arguments: str) -> None:
    """Say that this process is ready, wait for the beginning, and tell what was seen."""
    given = json.loads(arguments)
    signal.alarm(MOST + round(given.get("seconds", 0)))
    sys.stdout.write(READY)
    sys.stdout.flush()
    sys.stdin.readline()
    sys.stdout.write(json.dumps(asyncio.run(SCENES[scene](**given))))


if __name__ == "__main__":
    main(*sys.argv[1:])
