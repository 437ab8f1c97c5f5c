"""Clients without a browser on loopback: what attackers and readers both do.

The addresses of loopback (127.0.0.1, 127.0.0.2 ...) stand for clients of different addresses.
"""

import asyncio
import json
import random
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from math import inf
from urllib.parse import parse_qs, urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data.counting_units import INDICATORS
from data.subregions import ALL, SUBREGIONS

# Seconds after which an answer counts as lost.
LONGEST = 60.0
# Seconds within which a server has to rest, and of processor time in a second in which it does.
RESTED, IDLE = 240.0, 0.1
READER, ATTACKER = "127.0.0.1", "127.0.0.2"
RARE = {"indicator": INDICATORS, "measure": ("rate", "count"), "subregion": (ALL, *SUBREGIONS)}
RUNS = 'atalaya_run_seconds_count{page="'


class OtherViewError(Exception):
    """A run was of another page than the one asked for, of another view, or it failed."""


# What can go wrong with a session.
LOST = (OSError, TimeoutError, websockets.WebSocketException, OtherViewError)


def connected(port: int, address: str = READER) -> websockets.connect:
    """A new session of a client."""
    return websockets.connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        subprotocols=["streamlit"],
        max_size=None,
        local_addr=(address, 0),
        open_timeout=LONGEST,
        close_timeout=1,
        ping_interval=None,
    )


def rerun(query: str, page: str) -> bytes:
    """A request for a run of a page, by its script hash."""
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_script_hash = page
    return message.SerializeToString()


def view(chance: random.Random) -> str:
    """The filters of some view of Region. With `go`, as in links of ours, a running session reads them too."""
    return f"lang={chance.choice(['en', 'es', 'pt', 'fr'])}&year={chance.randrange(2008, 2023)}&go=1"


def rare_view(chance: random.Random) -> str:
    """The filters of one of thousands of views, which hardly anybody has asked for before."""
    chosen = {name: chance.choice(values) for name, values in RARE.items()}
    return f"{view(chance)}&{urlencode(chosen)}"


async def acted(socket: websockets.ClientConnection, query: str, page: str) -> float:
    """Ask for a run and wait for its end; returns milliseconds.

    Raises:
        OtherViewError: the answer is not of the page and the year asked for.
    """
    begun, shown, years = time.perf_counter(), "", []
    async with asyncio.timeout(LONGEST):
        await socket.send(rerun(query, page))
        while (message := ForwardMsg.FromString(await socket.recv())).WhichOneof("type") != "script_finished":
            element = message.delta.new_element
            shown = message.navigation.page_script_hash or shown
            if element.bidi_component.component_name == "atalaya_stage":
                years.append(json.loads(element.bidi_component.json)["query"].get("year"))
            if element.WhichOneof("type") == "exception":
                raise OtherViewError(f"{query} failed: {element.exception.message}")
    asked = parse_qs(query).get("year", [])
    if shown != page or (asked and years != asked):
        raise OtherViewError(f"{page} {query}: shown {shown} {years}")
    return (time.perf_counter() - begun) * 1000


async def learned(port: int) -> dict[str, str]:
    """The script hash of each page, by its name in the address: one run of Home."""
    async with connected(port) as socket, asyncio.timeout(LONGEST):
        await socket.send(rerun("lang=en", ""))
        found: dict[str, str] = {}
        while (message := ForwardMsg.FromString(await socket.recv())).WhichOneof("type") != "script_finished":
            found.update({page.url_pathname: page.page_script_hash for page in message.navigation.app_pages})
    return found


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


def numbers(monitor: str) -> Iterator[tuple[str, float]]:
    """The names and values of the metrics at the monitor's address."""
    with urllib.request.urlopen(f"{monitor}/metrics", timeout=LONGEST) as answer:  # noqa: S310 - our own
        for line in answer.read().decode().splitlines():
            if not line.startswith("#"):
                name, _, value = line.rpartition(" ")
                yield name, float(value)


def runs(monitor: str) -> Counter[str]:
    """How many runs of each page the server has counted; of no page those that ended before it was known."""
    return Counter({name[len(RUNS) : -2]: int(value) for name, value in numbers(monitor) if name.startswith(RUNS)})


def settled(monitor: str) -> Counter[str]:
    """The same, once every session is closed and no run of theirs goes on."""
    last, found = time.monotonic() + LONGEST, runs(monitor)
    while time.monotonic() < last:
        time.sleep(0.5)
        before, found = found, runs(monitor)
        if found == before and dict(numbers(monitor))["atalaya_sessions"] == 0:
            return found
    raise TimeoutError(f"sessions are open after {LONGEST:.0f} s")


def rested(monitor: str) -> None:
    """Wait until a server is done with what it draws ahead after its start."""
    last, spent = time.monotonic() + RESTED, -inf
    while time.monotonic() < last:
        before, spent = spent, dict(numbers(monitor))["process_cpu_seconds_total"]
        if spent - before < IDLE:
            return
        time.sleep(1)
    raise TimeoutError(f"the server does not rest after {RESTED:.0f} s")
