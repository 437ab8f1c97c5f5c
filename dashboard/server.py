"""The server: Streamlit as an ASGI application behind a guard, warmed up before it answers.

uvicorn -> guard -> documents -> own routes (/livez, /readyz, /api) -> Streamlit; all of it under the path that
`server.baseUrlPath` names, and the two for monitors at the root as well.
"""

import gc
import re
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

from dashboard import api, controls, filters, layout, static, store
from dashboard.connection import Connection
from dashboard.documents import Documents
from dashboard.files.shelf import remove_leftovers
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


def application(base: str = "") -> st.App:
    """The dashboard as an ASGI application under `base` (`/atalaya`, or empty)."""
    watched = [Route("/livez", _alive), Route("/readyz", _ready)]
    own = [*watched, *(way for part in (static, wire, controls, api) for way in part.routes())]
    # No mount: it would answer for all that Streamlit has under the same path.
    routes = [Route(base + one.path, one.endpoint, methods=list(one.methods or ())) for one in own]
    return st.App(ENTRY, routes=[*routes, *watched], on_script_error=_apologise)


def serve(host: str, port: int, hosts: Sequence[str] = (), path: str = "") -> None:
    """Serve until stopped, on `host` and `port`, answering to the names in `hosts` too.

    Args:
        host, port: where to listen.
        hosts: names of this server besides its addresses.
        path: what stands before every address of ours, in the place of the setting `server.baseUrlPath`.

    Raises:
        StartError: the port is taken, or `path` is none.
        data.snapshot.SnapshotError: there is no snapshot to show.
    """
    store.snapshot()
    options = settings()
    base = under(path or options.get("server.baseUrlPath", ""))
    options |= {"server.address": host, "server.port": port, "server.baseUrlPath": base.strip("/")}
    listener = listen(host, port)
    remove_leftovers()
    bootstrap.load_config_options(options)
    static.serving()
    warm_up()
    guarded = Guard(Documents(application(base), base), hosts, base)
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
    sys.stdout.write(f"Atalaya: http://{host if ':' not in host else f'[{host}]'}:{port}{base}\n")
    sys.stdout.flush()
    # uvicorn stops in good order and then ends by the signal itself: files made for readers would be left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    uvicorn.Server(config).run(sockets=[listener])


def under(path: str) -> str:
    """A path as it stands before an address: `/atalaya`, or nothing.

    Raises:
        StartError: it is no plain path.
    """
    told = path.strip("/")
    if not all(re.fullmatch(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*", step) for step in told.split("/")) and told:
        raise StartError(f"cannot serve under {path!r}: a path is of letters, digits and . _ ~ - between slashes.")
    return f"/{told}" if told else ""


def warm_up() -> None:
    """Load what every session needs, show every page to nobody once, and freeze what that left in memory.

    What is frozen is not looked through when garbage is collected, which happens by the clock (`_tidy`): Streamlit's
    own way, after each run of each reader, is half of a run's time. The command has put off all collecting until here.
    The rehearsal must come before the server's own runtime exists.
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
    gc.enable()


async def _tidy() -> None:
    gc.collect()


def _apologise(_error: Exception) -> bool:
    """Tell the reader in words (Streamlit has told the log); True: nothing else is to be shown."""
    layout.apology(filters.spoken())
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
