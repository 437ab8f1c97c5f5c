"""A running server, and readers of Region who are alone first and then beside an attack."""

import asyncio
import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.browser.conftest import ROOT, free_port, wait_until_ready
from tests.load.clients import LONGEST
from tests.load.crowd import Crowd
from tests.load.readers import Waits, reader, spread

# The folder of the program that is attacked: another version of it can be measured by the same attackers and readers.
PROGRAM = Path(os.environ.get("ATALAYA_PROVE_PROGRAM", ROOT))
# Readers beside an attack, and the seconds before it in which they are alone.
READERS, ALONE = 4, 4.0


class Server(NamedTuple):
    """A running server: its port, its monitor's address, its log, and its process."""

    port: int
    monitor: str
    log: Path
    process: subprocess.Popen[bytes]


@contextlib.contextmanager
def running(folder: Path, **settings: str) -> Iterator[Server]:
    """A server on this machine, which writes its log to a folder."""
    port, monitor = free_port(), free_port()
    log = folder / "log"
    place = {**os.environ, "ATALAYA_MONITOR": f"127.0.0.1:{monitor}", "ATALAYA_LOG": "json", **settings}
    with log.open("wb") as stream:
        command = [sys.executable, "-m", "dashboard", "--no-desk", "--port", str(port)]
        process = subprocess.Popen(command, cwd=PROGRAM, env=place, stdout=subprocess.DEVNULL, stderr=stream)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", process)
        yield Server(port, f"http://127.0.0.1:{monitor}", log, process)
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(LONGEST)
        process.kill()


async def beside(server: Server, attack: Crowd, waits: Waits) -> float:
    """Readers of Region who are alone first, then beside an attack until it is over; when it began."""
    reading = (reader(server.port, number, attack.over, waits) for number in range(READERS))
    tasks = [asyncio.create_task(one) for one in reading]
    await asyncio.sleep(ALONE)
    begun = time.monotonic()
    attack.begin()
    await asyncio.gather(*tasks)
    return begun


def compared(waits: Waits, begun: float) -> str:
    """What readers waited alone and beside an attack, in words."""
    return f"alone {spread(waits.between(0, begun))}; beside {spread(waits.between(begun))}"


def seen(words: str) -> None:
    """Write what was measured: `make prove` shows it."""
    sys.stdout.write(f"{words}\n")
