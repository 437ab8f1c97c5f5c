"""The server of the observatory as a process of its own, and the browser that opens on it."""

import os
import signal
import socket
import subprocess
import sys
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path

from offline.laptop import install
from offline.laptop.contents import Trouble

HOST, FIRST = "127.0.0.1", 8501
# When the usual port is taken, so many after it are tried.
TRIED = 50
PATIENCE = 10
# Windows lets two programs listen on one port when this is set; elsewhere it frees a port that was just left.
REUSE = os.name != "nt"


def port(asked: int | None) -> int:
    """The port asked for; else the usual one, or the first free one after it.

    Raises:
        Trouble: another program has it.
    """
    wanted = [asked] if asked is not None else range(FIRST, FIRST + TRIED)
    found = next(filter(_free, wanted), None)
    if found is None:
        taken = wanted[0]
        other = next(filter(_free, range(taken + 1, taken + TRIED)), taken + 1)
        raise Trouble("port_taken", port=taken, other=other)
    return found


def serve(program: Path, python: Path, chosen: int, ready: Callable[[str], None]) -> int:
    """Serve until stopped; `ready` hears the address as soon as it answers. Returns the server's exit status.

    Raises:
        Trouble: the server ended before it was ready; what it said stands on stderr.
    """
    command: Sequence[str] = [str(python), "-m", "dashboard", "--host", HOST, "--port", str(chosen)]
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
        _end(process)


def browse(address: str) -> None:
    """Open the reader's browser; where there is none, the address that was said has to do."""
    try:
        webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free(number: int) -> bool:
    with socket.socket() as probe:
        if REUSE:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, number))
        except (OSError, OverflowError):
            return False
    return True
