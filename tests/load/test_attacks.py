"""Attacks on a running server, on loopback: readers beside them are served, and the log stays short.

The numbers of clients are those of the review of November 2026, which `docs/reliability.md` compares.
"""

import asyncio
import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import websockets

from dashboard.memory import MOST_BYTES
from tests import threads
from tests.browser.conftest import ROOT, free_port, wait_until_ready
from tests.faults.processes import resident
from tests.load.attackers import (
    ATTACKER,
    LONGEST,
    READER,
    Waits,
    acted,
    attacker,
    connected,
    got,
    numbers,
    probed,
    reader,
    rerun,
    view,
)
from tests.load.briefings import briefing

pytestmark = pytest.mark.long
# Seconds of an attack.
SECONDS = float(os.environ.get("ATALAYA_LOAD_SECONDS", "10"))


def seen(words: str) -> None:
    """Write what was measured: `make prove` shows it."""
    sys.stdout.write(f"{words}\n")


class Server(NamedTuple):
    """A running server: its port, the address of its monitor, its log, and its process."""

    port: int
    monitor: str
    log: Path
    process: subprocess.Popen


@contextlib.contextmanager
def running(folder: Path, **settings: str) -> Iterator[Server]:
    port, monitor = free_port(), free_port()
    log = folder / "log"
    place = {**os.environ, "ATALAYA_MONITOR": f"127.0.0.1:{monitor}", "ATALAYA_LOG": "json", **settings}
    with log.open("wb") as stream:
        command = [sys.executable, "-m", "dashboard", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=place, stdout=subprocess.DEVNULL, stderr=stream)
        try:
            wait_until_ready(f"http://127.0.0.1:{port}", process)
            yield Server(port, f"http://127.0.0.1:{monitor}", log, process)
        finally:
            process.terminate()
            process.wait(LONGEST)


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("server")) as one:
        yield one


@pytest.mark.parametrize("address", [ATTACKER, READER])
def test_forty_clients_at_nine_and_a_half_runs_a_second_leave_readers_a_second(server, address):
    """Readers of another address, and readers who share the attackers' own."""
    waits = Waits()

    async def scene():
        until = time.monotonic() + SECONDS
        attackers = [attacker(server.port, number, until, address) for number in range(40)]
        readers = [reader(server.port, number, until, waits) for number in range(4)]
        return (await asyncio.gather(*attackers, *readers))[:40]

    asked = threads.run(scene())
    seen(
        f"attack from {address}: {sum(asked)} runs asked for; readers: n = {len(waits.took)}, "
        f"p95 {waits.p95():.0f}, max {max(waits.took, default=0):.0f} ms"
    )
    assert not waits.failed
    assert len(waits.took) >= SECONDS
    assert waits.p95() < 1000


def test_sixty_api_connections_of_one_client_leave_a_second_client_served(server):
    answers, waits = [], Waits()

    async def flood(number, until):
        chance, count = random.Random(number), 0  # noqa: S311
        while time.monotonic() < until:
            year = chance.randrange(2005, 2023)
            status, _ = await got(server.port, f"/api/v1/observations?from={year}&to={year}", ATTACKER)
            answers.append(status)
            count += 1
        return count

    async def scene():
        until = time.monotonic() + SECONDS
        flooding = [asyncio.create_task(flood(number, until)) for number in range(60)]
        for number in range(17):
            await asyncio.sleep(SECONDS / 20)
            status, took = await got(server.port, f"/api/v1/observations?from=2010&to={2010 + number % 9}")
            waits.took.append(took)
            if status != 200:
                waits.failed.append(str(status))
        await asyncio.gather(*flooding)

    threads.run(scene())
    seen(f"{len(answers)} answers of the flood; second client: p95 {waits.p95():.0f} ms of {len(waits.took)}")
    assert not waits.failed
    # One client's sixty connections are no reason to refuse it either.
    assert set(answers) == {200}


