"""The server of the documents: an ASGI application behind a guard, warmed up before it answers. It needs no Streamlit.

uvicorn -> observed -> guard -> one snapshot -> the desk's address -> documents -> routes of files, /api and probes; all
of it under the given path, and the routes for monitors are also at the root. The desk is a process beside this one
(`dashboard.desk`).
"""

import asyncio
import gc
import ipaddress
import re
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import partial
from threading import Event, Thread
from types import FrameType
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from dashboard import desk, memory, received, site, static, store, turns
from dashboard.briefing import queue
from dashboard.export.snapshot_files import remove_leftovers
from dashboard.server import (
    api,
    descriptions,
    embeds,
    feeds,
    logs,
    open_files,
    pictures,
    refusals,
    security,
    signed_files,
    sitemap,
    workbooks,
)
from dashboard.server.desk_address import DeskAddress
from dashboard.server.documents import Documents, instead
from dashboard.server.guard import Guard
from dashboard.server.monitor import MONITOR, probe
from dashboard.server.observed import Observed
from dashboard.server.one_snapshot import OneSnapshot
from dashboard.server.packing import pack
from dashboard.server.pages import draw_ahead, first
from dashboard.server.settings import LAST_PORT, SettingError, Settings, settings
from dashboard.stage import wire

BACKLOG = 512
# Seconds that an idle connection stays open. On a slow line an answer is still on its way long after it was written:
# with uvicorn's 5 seconds the connection is closed before the browser's next request.
KEPT = 75
# Seconds to finish open requests when the server stops.
GRACE = 10
# Seconds that a thread which makes something ahead of readers has to end when the server stops: about one drawing.
LONGEST_TASK = 10
# Seconds for which a new snapshot waits for its documents; the others are made while it is shown.
AHEAD = 20.0
# Seconds between garbage collections: with ten, readers noticed them.
COLLECTION = 1
# A collection is followed by at least so many times its own length without one.
SHARE = 20
_COLLECT_AFTER = [0.0]
# Threads that make files for readers or wait for their turn to. Python's own few would all be taken by briefings.
THREADS = 160


class _Server(uvicorn.Server):
    """uvicorn's server, which says in time that it stops."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Send no more readers here, then stop."""
        MONITOR.stopping = True
        queue.stop()
        received.stop()
        turns.FILES.close()
        super().handle_exit(sig, frame)


class StartError(Exception):
    """The server cannot start; the text says why and what to do, in one line."""


