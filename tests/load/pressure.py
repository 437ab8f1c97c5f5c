"""What clients ask of the server, and send to it, to take it from others: scenes of `tests.load.attackers`."""

import asyncio
import itertools
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urlencode

from dashboard.stage.pictures import SHAPES
from data.i18n import LANGUAGES
from tests.attacks.heavy import DOTTED
from tests.load.clients import ATTACKER, LONGEST, LOST
from tests.load.senders import RefusedError, agenda

# Agendas to be read: the field in which each is sent, and its content. The light one is read at once.
LIGHT: tuple[str, bytes] = ("agenda", b"a = 1")
INPUTS: Mapping[str, tuple[str, bytes]] = {
    "dotted file": ("agenda", DOTTED),
    "dotted file of 64 kB": ("agenda", f"{'.'.join('a' * 31_000)} = 1".encode()),
    "nested agenda": ("kept", b'{"meeting": ' + b"[" * 60_000),
    "agenda of small parts": ("kept", b'{"scene": [' + b"{}," * 20_000 + b"{}]}"),
    "file of small parts": ("agenda", b"[[scene]]\n" * 6_000),
}


async def send(port: int, what: str, clients: int, seconds: float) -> Mapping[str, Any]:
    """Requests of one client send an agenda again and again; returns what they were answered."""
    name, content = INPUTS.get(what, LIGHT)
    answers, took, until = Counter[str](), list[int](), time.monotonic() + seconds

    async def tireless(_number: int) -> None:
        while time.monotonic() < until:
            try:
                waited, told = await agenda(port, ATTACKER, name, content)
                took.append(round(waited))
                answers[told or "nothing said"] += 1
            except RefusedError:
                answers["429"] += 1
                await asyncio.sleep(0.1)
            except LOST as error:
                answers[f"lost: {error!r}"] += 1

    await asyncio.gather(*map(tireless, range(clients)))
    return {"answers": answers, "took": took}


async def burst(port: int, count: int, seed: int) -> Mapping[str, Any]:
    """Ask for as many pictures at once, each another one; returns statuses, and how many of the refused say when."""
    chosen = random.Random(seed)  # noqa: S311
    views = itertools.product(range(2003, 2023), ("count", "rate"), LANGUAGES, SHAPES)
    asked = chosen.sample([*views], count)
    statuses, said = Counter[int](), 0

    async def one(year: int, measure: str, lang: str, shape: str) -> None:
        nonlocal said
        query = urlencode({"year": year, "measure": measure, "lang": lang, "shape": shape})
        status, head, _ = await _answer(port, f"/picture/region.png?{query}")
        statuses[status] += 1
        said += status == 429 and b"retry-after:" in head.lower()

    await asyncio.gather(*(one(*view) for view in asked))
    return {"statuses": statuses, "said": said}


async def fill(port: int, paths: list[str], connections: int, seconds: float) -> Mapping[str, Any]:
    """Ask for files by endless addresses and with endless wishes for encodings; returns statuses and megabytes.

    A path gets a query that says nothing, or a width in the place of `{n}`.
    """
    statuses, size, until, numbers = Counter[int](), 0, time.monotonic() + seconds, itertools.count()

    async def one(path: str) -> None:
        nonlocal size
        while time.monotonic() < until:
            number = next(numbers)
            wish = f"Accept-Encoding: x{number}\r\n"
            named = path.replace("{n}", str(320 + number % 2240)) if "{n}" in path else f"{path}?{number}"
            status, head, body = await _answer(port, named, wish)
            statuses[status] += 1
            size += len(head) + body

    await asyncio.gather(*(one(paths[number % len(paths)]) for number in range(connections)))
    return {"statuses": statuses, "megabytes": round(size / 1e6)}


async def drip(port: int, path: str, connections: int, seconds: float) -> Mapping[str, Any]:
    """Ask for large answers, and read a little of each, all the time; returns how many began."""
    begun, until = Counter[int](), time.monotonic() + seconds

    async def one() -> None:
        reading, writing = await asyncio.open_connection("127.0.0.1", port, local_addr=(ATTACKER, 0), limit=4096)
        writing.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        status = (await asyncio.wait_for(reading.read(16), LONGEST)).split(b" ")[1]
        begun[int(status)] += 1
        while time.monotonic() < until and not reading.at_eof():
            await asyncio.sleep(1)
            await reading.read(1024)
        writing.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    return {"statuses": begun}


async def unknown(port: int, connections: int, seconds: float) -> Mapping[str, Any]:
    """Ask for snapshots that do not exist; returns statuses."""
    statuses, until = Counter[int](), time.monotonic() + seconds

    async def one(number: int) -> None:
        chance = random.Random(number)  # noqa: S311
        async for name in _while(until, chance):
            kinds = (f"/figures/{name}/region_change?lang=en&width=720&dark=0", f"/api/v1/{name}/observations.csv")
            statuses[(await _answer(port, kinds[number % 2]))[0]] += 1

    await asyncio.gather(*map(one, range(connections)))
    return {"statuses": statuses}


async def _while(until: float, chance: random.Random) -> AsyncIterator[str]:
    while time.monotonic() < until:
        yield f"{chance.randrange(16**12):012x}"


async def _answer(port: int, path: str, headers: str = "") -> tuple[int, bytes, int]:
    """The status, the head and the length of the body of an answer; status 0 if the connection was closed."""
    reading, writing = await asyncio.open_connection("127.0.0.1", port, local_addr=(ATTACKER, 0))
    try:
        writing.write(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n{headers}Connection: close\r\n\r\n".encode())
        head, length = b"", 0
        async with asyncio.timeout(LONGEST):
            head = await reading.readuntil(b"\r\n\r\n")
            while part := await reading.read(2**18):
                length += len(part)
    except (ConnectionError, asyncio.IncompleteReadError):
        return 0, b"", 0
    finally:
        writing.close()
    return int(head.split(b" ", 2)[1]), head, length


SCENES = (send, burst, fill, drip, unknown)