def test_twenty_briefings_at_once_leave_readers_a_quarter_of_a_second(server):
    waits, done = Waits(), []

    async def one(number):
        done.append(await briefing(server.port, ["pptx", "pdf"][number % 2]))

    async def scene():
        # The process that makes them has started.
        await briefing(server.port, "pptx")
        making = asyncio.gather(*(one(number) for number in range(20)))
        until = time.monotonic() + SECONDS
        readers = asyncio.gather(*(reader(server.port, number, until, waits) for number in range(4)))
        await asyncio.gather(making, readers)

    begun = time.monotonic()
    threads.run(scene())
    seen(
        f"20 briefings: {time.monotonic() - begun:.1f} s; readers: p95 {waits.p95():.0f} ms of {len(waits.took)}; "
        f"places seen: {sorted({place for _, places in done for place in places})}"
    )
    assert not waits.failed
    assert [size > 50_000 for size, _ in done] == [True] * 20
    assert waits.p95() < 250
    # Those who waited saw their places.
    assert {place for _, places in done for place in places} - {""}


def test_sixty_readers_of_a_meeting_room_who_share_an_address_are_never_refused(server):
    waits, statuses = Waits(), []
    before = {name: value for name, value in numbers(server.monitor) if name.startswith("atalaya_refusals_total")}

    async def person(number):
        chance = random.Random(number)  # noqa: S311
        for path in (f"/region?{view(chance)}", f"/api/v1/observations?from=2019&to={2019 + number % 3}"):
            statuses.append((await got(server.port, path))[0])  # noqa: PERF401 - one after the other
        await reader(server.port, number, time.monotonic() + SECONDS, waits, every=3)

    async def scene():
        await asyncio.gather(*(person(number) for number in range(60)))

    threads.run(scene())
    after = {name: value for name, value in numbers(server.monitor) if name.startswith("atalaya_refusals_total")}
    seen(f"60 readers: p95 {waits.p95():.0f}, max {max(waits.took, default=0):.0f} ms of {len(waits.took)}")
    assert not waits.failed
    assert set(statuses) == {200}
    assert after == before


def test_a_hundred_half_open_connections_are_closed_within_ten_seconds(server):
    async def half():
        reading, writing = await asyncio.open_connection("127.0.0.1", server.port, local_addr=(ATTACKER, 0))
        begun = time.monotonic()
        writing.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")

        async def drip():
            with contextlib.suppress(OSError):
                while not reading.at_eof():
                    writing.write(b"a")
                    await asyncio.sleep(1)

        dripping = asyncio.create_task(drip())
        with contextlib.suppress(OSError):
            await asyncio.wait_for(reading.read(), LONGEST)
        dripping.cancel()
        writing.close()
        return time.monotonic() - begun

    async def scene():
        closing = [asyncio.create_task(half()) for _ in range(100)]
        waits = Waits()
        over = asyncio.gather(*closing)
        await probed(lambda: got(server.port, "/region"), over.done, waits)
        return await over, waits

    ended, waits = threads.run(scene())
    seen(f"closed after at most {max(ended):.1f} s; readers: p95 {waits.p95():.0f} ms")
    assert max(ended) < 10
    assert not waits.failed


@pytest.mark.parametrize("count", [50, 200, 500])
def test_probes_answer_while_many_open_the_page(server, count):
    inside, outside, opened = Waits(), Waits(), Waits()
    monitor = int(server.monitor.rpartition(":")[2])

    async def one(number):
        try:
            query = view(random.Random(number))  # noqa: S311
            async with connected(server.port) as socket:
                opened.took.append(await acted(socket, query))
        except (OSError, TimeoutError, websockets.WebSocketException) as error:
            opened.failed.append(repr(error))

    async def scene():
        begun = time.perf_counter()
        opening = asyncio.gather(*(one(number) for number in range(count)))
        await asyncio.gather(
            probed(lambda: got(server.port, "/livez"), opening.done, inside),
            probed(lambda: got(monitor, "/livez"), opening.done, outside),
        )
        await opening
        return time.perf_counter() - begun

    took = threads.run(scene())
    seen(
        f"{count} at once: the last after {took:.1f} s; /livez p95 {inside.p95():.0f}, max {max(inside.took):.0f} ms; "
        f"of the monitor p95 {outside.p95():.0f}, max {max(outside.took):.0f} ms"
    )
    assert not opened.failed
    assert len(opened.took) == count
    assert not inside.failed
    assert not outside.failed
    assert outside.p95() < 100
    assert inside.p95() < 100


