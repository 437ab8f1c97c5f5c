"""The server: Streamlit as an ASGI application behind a guard, warmed up before it answers.

uvicorn -> guard -> packing -> documents -> own routes (/livez, /readyz, /api) -> Streamlit; all of it under the given
path, and the two for monitors are also at the root. The settings are in `streamlit_config.toml`, which Streamlit finds
through the link `dashboard/.streamlit/config.toml`.
"""

import gc
import re
import signal
import socket
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from threading import Thread

import streamlit as st
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp
from streamlit.testing.v1 import AppTest

from dashboard import health, static, store
from dashboard.export.snapshot_files import remove_leftovers
from dashboard.server import api
from dashboard.server.documents import Documents, document, draw_ahead
from dashboard.server.guard import Guard
from dashboard.server.one_snapshot import OneSnapshot
from dashboard.server.packing import Packing, pack
from dashboard.shell import filters, frame, layout, state_picker
from dashboard.shell.navigation import scripts
from dashboard.shell.upstream.document import DocumentError
from dashboard.stage import wire
from data.i18n import LANGUAGES, language

ENTRY = Path(__file__).parents[1] / "app.py"
SETTINGS = ENTRY.parents[1] / "streamlit_config.toml"
BACKLOG = 512
# Honest messages of a browser are a few kilobytes of widget states.
LARGEST_MESSAGE = 1_000_000
# Seconds until a page's thread lets another one run. Python's 0.005 is half of the time that a page takes, and holds
# back the figure, which is ready before the rest of the page.
SWITCH = 0.001
# Seconds that an idle connection stays open. On a slow line an answer is still on its way long after it was written:
# with uvicorn's 5 seconds the connection is closed before the browser's next request.
KEPT = 75
# Seconds to finish open requests when the server stops.
GRACE = 3
# Seconds between garbage collections: with ten, readers noticed them.
COLLECTION = 1
# Seconds one page may take while the server warms up.
WARM_UP = 60


class StartError(Exception):
    """The server cannot start; the text says why and what to do, in one line."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket without Nagle's delay, which would cost 40 ms for every small answer.

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
    """The dashboard as an ASGI application; create it before anything reads a Streamlit setting."""
    routes = [route for part in (static, wire, api) for route in part.routes()]
    texts = [part.TEXTS.route() for part in (frame, state_picker)]
    return st.App(ENTRY, routes=[*_monitors(), *routes, *texts], on_script_error=_apologize)


def mounted(app: st.App, base: str) -> ASGIApp:
    """The application under a path, with the routes for monitors at the root; creates Streamlit's runtime."""
    return Starlette(routes=[*_monitors(), Mount(base, app)], lifespan=app.lifespan()) if base else app


def serve(host: str, port: int, hosts: Sequence[str] = (), path: str = "") -> None:
    """Serve until stopped.

    Args:
        host, port: where to listen.
        hosts: host names to answer to, besides localhost and IP addresses.
        path: the path before every address, behind a proxy.

    Raises:
        StartError: the port is taken, `path` is invalid, or Streamlit's document has an unexpected form.
    """
    base = under(path)
    listener = listen(host, port)
    remove_leftovers()
    # A proxy sends readers to whatever accepts connections: none is accepted until the pages are warmed up.
    listener.close()
    app = application()
    static.mark_served()
    warm_up()
    config = uvicorn.Config(
        Guard(OneSnapshot(Packing(Documents(mounted(app, base), base), base)), hosts, base),
        ws_max_size=LARGEST_MESSAGE,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_keep_alive=KEPT,
        timeout_graceful_shutdown=GRACE,
        callback_notify=_collect,
        timeout_notify=COLLECTION,
    )
    for task in (pack, draw_ahead, partial(store.follow, draw_ahead)):
        Thread(target=task, daemon=True).start()
    sys.setswitchinterval(SWITCH)
    listener = listen(host, port)
    sys.stdout.write(f"Atalaya: http://{host if ':' not in host else f'[{host}]'}:{port}{base}\n")
    sys.stdout.flush()
    # uvicorn stops cleanly and then raises the signal again, which would leave readers' files behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    uvicorn.Server(config).run(sockets=[listener])


def under(path: str) -> str:
    """A path in the form that is put before addresses: `/atalaya`, or empty.

    Raises:
        StartError: it is not a plain path.
    """
    bare = path.strip("/")
    if bare and not all(re.fullmatch(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*", step) for step in bare.split("/")):
        raise StartError(f"cannot serve under {path!r}: a path has letters, digits and . _ ~ - between slashes.")
    return f"/{bare}" if bare else ""


def warm_up() -> None:
    """Load what every session needs, run every page once, and freeze what is then in memory.

    Garbage collection skips what is frozen. It runs at fixed intervals (`_collect`): Streamlit's own way, after each
    run of each session, takes half of a run's time. `python -m dashboard` switches it off until here. Streamlit's
    AppTest has to run before the server's runtime exists.

    Raises:
        StartError: Streamlit's document has an unexpected form.
    """
    try:
        for code in LANGUAGES:
            document(language(code))
    except DocumentError as error:
        raise StartError(str(error)) from error
    # Streamlit applies its settings, such as the level of its log, when the first of them is read.
    st.get_option("logger.level")
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
    """Show an apology (Streamlit logs the error); True: Streamlit shows nothing else."""
    layout.apology(filters.spoken())
    return True


async def _alive(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("alive\n")


async def _ready(_request: Request) -> JSONResponse:
    """Ready as soon as it answers: hashes are compared and pages warmed up before the first request is accepted."""
    snapshot = store.snapshot()
    created = str(snapshot.manifest["created"])
    return JSONResponse(
        {
            "ready": True,
            "snapshot": snapshot.id,
            "created": created,
            "age_days": (datetime.now(UTC).date() - date.fromisoformat(created[:10])).days,
            "fallback": snapshot.fault is not None,
            "problem": (str(snapshot.fault) if snapshot.fault else health.state().error) or None,
        },
        headers={"Cache-Control": "no-store"},
    )
