"""A room full of phones behind one line: first visits to the map at once, with the requests of a real browser.

The phones fetch what the browser fetched, in its order, over six connections each, but draw nothing: sixty browsers
need more than this machine. What is measured is when the bytes that a browser had before its first figure have come.
"""

import asyncio
import time
from collections.abc import Sequence

import pytest
from playwright.sync_api import Browser

from tests import threads
from tests.bench.conftest import Report
from tests.bench.line import Line
from tests.bench.test_lines import PAGES, WATCH
from tests.browser.conftest import PHONE, settled

pytestmark = pytest.mark.browser
PHONES, RATE, TRIP = 60, 20e6, 0.04
# Connections of a browser to one server.
CONNECTIONS = 6
AIM = 8
ACCEPTS = "Accept-Encoding: gzip, deflate, br\r\nConnection: keep-alive"


def fetched(browser: Browser, address: str, path: str) -> tuple[list[str], list[str]]:
    """The addresses that a phone's browser fetches until its first figure is painted, and those after it."""
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True)
    page = context.new_page()
    session, begun = context.new_cdp_session(page), []
    session.on("Network.requestWillBeSent", lambda event: begun.append((event["timestamp"], event["request"]["url"])))
    session.send("Network.enable")
    page.add_init_script(WATCH)
    page.goto(address + path)
    settled(page)
    page.wait_for_load_state("networkidle")
    painted = begun[0][0] + page.evaluate("() => window.seen.figure") / 1000
    context.close()
    ours = [(at, url.removeprefix(address)) for at, url in begun if url.startswith(address)]
    return [url for at, url in ours if at <= painted], [url for at, url in ours if at > painted]


async def phone(port: int, before: Sequence[str], after: Sequence[str]) -> tuple[float, float]:
    """Seconds until everything before the figure has come, and until the rest has."""
    begun = time.perf_counter()
    first, *rest = before
    async with asyncio.TaskGroup() as group:
        group.create_task(fetch_all(port, asyncio.Queue(), [first]))
    for addresses in (rest, after):
        queue: asyncio.Queue[str] = asyncio.Queue()
        async with asyncio.TaskGroup() as group:
            for number in range(CONNECTIONS):
                group.create_task(fetch_all(port, queue, addresses if number == 0 else ()))
        if addresses is rest:
            mapped = time.perf_counter() - begun
    return mapped, time.perf_counter() - begun


async def fetch_all(port: int, queue: "asyncio.Queue[str]", addresses: Sequence[str]) -> None:
    """Fetch the addresses of a queue, one after another, over one connection."""
    for address in addresses:
        queue.put_nowait(address)
    await asyncio.sleep(0)
    if queue.empty():
        return
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while not queue.empty():
        address = queue.get_nowait()
        writer.write(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{ACCEPTS}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), f"{address}: {head[:60]!r}"
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(length.split(b":")[1]))
    writer.close()


async def room(server: int, before: Sequence[str], after: Sequence[str]) -> tuple[list[tuple[float, float]], int]:
    line = Line(RATE, TRIP)
    async with line.before(server) as port:
        times = await asyncio.gather(*(phone(port, before, after) for _ in range(PHONES)))
    return times, line.passed


@pytest.mark.parametrize("path", PAGES)
def test_a_room_of_phones(browser: Browser, address: str, report: Report, path: str):
    before, after = fetched(browser, address, path)
    times, passed = threads.run(room(int(address.rpartition(":")[2]), before, after))
    maps, whole = sorted(mapped for mapped, _ in times), max(last for _, last in times)
    # No faster than the line: else the bytes did not pass it.
    assert whole >= passed * 8 / RATE * 0.98
    report(
        f"A room: {PHONES} first visits at once behind {RATE / 1e6:g} Mbit/s, {TRIP * 1000:g} ms",
        f"`{path}`",
        f"the first map after {maps[0]:.1f} s, the last after {maps[-1]:.1f} s (the aim is {AIM}); everything after "
        f"{whole:.1f} s; {passed / PHONES / 1000:.0f} kB a phone",
    )
