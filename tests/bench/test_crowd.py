"""Fifty people on one process of one core: each acts once in five seconds, over real websockets."""

import asyncio
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.bench.conftest import ROOT, Report, spread
from tests.browser.conftest import free_port, wait_until_ready

PEOPLE, EVERY = 50, 5.0
SECONDS = float(os.environ.get("ATALAYA_CROWD_SECONDS", "1800"))
PATHS = ("lang=en", "lang=es&measure=count", "lang=fr&year=2019", "lang=pt&indicator=persons_convicted")


async def _run(socket: websockets.ClientConnection, query: str) -> float:
    """Ask for one run of the page; the milliseconds until the server says that it has ended."""
    message = BackMsg()
    message.rerun_script.query_string = query
    begun = time.perf_counter()
    await socket.send(message.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(await asyncio.wait_for(socket.recv(), 30))
        if answer.WhichOneof("type") == "script_finished":
            return (time.perf_counter() - begun) * 1000


async def _person(port: int, number: int, until: float, opened: list[float], acted: list[float]) -> None:
    place = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with websockets.connect(place, subprotocols=["streamlit"], max_size=None) as socket:
        opened.append(await _run(socket, PATHS[number % len(PATHS)]))
        await asyncio.sleep(EVERY * number / PEOPLE)
        while time.monotonic() < until:
            acted.append(await _run(socket, f"lang=en&year={2008 + len(acted) % 15}"))
            await asyncio.sleep(EVERY)


async def _crowd(port: int, opened: list[float], acted: list[float]) -> None:
    until = time.monotonic() + SECONDS
    await asyncio.gather(*(_person(port, number, until, opened, acted) for number in range(PEOPLE)))


def _resident(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def test_fifty_people(report: Report):
    if shutil.which("taskset") is None:
        pytest.skip("taskset is not there, so the server cannot be held to one core")
    port = free_port()
    command = ["taskset", "-c", "0", sys.executable, "-m", "dashboard", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    opened: list[float] = []
    acted: list[float] = []
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", process)
        before = _resident(process.pid)
        asyncio.run(_crowd(port, opened, acted))
        after = _resident(process.pid)
    finally:
        process.terminate()
        process.wait(20)
    assert len(opened) == PEOPLE
    told = f"{PEOPLE} people, {SECONDS:.0f} s"
    report("A crowd on one core", f"{told}: first run, all at once", spread(opened))
    report("A crowd on one core", f"{told}: one action each {EVERY:.0f} s", spread(acted))
    report("A crowd on one core", "memory before and after", f"{before:.0f} and {after:.0f} MB")
