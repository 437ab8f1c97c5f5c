"""The server: Streamlit as an ASGI application behind a guard, warmed up before it answers.

uvicorn -> guard -> documents -> own routes (/livez, /readyz, /api) -> Streamlit.
"""

import gc
import signal
import socket
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route
from streamlit.testing.v1 import AppTest
from streamlit.web import bootstrap

from dashboard import api, filters, static, store
from dashboard.connection import Connection
from dashboard.documents import Documents
from dashboard.files.scratch import clear_left
from dashboard.guard import Guard
from dashboard.navigation import scripts
from dashboard.plates import wire
from data.i18n import LANGUAGES, language

HERE = Path(__file__).parent
ENTRY = HERE / "app.py"
SETTINGS = HERE.parent / "streamlit_config.toml"
BACKLOG = 512
# The largest honest message of a browser is a few kilobytes of widget states.
LARGEST_MESSAGE = 1_000_000
GRACE = 3
# Seconds from one collection of garbage to the next: after ten, readers waited for it, and longer every minute.
TIDIED = 1
LONGEST_REHEARSAL = 60


class StartError(Exception):
    """The server cannot start; the text says why and what to do, in one line."""


def settings(path: Path = SETTINGS) -> dict[str, Any]:
    """The file's tables as dotted names, e.g. `theme.light.textColor`."""
    return dict(_flat(tomllib.loads(path.read_text("utf-8"))))


def listen(host: str, port: int) -> socket.socket:
    """A listening socket without Nagle's delay, which costs 40 ms on every small answer.

    Raises:
        StartError: the port is taken or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        reason = error.strerror or str(error)
        raise StartError(f"cannot listen on {host} port {port}: {reason}. Choose another with --port.") from error
    return listener


def application() -> st.App:
    """The dashboard as an ASGI application."""
    routes = [Route("/livez", _alive), Route("/readyz", _ready), *static.routes(), *wire.routes(), *api.routes()]
    return st.App(ENTRY, routes=routes, on_script_error=_apologise)


def serve(host: str, port: int, hosts: Sequence[str] = ()) -> None:
    """Serve until stopped, on `host` and `port`, answering to the names in `hosts` too.

    Raises:
        StartError: the port is taken.
        data.snapshot.SnapshotError: there is no snapshot to show.
    """
    store.snapshot()
    listener = listen(host, port)
    clear_left()
    options = settings() | {"server.address": host, "server.port": port}
    bootstrap.load_config_options(options)
    static.serving()
    warm_up()
    guarded = Guard(Documents(application(), options.get("server.baseUrlPath", "")), hosts)
    config = uvicorn.Config(
        guarded,
        ws=Connection,
        ws_max_size=LARGEST_MESSAGE,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=GRACE,
        callback_notify=_tidy,
        timeout_notify=TIDIED,
    )
    static.make()
    sys.stdout.write(f"Atalaya: http://{host if ':' not in host else f'[{host}]'}:{port}\n")
    sys.stdout.flush()
    # uvicorn stops in good order and then ends by the signal itself: files made for readers would be left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    uvicorn.Server(config).run(sockets=[listener])


def warm_up() -> None:
    """Load what every session needs, show every page to nobody once, and freeze what that left in memory.

    What is frozen is not looked through when garbage is collected, which happens by the clock (`_tidy`): Streamlit's
    own way, after each run of each reader, is half of a run's time. The rehearsal must come before the server's own
    runtime exists.
    """
    for code in LANGUAGES:
        language(code)
    rehearsal = AppTest.from_file(ENTRY, default_timeout=LONGEST_REHEARSAL).run()
    for slug, script in scripts().items():
        rehearsal.switch_page(str(script)).run()
        if rehearsal.exception:
            sys.stderr.write(f"atalaya: page {slug} fails: see above\n")
    wire.ground()
    gc.collect()
    gc.freeze()


async def _tidy() -> None:
    gc.collect()


def _apologise(_error: Exception) -> bool:
    """Tell the reader in words (Streamlit has told the log); True: nothing else is to be shown."""
    lang = filters.spoken()
    st.error(lang.text("This part of the page cannot be shown. The fault is ours and has been noted."))
    return True


async def _alive(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("alive\n")


async def _ready(_request: Request) -> JSONResponse:
    """Ready as soon as it answers: the warm-up is over before the first request is taken."""
    return JSONResponse({"ready": True, "snapshot": store.snapshot().id})


def _flat(tables: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, entry in tables.items():
        if isinstance(entry, Mapping):
            yield from _flat(entry, f"{prefix}{name}.")
        else:
            yield prefix + name, entry