def listen(host: str, port: int, advice: str = "--port") -> socket.socket:
    """A listening socket without Nagle's delay, which would cost 40 ms for every small answer.

    Args:
        advice: the option that names another port.

    Raises:
        StartError: the port is taken or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = family == socket.AF_INET6 and socket.has_dualstack_ipv6()
    try:
        listener = socket.create_server((host, port), family=family, backlog=BACKLOG, dualstack_ipv6=both)
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (while")[0]
        raise StartError(f"cannot listen on {host} port {port}: {reason}. Choose another with {advice}.") from error
    # Accepted connections inherit it.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def application() -> Starlette:
    """The routes of everything that is no document."""
    parts = (static, wire, api, pictures, embeds, workbooks, sitemap, feeds, descriptions, signed_files)
    routes = [route for part in parts for route in part.routes()]
    handlers = {turns.FullError: refusals.too_many, HTTPException: instead, Exception: instead}
    return Starlette(routes=[*_monitors(), *routes], exception_handlers=handlers)


def mounted(app: ASGIApp, base: str) -> ASGIApp:
    """The application under a path, with the routes for monitors at the root."""
    return Starlette(routes=[*_monitors(), Mount(base, app)]) if base else app


def serve(host: str, port: int, hosts: Sequence[str] = (), path: str = "", desk_port: int = 0) -> None:
    """Serve until stopped.

    Args:
        host, port: where to listen.
        hosts: host names and addresses to answer to, besides those of `names`.
        path: the path before every address, behind a proxy.
        desk_port: the port of the desk; 0: there is none.

    Raises:
        StartError: a port is taken, `path` is invalid, or Streamlit's document has an unexpected form.
    """
    base = under(path)
    try:
        chosen = settings()
    except SettingError as error:
        raise StartError(str(error)) from error
    _raise_limit()
    _watch(chosen)
    _check_ports(host, port, desk_port)
    remove_leftovers()
    app = application()
    warm_up()
    public = site.public_address()
    documents = DeskAddress(
        Documents(mounted(app, base), base, desk=bool(chosen.desk or desk_port)),
        base,
        given=chosen.desk,
        port=desk_port,
    )
    guard = Guard(
        OneSnapshot(documents, base),
        names(hosts, host, public),
        base,
        origins=[public] if public else [],
        hsts=chosen.hsts,
    )
    MONITOR.gauges |= _gauges()
    observed = Observed(guard, base, proxied=bool(chosen.proxies))
    with working_ahead(documents=chosen.ahead, desk=bool(chosen.desk or desk_port)):
        listener = listen(host, port)
        sys.stdout.write(f"Atalaya: http://{host if ':' not in host else f'[{host}]'}:{port}{base}\n")
        if desk_port:
            sys.stdout.write(f"The desk: {desk.address(host, desk_port, base)}\n")
        sys.stdout.flush()
        if note := unnamed(hosts, host, public):
            sys.stderr.write(f"atalaya: {note}\n")
        logs.begin(chosen.log)
        # uvicorn stops cleanly and then raises the signal again, which would leave readers' files behind.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        with desk.beside(desk.command(host, desk_port, base), port) if desk_port else nullcontext():
            _Server(_config(observed, chosen)).run(sockets=[listener])


def _check_ports(host: str, port: int, desk_port: int) -> None:
    """See that both ports are free, long before they are used.

    A proxy sends readers to whatever accepts connections: none is accepted until the pages are warmed up.

    Raises:
        StartError: one of them is not.
    """
    listen(host, port).close()
    if desk_port:
        if desk_port > LAST_PORT or desk_port == port:
            raise StartError(f"the desk cannot have port {desk_port}. Choose another with --desk-port, or --no-desk.")
        listen(host, desk_port, "--desk-port, or --no-desk").close()


@contextmanager
def working_ahead(*, documents: bool, desk: bool) -> Iterator[None]:
    """Make in threads what readers would wait for, and follow the place of snapshots, until the block ends.

    A new snapshot waits for its documents, but not for long, whatever the load: the one before may be withdrawn.

    Args:
        documents: whether the documents without filters are made, too; else they are made when they are asked for.
        desk: whether there is a desk, to which documents link.
    """
    stop = Event()

    def draw(over: Callable[[], bool]) -> None:
        if documents:
            draw_ahead(over, desk=desk)

    def begin() -> None:
        end = time.monotonic() + AHEAD
        draw(lambda: stop.is_set() or time.monotonic() >= end)

    work = (partial(pack, stop), partial(store.for_each_shown, draw, stop), partial(store.follow, begin, stop))
    tasks = [Thread(target=task, daemon=True) for task in work]
    for task in tasks:
        task.start()
    try:
        yield
    finally:
        # A thread that draws while Python ends would crash it.
        stop.set()
        for task in tasks:
            task.join(LONGEST_TASK)


def names(hosts: Sequence[str], host: str, public: str) -> list[str]:
    """The host names to answer to: those given, that of the public address, and the address to listen on.

    An address that stands for every network of this machine names none.
    """
    named = [*hosts, urlsplit(public).hostname or ""]
    try:
        listening = "" if ipaddress.ip_address(host).is_unspecified else host
    except ValueError:
        listening = host
    return [name for name in (*named, listening) if name]


def unnamed(hosts: Sequence[str], host: str, public: str) -> str:
    """What to add where the server listens for other machines and answers to none of their names; else empty."""
    if names(hosts, host, public):
        return ""
    return (
        "readers on other machines are refused: add --name with the name or address that they type (--name 192.0.2.7)."
    )


def _config(app: ASGIApp, chosen: Settings) -> uvicorn.Config:
    """How uvicorn serves the application."""
    return uvicorn.Config(
        app,
        ws="none",
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        proxy_headers=bool(chosen.proxies),
        forwarded_allow_ips=list(chosen.proxies),
        timeout_keep_alive=KEPT,
        timeout_graceful_shutdown=GRACE,
        callback_notify=_beat,
        timeout_notify=COLLECTION,
    )


def _raise_limit() -> None:
    """Ask for as many open files as connections may need; a line if there are few.

    Raises:
        StartError: too few for a server.
    """
    files = open_files.raised_descriptors()
    if files < open_files.NEEDED:
        raise StartError(f"only {files} files may be open at once; {open_files.NEEDED} are needed: ulimit -n 8192.")
    if files < open_files.ENOUGH:
        sys.stderr.write(f"atalaya: {files} open files are few for many readers at once; for more: ulimit -n 8192\n")


def _watch(chosen: Settings) -> None:
    """Answer the operator's probes from here on, if a place for that is set.

    Raises:
        StartError: the place cannot be used.
    """
    if not chosen.monitor:
        return
    host, port = chosen.monitor
    try:
        MONITOR.listen(host, port)
    except OSError as error:
        raise StartError(f"cannot listen on {host} port {port} for monitors: {error.strerror or error}.") from error


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
    """Make the first document, which loads what others need, and freeze what is then in memory.

    Garbage collection skips what is frozen. It runs at fixed intervals (`_beat`); `python -m dashboard` switches it
    off until here.
    """
    first()
    wire.ground()
    gc.collect()
    gc.freeze()
    gc.enable()


def _monitors() -> list[Route]:
    probes = {"/livez": MONITOR.alive, "/readyz": MONITOR.ready, "/startupz": MONITOR.started_up}
    return [*(Route(path, probe(answer)) for path, answer in probes.items()), *security.routes()]


async def _beat() -> None:
    """Called each second: the event loop moves. The first time, readers may come."""
    if not MONITOR.started:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(THREADS, "file"))
        MONITOR.started = True
    MONITOR.beat()
    if time.monotonic() >= _COLLECT_AFTER[0]:
        begun = time.monotonic()
        gc.collect()
        # On a machine that has no time to spare, it takes a twentieth of it at most.
        _COLLECT_AFTER[0] = time.monotonic() + SHARE * (time.monotonic() - begun)


def _gauges() -> dict[str, tuple[str, Callable[[], Mapping[str, float]]]]:
    """The numbers of this moment for the monitor."""
    queues = {"drawing": turns.DRAWING, "api": api.TURNS, "files": turns.FILES}
    queues |= {"pictures": pictures.TURNS, "briefings": queue.TURNS, "readings": received.TURNS}
    return {
        "atalaya_cache_bytes": ("Bytes of what is kept to be shown again", lambda: {"": memory.LEDGER.bytes}),
        "atalaya_cache_results": ("Results that are kept to be shown again", lambda: {"": len(memory.LEDGER)}),
        "atalaya_queue_length": ("Who waits for a turn", lambda: {name: one.waiting for name, one in queues.items()}),
    }
