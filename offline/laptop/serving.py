"""Run the server of the observatory as a process, on a free port."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from offline.laptop import install
from offline.laptop.contents import Trouble

HOST = "127.0.0.1"
FIRST = 8501
# How many ports are tried.
TRIED = 50
# Seconds for the server to stop by itself.
PATIENCE = 10
# Windows lets two programs listen on one port when this is set; elsewhere it frees a port that was just left.
REUSE = os.name != "nt"


def port(number: int | None, first: int = FIRST) -> int:
    """The wanted port; if None, the usual port or the first free one after it.

    Raises:
        Trouble: another program uses it.
    """
    first = first if number is None else number
    free = next(filter(_free, range(first, first + TRIED)), None)
    if free is None or number not in {None, free}:
        raise Trouble("port_taken", port=first, other=free or first + 1)
    return free


def serve(program: Path, python: Path, chosen: int, ready: Callable[[str], None]) -> int:
    """Serve until stopped; calls `ready` with the address once the server answers. Returns the server's exit status.

    Raises:
        Trouble: the server ended before it was ready; its message is on stderr.
    """
    ports = ["--port", str(chosen), "--desk-port", str(port(None, chosen + 1))]
    command = [str(python), "-m", "dashboard", "--host", HOST, *ports]
    process = subprocess.Popen(command, cwd=program, env=install.clean(os.environ), stdout=subprocess.PIPE)  # noqa: S603
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        # The one line that the server writes, once it is warm.
        if not process.stdout or not process.stdout.readline():
            raise Trouble("no_server")
        ready(f"http://{HOST}:{chosen}/")
        return process.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()


def _free(number: int) -> bool:
    with socket.socket() as probe:
        if REUSE:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, number))
        except (OSError, OverflowError):
            return False
    return True
