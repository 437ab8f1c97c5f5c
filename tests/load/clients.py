"""Clients without a browser on loopback: what attackers and readers both do.

The addresses of loopback (127.0.0.1, 127.0.0.2 ...) stand for clients of different addresses.
"""

import asyncio
import random
import re
import time
import urllib.request
from collections.abc import Iterator
from math import inf
from urllib.parse import parse_qs, urlencode, urlsplit

from data.manifest import counts
from data.subregions import ALL, SUBREGIONS

# Seconds after which an answer counts as lost.
LONGEST = 60.0
# Seconds within which a server has to rest, and of processor time in a second in which it does.
RESTED, IDLE = 240.0, 0.1
READER, ATTACKER = "127.0.0.1", "127.0.0.2"
RARE = {"indicator": counts(), "measure": ("rate", "count"), "subregion": (ALL, *SUBREGIONS)}
# The year that the slider of a document shows, and the id of a snapshot as a document names it.
SHOWN, VERSION = re.compile(r'name="year"[^>]*value="(\d+)"'), re.compile(r"data version ([0-9a-f]{12})")
# What a script asks for when a control has changed, in the width of a desk.
CHANGED = "HX-Request: true\r\nAtalaya-Drawing: desk\r\n"


class OtherViewError(Exception):
    """An answer was not the view that was asked for."""


# What can go wrong with a request.
LOST = (OSError, TimeoutError, OtherViewError)


def dues(chance: random.Random, every: float, until: float) -> Iterator[float]:
    """When a person means to act: every so many seconds on average, however long the answers take.

    A fixed rest after each answer would make people who once waited together act together ever after; and what
    is late counts from when it was due.
    """
    due = time.monotonic()
    while (due := due + chance.uniform(0, 2 * every)) < until:
        yield due


def view(chance: random.Random) -> str:
    """The address of some view of Region."""
    return f"/{chance.choice(['en', 'es', 'pt', 'fr'])}/region?year={chance.randrange(2008, 2022)}"


def rare_view(chance: random.Random) -> str:
    """The address of one of thousands of views, which hardly anybody has asked for before."""
    chosen = {name: chance.choice(values) for name, values in RARE.items()}
    return f"{view(chance)}&{urlencode(chosen)}"


async def acted(port: int, path: str, address: str = READER) -> tuple[float, set[str]]:
    """Ask for a view as a changed control does; the milliseconds, and the snapshots that the answer names.

    Raises:
        OtherViewError: the answer is not of the year that was asked for, or none at all.
    """
    begun = time.perf_counter()
    status, body = await fetched(port, path, address, headers=CHANGED)
    document, asked = body.decode("utf-8", "replace"), parse_qs(urlsplit(path).query).get("year", [])
    if status != 200 or (asked and SHOWN.findall(document)[:1] != asked):
        raise OtherViewError(f"{path}: {status} {SHOWN.findall(document)[:1]}")
    return (time.perf_counter() - begun) * 1000, {*VERSION.findall(document)}


async def got(port: int, path: str, address: str = READER, host: str = "127.0.0.1") -> tuple[int, float]:
    """Fetch an address on a connection of its own; returns the status and milliseconds."""
    begun = time.perf_counter()
    status, _ = await fetched(port, path, address, host)
    return status, (time.perf_counter() - begun) * 1000


async def fetched(
    port: int, path: str, address: str = READER, host: str = "127.0.0.1", headers: str = ""
) -> tuple[int, bytes]:
    """The status and the body at an address, on a connection of its own; status 0 if it was closed."""
    reading, writing = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
    try:
        # Of version 1.0, so that no part has a length before it.
        writing.write(f"GET {path} HTTP/1.0\r\nHost: {host}\r\n{headers}Connection: close\r\n\r\n".encode())
        answer = await asyncio.wait_for(reading.read(), LONGEST)
    finally:
        writing.close()
    return int(answer.split(b" ", 2)[1]) if answer else 0, answer.partition(b"\r\n\r\n")[2]


def numbers(monitor: str) -> Iterator[tuple[str, float]]:
    """The names and values of the metrics at the monitor's address."""
    with urllib.request.urlopen(f"{monitor}/metrics", timeout=LONGEST) as answer:  # noqa: S310 - our own
        for line in answer.read().decode().splitlines():
            if not line.startswith("#"):
                name, _, value = line.rpartition(" ")
                yield name, float(value)


def rested(monitor: str) -> None:
    """Wait until a server is done with what it draws ahead after its start."""
    last, spent = time.monotonic() + RESTED, -inf
    while time.monotonic() < last:
        before, spent = spent, dict(numbers(monitor))["process_cpu_seconds_total"]
        if spent - before < IDLE:
            return
        time.sleep(1)
    raise TimeoutError(f"the server does not rest after {RESTED:.0f} s")