async def drained(socket):
    async for _ in socket:
        pass


def test_a_flood_of_one_session_is_closed_and_leaves_few_lines(server):
    before = len(server.log.read_text().splitlines())

    async def flood(number):
        # Each from an address of its own: floods of one address share its pace, at which none of them is a flood.
        async with connected(server.port, f"127.0.2.{number}") as socket:
            with contextlib.suppress(BaseExceptionGroup, websockets.ConnectionClosed):
                async with asyncio.timeout(LONGEST), asyncio.TaskGroup() as group:
                    # Answers that nobody reads would hold up the frame that closes.
                    group.create_task(drained(socket))
                    for _ in range(2000):
                        await socket.send(rerun("lang=en"))
            return socket.close_code

    async def scene():
        return await asyncio.gather(*(flood(number) for number in range(1, 11)))

    assert threads.run(scene()) == [1008] * 10
    # A session that is gone may still be written to for a moment.
    time.sleep(2)
    lines = server.log.read_text().splitlines()[before:]
    notes = [line for line in lines if '"atalaya.request"' not in line]
    seen("\n".join(notes[:30]))
    assert len(notes) <= 20
    assert not [line for line in lines if "Traceback" in line or not line.startswith("{")]


def test_an_event_loop_that_hangs_is_told_by_the_monitor(tmp_path):
    with running(tmp_path) as one:
        monitor = int(one.monitor.rpartition(":")[2])
        assert threads.run(got(monitor, "/livez"))[0] == 200
        # A stopped process answers nobody, which a probe takes for a failure as well.
        one.process.send_signal(signal.SIGSTOP)
        try:
            with pytest.raises(TimeoutError):
                threads.run(asyncio.wait_for(got(monitor, "/livez"), 3))
        finally:
            one.process.send_signal(signal.SIGCONT)


def test_a_forged_address_does_not_escape_the_budget(tmp_path):
    """Without a list of proxies nobody's `X-Forwarded-For` counts; with it, only theirs."""
    with running(tmp_path, ATALAYA_PROXIES="127.0.0.3") as one:

        async def upload(address, forwarded):
            reading, writing = await asyncio.open_connection("127.0.0.1", one.port, local_addr=(address, 0))
            head = f"PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {forwarded}\r\n"
            writing.write(f"{head}Content-Length: 2\r\nConnection: close\r\n\r\n{{}}".encode())
            answer = await asyncio.wait_for(reading.read(), LONGEST)
            writing.close()
            return int(answer.split(b" ", 2)[1])

        async def scene(address):
            return [await upload(address, f"198.51.100.{number}") for number in range(90)]

        assert 429 in threads.run(scene(ATTACKER))
        assert 429 not in threads.run(scene("127.0.0.3"))


def test_memory_stays_flat_however_many_views_are_asked_for(tmp_path):
    """`ATALAYA_LOAD_RUNS=30000` is the run of the review, which took 252 MB more."""
    runs = int(os.environ.get("ATALAYA_LOAD_RUNS", "3000"))
    grown: list[float] = []

    async def views(port, number, process):
        chance = random.Random(number)  # noqa: S311
        async with connected(port) as socket:
            for run in range(runs // 4):
                await acted(socket, view(chance))
                await got(port, f"/region?{view(chance)}&width={chance.randrange(300, 2000)}")
                if number == 0 and run % (runs // 40) == 0:
                    grown.append(resident(process.pid))

    async def scene(one):
        await asyncio.gather(*(views(one.port, number, one.process) for number in range(4)))

    with running(tmp_path) as one:
        threads.run(scene(one))
        kept = dict(numbers(one.monitor))["atalaya_cache_bytes"]
    seen(f"{runs} runs: {', '.join(f'{megabytes:.0f}' for megabytes in grown)} MB; {kept / 1e6:.1f} MB kept")
    assert kept <= MOST_BYTES
    half = len(grown) // 2
    assert max(grown[half:]) - grown[half] < 40
