"""The server: Streamlit as an ASGI application behind a guard, warmed up before it answers.

uvicorn -> guard -> documents -> own routes (/livez, /readyz, /api) -> Streamlit; all of it under the path given, and
the two for monitors at the root as well. The settings are in `streamlit_config.toml`, which Streamlit finds through the
link `dashboard/.streamlit/config.toml`.
"""

import gc
import re
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp
from streamlit.testing.v1 import AppTest

from dashboard import static, store
from dashboard.export.shelf import remove_leftovers
from dashboard.server import api
from dashboard.server.documents import Documents, document
from dashboard.server.guard import Guard
from dashboard.shell import filters, frame, layout
from dashboard.shell.navigation import scripts
from dashboard.shell.upstream.document import DocumentError
from dashboard.stage import wire
from data.i18n import LANGUAGES, language

ENTRY = Path(__file__).parents[1] / "app.py"
SETTINGS = ENTRY.parents[1] / "streamlit_config.toml"
BACKLOG = 512
# The largest honest message of a browser is a few kilobytes of widget states.
LARGEST_MESSAGE = 1_000_000
# Seconds to finish open requests when the server is told to stop.
GRACE = 3
# Seconds from one garbage collection to the next: with ten, readers waited for it.
COLLECTION = 1
# Seconds one page may take while the server warms up.
WARM_UP = 60


class StartError(Exception):
    """The server cannot start; the text says why and what to do, in one line."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket without Nagle's delay, which costs 40 ms on every small answer.

    Raises:
        StartError: the port is taken or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = family == socket.AF_INET6 and socket.has_dualstack_ipv6()
    try:
        listener = socket.create_server((host, port), family=family, backlog=BACKLOG, dualstack_ipv6=both)
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (while")[0]
        raise StartError(f"cannot listen on {host} port {port}: {reason}. Choose another with --port.") from error
    # Accepted connections inherit it.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def application() -> st.App:
    """The dashboard as an ASGI application; to be made before anything asks for a setting."""
    routes = [route for part in (static, wire, frame, api) for route in part.routes()]
    return st.App(ENTRY, routes=[*_monitors(), *routes], on_script_error=_apologize)


def mounted(app: st.App, base: str) -> ASGIApp:
    """The application under a path, and the routes for monitors at the root; makes Streamlit's runtime."""
    return Starlette(routes=[*_monitors(), Mount(base, app)], lifespan=app.lifespan()) if base else app


def serve(host: str, port: int, hosts: Sequence[str] = (), path: str = "") -> None:
    """Serve until stopped, on `host` and `port`, answering to the names in `hosts` too.

    Args:
        host, port: where to listen.
        hosts: names of this server besides its addresses.
        path: what stands before every address of ours.

    Raises:
        StartError: the port is taken, `path` is no path, or this Streamlit's document is not known.
        data.snapshot.SnapshotError: there is no snapshot to show.
    """
    store.snapshot()
    base = under(path)
    listener = listen(host, port)
    remove_leftovers()
    app = application()
    static.mark_served()
    warm_up()
    config = uvicorn.Config(
        Guard(Documents(mounted(app, base), base), hosts, base),
        ws_max_size=LARGEST_MESSAGE,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=GRACE,
        callback_notify=_collect,
        timeout_notify=COLLECTION,
    )
    static.compress()
    sys.stdout.write(f"Atalaya: http://{host if ':' not in host else f'[{host}]'}:{port}{base}\n")
    sys.stdout.flush()
    # uvicorn stops in good order and then ends by the signal itself, which would leave readers' files behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    uvicorn.Server(config).run(sockets=[listener])


def under(path: str) -> str:
    """A path as it stands before an address: `/atalaya`, or nothing.

    Raises:
        StartError: it is no plain path.
    """
    bare = path.strip("/")
    if bare and not all(re.fullmatch(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*", step) for step in bare.split("/")):
        raise StartError(f"cannot serve under {path!r}: a path is of letters, digits and . _ ~ - between slashes.")
    return f"/{bare}" if bare else ""


def warm_up() -> None:
    """Load what every session needs, run every page once without a reader, and freeze what that left in memory.

    Garbage collection passes over what is frozen. It runs by the clock (`_collect`): Streamlit's own way, after each
    run of each reader, takes half of a run's time. `python -m dashboard` has put it off until here. Streamlit's
    AppTest has to run before the server's runtime exists.

    Raises:
        StartError: this Streamlit's document is not known.
    """
    try:
        for code in LANGUAGES:
            document(language(code))
    except DocumentError as error:
        raise StartError(str(error)) from error
    rehearsal = AppTest.from_file(ENTRY, default_timeout=WARM_UP).run()
    for slug, script in scripts().items():
        rehearsal.switch_page(str(script)).run()
        if rehearsal.exception:
            sys.stderr.write(f"atalaya: page {slug} fails: see above\n")
    wire.ground()
    gc.collect()
    gc.freeze()
    gc.enable()


def _monitors() -> list[Route]:
    return [Route("/livez", _alive), Route("/readyz", _ready)]


async def _collect() -> None:
    gc.collect()


def _apologize(_error: Exception) -> bool:
    """Tell the reader in words (Streamlit has told the log); True: nothing else is to be shown."""
    layout.apology(filters.spoken())
    return True


async def _alive(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("alive\n")


async def _ready(_request: Request) -> JSONResponse:
    """Ready as soon as it answers: the warm-up is over before the first request is taken."""
    return JSONResponse({"ready": True, "snapshot": store.snapshot().id})
