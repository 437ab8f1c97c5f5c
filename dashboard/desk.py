"""The desk: the same pages with Streamlit's own controls, in a process of its own, at `/desk/`.

`python -m dashboard` starts it beside the server of the documents and ends it with itself. `python -m dashboard desk
[--host 127.0.0.1] [--port 8502] [--path atalaya]` is the desk alone, for a machine or container of its own. Both are
`streamlit run dashboard/desk_app.py`, which finds the settings through the link `dashboard/.streamlit/config.toml`.
"""

import argparse
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import NoReturn
from urllib.parse import urlsplit

# The script of its pages, and what Streamlit serves: that script with a probe.
ENTRY, SERVED = (Path(__file__).with_name(name) for name in ("app.py", "desk_app.py"))
# In the environment of the desk: the port of the server of the documents beside it.
READING = "ATALAYA_READING_PORT"
# The last part of the path before every address of the desk.
PATH = "desk"
PORT = 8502
# Seconds between two looks at the process, and those that it has to end before it is killed.
LOOK = 0.5
GRACE = 10
# Seconds before a desk that ended by itself is started again: twice as many each time, up to a limit. After it has
# run for some minutes the first pause is short again.
FIRST_PAUSE = 5
LONGEST_PAUSE = 300
STEADY = 600
LOG = logging.getLogger("atalaya.desk")


def command(host: str, port: int, base: str = "", *, watch: bool = False) -> list[str]:
    """The command of the desk's process.

    Args:
        base: the path before every address of the documents, such as `/atalaya`; empty: none.
        watch: whether a page that is open is shown again when a file is saved.
    """
    options = {
        "server.address": host,
        "server.port": port,
        "server.baseUrlPath": f"{base}/{PATH}".strip("/"),
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
    }
    if watch:
        options |= {"server.fileWatcherType": "auto", "server.runOnSave": "true"}
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    return [sys.executable, "-m", "streamlit", "run", str(SERVED), *words]


def address(host: str, port: int, base: str = "") -> str:
    """The address of the desk, to open in a browser."""
    return f"http://{host if ':' not in host else f'[{host}]'}:{port}{base}/{PATH}/"


def document(url: str, path: str, public: str = "") -> str:
    """The address of a document, for a page of the desk; empty if the desk does not know where documents are.

    Args:
        url: the address of that page in the reader's browser.
        path: of the document, such as `es/about`.
        public: the public address of the site, if one is set.
    """
    if public:
        return f"{public}/{path}"
    parts, port = urlsplit(url), os.environ.get(READING, "")
    if not port or not parts.hostname:
        return ""
    host, base = parts.hostname, parts.path.partition(f"/{PATH}")[0]
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{port}{base}/{path}"


@contextmanager
def beside(words: Sequence[str], reading: int) -> Iterator[None]:
    """Run the desk's process until the block ends, however it ends; start it again if it ends by itself.

    Args:
        words: the command of the process.
        reading: the port of the documents, to which the desk links.
    """
    stop = Event()
    keeper = Thread(target=_keep, args=(words, reading, stop), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join(2 * GRACE)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process: ask it to stop, wait for some seconds, then kill it."""
    process.terminate()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(GRACE)


def become(host: str, port: int, path: str = "") -> NoReturn:
    """Be the desk from here on, in place of this program: then signals come to it.

    Args:
        path: the path before every address of the documents, such as `atalaya`; empty: none.
    """
    base = f"/{path.strip('/')}".rstrip("/")
    sys.stdout.write(f"The desk: {address(host, port, base)}\n")
    sys.stdout.flush()
    words = command(host, port, base)
    os.execv(words[0], words)  # noqa: S606 - nothing of a reader is in it


def parser() -> argparse.ArgumentParser:
    """The options of `python -m dashboard desk`."""
    made = argparse.ArgumentParser(
        prog="python -m dashboard desk", description="Serve the desk alone: the pages with Streamlit's own controls."
    )
    made.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    made.add_argument("--port", type=int, default=PORT, help=f"port (default: {PORT})")
    made.add_argument("--path", default="", help="URL prefix before /desk, behind a proxy, e.g. atalaya")
    return made


def _keep(words: Sequence[str], reading: int, stop: Event) -> None:
    """Run a process again and again until `stop` is set."""
    pause = FIRST_PAUSE
    while not stop.is_set():
        begun = time.monotonic()
        status = _run(words, reading, stop)
        if time.monotonic() - begun > STEADY:
            pause = FIRST_PAUSE
        if not stop.wait(pause):
            LOG.warning("the desk ended with status %s; it is started again after %s seconds", status, pause)
        pause = min(2 * pause, LONGEST_PAUSE)


def _run(words: Sequence[str], reading: int, stop: Event) -> int | str | None:
    """Run a process until it ends or `stop` is set; returns its exit status, or why it could not be started."""
    try:
        # It writes its complaints to our stderr; our stdout has the addresses only.
        known = {**os.environ, READING: str(reading)}
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=known)  # noqa: S603 - as above
    except OSError as error:
        return error.strerror
    try:
        while process.poll() is None and not stop.wait(LOOK):
            pass
    finally:
        if process.poll() is None:
            end(process)
    return process.wait()
